//! W0222: an `if` with `nil` in a branch.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0222",
    title: "if with nil",
    level: Level::Warning,
    page: r#"`(when c e)` is nil where the condition does not hold, `(unless c e)` where it does: no branch has to say so.

```
(define (greet name) (if name (print "hello" name) nil))
(greet "Ada")
```

```
(define (greet name) (when name (print "hello" name)))
(greet "Ada")
```
"#,
};

/// `word` is `when` or `unless`.
pub fn nil_branch(span: Span, word: &str) -> Diagnostic {
    CODE.at(span, format!("`{word}` says this without the `nil`"))
        .here(format!("the same as `({word} condition expression)`"))
        .help(format!("write `{word}`; `clc lint --fix` does it"))
}
