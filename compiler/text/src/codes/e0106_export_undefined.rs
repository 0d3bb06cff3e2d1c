//! E0106: an export of a name that the module does not define.

use super::{Code, e0101};
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0106",
    title: "export of an undefined name",
    level: Level::Error,
    page: r#"The `export` list of a module holds a name that the module does not define.

```
(module shapes (export area perimeter)
  (define (area w h) (* w h)))
```

Define it, correct it, or take it out of the list.

```
(module shapes (export area)
  (define (area w h) (* w h)))
```
"#,
};

pub fn undefined_export(span: Span, name: &str, near: &[&str]) -> Diagnostic {
    let diagnostic =
        CODE.at(span, format!("`{name}` is exported, but not defined")).here("the module defines no such name");
    e0101::suggest(diagnostic, near, "define it in this module, or take it out of the list")
}
