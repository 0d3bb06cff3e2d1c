//! E0012: a source file that cannot be read.

use super::Code;
use crate::{Diagnostic, Level};

pub static CODE: Code = Code {
    id: "E0012",
    title: "file that cannot be read",
    level: Level::Error,
    page: r#"The file named on the command line does not exist, is a directory, or may not be read. The message says which.

Check the path, which is relative to the directory where `clc` was started, and the permissions of the file.
"#,
};

/// `name` as the user wrote it; `reason` a short phrase such as "no such file".
pub fn unreadable(name: &str, reason: &str) -> Diagnostic {
    CODE.nowhere(format!("cannot read {name}: {reason}")).help("check the path and the permissions of the file")
}
