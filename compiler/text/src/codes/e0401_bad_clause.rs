//! E0401: a part of a `handler` form that is no clause.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0401",
    title: "malformed handler clause",
    level: Level::Error,
    page: r#"A `handler` form is a list of clauses and a body. A clause is an operation, a whole effect kind, `return` or `finally`, and one
function.

```
(define-effect ask (name -> String))
(print (handler (ask:name (lambda () (resume "Bob"))) (ask:name)))
```

The clauses stand in a list of their own, also if there is only one.

```
(define-effect ask (name -> String))
(print (handler ((ask:name (lambda () (resume "Bob")))) (ask:name)))
```
"#,
};

/// What stands in place of the list of clauses, or the whole form without one.
pub fn no_clauses(span: Span) -> Diagnostic {
    CODE.at(span, "`handler` needs a list of clauses")
        .here("expected ((operation (lambda (argument …) …)) …)")
        .help("write (handler ((operation function) …) body …)")
}

pub fn bad_clause(span: Span) -> Diagnostic {
    CODE.at(span, "malformed clause of `handler`")
        .here("expected (operation function), (kind function), (return function) or (finally function)")
        .help("the clauses stand in a list: (handler ((operation (lambda (argument …) …)) …) body …)")
}

/// `resume-many` with something else than one name.
pub fn bad_resume_many(span: Span) -> Diagnostic {
    CODE.at(span, "`resume-many` takes the name for the continuation")
        .here("expected (resume-many name)")
        .help("write (resume-many k) first in the clause's body, and call k as often as you like")
}
