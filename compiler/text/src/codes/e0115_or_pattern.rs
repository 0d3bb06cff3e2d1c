//! E0115: alternatives of an `or` pattern that bind different names.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0115",
    title: "alternatives bind different names",
    level: Level::Error,
    page: r#"Each alternative of an `or` pattern binds the same names, since the body does not know which one fitted.

```
(define (f v) (match v ((or [a b] [a]) a) (_ nil)))
(print (f [1]))
```

Leave out what is not needed in all of them, with `_`.

```
(define (f v) (match v ((or [a _] [a]) a) (_ nil)))
(print (f [1]))
```
"#,
};

/// `span` binds `name`, which the first alternative does not.
pub fn only_here(span: Span, name: &str) -> Diagnostic {
    CODE.at(span, format!("`{name}` is bound in only some alternatives of an `or` pattern"))
        .here("the first alternative does not bind it")
        .help("bind the same names in each alternative; `_` takes what is not needed")
}

/// The alternative at `span` does not bind `name`, which the first one binds at `first`.
pub fn missing(span: Span, name: &str, first: Span) -> Diagnostic {
    CODE.at(span, format!("`{name}` is bound in only some alternatives of an `or` pattern"))
        .here("this alternative does not bind it")
        .label(first, "bound here")
        .help("bind the same names in each alternative; `_` takes what is not needed")
}
