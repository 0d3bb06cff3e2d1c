//! E0103: an import of a file that is not there.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0103",
    title: "module not found",
    level: Level::Error,
    page: r#"The path of an import names no file. Paths are looked up next to the importing file, then under the project's root,
then in `modules/`, then in the directories of `CL_PATH`; `.cl` is added where it is missing. Modules of the standard
library are `std/NAME`.

```
(import "no/such/file" (helper))
(print (helper))
```

Correct the path, or create the file. Where a file of the name is there and cannot be read, the message says why.

```
(define (helper) 1)
(print (helper))
```
"#,
};

/// `tried` are the places that were looked at, in order.
pub fn not_found(span: Span, path: &str, tried: &[String], near: &[&str]) -> Diagnostic {
    let mut diagnostic = CODE.at(span, format!("no module {path:?}")).here("this path names no file");
    if !tried.is_empty() {
        diagnostic = diagnostic.note(format!("looked for {}", tried.join(", ")));
    }
    e0101::suggest(diagnostic, near, "paths are relative to the importing file; library modules are \"std/NAME\"")
}

/// The file is there, and reading it failed: `reason` says why ("it is a directory").
pub fn unreadable(span: Span, path: &str, reason: &str) -> Diagnostic {
    CODE.at(span, format!("cannot read module {path:?}: {reason}"))
        .here("imported here")
        .help("an import names a source file that may be read")
}
