//! E0801: a clc.toml that is not TOML.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0801",
    title: "clc.toml cannot be read",
    level: Level::Error,
    page: r#"A project's `clc.toml` is written in TOML: one `key = value` a line, strings in quotes, comments after `#`.

    name = "report"
    version = "0.1.0"
    edition = 1
    main = "main.cl"
"#,
};

/// `reason` is what the TOML reader says.
pub fn syntax(span: Span, reason: &str) -> Diagnostic {
    CODE.at(span, format!("clc.toml is no TOML: {reason}"))
        .here("here reading stopped")
        .help("write one `key = value` a line, with strings in quotes: `name = \"report\"`")
}
