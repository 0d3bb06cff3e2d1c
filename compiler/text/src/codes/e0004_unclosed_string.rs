//! E0004: a string that nothing closes.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0004",
    title: "string that is never closed",
    level: Level::Error,
    page: r#"A string starts with `"` and goes on to the next `"`, over several lines if need be. The text ended before it.

```
(print "hello)
```

Where the quotation mark of an earlier string is missing, strings and the text between them change places, and the
message is about the last one: the message then also shows the first string that goes over more than one line.

```
(print "hello")
```
"#,
};

/// `start` is the opening quotation mark; `suspect` an earlier string that spans lines.
pub fn unclosed(start: Span, suspect: Option<Span>) -> Diagnostic {
    let mut diagnostic = CODE.at(start, "this string is never closed").here("the string starts here");
    if let Some(span) = suspect {
        diagnostic = diagnostic.label(span, "this earlier string goes over several lines: is its end missing?");
    }
    diagnostic.help("add `\"` where the string ends; inside a string write `\\\"` for a quotation mark")
}
