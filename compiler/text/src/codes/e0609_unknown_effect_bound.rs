//! E0609: an effect that there is not, in a contract's `:effects`.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0609",
    title: "unknown effect in a contract",
    level: Level::Error,
    page: r#"`:effects` lists kinds of effects, `io`, `state`, `error`, `time`, `random`, `network`, `async`, `concurrent`, `dom`,
`reactive`, `gc` or a declared one, and single operations such as `io:print`.

```
(define (greet name) (print "hello" name))
(spec:contract greet :effects [output])
(greet "Ann")
```

```
(define (greet name) (print "hello" name))
(spec:contract greet :effects [io])
(greet "Ann")
```
"#,
};

pub fn unknown(span: Span, name: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("there is no effect `{name}`")).here("neither a kind nor an operation");
    e0101::suggest(diagnostic, near, "name a kind, such as `io`, or an operation, such as `io:print`")
}
