//! W0304: with `--strict`, a check of an annotation that remains at run time.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0304",
    title: "remaining run-time check",
    level: Level::Warning,
    page: r#"An annotation is a promise. What the compiler cannot prove of it is checked when the program runs, and `clc check
--strict` tells where. Nothing is wrong with the program; the check costs a little time, and the value may turn out to be of
another type. What comes from outside can only be known by checking it.
"#,
};

/// `what` is what is annotated, in words ("parameter n of half").
pub fn remains(span: Span, what: &str, expected: &str) -> Diagnostic {
    CODE.at(span, format!("{what}: `{expected}` is checked at run time"))
        .here("not proved")
        .help("nothing is wrong; annotate where the value comes from, if it is known there")
}
