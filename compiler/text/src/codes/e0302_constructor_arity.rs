//! E0302: a constructor pattern with the wrong number of fields.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0302",
    title: "wrong number of fields in a pattern",
    level: Level::Error,
    page: r#"A pattern gives a constructor more or fewer fields than it has, so it can match nothing.

```
(data Shape (Rect w h))
(print (match (Rect 1 2) ((Rect w) w)))
```

Write one pattern for each field; `_` stands for a field that does not matter.

```
(data Shape (Rect w h))
(print (match (Rect 1 2) ((Rect w _) w)))
```
"#,
};

/// `declaration` is where the constructor is declared, if that is in the user's text.
pub fn wrong_fields(
    span: Span,
    constructor: &str,
    fields: usize,
    found: usize,
    declaration: Option<Span>,
) -> Diagnostic {
    let mut diagnostic = CODE
        .at(span, format!("constructor `{constructor}` has {fields} field(s), the pattern has {found}"))
        .here(format!("expected {fields} field(s)"));
    if let Some(declaration) = declaration {
        diagnostic = diagnostic.label(declaration, "declared here");
    }
    diagnostic.help("write one pattern for each field, `_` for one that does not matter")
}
