//! E0105: an import of a name that the module does not export.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0105",
    title: "name that the module does not export",
    level: Level::Error,
    page: r#"A module exports the names in its `export` list or, without one, all its top-level names. The imported name is not
among them.

```
(import "std/list" (no-such-function))
(print (no-such-function [1]))
```

Correct the name, or add it to the module's `export` list.

```
(print (head [1]))
```
"#,
};

/// `hidden` is the definition in the module that is not exported, if there is one.
pub fn not_exported(span: Span, module: &str, name: &str, hidden: Option<Span>, near: &[&str]) -> Diagnostic {
    let diagnostic =
        CODE.at(span, format!("module {module:?} exports no `{name}`")).here("not among the module's exports");
    match hidden {
        Some(definition) => diagnostic
            .label(definition, "defined here, but not exported")
            .help(format!("add `{name}` to the module's `export` list")),
        None => e0101::suggest(diagnostic, near, "look at the module's `export` list"),
    }
}
