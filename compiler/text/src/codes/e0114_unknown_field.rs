//! E0114: a field that the constructor does not have.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0114",
    title: "unknown field",
    level: Level::Error,
    page: r#"A constructor is given a field by a name that it does not have.

```
(data Shape (Circle (radius Float)))
(print (Circle :size 2.0))
```

Correct the name; the declaration lists the fields.

```
(data Shape (Circle (radius Float)))
(print (Circle :radius 2.0))
```
"#,
};

pub fn unknown(span: Span, constructor: &str, field: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("`{constructor}` has no field `{field}`")).here("unknown field");
    e0101::suggest(diagnostic, near, "its `data` declaration lists the fields")
}

/// A field that the call leaves out.
pub fn missing(span: Span, constructor: &str, field: &str) -> Diagnostic {
    CODE.at(span, format!("`{constructor}` is made without its field `{field}`"))
        .here("a field is missing")
        .help(format!("add `:{field} value`"))
}
