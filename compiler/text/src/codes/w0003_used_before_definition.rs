//! W0003: a use that certainly runs before its definition.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0003",
    title: "use before definition",
    level: Level::Warning,
    page: r#"Forms run in order. Here a variable is used at a place that always runs before its definition, so that the program
raises `used-before-definition` when it gets there.

```
(print total)
(define total 3)
```

Move the definition before the use. Inside a function body the order does not matter, as long as the function is called
after the definition.

```
(define total 3)
(print total)
```
"#,
};

/// `definition` is where the name is bound.
pub fn used_before(span: Span, name: &str, definition: Span) -> Diagnostic {
    CODE.at(span, format!("`{name}` is used before its definition has run"))
        .here("used here")
        .label(definition, "defined here, later")
        .help("move the definition before the use; reaching this use raises `used-before-definition`")
}
