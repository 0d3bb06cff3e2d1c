//! W0007: an import that brings in what is never used.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0007",
    title: "unused import",
    level: Level::Warning,
    page: r#"Nothing uses what is imported here.

```
(import "std/heap" (heap-new heap-push!))
(print (heap-new))
```

Remove the name, or the whole import. A module that is to run without anything being used of it is imported by its path
alone: `(import "setup")`.

```
(import "std/heap" (heap-new))
(print (heap-new))
```
"#,
};

/// A name in an import's list.
pub fn unused_name(span: Span, name: &str) -> Diagnostic {
    CODE.at(span, format!("the imported name `{name}` is never used"))
        .here("never used")
        .help("remove it from the import")
}

/// `(import "path" *)` or `(import "path" :as name)` of which nothing is used.
pub fn unused_module(span: Span, path: &str) -> Diagnostic {
    CODE.at(span, format!("nothing of the imported module `{path}` is used"))
        .here("unused import")
        .help(format!("remove it; or write `(import \"{path}\")` if the module only has to run"))
}
