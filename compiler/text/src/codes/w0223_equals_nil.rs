//! W0223: a comparison with `nil`.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0223",
    title: "comparison with nil",
    level: Level::Warning,
    page: r#"`nil?` asks what `(= x nil)` asks, and says it.

```
(define line (read-line))
(print (= line nil))
```

```
(define line (read-line))
(print (nil? line))
```
"#,
};

pub fn compared(span: Span) -> Diagnostic {
    CODE.at(span, "a comparison with `nil`").here("the same as `nil?`").help("write `(nil? x)`; `clc lint --fix` does it")
}
