//! W0010: a type or constructor whose name begins in lower case.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0010",
    title: "lower-case type or constructor",
    level: Level::Warning,
    page: r#"The names of types and constructors begin with a capital. In lower case they are understood only where the declaration is in
scope: elsewhere a lower-case name in a pattern is a variable, which takes any value, and in a type a type variable.

```
(data Color (red) (green))
(print (match (green) (red 1) (green 2)))
```

Give it a capital, where it is declared and where it is used.

```
(data Color (Red) (Green))
(print (match (Green) (Red 1) (Green 2)))
```
"#,
};

/// `what` is "type" or "constructor".
pub fn begins_small(span: Span, what: &str, name: &str) -> Diagnostic {
    let mut letters = name.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    CODE.at(span, format!("the {what} `{name}` begins with a small letter"))
        .here(format!("call it `{capital}`"))
        .help("a lower-case name is a variable in patterns, and a type variable in types, wherever this one is not in scope")
}
