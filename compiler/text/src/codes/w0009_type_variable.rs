//! W0009: a type variable that looks like a type.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0009",
    title: "type variable like a type",
    level: Level::Warning,
    page: r#"The names of types begin with a capital. A lower-case name in a type is a type variable, which stands for any type at all, so
that this annotation checks nothing:

```
(define (double (x : int)) (* 2 x))
(print (double 2))
```

Write the type. A type variable has another name, usually one letter.

```
(define (double (x : Int)) (* 2 x))
(print (double 2))
```

Warned about are other spellings of built-in types, and names near those of known types that the definition uses once only:
a type variable is of use where it stands twice.
"#,
};

/// `type_name` is surely meant.
pub fn spelling(span: Span, name: &str, type_name: &str) -> Diagnostic {
    at(span, name).help(format!("write `{type_name}`; `clc check --fix` does it")).edit(span, type_name)
}

/// `type_name` may be meant.
pub fn near(span: Span, name: &str, type_name: &str) -> Diagnostic {
    at(span, name).help(format!("did you mean `{type_name}`?"))
}

fn at(span: Span, name: &str) -> Diagnostic {
    CODE.at(span, format!("`{name}` is a type variable here, and no type")).here("this stands for any type")
}
