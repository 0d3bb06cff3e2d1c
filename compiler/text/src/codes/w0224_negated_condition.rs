//! W0224: a `not` that another word would say.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0224",
    title: "negated condition",
    level: Level::Warning,
    page: r#"Three words have their opposite at hand: `=` and `not=`, `when` and `unless`.

```
(define x (read-line))
(when (not (= x "")) (print x))
```

```
(define x (read-line))
(unless (= x "") (print x))
```
"#,
};

/// `word` says the same without the `not`.
pub fn negated(span: Span, word: &str) -> Diagnostic {
    CODE.at(span, format!("`{word}` says this without `not`"))
        .here(format!("use `{word}`"))
        .help(format!("write `{word}`; `clc lint --fix` does it"))
}
