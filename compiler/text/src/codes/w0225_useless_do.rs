//! W0225: a `do` around what needs none.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0225",
    title: "useless do",
    level: Level::Warning,
    page: r#"`do` puts several expressions where one is expected. Around a single expression, or as the whole body of a form that takes
several, it does nothing.

```
(define (greet name)
  (do
    (print "hello")
    (print name)))
(greet "Ada")
```

```
(define (greet name)
  (print "hello")
  (print name))
(greet "Ada")
```
"#,
};

/// `word` is `do` or `begin`.
pub fn useless(span: Span, word: &str) -> Diagnostic {
    CODE.at(span, format!("this `{word}` does nothing"))
        .here("what is in it can stand without it")
        .help("remove it and keep what is in it; `clc lint --fix` does so")
}
