//! E0306: a function that is passed to another one and does not take as many arguments as it is called with.

use super::Code;
use super::e0301_arity::expected;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0306",
    title: "function of the wrong number of arguments",
    level: Level::Error,
    page: r#"A function is passed to another one, which calls it with a number of arguments that it does not take.

```
(print (filter (lambda (a b) (> a b)) [1 2 3]))
```

Pass a function that takes as many arguments as it is called with.

```
(print (filter (lambda (a) (> a 1)) [1 2 3]))
```
"#,
};

/// `called_with` arguments the function at `span` is called with; it takes `counts`, the least and the largest number.
pub fn wrong_callback(
    span: Span,
    function: &str,
    index: usize,
    called_with: usize,
    counts: (usize, Option<usize>),
) -> Diagnostic {
    let takes = expected(counts.0, counts.1);
    let called_with = expected(called_with, Some(called_with));
    CODE.at(span, format!("`{function}` calls its argument {} with {called_with}, and this takes {takes}", index + 1))
        .here(format!("this takes {takes}"))
        .help(format!("pass a function that takes {called_with}"))
}
