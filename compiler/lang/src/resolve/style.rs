//! Warnings about style (W0220 and up), which `clc lint` shows: forms that a shorter one would say. Each comes with its edit where
//! that is certainly right, which it is not where a comment would be lost.
//!
//! They are kept apart from the other diagnostics, and are found only in what the user wrote, not in what macros made of it.

use super::{Form, Meaning, Resolver, words};
use crate::names::Name;
use crate::stx::{Seq, StxId, StxKind};
use cl_text::codes::{w0221, w0222, w0223, w0224, w0225};
use cl_text::{Diagnostic, Span};

impl Resolver<'_> {
    /// `(if c true false)`, `(if c e nil)` and the like.
    pub fn style_of_if(&mut self, form: Form) {
        if !self.is_styled() || form.args.len() != 3 {
            return;
        }
        let [condition, then, otherwise] = [0, 1, 2].map(|i| self.stx.at(form.args, i));
        let [c, t, e] = [condition, then, otherwise].map(|x| self.stx.span(x));
        let after = Span { start: c.end, ..form.span };
        match (self.stx.kind(then), self.stx.kind(otherwise)) {
            (StxKind::Bool, StxKind::Bool) => match (self.is_true(t), self.is_true(e)) {
                (true, false) if self.is_boolean(condition) => {
                    let edits = [(until(form.span, c), ""), (after, "")];
                    self.suggest(w0221::boolean(form.span, false), &edits);
                }
                (false, true) => {
                    let edits = [(until(form.span, c), "(not "), (after, ")")];
                    self.suggest(w0221::boolean(form.span, true), &edits);
                }
                _ => {}
            },
            (StxKind::Nil, StxKind::Nil) => {}
            (_, StxKind::Nil) => {
                let edits = [(until(form.span, c), "(when "), (Span { start: t.end, ..form.span }, ")")];
                self.suggest(w0222::nil_branch(form.span, "when"), &edits);
            }
            (StxKind::Nil, _) => {
                let edits = [(until(form.span, c), "(unless "), (until(t, e), "")];
                self.suggest(w0222::nil_branch(form.span, "unless"), &edits);
            }
            _ => {}
        }
    }

    /// `(when (not c) …)`, `(unless (not c) …)`
    pub fn style_of_when(&mut self, form: Form, wanted: bool) {
        let Some(condition) = self.stx.first(form.args).filter(|_| self.is_styled()) else { return };
        let Some(inner) = self.negated(condition) else { return };
        let (outer, inner) = (self.stx.span(condition), self.stx.span(inner));
        let (word, head) = if wanted { ("unless", "(unless ") } else { ("when", "(when ") };
        let edits = [(until(form.span, inner), head), (Span { start: inner.end, ..outer }, "")];
        self.suggest(w0224::negated(until(form.span, inner), word), &edits);
    }

    /// `(not (= a b))`
    pub fn style_of_not(&mut self, form: Form) {
        if !self.is_styled() || form.args.len() != 1 {
            return;
        }
        let inner = self.stx.at(form.args, 0);
        let comparison = self.form_of(inner);
        let opposite = match self.library_head(inner) {
            Some("=" | "==") => "not=",
            Some("not=" | "!=") => "=",
            _ => return,
        };
        if comparison.args.len() == 2 && self.is_unshadowed(opposite) {
            let first = self.stx.span(self.stx.at(comparison.args, 0));
            let head = format!("({opposite} ");
            let edits =
                [(until(form.span, first), head.as_str()), (Span { start: comparison.span.end, ..form.span }, "")];
            self.suggest(w0224::negated(form.span, opposite), &edits);
        }
    }

    /// `(= x nil)`; the head is a name that means the library's.
    pub fn style_of_call(&mut self, name: Name, form: Form) {
        if !self.is_styled() || form.args.len() != 2 || !matches!(&**self.names.text(name), "=" | "==") {
            return;
        }
        let [a, b] = [0, 1].map(|i| self.stx.at(form.args, i));
        let (first, second) = (self.stx.span(a), self.stx.span(b));
        let value = match (self.stx.kind(a), self.stx.kind(b)) {
            (StxKind::Nil, StxKind::Nil) => return,
            (StxKind::Nil, _) => second,
            (_, StxKind::Nil) => first,
            _ => return,
        };
        if self.is_unshadowed("nil?") {
            let edits = [(until(form.span, value), "(nil? "), (Span { start: value.end, ..form.span }, ")")];
            self.suggest(w0223::compared(form.span), &edits);
        }
    }

    /// `(do e)`, where `e` defines nothing.
    pub fn style_of_do(&mut self, word: Name, form: Form) {
        if self.is_styled() && form.args.len() == 1 && self.is_expression(self.stx.at(form.args, 0)) {
            self.useless_do(word, form);
        }
    }

    /// A body that is one `do`.
    pub fn style_of_body(&mut self, forms: Seq) {
        if !self.is_styled() || forms.len() != 1 {
            return;
        }
        let only = self.stx.at(forms, 0);
        if let Some(word @ (words::DO | words::BEGIN)) = self.special_of(only) {
            let form = self.form_of(only);
            if form.args.len() > 1 {
                self.useless_do(word, form);
            }
        }
    }

    fn useless_do(&mut self, word: Name, form: Form) {
        let text = self.names.text(word).clone();
        let first = self.stx.span(self.stx.at(form.args, 0));
        let last = self.stx.span(self.stx.at(form.args, form.args.len() - 1));
        let edits = [(until(form.span, first), ""), (Span { start: last.end, ..form.span }, "")];
        self.suggest(w0225::useless(form.span, &text), &edits);
    }

    // ---------------------------------------------------------------- questions

    fn is_styled(&self) -> bool {
        !self.is_std() && self.expansions.is_empty()
    }

    fn is_true(&self, literal: Span) -> bool {
        matches!(self.text(literal), "true" | "#t")
    }

    /// Is the value of the expression certainly a Bool?
    fn is_boolean(&mut self, x: StxId) -> bool {
        if self.special_of(x) == Some(words::NOT) {
            return true;
        }
        self.library_head(x).is_some_and(|head| {
            head.ends_with('?') || matches!(head, "=" | "==" | "not=" | "!=" | "<" | ">" | "<=" | ">=")
        })
    }

    /// The name at the head of a call of a library function.
    fn library_head(&mut self, x: StxId) -> Option<&str> {
        let head = self.stx.head(x)?;
        match self.lookup(head) {
            Meaning::Global(global) if self.module(self.info(global).module).is_std => Some(self.names.text(head)),
            _ => None,
        }
    }

    /// For `(not c)`: `c`.
    fn negated(&mut self, x: StxId) -> Option<StxId> {
        let args = self.form_of(x).args;
        (self.special_of(x) == Some(words::NOT) && args.len() == 1).then(|| self.stx.at(args, 0))
    }

    /// Is it certainly no definition?
    fn is_expression(&mut self, x: StxId) -> bool {
        let is_definition = matches!(
            self.special_of(x),
            Some(words::DEFINE | words::DEFINE_SYNTAX | words::ERROR_CATCH | words::DATA | words::TYPE)
        );
        let is_macro = self.stx.head(x).is_some_and(|head| matches!(self.lookup(head), Meaning::Macro(_)));
        !is_definition && !is_macro
    }

    /// Keeps a warning, with its edits if they remove no comment.
    fn suggest(&mut self, mut warning: Diagnostic, edits: &[(Span, &str)]) {
        let removes_comment = |span: &Span| {
            let text = self.text(*span);
            text.contains(';') || text.contains("#|")
        };
        if !edits.iter().any(|(span, _)| removes_comment(span)) {
            for (span, replacement) in edits {
                warning = warning.edit(*span, *replacement);
            }
        }
        self.style.push(warning);
    }
}

/// From the start of a span to the start of another one in it or behind it.
fn until(span: Span, end: Span) -> Span {
    Span { end: end.start, ..span }
}
