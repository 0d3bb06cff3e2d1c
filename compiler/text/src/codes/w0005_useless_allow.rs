//! W0005: an `allow` comment that silences nothing.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0005",
    title: "useless allow comment",
    level: Level::Warning,
    page: r#"A comment silences a warning that is not given there: perhaps the program was mended and the comment stayed, or the
comment stands on another line than the warning.

```
(define (name n) (match n (0 "none") (_ "many"))) ; allow: unreachable-arm
(print (name 0))
```

Remove the comment, or put it on the line of the warning (the one that the message shows first) or directly above it.

```
(define (name n) (match n (0 "none") (_ "many")))
(print (name 0))
```
"#,
};

/// `name` is the warning that the comment names at `span`.
pub fn silences_nothing(span: Span, name: &str) -> Diagnostic {
    CODE.at(span, format!("no warning `{name}` is given here"))
        .here("silences nothing")
        .help("remove the name; or the comment belongs on the line of the warning, or directly above it")
}
