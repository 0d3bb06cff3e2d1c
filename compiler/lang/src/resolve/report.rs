//! Diagnostics of the resolver: the wording is with the codes in `cl_text`; here is what is added from the resolver's
//! state (near names, the macros that led here) and the order in which all is given in the end.

use super::syntax_rules::Expansion;
use super::{Arity, Meaning, Resolver, qualified};
use crate::names::{Name, words};
use crate::operations;
use cl_text::codes::{e0101, e0102, e0105, e0112, e0201, e0208, e0209, e0301, e0302};
use cl_text::{Diagnostic, Span, near};

pub use cl_text::codes::e0102::Place;
pub use cl_text::codes::e0110::not_a_value;
pub use cl_text::codes::e0111::not_assignable;
pub use cl_text::codes::e0115::{missing as or_pattern_missing, only_here as or_pattern_names};
pub use cl_text::codes::e0203::{Literal, duplicate as duplicate_key};
pub use cl_text::codes::e0204::missing_value as odd_dict;
pub use cl_text::codes::e0210::too_deep;
pub use cl_text::codes::w0003::used_before as used_before_definition;

/// So many names are compared with unbound ones; beyond, searching would take longer than it helps.
pub const MOST_COMPARISONS: usize = 2_000_000;

/// So many uses of macros are shown that led to a message.
const MOST_EXPANSIONS: usize = 3;

/// An unbound name is shown at so many places.
const MOST_PLACES: usize = 8;

/// Prefixes of library names that look like effect kinds.
const LIKE_KINDS: &[&str] = &["ui", "spec", "datetime", "date"];

/// Whether no program may declare an effect kind of the name.
pub fn is_built_in_kind(name: &str) -> bool {
    operations::of_kind(name).is_some() || LIKE_KINDS.contains(&name)
}

/// Names of the language's library that this version does not have yet (language §9 to §11).
const LATER: &[&str] = &["mock-response", "mock-ws-message", "get-request-history", "clear-request-history"];

/// The whole shapes of the forms whose parts are checked one by one.
const SHAPES: &[(&str, &str)] = &[
    ("let", "(let ((name value) …) expression …)"),
    ("loop", "(loop ((name value) …) expression …)"),
    (
        "select",
        "(select ((receive! channel) function) ((send! channel value) function) ((timeout seconds) function) (default expression …))",
    ),
    ("cond", "(cond (condition expression …) … (else expression …))"),
    ("match", "(match value (pattern expression …) (pattern :when condition expression …) …)"),
    ("define", "(define name expression) or (define (name parameter …) expression …)"),
    ("function", "(lambda (parameter …) expression …)"),
    ("parameter", "(lambda (name (name : Type) [pattern …] ...rest) expression …)"),
    ("dotimes", "(dotimes (name count) expression …)"),
    ("data", "(data Name variable … (Constructor field …) …)"),
    ("type", "(type Name Type)"),
    ("define-effect", "(define-effect kind (operation Type … -> Type) …)"),
    ("import", "(import \"path\" (name …)), (import \"path\" *) or (import \"path\" :as name)"),
    ("module", "(module name (export name …) form …)"),
    ("main", "(define (main) …) or (define (main arguments) …)"),
    ("property", "(property \"name\" ((variable generator) …) expression …)"),
];

/// `expected` is what should stand there, or the whole form's shape.
pub fn bad_form(span: Span, form: &str, expected: &str) -> Diagnostic {
    if expected.starts_with(&format!("({form} ")) || expected == format!("({form})") {
        return e0201::CODE
            .at(span, format!("malformed `{form}`"))
            .here(format!("expected {expected}"))
            .help(format!("the form is `{expected}`"));
    }
    let shape = SHAPES.iter().find(|(name, _)| *name == form).map_or(expected, |(_, shape)| shape);
    e0201::bad_form(span, form, expected, shape)
}

/// `(let (x 1) …)`; `list` is `(x 1)`.
pub fn let_without_list(list: Span) -> Diagnostic {
    let (start, end) = (Span { end: list.start, ..list }, Span { start: list.end, ..list });
    bad_form(list, "let", "a list of bindings: ((name value) …)").edit(start, "(").edit(end, ")")
}

/// `(define f (x) …)`
pub fn parameters_outside(span: Span) -> Diagnostic {
    bad_form(span, "define", "one expression after the name, or a function's name and parameters in brackets")
}

/// `(define x = 5)`
pub fn define_with_equals(span: Span) -> Diagnostic {
    bad_form(span, "define", "the value right after the name")
        .help("no `=` stands between them: `(define name expression)`")
}

pub fn empty_form(span: Span) -> Diagnostic {
    e0201::not_an_expression(span, "`()`")
}

pub fn bad_pattern(span: Span, what: &str) -> Diagnostic {
    e0201::not_a_pattern(span, what)
}

/// `(x Int)` in the place of `(x : Int)`.
pub fn annotation_without_colon(span: Span, colon: Span) -> Diagnostic {
    bad_form(span, "parameter", "`:` between name and type").edit(colon, ": ")
}

pub fn bad_arm(span: Span) -> Diagnostic {
    bad_form(span, "match", "(pattern expression …) or (pattern :when condition expression …)")
}

pub fn else_not_last(span: Span, next: Span) -> Diagnostic {
    bad_form(span, "cond", "`else` in the last clause only").label(next, "this clause comes after it")
}

pub fn rest_not_last(span: Span) -> Diagnostic {
    bad_form(span, "parameter", "the parameter with `...` to be the last one")
}

pub fn misplaced(span: Span, form: &str, in_body: bool) -> Diagnostic {
    let place = if in_body { "at the top level or directly in a body" } else { "at the top level" };
    e0209::misplaced(span, form, place)
}

pub fn unsupported(span: Span, form: &str) -> Diagnostic {
    e0208::unsupported(span, &format!("`{form}`"))
}

pub fn defined_behind_catch(span: Span, name: &str, catch: Span) -> Diagnostic {
    e0208::unsupported(span, &format!("a use of `{name}` before the `error:catch` that stands before its definition"))
        .label(catch, "the error:catch")
}

/// `arities` is not empty; `defined` is where the function stands in the user's text.
pub fn arity(span: Span, name: &str, arities: &[Arity], found: usize, defined: Option<Span>) -> Diagnostic {
    let least = arities.iter().map(|a| a.min as usize).min().unwrap_or(0);
    let open = arities.iter().any(|a| a.rest);
    let most = if open { None } else { arities.iter().map(|a| a.min as usize).max() };
    e0301::wrong_arity(span, name, (least, most), found, defined)
}

/// How many parameters a function has, in words.
pub fn parameters(arity: Arity) -> String {
    let noun = if arity.min == 1 { "parameter" } else { "parameters" };
    let rest = if arity.rest { " and any number more" } else { "" };
    format!("{} {noun}{rest}", arity.min)
}

pub fn pattern_arity(span: Span, name: &str, fields: usize, found: usize, declared: Span) -> Diagnostic {
    e0302::wrong_fields(span, name, fields, found, Some(declared))
}

/// Errors of the reader after which the structure of a form is a guess.
const STRUCTURE: &[&str] = &["E0001", "E0002", "E0003", "E0004", "E0005"];

/// All diagnostics by place, each once. In the top-level forms `broken`, whose structure is a guess, only the reader's
/// errors count.
pub fn in_order(mut diagnostics: Vec<Diagnostic>, broken: &[Span]) -> Vec<Diagnostic> {
    if !broken.is_empty() {
        diagnostics.retain(|d| {
            let at = d.labels.first().map(|l| l.span);
            d.code < "E0100" || !at.is_some_and(|at| broken.iter().any(|b| contains(*b, at)))
        });
    }
    let place = |d: &Diagnostic| d.labels.first().map_or((0, 0, 0), |l| (1 + l.span.file.0, l.span.start, l.span.end));
    diagnostics.sort_by_key(place);
    diagnostics.dedup_by(|a, b| place(a) == place(b) && a.code == b.code && a.message == b.message);
    diagnostics
}

/// The top-level forms `forms` in which the reader found the structure broken.
pub fn broken_forms(errors: &[Diagnostic], forms: impl Iterator<Item = Span>) -> Vec<Span> {
    let places: Vec<Span> = errors
        .iter()
        .filter(|d| STRUCTURE.contains(&d.code))
        .flat_map(|d| d.labels.iter().map(|l| l.span))
        .take(MOST_BROKEN)
        .collect();
    if places.is_empty() {
        return Vec::new();
    }
    forms.filter(|form| places.iter().any(|at| contains(*form, *at))).collect()
}

/// So many broken places are looked at.
const MOST_BROKEN: usize = 100;

fn contains(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

impl Resolver<'_> {
    /// Adds a diagnostic; inside macros, with the place in the template and the uses that led to it.
    pub fn report(&mut self, mut diagnostic: Diagnostic) {
        let name = |expansion: &Expansion| self.names.text(self.macros[expansion.macro_index as usize].name).clone();
        let at = diagnostic.labels.first().map(|label| label.span);
        if let Some(innermost) = self.expansions.last()
            && let Some(written) = self.stx.written_at(self.place)
        {
            diagnostic = diagnostic.label(written, format!("written here, in macro `{}`", name(innermost)));
        }
        for expansion in self.expansions.iter().rev().take(MOST_EXPANSIONS) {
            let text = format!("in this use of macro `{}`", name(expansion));
            match expansion.written {
                Some(written) => diagnostic = diagnostic.label(written, text),
                // The message itself stands there.
                None if at == Some(expansion.span) => {}
                None => diagnostic = diagnostic.label(expansion.span, text),
            }
        }
        if let Some(outermost) = self.expansions.first().filter(|_| self.expansions.len() > MOST_EXPANSIONS) {
            diagnostic = diagnostic.note(format!("all of this is in a use of macro `{}`", name(outermost)));
        }
        self.diagnostics.push(diagnostic);
    }

    /// An unbound name. Further places where the module uses it are added to the first report.
    pub fn report_unbound(&mut self, name: Name, span: Span, meaning: Meaning) {
        let key = (self.module, self.names.base(name));
        if let Some(index) = self.unbound.get(&key).copied() {
            let diagnostic = &mut self.diagnostics[index];
            if diagnostic.labels.len() < MOST_PLACES && diagnostic.labels.iter().all(|l| l.span != span) {
                let again = std::mem::replace(diagnostic, e0101::unbound(span, "", &[]));
                self.diagnostics[index] = again.label(span, "and here");
            }
            return;
        }
        self.unbound.insert(key, self.diagnostics.len());
        let text = self.names.text(name).to_string();
        let diagnostic = self.unbound_diagnostic(&text, span, meaning);
        self.report(diagnostic);
    }

    fn unbound_diagnostic(&mut self, text: &str, span: Span, meaning: Meaning) -> Diagnostic {
        if LATER.contains(&text) {
            return unsupported(span, text);
        }
        let close = self.near_names(text);
        if let (Meaning::NotExported(module), Some((_, rest))) = (meaning, qualified(text)) {
            return self.not_exported(span, module, rest);
        }
        if let Some((kind, op)) = qualified(text) {
            if let Some(ops) = self.ops_of(kind) {
                if ops.is_empty() {
                    return e0208::unsupported(span, &format!("`{text}`"));
                }
                let close = near(op, ops.iter().map(String::as_str));
                return e0101::unknown_operation(span, kind, op, &close);
            }
            if close.is_empty() {
                return e0101::unknown_qualifier(span, text, kind, &[]);
            }
        }
        let close: Vec<&str> = close.iter().map(String::as_str).collect();
        e0101::unbound(span, text, &close)
    }

    /// A name that a module does not export.
    pub fn not_exported(&mut self, span: Span, module: super::ModIx, name: &str) -> Diagnostic {
        let hidden = self.names.find(name).and_then(|n| self.module(module).names.get(&n).copied());
        let hidden = hidden.and_then(|top| self.top_span(top));
        let mut candidates: Vec<&str> = self.module(module).exported.keys().map(|n| &**self.names.text(*n)).collect();
        candidates.sort_unstable();
        let close = near(name, candidates);
        let module_name = self.module(module).name.clone();
        e0105::not_exported(span, &module_name, name, hidden, &close)
    }

    /// Names in scope like `text`, best first.
    fn near_names(&mut self, text: &str) -> Vec<String> {
        let count = self.module(self.module).names.len() + self.scopes.names().count();
        match self.comparisons.checked_sub(count) {
            Some(left) => self.comparisons = left,
            None => return Vec::new(),
        }
        let mut candidates: Vec<&str> = self.scopes.names().map(|n| &**self.names.text(n)).collect();
        let mut tops: Vec<&str> = Vec::new();
        for module in [self.module, super::PRELUDE] {
            tops.extend(self.module(module).names.keys().map(|n| &**self.names.text(*n)));
        }
        tops.extend(words::ALL.iter().enumerate().filter(|(i, _)| words::is_special(Name(*i as u32))).map(|(_, w)| *w));
        tops.retain(|t| !t.starts_with('%'));
        tops.sort_unstable();
        tops.dedup();
        candidates.extend(tops);
        near(text, candidates).into_iter().map(str::to_string).collect()
    }

    /// Constructors in scope like `text`.
    pub fn near_ctors(&self, text: &str) -> Vec<String> {
        let names = &self.module(self.module).names;
        let ctors = names.iter().filter(|(_, top)| matches!(top, super::Top::Ctor(_)));
        let mut candidates: Vec<&str> = ctors.map(|(n, _)| &**self.names.text(*n)).collect();
        candidates.sort_unstable();
        near(text, candidates).into_iter().map(str::to_string).collect()
    }

    /// The operations of an effect kind, sorted; `None` if it is no kind. Empty if this version has none of them.
    fn ops_of(&self, kind: &str) -> Option<Vec<String>> {
        let mut ops: Vec<String> = match self.kinds.get(kind) {
            Some(user) => user.ops.keys().map(|k| k.to_string()).collect(),
            None if is_built_in_kind(kind) => {
                let names = self.module(super::PRELUDE).names.keys();
                let texts = names.filter_map(|n| qualified(self.names.text(*n)));
                texts.filter(|(k, _)| *k == kind).map(|(_, op)| op.to_string()).collect()
            }
            None => return None,
        };
        ops.sort_unstable();
        Some(ops)
    }

    /// A name bound twice in a local scope, a parameter list or a pattern.
    pub fn report_duplicate(&mut self, span: Span, name: &str, first: Span, place: Place) {
        self.report(e0102::duplicate(span, name, first, place));
    }

    /// A constructor pattern whose constructor is unknown.
    pub fn unknown_ctor(&self, span: Span, name: &str) -> Diagnostic {
        let close = self.near_ctors(name);
        let close: Vec<&str> = close.iter().map(String::as_str).collect();
        e0112::unknown(span, name, &close)
    }
}
