//! E0304: a value of a kind that certainly does not fit.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0304",
    title: "value of the wrong kind",
    level: Level::Error,
    page: r#"A function is given an argument, or an annotation a value, of a kind that it certainly does not take, so that reaching
it would raise `type-error`.

```
(print (+ 1 "2"))
```

Convert the value, or pass another one. `+` adds numbers; `concat` joins Strings.

```
(print (+ 1 (parse-int "2")))
```
"#,
};

/// `place` is for example "argument 2 of `+`"; `expected` and `found` are types as the user writes them.
pub fn wrong_kind(span: Span, place: &str, expected: &str, found: &str) -> Diagnostic {
    CODE.at(span, format!("{place} must be {expected}, not {found}"))
        .here(format!("this is {found}"))
        .help(format!("convert it, or give {expected}"))
}
