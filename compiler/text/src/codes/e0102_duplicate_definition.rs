//! E0102: one name bound twice in one scope.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0102",
    title: "name bound twice in one scope",
    level: Level::Error,
    page: r#"A scope (the top level, a body, one `let`, one parameter list, one pattern) binds each name once.

```
(define limit 10)
(define limit 20)
(print limit)
```

Use another name, remove one of the two, or assign with `set!`. An inner scope may bind the name again, and a module may
bind a name of the prelude.

```
(define limit 10)
(set! limit 20)
(print limit)
```
"#,
};

/// Where a name was bound twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    TopLevel,
    Body,
    Let,
    Parameters,
    Pattern,
    /// Fields of a constructor, constructors of a type, operations of a kind, names of an export list.
    Declaration,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::TopLevel => "at the top level",
            Place::Body => "in one body",
            Place::Let => "in one `let`",
            Place::Parameters => "in one parameter list",
            Place::Pattern => "in one pattern",
            Place::Declaration => "in one declaration",
        }
    }
}

/// `span` is the second binding of `name`, `first` the first one.
pub fn duplicate(span: Span, name: &str, first: Span, place: Place) -> Diagnostic {
    CODE.at(span, format!("`{name}` is bound twice {}", place.name()))
        .here("bound again here")
        .label(first, "first bound here")
        .help(match place {
            Place::TopLevel | Place::Body => "rename one, remove one, or assign with `set!`",
            Place::Let => "rename one; nest a second `let` to bind the name anew",
            Place::Parameters | Place::Declaration => "rename one of them",
            Place::Pattern => "rename one, and compare the two with a guard: `:when (= a b)`",
        })
}
