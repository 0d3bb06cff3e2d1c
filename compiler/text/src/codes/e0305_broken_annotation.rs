//! E0305: a value that is certainly not of the type that an annotation promises.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0305",
    title: "broken annotation",
    level: Level::Error,
    page: r#"An annotation promises a type, and no value that can be there is of that type: the check at run time would certainly
fail. An Int is no Float; `Number` takes both.

```
(define (half (n : Int)) : Float (quot n 2))
(print (half 4))
```

Change the annotation, or the value.

```
(define (half (n : Int)) : Int (quot n 2))
(print (half 4))
```
"#,
};

/// `what` is what is annotated, in words ("result of half").
pub fn broken(span: Span, what: &str, expected: &str, found: &str) -> Diagnostic {
    let advice = match (expected, found) {
        ("Float", "Int") => "an Int is no Float: write `2.0` for `2`, use `float`, or annotate `Number`".to_owned(),
        _ => format!("annotate `{found}`, or give a value of type `{expected}`"),
    };
    CODE.at(span, format!("{what} must be `{expected}`, and is `{found}`"))
        .here(format!("this is `{found}`"))
        .help(advice)
}
