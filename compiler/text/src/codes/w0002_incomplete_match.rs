//! W0002: a match that does not take every value.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0002",
    title: "incomplete match",
    level: Level::Warning,
    page: r#"No arm of this `match` takes the value that the message shows; reaching the match with such a value raises
`match-error`. What there may be is known from annotations, and else guessed from the patterns: all constructors of
their data types, `true` and `false`, Lists of any length. Numbers, Strings and Keywords have no end, so a match on them
needs a last arm for all others. An arm with `:when` may refuse any value.

```
(data Shape (Circle r) (Square side) (Dot))
(define (area shape) (match shape ((Circle r) (* 3 r r)) ((Square side) (* side side))))
(print (area (Circle 2)))
```

Add an arm for what is missing, or a last arm `(_ …)` for everything else.

```
(data Shape (Circle r) (Square side) (Dot))
(define (area shape) (match shape ((Circle r) (* 3 r r)) ((Square side) (* side side)) (Dot 0)))
(print (area (Circle 2)))
```
"#,
};

/// `missing` is such a value: a pattern in backticks or words; `guarded` tells whether some arm has a guard.
pub fn incomplete(span: Span, missing: &str, guarded: bool) -> Diagnostic {
    let diagnostic = CODE
        .at(span, format!("this match does not take every value: {missing} is missing"))
        .here("such a value raises `match-error` here");
    let diagnostic = match guarded {
        true => diagnostic.note("an arm with `:when` counts as refusing, since its condition may be false"),
        false => diagnostic,
    };
    diagnostic.help("add an arm for it, or a last arm `(_ …)` for everything else")
}
