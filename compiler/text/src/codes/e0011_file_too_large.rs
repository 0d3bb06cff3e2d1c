//! E0011: a source file whose positions do not fit.

use super::Code;
use crate::{Diagnostic, Level};

pub static CODE: Code = Code {
    id: "E0011",
    title: "source file too large",
    level: Level::Error,
    page: r#"A source file may hold up to 4 GiB less one byte: positions in it are 32-bit numbers.

Split the file, or read the data that it holds with `io:read-file` when the program runs.
"#,
};

/// `name` is the file, `bytes` its size.
pub fn too_large(name: &str, bytes: u64) -> Diagnostic {
    CODE.nowhere(format!("{name}: the file has {bytes} bytes, and source files may have at most {}", u32::MAX))
        .help("split it, or read its data when the program runs")
}
