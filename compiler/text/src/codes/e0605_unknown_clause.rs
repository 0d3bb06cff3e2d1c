//! E0605: a keyword that no contract has.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0605",
    title: "unknown clause of a contract",
    level: Level::Error,
    page: r#"A contract has the clauses `:requires`, `:ensures`, `:invariant`, `:complexity`, `:pure`, `:effects` and `:extends`.

```
(define (half n) (quot n 2))
(spec:contract half :require [(even? n)])
(print (half 10))
```

```
(define (half n) (quot n 2))
(spec:contract half :requires [(even? n)])
(print (half 10))
```
"#,
};

/// The keywords of contracts.
pub const KEYWORDS: &[&str] = &["requires", "ensures", "invariant", "complexity", "pure", "effects", "extends"];

/// `keyword` is without its colon.
pub fn unknown(span: Span, keyword: &str) -> Diagnostic {
    let near: Vec<String> = crate::near(keyword, KEYWORDS.iter().copied()).iter().map(|k| format!(":{k}")).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    let diagnostic = CODE.at(span, format!("a contract has no clause `:{keyword}`")).here("unknown clause");
    let all: Vec<String> = KEYWORDS.iter().map(|k| format!("`:{k}`")).collect();
    e0101::suggest(diagnostic, &near, &format!("the clauses are {}", all.join(", ")))
}
