//! E0210: source that is nested too deeply.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0210",
    title: "nested too deeply",
    level: Level::Error,
    page: r#"Brackets stand inside brackets, or clauses of one `cond` behind each other, some ten thousand deep: more than the compiler
follows. No person writes such a program; one that writes programs can define functions for the inner parts, or build
the data at run time.
"#,
};

/// `span` is the first part that lies too deep.
pub fn too_deep(span: Span) -> Diagnostic {
    CODE.at(span, "the source is nested too deeply")
        .here("this lies too deep")
        .help("move the inner parts into definitions of their own")
}
