//! E0411: `--allow` names what is no effect.

use super::{Code, e0101};
use crate::{Diagnostic, Level};

pub static CODE: Code = Code {
    id: "E0411",
    title: "--allow names an effect that does not exist",
    level: Level::Error,
    page: r#"A name given to `--allow` is no effect kind, no operation and no group. A program is not compiled under a bound that may
not be the one that was meant.

```
; clc check --allow io,tmie
(print (time:now))
```

Kinds are io, time, random, network, dom and those that the program declares by `define-effect`; operations are written
`io:print`; the groups are console, file-read, file-write, env and process.

```
; clc check --allow io,time
(print (time:now))
```
"#,
};

/// `near` are effects with such a name.
pub fn unknown_allowance(name: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.nowhere(format!("--allow: unknown effect `{name}`"));
    e0101::suggest(diagnostic, near, "name a kind (io), an operation (io:print) or a group (file-read)")
}
