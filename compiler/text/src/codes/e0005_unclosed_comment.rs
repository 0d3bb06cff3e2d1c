//! E0005: a block comment that nothing closes.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0005",
    title: "comment that is never closed",
    level: Level::Error,
    page: r#"A block comment starts with `#|` and ends with `|#`. Block comments nest: each `#|` inside needs its own `|#`.

```
#| the print is switched off
(print 1)
```

Add the missing `|#`. To comment out one form, `#;` before it is easier.

```
#| the print is switched off
(print 1)
|#
```
"#,
};

/// `start` is the outermost `#|`; `depth` counts how many are open at the end of the text.
pub fn unclosed(start: Span, depth: u32) -> Diagnostic {
    let diagnostic = CODE.at(start, "this comment is never closed").here("the comment starts here");
    if depth > 1 {
        diagnostic.help(format!("comments nest: {depth} are open at the end of the text; add `|#` for each"))
    } else {
        diagnostic.help("add `|#` where the comment ends")
    }
}
