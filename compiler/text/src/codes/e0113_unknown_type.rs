//! E0113: a type that nothing declares.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0113",
    title: "unknown type",
    level: Level::Error,
    page: r#"An annotation names a type that is neither built in nor declared by `data` or `type`.

```
(define (double (x : Integer)) (* x 2))
(print (double 2))
```

The built-in types are Int Float Number Bool Nil String Symbol Keyword Bytes Any Never, and List, Array, Dict, Set,
Tuple, Function, Promise and Channel with their arguments. A lower-case name is a type variable.

```
(define (double (x : Int)) (* x 2))
(print (double 2))
```
"#,
};

pub fn unknown(span: Span, name: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("unknown type `{name}`")).here("no such type is declared");
    e0101::suggest(diagnostic, near, "declare it with `data` or `type`, or import it")
}
