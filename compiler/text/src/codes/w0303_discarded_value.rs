//! W0303: a value that is computed for nothing.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "W0303",
    title: "a value without effect is dropped",
    level: Level::Warning,
    page: r#"An expression that is not the last of its body is evaluated for its effects, and this one has none: it gives a value, and
nothing takes it. Functions of this library give new values and leave their arguments as they are; to keep the value, name it.

```
(define (longer xs)
  (append xs [4])
  xs)
(print (longer [1 2 3]))
```

```
(define (longer xs)
  (append xs [4]))
(print (longer [1 2 3]))
```

Only what certainly does nothing is reported: literals, names, collections, and calls of library functions without effects.
"#,
};

/// `function` is the library function whose result is dropped.
pub fn discarded(span: Span, function: Option<&str>) -> Diagnostic {
    let what = match function {
        Some(name) => format!("the value of `{name}` is dropped, and it does nothing else"),
        None => "this value is dropped".to_string(),
    };
    CODE.at(span, what).here("nothing takes it").help("use the value, give it a name, or take the expression out")
}
