//! W0203: `...` apart from the name of the rest.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0203",
    title: "split rest name",
    level: Level::Warning,
    page: r#"The parameter or pattern that takes what is left is written as one name with three dots before it, `...rest`. Older programs
have a space in between.

```
(define (count-all _first ... rest) (+ 1 (length rest)))
(print (count-all 1 2 3))
```

`clc check --fix` joins them.

```
(define (count-all _first ...rest) (+ 1 (length rest)))
(print (count-all 1 2 3))
```
"#,
};

/// `span` covers the dots and the name.
pub fn split(span: Span, name: &str) -> Diagnostic {
    CODE.at(span, "`...` stands apart from the name of the rest")
        .here(format!("now `...{name}`"))
        .help(format!("write `...{name}`; `clc check --fix` does it"))
}
