//! E0405: a function does more than its contract promises.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0405",
    title: "effect beyond the contract",
    level: Level::Error,
    page: r#"A contract says `:pure true`, or names effects with `:effects [...]`, and the function may perform another operation. The
labels lead to it. Errors are no matter of this promise.

```
(define (twice n) (print n) (* 2 n))
(spec:contract twice :pure true)
(print (twice 4))
```

Do the work elsewhere, or name the effect in the contract.

```
(define (twice n) (print n) (* 2 n))
(spec:contract twice :effects [io])
(print (twice 4))
```
"#,
};

/// `path` holds the calls that lead to the operation, which is last.
pub fn beyond(span: Span, function: &str, op: &str, path: &[Span]) -> Diagnostic {
    let mut diagnostic =
        CODE.at(span, format!("`{function}` may perform `{op}`, which its contract excludes")).here("promised here");
    for (i, place) in path.iter().enumerate() {
        let text = if i + 1 == path.len() { format!("`{op}` comes from here") } else { "it is reached by this call".to_owned() };
        diagnostic = diagnostic.label(*place, text);
    }
    diagnostic.help("move the effect out of the function, or name it in the contract")
}
