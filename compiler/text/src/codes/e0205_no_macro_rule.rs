//! E0205: a use of a macro that none of its rules fits.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0205",
    title: "no rule of the macro fits",
    level: Level::Error,
    page: r#"A macro is used in a shape that none of its patterns fits.

```
(define-syntax swap! (syntax-rules () ((_ a b) (let ((t a)) (set! a b) (set! b t)))))
(define x 1)
(swap! x)
```

Use the macro as one of its patterns says, or add a rule to it.

```
(define-syntax swap! (syntax-rules () ((_ a b) (let ((t a)) (set! a b) (set! b t)))))
(define x 1)
(define y 2)
(swap! x y)
```
"#,
};

/// `definition` is where the macro is defined; `patterns` are its patterns as they are written.
pub fn no_rule(span: Span, name: &str, definition: Option<Span>, patterns: &[String]) -> Diagnostic {
    let mut diagnostic = CODE.at(span, format!("no rule of macro `{name}` fits")).here("used like this");
    if let Some(definition) = definition {
        diagnostic = diagnostic.label(definition, "the macro");
    }
    let shown: Vec<String> = patterns.iter().take(4).map(|p| format!("`{p}`")).collect();
    if shown.is_empty() {
        diagnostic.help("the macro has no rules: add one")
    } else {
        diagnostic.help(format!("its patterns are {}", shown.join(", ")))
    }
}
