//! E0303: a call of something that is certainly no function.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0303",
    title: "call of something that is no function",
    level: Level::Error,
    page: r#"What stands first in a call is certainly no function, so that the call would raise `type-error` when reached.

```
(print (1 2 3))
```

A List is written in square brackets. To call a function, name it first.

```
(print [1 2 3])
```
"#,
};

/// `what` describes the value, such as "an Int".
pub fn not_a_function(span: Span, what: &str) -> Diagnostic {
    CODE.at(span, format!("{what} is called, and is no function"))
        .here("this is no function")
        .help("a List is written `[1 2 3]`; a call starts with its function: `(f a b)`")
}

/// The same for a name or an expression whose value is certainly no function.
pub fn value_is_no_function(span: Span, what: &str) -> Diagnostic {
    CODE.at(span, format!("{what} is called, and is no function"))
        .here("this is no function")
        .help("only a function can be called; to give a value, write its name without brackets around it")
}
