//! W0202: an operation called by the older form `effect`.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0202",
    title: "effect form",
    level: Level::Warning,
    page: r#"An operation is called by its name, like a function. `(effect kind:operation …)` is the older spelling of the same.

```
(effect io:print "hello")
```

`clc check --fix` removes the word.

```
(io:print "hello")
```
"#,
};

/// `operation` is the name after `effect`.
pub fn effect(span: Span, operation: &str) -> Diagnostic {
    CODE.at(span, "`effect` is not needed to call an operation")
        .here(format!("the same as `({operation} …)`"))
        .help(format!("write `({operation} …)`; `clc check --fix` does it"))
}
