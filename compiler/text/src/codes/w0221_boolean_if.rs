//! W0221: an `if` that gives the truth of its condition.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0221",
    title: "boolean if",
    level: Level::Warning,
    page: r#"The condition is a Bool already, and the `if` only says it again.

```
(define (small? n) (if (< n 10) true false))
(print (small? 3))
```

Use the condition itself, or `not` of it.

```
(define (small? n) (< n 10))
(print (small? 3))
```
"#,
};

/// `negated`: the branches are `false` and `true`.
pub fn boolean(span: Span, negated: bool) -> Diagnostic {
    let shorter = if negated { "`not` of the condition" } else { "the condition" };
    CODE.at(span, "this `if` gives the truth of its condition")
        .here(format!("the same as {shorter}"))
        .help(format!("write {shorter} in its place; `clc lint --fix` does it"))
}
