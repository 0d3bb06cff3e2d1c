//! W0301: code after what never returns.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0301",
    title: "unreachable code",
    level: Level::Warning,
    page: r#"What stands before never gives a value: it raises, or runs for ever. So this is never reached. An error or `io:exit` that some handler of the
program may resume is not taken for an end.

```
(define (check n)
  (when (< n 0)
    (error "negative")
    (print "not printed"))
  n)
(print (check 1))
```

Remove what is not reached, or put it first.

```
(define (check n)
  (when (< n 0)
    (print "printed")
    (error "negative"))
  n)
(print (check 1))
```
"#,
};

/// `after` is what never gives a value.
pub fn unreachable(span: Span, after: Span) -> Diagnostic {
    CODE.at(span, "this code is never reached")
        .here("never reached")
        .label(after, "this never returns")
        .help("remove it, or move it to a place that is reached")
}
