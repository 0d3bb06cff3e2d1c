//! E0803: a value in clc.toml that its key does not take, or a key that is missing.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0803",
    title: "bad or missing value in clc.toml",
    level: Level::Error,
    page: r#"Each key of `clc.toml` takes values of one kind:

- `name`, which must be there: letters, digits, `-` and `_`, starting with a letter, such as "word-count".
- `version`: three numbers, such as "0.1.0".
- `edition`: 1, the only edition of the language.
- `main`: the path of a `.cl` file, from the folder of `clc.toml`.
"#,
};

/// `expected` is what the key takes.
pub fn bad(span: Span, key: &str, expected: &str) -> Diagnostic {
    CODE.at(span, format!("bad value for `{key}` in clc.toml")).here(format!("expected {expected}")).help(format!(
        "write {expected}; `clc explain E0803` shows all keys"
    ))
}

/// `span` is the place for the key.
pub fn missing(span: Span, key: &str) -> Diagnostic {
    CODE.at(span, format!("clc.toml gives no `{key}`"))
        .here("it belongs here")
        .help(format!("add a line `{key} = …`; `clc explain E0803` shows all keys"))
}
