//! E0111: `set!` of something that is no variable of this module.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0111",
    title: "assignment to what is no variable",
    level: Level::Error,
    page: r#"`set!` assigns to a local variable or to a top-level variable of the same module. Names of the prelude, imported names,
constructors and operations cannot be assigned.

```
(set! print 1)
```

Define a variable of your own; it shadows the other one in this module.

```
(define shown 1)
(set! shown 2)
(print shown)
```
"#,
};

/// `what` is for example "a name of the prelude" or "imported".
pub fn not_assignable(span: Span, name: &str, what: &str) -> Diagnostic {
    CODE.at(span, format!("cannot assign to `{name}`: it is {what}"))
        .here("no variable of this module")
        .help("`define` a variable of your own, or let the other module export a function that assigns")
}
