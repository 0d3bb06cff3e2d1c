//! E0202: `recur` where it cannot jump.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0202",
    title: "`recur` outside the tail position of a loop",
    level: Level::Error,
    page: r#"`recur` jumps back to the start of the enclosing `loop`, with new values for its variables. That is possible only as
the last thing that the loop's body does, and not from a function inside it.

```
(print (loop ((i 0))
  (if (< i 3) (+ 1 (recur (+ i 1))) i)))
```

Carry the pending work in a variable of the loop, or write a recursive function.

```
(print (loop ((i 0) (n 0))
  (if (< i 3) (recur (+ i 1) (+ n 1)) (+ n i))))
```
"#,
};

/// `recur` with no loop around it in the same function.
pub fn no_loop(span: Span) -> Diagnostic {
    CODE.at(span, "`recur` without a `loop` around it in the same function")
        .here("there is no loop to jump to")
        .help("put it in a `(loop ((name value) …) …)`, or call the function by its name")
}

/// `recur` whose value would be used further in the loop's body.
pub fn not_tail(span: Span, loop_span: Span) -> Diagnostic {
    CODE.at(span, "`recur` is not in tail position")
        .here("something remains to be done after this")
        .label(loop_span, "the loop that it would jump to")
        .help("make it the last thing that the body does: carry pending work in a loop variable")
}

/// `recur` with a number of values that is not the number of the loop's variables.
pub fn wrong_count(span: Span, expected: usize, found: usize, loop_span: Span) -> Diagnostic {
    CODE.at(span, format!("`recur` gives {found} value(s) to a loop with {expected} variable(s)"))
        .here(format!("expected {expected} value(s)"))
        .label(loop_span, "the loop")
        .help("give one value for each variable of the loop, in order")
}
