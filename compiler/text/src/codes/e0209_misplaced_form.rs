//! E0209: a form where it may not stand.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0209",
    title: "form in the wrong place",
    level: Level::Error,
    page: r#"Some forms may stand only in certain places: `module`, `import`, `data`, `type` and `define-effect` at the top level,
`define` there and in bodies, `else` last in a `cond`, `catch` and `finally` last in a `try`.

```
(print (+ 1 (define x 2)))
```

Move the form.

```
(define x 2)
(print (+ 1 x))
```
"#,
};

/// `place` completes "`form` may stand only …".
pub fn misplaced(span: Span, form: &str, place: &str) -> Diagnostic {
    CODE.at(span, format!("`{form}` may stand only {place}"))
        .here("not here")
        .help("move it to such a place")
}
