//! W0001: a match arm that nothing reaches.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0001",
    title: "unreachable arm",
    level: Level::Warning,
    page: r#"Arms are tried in order, and the ones before this one take every value that it could match.

```
(define (name n) (match n (_ "many") (0 "none")))
(print (name 0))
```

Move the more special arm first, or remove it.

```
(define (name n) (match n (0 "none") (_ "many")))
(print (name 0))
```
"#,
};

/// `earlier` are the arms that together take everything; empty where there are too many to tell.
pub fn unreachable(span: Span, earlier: &[Span]) -> Diagnostic {
    let diagnostic = CODE.at(span, "this arm cannot be reached").here("the arms before take all of this");
    taken(diagnostic, earlier).help("move it before the more general arm, or remove it")
}

/// An alternative of an `or` pattern; `earlier` are arms, or alternatives before it.
pub fn unreachable_part(span: Span, earlier: &[Span]) -> Diagnostic {
    let diagnostic = CODE.at(span, "this alternative cannot be reached").here("what stands before takes all of this");
    taken(diagnostic, earlier).help("remove it from the `or`")
}

/// So many places are shown.
const MOST_SHOWN: usize = 4;

fn taken(diagnostic: Diagnostic, earlier: &[Span]) -> Diagnostic {
    if let [one] = earlier {
        return diagnostic.label(*one, "this takes every such value");
    }
    let shown = earlier.iter().take(MOST_SHOWN);
    shown.fold(diagnostic, |diagnostic, span| diagnostic.label(*span, "this takes a part of them"))
}
