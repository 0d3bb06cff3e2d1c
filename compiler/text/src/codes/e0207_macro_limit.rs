//! E0207: macro expansion that does not end.

use super::Code;
use crate::{Diagnostic, Level, Span};

pub static CODE: Code = Code {
    id: "E0207",
    title: "macro expansion goes too far",
    level: Level::Error,
    page: r#"The expansion of a macro holds another use of a macro, and so on, beyond the limit: probably a rule expands to a use of
itself without end.

```
(define-syntax forever (syntax-rules () ((_ e) (forever (do e)))))
(print (forever 1))
```

Give the macro a rule that ends the recursion.

```
(define-syntax once (syntax-rules () ((_ e) (do e))))
(print (once 1))
```
"#,
};

/// So many macros of a chain are named at its start and at its end.
const SHOWN_AT_AN_END: usize = 3;

/// `chain` names the macros whose uses led to each other, the outermost first (not empty); `defined` says where some of
/// them are defined; `limit` is what was exceeded, for example "1000 expansions inside each other".
pub fn too_far(span: Span, chain: &[String], defined: &[(Span, String)], limit: &str) -> Diagnostic {
    let first = chain.first().map_or("", String::as_str);
    let diagnostic = CODE.at(span, format!("the expansion of macro `{first}` goes beyond {limit}")).here("this use");
    let places = defined.iter().fold(diagnostic, |d, (span, name)| d.label(*span, format!("macro `{name}`")));
    places.note(format!("the expansion: {}", trace(chain))).help("does a rule expand to a use of its own macro without end?")
}

/// `a` → `b` → … 4994 more … → `b`
fn trace(chain: &[String]) -> String {
    let quoted = |names: &[String]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" → ");
    match chain.len().checked_sub(2 * SHOWN_AT_AN_END) {
        None | Some(0) => quoted(chain),
        Some(more) => {
            let (start, end) = (&chain[..SHOWN_AT_AN_END], &chain[chain.len() - SHOWN_AT_AN_END..]);
            format!("{} → … {more} more … → {}", quoted(start), quoted(end))
        }
    }
}
