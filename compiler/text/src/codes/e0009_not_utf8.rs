//! E0009: a source file that is not UTF-8.

use super::Code;
use crate::{Diagnostic, Level};

pub static CODE: Code = Code {
    id: "E0009",
    title: "source that is not UTF-8",
    level: Level::Error,
    page: r#"Source files are UTF-8 text. The message names the first byte that is not: its position counts from 0, and the line
and column are those where it stands.

Save the file as UTF-8, or convert it: `iconv -f LATIN1 -t UTF-8 old.cl > new.cl`. If the file is no text at all, the
wrong file was named.
"#,
};

/// `name` is the file; `offset` the first bad byte's position, `byte` its value, `line` and `column` from 1.
pub fn not_utf8(name: &str, offset: usize, byte: u8, (line, column): (u32, u32)) -> Diagnostic {
    CODE.nowhere(format!("{name}:{line}:{column}: the file is not UTF-8: byte 0x{byte:02x} at offset {offset}"))
        .help("save the file as UTF-8; source files hold text")
}
