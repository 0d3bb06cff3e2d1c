//! E0607: an `:extends` that names no contract whose clauses could hold here.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0607",
    title: "contract that cannot be extended",
    level: Level::Error,
    page: r#"`:extends other` adds the clauses of the contract of `other`, whose parameters stand for this function's by position.
So `other` has a contract, and both functions have the same number of parameters.

```
(define (area w h) (* w h))
(spec:contract area :requires [(> w 0) (> h 0)])
(define (square-area w) (* w w))
(spec:contract square-area :extends area)
(print (area 2 3) (square-area 2))
```

```
(define (area w h) (* w h))
(spec:contract area :requires [(> w 0) (> h 0)])
(define (square-area w) (* w w))
(spec:contract square-area :requires [(> w 0)])
(print (area 2 3) (square-area 2))
```
"#,
};

/// `definition` is where the extended name is defined in the user's text.
pub fn no_contract(span: Span, name: &str, definition: Option<Span>) -> Diagnostic {
    let diagnostic =
        CODE.at(span, format!("`{name}` has no contract to extend")).here("a function with a contract is expected");
    let diagnostic = definition.into_iter().fold(diagnostic, |d, at| d.label(at, "defined here"));
    diagnostic.help(format!("write `(spec:contract {name} …)`, or leave out `:extends`"))
}

/// `counts`: what the two functions take, in words.
pub fn other_parameters(span: Span, name: &str, counts: (&str, &str), other: Span) -> Diagnostic {
    CODE.at(span, format!("`{name}` takes other parameters, so its contract cannot be extended"))
        .here(format!("it takes {}, this function {}", counts.1, counts.0))
        .label(other, "the extended contract")
        .help("write out the clauses that are to hold here too")
}
