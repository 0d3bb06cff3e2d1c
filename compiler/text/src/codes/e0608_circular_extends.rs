//! E0608: contracts that extend each other.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0608",
    title: "contracts that extend each other",
    level: Level::Error,
    page: r#"A contract may extend one that extends a third, but no contract extends itself this way.

```
(define (f n) n)
(define (g n) n)
(spec:contract f :requires [(> n 0)] :extends g)
(spec:contract g :extends f)
(print (f 1) (g 1))
```

Remove one of the `:extends`.

```
(define (f n) n)
(define (g n) n)
(spec:contract f :requires [(> n 0)])
(spec:contract g :extends f)
(print (f 1) (g 1))
```
"#,
};

/// `circle`: the names of the functions, the last one the first again; `others` are the further `:extends` of it.
pub fn circle(span: Span, circle: &[&str], others: &[Span]) -> Diagnostic {
    let names: Vec<String> = circle.iter().map(|n| format!("`{n}`")).collect();
    let diagnostic = CODE
        .at(span, format!("contracts extend each other: {}", names.join(" extends ")))
        .here("this leads back to the contract itself");
    let diagnostic = others.iter().fold(diagnostic, |d, at| d.label(*at, "by way of this one"));
    diagnostic.help("remove one `:extends` of the circle")
}
