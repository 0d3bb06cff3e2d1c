//! E0003: a closing bracket where nothing is open.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0003",
    title: "closing bracket with nothing to close",
    level: Level::Error,
    page: r#"A closing bracket stands where no bracket is open.

```
(print (+ 1 2)))
```

Remove it, or add the opening bracket that it was meant for. Often the form before it was closed too early.

```
(print (+ 1 2))
```
"#,
};

/// `span` covers one closing bracket or several in a row.
pub fn stray(span: Span, first: char) -> Diagnostic {
    let many = span.end - span.start > 1;
    let what = if many { "these brackets close nothing" } else { "this bracket closes nothing" };
    CODE.at(span, format!("`{first}` closes nothing: no bracket is open here"))
        .here(what)
        .help(if many { "remove them, or open their brackets before" } else { "remove it, or open its bracket before" })
}
