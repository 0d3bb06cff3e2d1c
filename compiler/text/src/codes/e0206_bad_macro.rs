//! E0206: a macro definition that cannot work.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0206",
    title: "malformed macro",
    level: Level::Error,
    page: r#"A macro's pattern or template is wrong in itself: `...` follows nothing, or stands twice in one pattern list, or a
template repeats something in which no pattern variable repeats.

```
(define-syntax twice (syntax-rules () ((_ e) (do e ...))))
(twice (print 1))
```

In a template, `...` follows something with a variable that the pattern repeats.

```
(define-syntax all (syntax-rules () ((_ e ...) (do e ...))))
(all (print 1) (print 2))
```
"#,
};

/// `problem` completes "malformed macro: …".
pub fn bad_macro(span: Span, problem: &str) -> Diagnostic {
    CODE.at(span, format!("malformed macro: {problem}"))
        .here("here")
        .help("the form is `(define-syntax name (syntax-rules (literal …) (pattern template) …))`")
}
