//! E0204: a Dict literal with an odd number of parts.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0204",
    title: "key without a value",
    level: Level::Error,
    page: r#"A Dict literal holds keys and values in turn. The last key has no value.

```
(print {:name "Ada" :born})
```

Add the value, or write `#{…}` for a Set.

```
(print {:name "Ada" :born 1815})
```
"#,
};

/// `key` is the last part of the literal; `literal` all of it.
pub fn missing_value(key: Span, literal: Span) -> Diagnostic {
    CODE.at(key, "a Dict literal needs a value for each key")
        .here("this key has no value")
        .label(literal, "in this literal")
        .help("add the value; a Set is written `#{…}`")
}
