//! E0403: a clause whose function does not take the operation's arguments.

use super::{Code, e0301};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0403",
    title: "handler clause with the wrong number of parameters",
    level: Level::Error,
    page: r#"The function of a clause is called with the operation's arguments. The clause of a whole kind is called with the operation's name,
a Keyword, and the List of its arguments; that of `error` with the error Dict, that of `error:raise` with type, message and
data.

```
(define-effect ask (name String -> String))
(print (handler ((ask:name (lambda () (resume "Bob")))) (ask:name "who?")))
```

Give the function a parameter for each argument.

```
(define-effect ask (name String -> String))
(print (handler ((ask:name (lambda (question) (resume "Bob")))) (ask:name "who?")))
```
"#,
};

/// The clause for `target` takes `found` parameters, but is called with `least` to `most` arguments; `shape` is an example of
/// its parameters.
pub fn wrong_parameters(span: Span, target: &str, (least, most): (usize, usize), shape: &str) -> Diagnostic {
    let expected = e0301::expected(least, Some(most));
    CODE.at(span, format!("the clause for `{target}` is called with {expected}"))
        .here("this function does not take them")
        .help(format!("write (lambda ({shape}) …)"))
}
