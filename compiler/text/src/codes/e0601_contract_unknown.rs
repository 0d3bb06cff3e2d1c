//! E0601: a contract for a function that its scope does not define.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0601",
    title: "contract for an unknown function",
    level: Level::Error,
    page: r#"A contract stands in the scope that defines its function, before or after the definition: both at the top level of
one module, or both in one body.

```
(define (half n) (quot n 2))
(spec:contract halve :requires [(even? n)])
(print (half 10))
```

Correct the name, or move the contract to the definition.

```
(define (half n) (quot n 2))
(spec:contract half :requires [(even? n)])
(print (half 10))
```
"#,
};

/// `elsewhere` is what the name is instead, such as "a name of the library", with its definition in the user's text;
/// `near` are functions of the scope with similar names.
pub fn unknown(span: Span, name: &str, elsewhere: Option<(&str, Option<Span>)>, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE
        .at(span, format!("the contract names `{name}`, which is not defined in this scope"))
        .here("no definition of it beside this contract");
    match elsewhere {
        Some((what, Some(definition))) => diagnostic
            .label(definition, format!("`{name}` is defined here"))
            .note(format!("`{name}` is {what}"))
            .help("move the contract to the scope of the definition"),
        Some((what, None)) => diagnostic
            .note(format!("`{name}` is {what}"))
            .help("define a function of your own that calls it, and give that one the contract"),
        None => e0101::suggest(diagnostic, near, "define the function beside the contract, or remove the contract"),
    }
}
