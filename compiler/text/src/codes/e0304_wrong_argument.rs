//! E0304: an argument that the function certainly fails on.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0304",
    title: "argument of the wrong type",
    level: Level::Error,
    page: r#"No value that the argument can have here is one that the function takes, so the call would certainly fail when reached.
The labels say where the value comes from, and why the function needs another one.

```
(define (add-tax price) (* price 1.2))
(print (add-tax "10"))
```

Pass a value of the type that the function takes, or convert it. Inside a `try` this is a warning, since the program can
handle the error.

```
(define (add-tax price) (* price 1.2))
(print (add-tax (parse-float "10")))
```
"#,
};

/// `index` counts arguments from 0; `need` and `found` are types as they are written.
pub fn wrong_argument(span: Span, function: &str, index: usize, need: &str, found: &str) -> Diagnostic {
    CODE.at(span, format!("argument {} of `{function}` must be `{need}`, and is `{found}`", index + 1))
        .here(format!("this is `{found}`"))
        .help(advice(function, need, found))
}

/// What helps most often.
fn advice(function: &str, need: &str, found: &str) -> String {
    match (function, need, found) {
        ("+", _, "String") => "`+` adds numbers; `concat` joins Strings".to_owned(),
        (_, "String", _) => "`str` makes a String of any value".to_owned(),
        (_, "Int" | "Number", "String") => "`parse-int` and `parse-float` read numbers from Strings".to_owned(),
        (_, "Int", "Float" | "Number") => "`floor`, `round` and `int` make an Int of a Number".to_owned(),
        (_, "Float", "Int") => "an Int is no Float: write `2.0` for `2`, or use `float`".to_owned(),
        _ => format!("pass a value of type `{need}`, or test the value first"),
    }
}
