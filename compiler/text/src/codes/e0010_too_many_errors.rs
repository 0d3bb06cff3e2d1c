//! E0010: the reader stops reporting.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0010",
    title: "too many errors while reading",
    level: Level::Error,
    page: r#"So many things are wrong with the text of one file that further messages about it are left out. Is it a
ClaudeLang program? If so, mend the first errors and try again: later ones often follow from them.
"#,
};

/// `span` is the place of the first error that is not shown.
pub fn too_many(span: Span, shown: usize) -> Diagnostic {
    CODE.at(span, format!("more than {shown} errors in this file: further ones are not shown"))
        .here("the next error is here")
        .help("mend the first ones: later ones often follow from them")
}
