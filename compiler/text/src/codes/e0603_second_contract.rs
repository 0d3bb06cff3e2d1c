//! E0603: a second contract for one function.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0603",
    title: "second contract for a function",
    level: Level::Error,
    page: r#"A function has one contract, so that a reader who found it has read all of it.

```
(define (half n) (quot n 2))
(spec:contract half :requires [(int? n)])
(spec:contract half :requires [(even? n)])
(print (half 10))
```

Put the clauses together.

```
(define (half n) (quot n 2))
(spec:contract half :requires [(int? n) (even? n)])
(print (half 10))
```
"#,
};

pub fn second(span: Span, name: &str, first: Span) -> Diagnostic {
    CODE.at(span, format!("a second contract for `{name}`"))
        .here("this function has a contract already")
        .label(first, "the first one")
        .help("put the clauses of both into one contract")
}
