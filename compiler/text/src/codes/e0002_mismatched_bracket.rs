//! E0002: a closing bracket of another kind than the one that was opened.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0002",
    title: "bracket closed by one of another kind",
    level: Level::Error,
    page: r#"Each bracket is closed by its own kind: `(` by `)`, `[` by `]`, `{` and `#{` by `}`.

```
(print [1 2 3))
```

Either the closing bracket is of the wrong kind, or one before it is missing.

```
(print [1 2 3])
```
"#,
};

/// `opener` at `open` met `closer` at `close`; `expected` is what closes `opener`.
pub fn mismatched(open: Span, opener: &str, close: Span, closer: char, expected: char) -> Diagnostic {
    CODE.at(open, format!("`{opener}` is closed by `{closer}`"))
        .here("this bracket was opened")
        .label(close, format!("expected `{expected}`, found `{closer}`"))
        .help(format!("write `{expected}` in its place, or add `{expected}` before it"))
}
