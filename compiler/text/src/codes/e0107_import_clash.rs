//! E0107: two imports, or an import and a definition, of one name.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0107",
    title: "imported name clashes",
    level: Level::Error,
    page: r#"A name comes into a module twice: from two imports of different things, or from an import and a definition.

```
(import "std/list" (head))
(define (head xs) 1)
(print (head [2]))
```

Import one of them under another name, `(import "path" ((name as other)))`, or import the module with a prefix,
`(import "path" :as m)`, and write `m:name`.

```
(define (my-head xs) (head xs))
(print (my-head [2]))
```
"#,
};

/// `span` is the second one, `first` the first; both may be imports or definitions.
pub fn clash(span: Span, name: &str, first: Span) -> Diagnostic {
    CODE.at(span, format!("`{name}` is already in this module"))
        .here("it comes in again here")
        .label(first, "it first comes in here")
        .help(format!("import it under another name: `(import \"path\" (({name} as other)))`"))
}
