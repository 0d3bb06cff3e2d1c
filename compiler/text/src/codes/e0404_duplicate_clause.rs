//! E0404: two clauses of one handler for the same operation or kind.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0404",
    title: "duplicate handler clause",
    level: Level::Error,
    page: r#"One handler has two clauses for the same operation, for the same kind, or two of `return` or `finally`. Only one of them could
ever run.

```
(define-effect ask (name -> String))
(print (handler ((ask:name (lambda () (resume "Bob")))
                 (ask:name (lambda () (resume "Eve"))))
  (ask:name)))
```

Keep one of them. (A clause for an operation and one for its whole kind may stand side by side: the first takes that
operation.)

```
(define-effect ask (name -> String))
(print (handler ((ask:name (lambda () (resume "Bob")))) (ask:name)))
```
"#,
};

pub fn duplicate(span: Span, name: &str, first: Span) -> Diagnostic {
    CODE.at(span, format!("two clauses for `{name}` in one handler"))
        .here("this one could never run")
        .label(first, "the first is here")
        .help("remove one of them")
}
