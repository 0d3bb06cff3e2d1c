//! E0606: a word of contracts where it means nothing.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0606",
    title: "word of contracts in the wrong place",
    level: Level::Error,
    page: r#"`result`, the function's value, and `(old e)`, the value of `e` on entry, exist in the clauses of `:ensures`, which are
checked when the function has returned. `old` evaluates its expression on entry, so that can use the function's parameters, but no
name that is bound within the clause. `(decreasing e)` is itself a clause of `:invariant`.

```
(define (half n) (quot n 2))
(spec:contract half :requires [(<= result n)])
(print (half 10))
```

```
(define (half n) (quot n 2))
(spec:contract half :ensures [(<= result n)])
(print (half 10))
```
"#,
};

/// `word` is `result` or `(old …)`, outside `:ensures`.
pub fn only_in_ensures(span: Span, word: &str) -> Diagnostic {
    CODE.at(span, format!("`{word}` has a meaning only in the `:ensures` clauses of a contract"))
        .here("not here")
        .help("move the clause to `:ensures`, or define the name")
}

/// `result` or `(old …)` inside `(old …)`, which is evaluated on entry.
pub fn inside_old(span: Span, word: &str) -> Diagnostic {
    CODE.at(span, format!("`{word}` inside `(old …)`"))
        .here("`old` takes the value on entry, before there is any of this")
        .help("write it outside of `(old …)`")
}

/// A name bound within the clause, inside `(old …)`.
pub fn bound_in_clause(span: Span, name: &str, binder: Span) -> Diagnostic {
    CODE.at(span, format!("`{name}` inside `(old …)` is bound only within the clause"))
        .here("`old` is evaluated on entry, before the clause")
        .label(binder, "bound here")
        .help("let `old` take the whole value that is needed, and the clause a part of it: `(nth (old xs) i)`")
}

/// `(decreasing e)` that is no clause of `:invariant`.
pub fn misplaced_decreasing(span: Span) -> Diagnostic {
    CODE.at(span, "`decreasing` may stand only as a clause of `:invariant`")
        .here("not here")
        .help("write `:invariant [(decreasing expression)]`")
}
