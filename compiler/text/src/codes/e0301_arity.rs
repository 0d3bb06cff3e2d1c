//! E0301: a call of a known function with the wrong number of arguments.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0301",
    title: "wrong number of arguments",
    level: Level::Error,
    page: r#"A function is called with a number of arguments that it does not take. The compiler knows the function, so the call
would certainly raise `arity-error` when reached.

```
(define (area w h) (* w h))
(print (area 3))
```

Give the arguments that the function takes. Inside a `try` this is a warning, since the program can handle the error.

```
(define (area w h) (* w h))
(print (area 3 4))
```
"#,
};

/// `least` and `most` are how many arguments the function takes (`most` is `None` where there is no upper bound);
/// `definition` is where it is defined, if that is in the user's text.
pub fn wrong_arity(
    span: Span,
    function: &str,
    (least, most): (usize, Option<usize>),
    found: usize,
    definition: Option<Span>,
) -> Diagnostic {
    let expected = expected(least, most);
    let mut diagnostic = CODE
        .at(span, format!("`{function}` expects {expected}, got {found}"))
        .here(format!("called with {}", count(found)));
    if let Some(definition) = definition {
        diagnostic = diagnostic.label(definition, format!("`{function}` is defined here"));
    }
    diagnostic.help(if found < least { "add what is missing" } else { "remove what is too much" })
}

/// "2 arguments", "at least 1 argument", "1 to 3 arguments".
pub(super) fn expected(least: usize, most: Option<usize>) -> String {
    match most {
        Some(most) if most == least => count(most),
        Some(most) => format!("{least} to {}", count(most)),
        None => format!("at least {}", count(least)),
    }
}

fn count(n: usize) -> String {
    match n {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        n => format!("{n} arguments"),
    }
}
