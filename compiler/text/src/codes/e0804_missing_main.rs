//! E0804: a project without its root file.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0804",
    title: "the project has no main file",
    level: Level::Error,
    page: r#"Commands without a FILE work on the project's root file: the one that `main` in `clc.toml` names, or else `main.cl` beside it.
That file is not there. Make it, or name another one:

    name = "report"
    main = "src/report.cl"
"#,
};

/// `span` is the value of `main`, or the beginning of clc.toml without one.
pub fn missing(span: Span, path: &str) -> Diagnostic {
    CODE.at(span, format!("the project's root file {path} is not there"))
        .here("no such file")
        .help("make the file, or set `main` in clc.toml to the path of another one, from the folder of clc.toml")
}
