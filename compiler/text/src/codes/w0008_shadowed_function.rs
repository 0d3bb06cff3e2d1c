//! W0008: a call of a local variable that has the name of a library function.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0008",
    title: "shadowed function",
    level: Level::Warning,
    page: r#"A local variable has the name of a function of the library that makes or measures data, such as `list`, `range` or
`count`, and is called. The call is of the variable, not of the library's function.

```
(define (pair-with list x) (list x (head list)))
(print (pair-with [1 2] 3))
```

Give the variable another name. If it does hold a function, no other function of that name is meant, so another name
helps the reader too.

```
(define (pair-with xs x) (list x (head xs)))
(print (pair-with [1 2] 3))
```
"#,
};

/// `defined` is where the variable is bound.
pub fn called(span: Span, name: &str, defined: Span) -> Diagnostic {
    CODE.at(span, format!("this calls the variable `{name}`, not the library's function `{name}`"))
        .here("a call of the variable")
        .label(defined, "the variable")
        .help("give the variable another name")
}
