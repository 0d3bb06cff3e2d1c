//! E0602: a contract for something that is not written as a function.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0602",
    title: "contract for what is no function",
    level: Level::Error,
    page: r#"The clauses of a contract name the parameters of its function, so the definition must show them: `(define (f x) …)`,
or `f` bound to a `lambda`. And it must stay that function: a contract says nothing of what `set!` puts in its place.

```
(define double (partial * 2))
(spec:contract double :requires [(int? n)])
(print (double 4))
```

Write the function with its parameters.

```
(define (double n) (* 2 n))
(spec:contract double :requires [(int? n)])
(print (double 4))
```
"#,
};

/// `definition` gives the name another value than a function's text.
pub fn no_function(span: Span, name: &str, definition: Span) -> Diagnostic {
    CODE.at(span, format!("the contract names `{name}`, which is not defined as a function"))
        .here("a contract is about a function's parameters and its result")
        .label(definition, "this shows no parameters")
        .help(format!("write `(define ({name} parameter …) expression …)`"))
}

/// Some `set!` gives another value to the function's name.
pub fn assigned(span: Span, name: &str) -> Diagnostic {
    CODE.at(span, format!("the contract names `{name}`, which is assigned with `set!`"))
        .here("the contract would say nothing of the value assigned")
        .help(format!("define a function that keeps its value, and let it call what `{name}` holds"))
}
