//! E0207: macro expansion that does not end.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0207",
    title: "macro expansion goes too far",
    level: Level::Error,
    page: r#"The expansion of a macro holds another use of a macro, and so on, beyond the limit: probably a rule expands to a use of
itself without end.

```
(define-syntax forever (syntax-rules () ((_ e) (forever (do e)))))
(forever 1)
```

Give the macro a rule that ends the recursion.

```
(define-syntax once (syntax-rules () ((_ e) (do e))))
(once 1)
```
"#,
};

/// `limit` is what was exceeded, for example "1000 expansions inside each other".
pub fn too_far(span: Span, name: &str, limit: &str) -> Diagnostic {
    CODE.at(span, format!("the expansion of macro `{name}` goes beyond {limit}"))
        .here("this use")
        .help("does one of its rules expand to a use of itself without end?")
}
