//! E0203: the same literal key or element twice.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0203",
    title: "duplicate key in a literal",
    level: Level::Error,
    page: r#"A Dict literal has the same literal key twice, or a Set literal the same literal element. Keys are compared by value:
`1` and `1.0` are the same key.

```
(print {"a" 1 "a" 2})
```

Remove one of the two.

```
(print {"a" 1 "b" 2})
```
"#,
};

/// What kind of literal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Literal {
    Dict,
    Set,
    /// The keys of a Dict pattern.
    Pattern,
}

/// `span` is the second key, written `key` in the source; `first` is the first one.
pub fn duplicate(span: Span, key: &str, first: Span, literal: Literal) -> Diagnostic {
    let (what, place) = match literal {
        Literal::Dict => ("key", "Dict literal"),
        Literal::Set => ("element", "Set literal"),
        Literal::Pattern => ("key", "Dict pattern"),
    };
    CODE.at(span, format!("duplicate {what} `{key}` in a {place}"))
        .here(format!("the same {what} again"))
        .label(first, "first here")
        .help("remove one of the two")
}
