//! E0104: modules that import each other.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0104",
    title: "circular import",
    level: Level::Error,
    page: r#"Each module runs once, before its importers, so imports may not form a circle. The message shows the whole circle.

Move what both modules need into a third one that both import, or pass it as an argument.
"#,
};

/// `circle` are the names of the modules, each importing the next; the last one is the first one again.
pub fn circular(span: Span, circle: &[&str]) -> Diagnostic {
    CODE.at(span, format!("circular import: {}", circle.join(" -> ")))
        .here("this import closes the circle")
        .help("move what these modules share into a module of its own")
}
