//! E0001: a bracket that nothing closes.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0001",
    title: "bracket that is never closed",
    level: Level::Error,
    page: r#"A bracket was opened, and the text ended before it was closed.

```
(define (double x)
  (* x 2)

(print (double 4))
```

The message shows the bracket that was opened and the first line after it that is not indented more than the line of
the bracket: the closing bracket is probably missing just before that line.

```
(define (double x)
  (* x 2))

(print (double 4))
```
"#,
};

/// `open` are the unclosed brackets that belong together, innermost last, with their closers; `suspect` is the token
/// whose indentation says that they should have been closed before it.
pub fn unclosed(open: &[(Span, &str)], closers: &str, suspect: Option<Span>) -> Diagnostic {
    let (&(primary, bracket), outer) = open.split_last().expect("at least one bracket is open");
    let mut diagnostic =
        CODE.at(primary, format!("`{bracket}` is never closed")).here("this bracket was opened and never closed");
    if let Some(span) = suspect {
        diagnostic = diagnostic.label(span, "the indentation of this line says that it should be closed before here");
    }
    for &(span, _) in outer.iter().rev().take(2) {
        diagnostic = diagnostic.label(span, "this one is not closed either");
    }
    let place = if suspect.is_some() { "at the end of the form, before that line" } else { "where the form ends" };
    let shown: String = closers.chars().take(20).collect();
    let more = if shown.len() < closers.len() { format!("… ({} in all)", closers.len()) } else { String::new() };
    diagnostic.help(format!("add `{shown}`{more} {place}"))
}
