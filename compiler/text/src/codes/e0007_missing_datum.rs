//! E0007: `'` or `#;` with no datum after it.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0007",
    title: "nothing to quote or to skip",
    level: Level::Error,
    page: r#"`'` quotes the datum that follows it and `#;` comments it out. Here none follows: the enclosing form or the text
ends.

```
(print 'apple ')
```

Add the datum, or remove the mark.

```
(print 'apple)
```
"#,
};

/// A `'` at `span` with nothing to quote.
pub fn quote(span: Span) -> Diagnostic {
    CODE.at(span, "`'` has nothing to quote").here("expected a datum after this").help(
        "add the datum after `'`, or remove it; strings are written with `\"`, and text after `;` is a comment",
    )
}

/// A `#;` at `span` with nothing to skip.
pub fn skip(span: Span) -> Diagnostic {
    CODE.at(span, "`#;` has nothing to skip")
        .here("expected a datum after this")
        .help("add the datum after `#;`, or remove it")
}
