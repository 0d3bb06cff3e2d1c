//! E0101: a name that nothing binds.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0101",
    title: "unbound name",
    level: Level::Error,
    page: r#"A name is used that nothing in scope binds: no `define`, `let`, parameter or pattern around it, no import, and nothing
in the prelude.

```
(define total 3)
(print totl)
```

The message suggests the nearest names in scope. If the name lives in another module, import it.

```
(define total 3)
(print total)
```
"#,
};

/// `near` are similar names in scope, best first (see [`crate::near`]).
pub fn unbound(span: Span, name: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE.at(span, format!("unbound name `{name}`")).here("nothing in scope has this name");
    if let Some(hint) = number_hint(name) {
        return diagnostic.help(hint);
    }
    if let Some((_, here)) = ELSEWHERE.iter().find(|(word, _)| *word == name) {
        return diagnostic.help(format!("here that is written {here}"));
    }
    suggest(diagnostic, near, "define it, import it, or add it as a parameter")
}

/// A qualified name `module:name` whose first part is neither an imported module nor a kind of effects.
pub fn unknown_qualifier(span: Span, name: &str, qualifier: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE
        .at(span, format!("unbound name `{name}`: `{qualifier}` is no imported module and no effect kind"))
        .here("unknown name before the colon");
    suggest(diagnostic, near, &format!("import the module: `(import \"path\" :as {qualifier})`"))
}

/// An operation that its effect kind does not have.
pub fn unknown_operation(span: Span, kind: &str, operation: &str, near: &[&str]) -> Diagnostic {
    let diagnostic = CODE
        .at(span, format!("effect kind `{kind}` has no operation `{operation}`"))
        .here("unknown operation");
    suggest(diagnostic, near, "the reference lists the operations of each kind")
}

/// Appends "did you mean", or else the general advice.
pub(super) fn suggest(diagnostic: Diagnostic, near: &[&str], otherwise: &str) -> Diagnostic {
    match near {
        [] => diagnostic.help(otherwise),
        [one] => diagnostic.help(format!("did you mean `{one}`?")),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|n| format!("`{n}`")).collect();
            diagnostic.help(format!("did you mean {} or `{last}`?", first.join(", ")))
        }
    }
}

/// What other languages call something, and how it is written in this one.
const ELSEWHERE: &[(&str, &str)] = &[
    ("def", "`(define name value)` or `(define (f x) …)`"),
    ("defn", "`(define (f x) …)`"),
    ("defun", "`(define (f x) …)`"),
    ("defmacro", "`(define-syntax name (syntax-rules …))`"),
    ("var", "`(define name value)` or `(let ((name value)) …)`"),
    ("setq", "`(set! name value)`"),
    ("setf", "`(set! name value)`"),
    ("for", "`(for-each (x xs) …)` or `(dotimes (i n) …)`"),
    ("foreach", "`(for-each (x xs) …)`"),
    ("null", "`nil`"),
    ("None", "`nil`, unless a `data` type has a constructor `None`"),
    ("undefined", "`nil`"),
    ("True", "`true`"),
    ("False", "`false`"),
    ("#true", "`true` or `#t`"),
    ("#false", "`false` or `#f`"),
    ("progn", "`(do …)`"),
    ("switch", "`(match value (pattern …) …)`"),
    ("case", "`(match value (pattern …) …)`"),
    ("else", "as the last clause of a `cond`, `(else …)`; in `match` the last arm is `(_ …)`"),
    ("elif", "as a further clause of `cond`"),
    ("return", "as the last expression of the body: its value is the result"),
    ("break", "as a `loop` that does not `recur`"),
    ("continue", "as a `recur` of a `loop`"),
    ("null?", "`nil?`, or `empty?` of a List"),
    ("println", "`print`"),
    ("printf", "`(print (format …))`"),
    ("echo", "`print`"),
    ("throw", "`(error \"message\")`"),
];

/// What to say about a name that was probably meant as a number.
fn number_hint(name: &str) -> Option<&'static str> {
    let digits = name.trim_start_matches(['+', '-']);
    let after_point = digits.strip_prefix('.').is_some_and(|d| d.starts_with(|c: char| c.is_ascii_digit()));
    if after_point || digits.strip_suffix('.').is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()) && !d.is_empty()) {
        return Some("a Float has digits on both sides of its point: `0.5`, `1.0`");
    }
    digits
        .starts_with(|c: char| c.is_ascii_digit())
        .then_some("this is no number; numbers look like 42, 1_000, 0xff, 0b101, 0o17, 3.14, 2.5e-3")
}
