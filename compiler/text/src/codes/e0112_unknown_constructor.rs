//! E0112: a constructor that no `data` declares.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0112",
    title: "unknown constructor",
    level: Level::Error,
    page: r#"A pattern names a constructor that no `data` form in scope declares. A name with a capital letter in a pattern is a
constructor; a lower-case one binds.

```
(data Shape (Circle r) (Square a))
(define (area s) (match s ((Circel r) (* r r)) ((Square a) (* a a))))
(print (area (Square 2)))
```

Correct the name, or import the type's constructors.

```
(data Shape (Circle r) (Square a))
(define (area s) (match s ((Circle r) (* r r)) ((Square a) (* a a))))
(print (area (Square 2)))
```
"#,
};

pub fn unknown(span: Span, name: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("unknown constructor `{name}`")).here("no `data` in scope declares it");
    e0101::suggest(diagnostic, near, "declare it with `data`, or import it; a name that binds starts in lower case")
}
