//! W0001: a match arm that nothing reaches.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0001",
    title: "unreachable arm",
    level: Level::Warning,
    page: r#"Arms are tried in order, and the ones before this one take every value that it could match.

```
(define (name n) (match n (other "many") (0 "none")))
(print (name 0))
```

Move the more special arm first, or remove it.

```
(define (name n) (match n (0 "none") (other "many")))
(print (name 0))
```
"#,
};

/// `earlier` is the arm that takes everything, if it is a single one.
pub fn unreachable(span: Span, earlier: Option<Span>) -> Diagnostic {
    let mut diagnostic = CODE.at(span, "this arm cannot be reached").here("the arms before take all of this");
    if let Some(earlier) = earlier {
        diagnostic = diagnostic.label(earlier, "this arm takes every such value");
    }
    diagnostic.help("move it before the more general arm, or remove it")
}
