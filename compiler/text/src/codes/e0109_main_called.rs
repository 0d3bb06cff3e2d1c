//! E0109: the top level calls `main`.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0109",
    title: "`main` called at the top level",
    level: Level::Error,
    page: r#"A root file that defines `main` has it called after the top-level forms. A call of it at the top level would run it
twice.

```
(define (main) (print "hello"))
(main)
```

Remove the call, or give the function another name.

```
(define (main) (print "hello"))
```
"#,
};

/// `definition` is where `main` is defined.
pub fn called(span: Span, definition: Span) -> Diagnostic {
    CODE.at(span, "`main` is called at the top level, and would run twice")
        .here("called here")
        .label(definition, "`main` runs by itself after the top level")
        .help("remove this call, or rename the function")
}
