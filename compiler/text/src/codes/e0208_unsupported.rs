//! E0208: a form of the language that this compiler does not have yet.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0208",
    title: "form that is not supported yet",
    level: Level::Error,
    page: r#"The form is part of the language, and this version of the compiler cannot compile it yet. The program is not wrong;
`clc --version` says which version this is.
"#,
};

/// `what` is the form, such as "`handler`".
pub fn unsupported(span: Span, what: &str) -> Diagnostic {
    CODE.at(span, format!("{what} is not supported yet"))
        .here("this version of the compiler cannot compile it")
        .help("a later version will; rewrite this part without it for now")
}
