//! E0110: a macro, special form, type or module where a value is needed.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0110",
    title: "not a value",
    level: Level::Error,
    page: r#"Special forms (`if`, `let`, …), macros, types, effect kinds and modules have names, but are no values: they cannot be
passed, stored or assigned.

```
(print (map if [true false]))
```

Wrap the form in a function.

```
(print (map (lambda (c) (if c 1 2)) [true false]))
```
"#,
};

/// `what` is for example "a special form" or "a macro".
pub fn not_a_value(span: Span, name: &str, what: &str) -> Diagnostic {
    CODE.at(span, format!("`{name}` is {what}, not a value"))
        .here("a value is needed here")
        .help("wrap it in a function: `(lambda (x) …)`")
}
