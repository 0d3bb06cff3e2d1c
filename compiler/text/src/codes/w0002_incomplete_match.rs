//! W0002: a match that leaves values of its type out.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0002",
    title: "incomplete match",
    level: Level::Warning,
    page: r#"The arms of a match leave out some values of the matched type. A value that no arm takes raises `match-error`.

```
(data Shape (Circle r) (Square a))
(define (area s) (match s ((Circle r) (* r r))))
(print (area (Circle 2)))
```

Add the missing arms, or a last one for the rest: `(_ …)`.

```
(data Shape (Circle r) (Square a))
(define (area s) (match s ((Circle r) (* r r)) ((Square a) (* a a))))
(print (area (Circle 2)))
```
"#,
};

/// `missing` are patterns for what is left out.
pub fn incomplete(span: Span, missing: &[String]) -> Diagnostic {
    let shown: Vec<String> = missing.iter().take(5).map(|m| format!("`{m}`")).collect();
    let more = if missing.len() > 5 { format!(" and {} more", missing.len() - 5) } else { String::new() };
    CODE.at(span, format!("this match leaves out {}{more}", shown.join(", ")))
        .here("a value that no arm takes raises `match-error`")
        .help("add the missing arms, or `(_ …)` for the rest")
}
