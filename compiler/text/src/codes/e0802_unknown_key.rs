//! E0802: a key of clc.toml that means nothing.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0802",
    title: "unknown key in clc.toml",
    level: Level::Error,
    page: r#"`clc.toml` has these keys, and no sections:

- `name`: what the project is called; `clc build` names the executable for it. It must be there.
- `version`: such as "0.1.0".
- `edition`: of the language; 1.
- `main`: the root file of the program, "main.cl" if not given.

Another key would have no effect, so it is refused: it is a slip, or meant for a newer compiler.
"#,
};

/// `near` are similar keys, best first.
pub fn unknown(span: Span, key: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("clc.toml has no key `{key}`")).here("this key means nothing");
    e0101::suggest(diagnostic, near, "the keys are `name`, `version`, `edition` and `main`")
}
