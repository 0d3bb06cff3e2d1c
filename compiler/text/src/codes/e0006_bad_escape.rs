//! E0006: an escape in a string that means nothing.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0006",
    title: "unknown escape in a string",
    level: Level::Error,
    page: r#"In a string, a backslash starts one of these escapes: `\n` `\t` `\r` `\0` `\\` `\"`, `\u{1F600}` (a Unicode scalar
value, one to six hexadecimal digits), or a backslash at the end of a line, which joins the lines.

```
(print "C:\temp\data")
```

Write `\\` for a backslash.

```
(print "C:\\temp\\data")
```
"#,
};

/// `\x` for some character `x` that has no meaning.
pub fn unknown(span: Span, escape: &str) -> Diagnostic {
    CODE.at(span, format!("unknown escape `{escape}` in a string"))
        .here("this escape means nothing")
        .help("the escapes are \\n \\t \\r \\0 \\\\ \\\" and \\u{…}; write `\\\\` for a backslash")
}

/// A `\u` without a scalar value in braces.
pub fn bad_unicode(span: Span, escape: &str) -> Diagnostic {
    let shown: String = escape.chars().take(24).collect();
    CODE.at(span, format!("`{shown}` is no Unicode scalar value"))
        .here("expected one to six hexadecimal digits in braces")
        .help("write for example `\\u{e9}`; values go up to 10FFFF, without D800 to DFFF")
}
