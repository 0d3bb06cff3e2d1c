//! W0201: a name of older programs, which the library spells otherwise now.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0201",
    title: "older name",
    level: Level::Warning,
    page: r#"Programs written for earlier versions use some names that are spelled otherwise now: `car` for `head`, `string-append` for
`concat`, `list-sort` for `sort`, `random:randint` for `random:int`. They are still understood.

```
(define pair [1 2])
(print (car pair))
```

`clc check --fix` writes the present name.

```
(define pair [1 2])
(print (head pair))
```
"#,
};

/// `present` are the names to use, of which one fits.
pub fn older(span: Span, name: &str, present: &[&str]) -> Diagnostic {
    let shown: Vec<String> = present.iter().map(|name| format!("`{name}`")).collect();
    let shown = shown.join(" or ");
    let help = match present {
        [_] => format!("write {shown}; `clc check --fix` does it"),
        _ => format!("write {shown}, whichever suits the argument"),
    };
    CODE.at(span, format!("`{name}` is an older name")).here(format!("now {shown}")).help(help)
}
