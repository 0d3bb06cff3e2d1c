//! W0004: an `allow` comment that cannot silence anything.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0004",
    title: "bad allow comment",
    level: Level::Warning,
    page: r#"A comment `; allow: NAME` silences the warnings of that name on its line or, standing alone, on the line below;
`; allow-file: NAME`, before the first form of a file, those of the whole file. Several names are separated by spaces.
Here a name is that of no warning, or the comment stands where it has no meaning.

```
; allow: unreachable-arms
(define (name n) (match n (0 "none") (_ "many")))
(print (name 0))
```

A warning shows its name behind its code: `warning[W0001 unreachable-arm]`.

```
(define (name n) (match n (0 "none") (_ "many")))
(print (name 0))
```
"#,
};

/// `near` are similar names of warnings, best first.
pub fn unknown(span: Span, name: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("no warning is called `{name}`")).here("unknown name");
    e0101::suggest(diagnostic, near, "a warning shows its name behind its code: `warning[W0001 unreachable-arm]`")
}

/// A comment that names nothing.
pub fn nothing_named(span: Span) -> Diagnostic {
    CODE.at(span, "this comment allows nothing")
        .here("no name follows")
        .help("name the warnings that it is to silence: `; allow: unreachable-arm`")
}

/// An `allow-file` comment that is not among the first comments of its file.
pub fn misplaced(span: Span) -> Diagnostic {
    CODE.at(span, "`allow-file` comes after the first form of the file, where it has no effect")
        .here("not at the start of the file")
        .help("move it before the first form, or write `; allow: NAME` beside the warning")
}
