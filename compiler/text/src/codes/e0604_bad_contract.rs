//! E0604: a contract whose parts are not what they should be.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0604",
    title: "malformed contract",
    level: Level::Error,
    page: r#"After the function's name a contract has keywords with a value each: `:requires`, `:ensures` and `:invariant` take
`[clause …]`, `:effects` takes `[effect …]`, `:complexity` a String, `:pure` true or false, `:extends` a function's name. Each
keyword stands at most once.

```
(define (half n) (quot n 2))
(spec:contract half :requires (even? n))
(print (half 10))
```

```
(define (half n) (quot n 2))
(spec:contract half :requires [(even? n)])
(print (half 10))
```
"#,
};

const SHAPE: &str = "the form is `(spec:contract name :requires [clause …] :ensures [clause …] :invariant [clause …] \
                     :complexity \"O(n)\" :pure true :effects [effect …] :extends other)`";

/// `expected` is what should stand at the span.
pub fn expected(span: Span, expected: &str) -> Diagnostic {
    CODE.at(span, "malformed contract").here(format!("expected {expected}")).help(SHAPE)
}

/// A keyword that stands a second time.
pub fn twice(span: Span, keyword: &str, first: Span) -> Diagnostic {
    CODE.at(span, format!("the contract has two clauses `:{keyword}`"))
        .here("the second one")
        .label(first, "the first one")
        .help("put both into one")
}

/// `:pure true` beside effects.
pub fn pure_with_effects(span: Span, effects: Span) -> Diagnostic {
    CODE.at(span, "the contract says both that the function is pure and that it has effects")
        .here("no effects at all")
        .label(effects, "these effects")
        .help("keep the one that is meant")
}

/// Two measures in one contract.
pub fn two_measures(span: Span, first: Span) -> Diagnostic {
    CODE.at(span, "the contract has two `decreasing` measures")
        .here("the second one")
        .label(first, "the first one")
        .help("give one Int that gets smaller with each recursive call, such as a sum")
}
