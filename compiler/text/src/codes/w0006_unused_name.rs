//! W0006: a name that is bound and never used.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0006",
    title: "unused name",
    level: Level::Warning,
    page: r#"Nothing uses this name: it is left over, or another name was meant where it should be used.

```
(define (area width height) (* width width))
(print (area 2 3))
```

Use it, remove it, or start its name with `_`, which says that it is not wanted.

```
(define (area width height) (* width height))
(print (area 2 3))
```

Looked at are variables of `let`, `define` in a body, `loop` and patterns; parameters of functions that have a name;
macros in a body; and, in a module with an export list, the top-level names that it does not export. Not looked at are
parameters of a `lambda` without a name and the variables of `for-each`, `dotimes` and `catch`, which stand there because
the form wants one; and names that a macro makes.
"#,
};

/// What is bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Variable,
    Parameter,
    /// A variable of a pattern.
    Part,
    Macro,
    /// A top-level definition of a module that does not export it.
    Private,
}

pub fn unused(span: Span, name: &str, what: What) -> Diagnostic {
    let (kind, help) = match what {
        What::Variable => ("variable", format!("use it, remove it, or call it `_{name}` if only its value's effects count")),
        What::Parameter => ("parameter", format!("use it, remove it, or call it `_{name}` if callers must pass it")),
        What::Part => ("variable", format!("use it, or write `_` or `_{name}` in its place")),
        What::Macro => ("macro", "use it or remove it".to_owned()),
        What::Private => ("definition", "use it, export it, or remove it".to_owned()),
    };
    CODE.at(span, format!("the {kind} `{name}` is never used")).here("never used").help(help)
}
