//! E0410: the program could perform an operation that `--allow` does not name.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0410",
    title: "the program may perform an operation that --allow leaves out",
    level: Level::Error,
    page: r#"`--allow` on `clc check`, `build` and `run` bounds what a program may do outside of itself, whatever its text says and
whoever wrote it. The labels show a way from the start of the program to the operation: each step is the call that leads on.

```
; clc check --allow io
(define (stamp text) (str (time:now) " " text))
(print (stamp "started"))
```

Allow the operation, its kind or its group, or take the call out; a handler around the body that answers the operation does as
well. Where the path goes through a value that nothing is known of (it came out of a Dict, a cell, the data of an error), the
compiler takes it for any function of the program; calling the function by its name is then the cure.

```
; clc check --allow io,time
(define (stamp text) (str (time:now) " " text))
(print (stamp "started"))
```

Names that `--allow` takes: kinds (io, time, random, network, dom, and kinds declared by define-effect), single operations
(`io:print`), and the groups console, file-read, file-write, env and process of io. Errors, state, goroutines, promises and
reactive values stay inside the program and need no leave.
"#,
};

/// A step of the way: where, and in words what happens there.
pub struct Step {
    pub span: Span,
    pub text: String,
}

/// `way`: from the entry to the operation, the user's own places only; `path`: all functions on it, the operation last;
/// `leave`: what to allow, any one of these.
pub fn not_allowed(operation: &str, leave: &[String], way: Vec<Step>, path: &[&str], allowed: &str) -> Diagnostic {
    let message = format!("this program may perform `{operation}`, which is not allowed");
    let mut steps = way.into_iter().rev();
    let mut diagnostic = match steps.next() {
        Some(last) => CODE.at(last.span, message).here(last.text),
        None => CODE.nowhere(message),
    };
    for step in steps {
        diagnostic = diagnostic.label(step.span, step.text);
    }
    diagnostic
        .note(format!("the way to it: {}", path.join(" -> ")))
        .note(if allowed.is_empty() { "allowed is: nothing".to_string() } else { format!("allowed is: {allowed}") })
        .help(format!("allow {}, handle the operation around the call, or take the call out", leave.join(" or ")))
}
