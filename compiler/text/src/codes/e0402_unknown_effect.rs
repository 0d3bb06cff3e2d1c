//! E0402: a handler for an operation or an effect kind that does not exist.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0402",
    title: "handler for an unknown operation or effect kind",
    level: Level::Error,
    page: r#"A clause of a `handler` names an operation `kind:operation`, or a whole kind, that is neither built in nor declared by
`define-effect`. Nothing could ever perform it.

```
(define-effect ask (name -> String))
(print (handler ((ask:nam (lambda () (resume "Bob")))) (ask:name)))
```

The built-in kinds are io, state, error, time, random, async, concurrent, network, dom, reactive and gc; the reference lists
their operations.

```
(define-effect ask (name -> String))
(print (handler ((ask:name (lambda () (resume "Bob")))) (ask:name)))
```
"#,
};

/// `near` are kinds with such a name.
pub fn unknown_kind(span: Span, kind: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("unknown effect kind `{kind}`")).here("no such kind is declared");
    e0101::suggest(diagnostic, near, "declare it: (define-effect kind (operation Type … -> Type) …)")
}

/// `near` are operations of the kind with such a name.
pub fn unknown_operation(span: Span, kind: &str, operation: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE
        .at(span, format!("effect kind `{kind}` has no operation `{operation}`"))
        .here("nothing can perform it");
    e0101::suggest(diagnostic, near, "add it to the kind's `define-effect`, or name another operation")
}
