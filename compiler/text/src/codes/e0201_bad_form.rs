//! E0201: a special form of the wrong shape.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0201",
    title: "malformed special form",
    level: Level::Error,
    page: r#"A special form is written in a shape that it does not have: a part is missing, there is one too many, or something
stands where a name, a list of bindings or a clause is expected. The message shows the shape.

```
(let (x 1)
  (print x))
```

Each binding has brackets of its own.

```
(let ((x 1))
  (print x))
```
"#,
};

/// `expected` says what should stand at `span`; `shape` is the form's whole shape, such as `(let ((name value) …) body …)`.
pub fn bad_form(span: Span, form: &str, expected: &str, shape: &str) -> Diagnostic {
    CODE.at(span, format!("malformed `{form}`: expected {expected}"))
        .here(format!("expected {expected}"))
        .help(format!("the form is `{shape}`"))
}

/// Something that is no expression, such as `()`.
pub fn not_an_expression(span: Span, what: &str) -> Diagnostic {
    CODE.at(span, format!("{what} is no expression"))
        .here("an expression is expected here")
        .help("the empty List is `[]`; a call needs a function first: `(f a b)`")
}

const PATTERNS: &str = "patterns are literals, names, `_`, `[a b ...rest]`, `(Constructor p …)`, `(tuple p …)`, `{:key p}`, `(or p q)`, `(as p name)` and `(: name Type)`";

/// A pattern with a part that it cannot have; `expected` says what belongs there.
pub fn malformed_pattern(span: Span, expected: &str) -> Diagnostic {
    CODE.at(span, "malformed pattern").here(format!("expected {expected}")).help(PATTERNS)
}

/// Something that is no pattern.
pub fn not_a_pattern(span: Span, what: &str) -> Diagnostic {
    CODE.at(span, format!("{what} is no pattern"))
        .here("a pattern is expected here")
        .help(PATTERNS)
}

/// Something that is no pattern, for which there is one: `written` is how it looks.
pub fn other_pattern(span: Span, what: &str, written: &str) -> Diagnostic {
    CODE.at(span, format!("{what} is no pattern")).here("a pattern is expected here").help(format!("write `{written}`"))
}

/// `. rest` or `& rest`, as other languages write the rest of a list. `marker` is the span up to the name.
pub fn foreign_rest(marker: Span, text: &str, name: &str) -> Diagnostic {
    CODE.at(marker, format!("`{text}` does not mark what is left"))
        .here(format!("expected `...{name}`"))
        .help("the last name of a parameter list or list pattern, with three dots before it, takes what is left")
        .edit(marker, "...")
}
