//! E0008: a character that cannot be seen, outside strings and comments.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0008",
    title: "hidden character",
    level: Level::Error,
    page: r#"Names may hold any visible character. A control character, a space that is none of space, tab and newline (such as
the no-break space U+00A0), or an invisible mark (such as the zero-width space U+200B or a byte order mark inside the
text) is refused, because a reader would take two different names for the same. In strings they are allowed.

```
(print 1 2)
```

Replace it by an ordinary space, or remove it.

```
(print 1 2)
```
"#,
};

/// A piece of text at `span` that holds the hidden character `c`.
pub fn hidden(span: Span, c: char) -> Diagnostic {
    CODE.at(span, format!("hidden character U+{:04X} in a name", u32::from(c)))
        .here("it stands in this piece of text")
        .help("replace it by an ordinary space, or remove it")
}
