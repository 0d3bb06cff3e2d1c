//! W0302: `=` of values that are never equal.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0302",
    title: "comparison of unlike kinds",
    level: Level::Warning,
    page: r#"Values of different kinds are never equal, so that the comparison always gives the same. (Numbers are of one kind here:
`(= 1 1.0)` is true.)

```
(define (is-zero? text) (= (string-length text) "0"))
(print (is-zero? "a"))
```

Compare like with like: convert one side, or compare something else.

```
(define (is-zero? text) (= (string-length text) 0))
(print (is-zero? "a"))
```
"#,
};

/// `result` is what the comparison always gives.
pub fn unlike(span: Span, left: &str, right: &str, result: bool) -> Diagnostic {
    CODE.at(span, format!("`{left}` and `{right}` are never equal"))
        .here(format!("this is always {result}"))
        .help("convert one side, or compare something else")
}
