//! W0401: a declared operation that may be performed where no handler takes it.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0401",
    title: "operation without a handler",
    level: Level::Warning,
    page: r#"The operation may be performed while no handler for it is in force; it then raises `unhandled-effect`. The labels are
the calls that lead to it. With `clc check --strict` this is an error.

```
(define-effect ask (name String -> String))
(define (greet) (print (str "hello " (ask:name "your name?"))))
(greet)
```

Put a handler around the call.

```
(define-effect ask (name String -> String))
(define (greet) (print (str "hello " (ask:name "your name?"))))
(handler ((ask:name (lambda (prompt) (resume "Ann")))) (greet))
```
"#,
};

/// `path`: the calls that lead to the operation, each with the name of the function called; `span` is the operation itself.
pub fn unhandled(span: Span, op: &str, path: &[(Span, String)], strict: bool) -> Diagnostic {
    let mut diagnostic =
        CODE.at(span, format!("`{op}` may be performed with no handler in force")).here("performed here");
    for (call, function) in path {
        diagnostic = diagnostic.label(*call, format!("`{function}` is called here"));
    }
    if strict {
        diagnostic.level = Level::Error;
    }
    diagnostic.help("put a handler for it around the call")
}
