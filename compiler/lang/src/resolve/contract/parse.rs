//! Reads a `spec:contract` form: its keywords and their values.

use super::super::{Form, Resolver, words};
use super::{Clause, Contract};
use crate::hir::{ClauseKind, Const, EffectBound};
use crate::names::Name;
use crate::operations;
use crate::stx::{Seq, StxId, StxKind};
use cl_text::codes::{e0604, e0605, e0609};
use cl_text::{Span, near};
use std::rc::Rc;

/// The keywords that were read, with their spans.
#[derive(Default)]
struct Seen {
    keywords: Vec<(Name, Span)>,
    /// The span of `:pure true`.
    pure: Option<Span>,
}

impl Resolver<'_> {
    /// `(spec:contract name :keyword value …)`; what is wrong in it is reported and left out.
    pub fn contract_form(&mut self, form: Form) -> Option<Contract> {
        let Some(name) = self.stx.first(form.args) else {
            self.report(e0604::expected(form.span, "the name of a function after `spec:contract`"));
            return None;
        };
        let name_span = self.stx.span(name);
        let Some(name) = self.stx.symbol(name) else {
            self.report(e0604::expected(name_span, "the name of a function"));
            return None;
        };
        let mut contract = Contract {
            span: form.span,
            name,
            name_span,
            module: self.module,
            depth: self.scopes.depth(),
            params: Seq::EMPTY,
            defined: name_span,
            function: None,
            clauses: Vec::new(),
            extends: None,
            bound: None,
            complexity: None,
        };
        self.contract_keywords(form.args.skip(1), &mut contract);
        Some(contract)
    }

    fn contract_keywords(&mut self, parts: Seq, contract: &mut Contract) {
        let mut seen = Seen::default();
        let mut i = 0;
        while i < parts.len() {
            let part = self.stx.get(self.stx.at(parts, i));
            let StxKind::Keyword(keyword) = part.kind else {
                if part.kind != StxKind::Error {
                    self.report(e0604::expected(part.span, "a keyword such as `:requires`"));
                }
                i += 1;
                continue;
            };
            let value = (i + 1 < parts.len()).then(|| self.stx.at(parts, i + 1));
            match value.filter(|v| !matches!(self.stx.kind(*v), StxKind::Keyword(_))) {
                Some(value) => {
                    self.contract_part(keyword, part.span, value, contract, &mut seen);
                    i += 2;
                }
                None => {
                    self.report(e0604::expected(part.span, "a value behind this keyword"));
                    i += 1;
                }
            }
        }
        if let (Some(pure), Some(bound)) = (seen.pure, &contract.bound)
            && pure != bound.span
        {
            self.report(e0604::pure_with_effects(pure, bound.span));
        }
    }

    fn contract_part(&mut self, keyword: Name, span: Span, value: StxId, contract: &mut Contract, seen: &mut Seen) {
        let text = self.names.text(keyword).clone();
        if let Some((_, first)) = seen.keywords.iter().find(|(name, _)| *name == keyword) {
            let first = *first;
            self.report(e0604::twice(span, &text, first));
            return;
        }
        seen.keywords.push((keyword, span));
        match &*text {
            "requires" => self.contract_clauses(ClauseKind::Requires, value, contract),
            "ensures" => self.contract_clauses(ClauseKind::Ensures, value, contract),
            "invariant" => self.contract_clauses(ClauseKind::Invariant, value, contract),
            "complexity" => match self.stx.kind(value) {
                StxKind::String => {
                    if let Const::String(text) = self.literal(value) {
                        contract.complexity = Some(text);
                    }
                }
                _ => self.expect_part(value, "a String such as \"O(n)\""),
            },
            "pure" => match self.stx.kind(value) {
                StxKind::Bool => {
                    if self.literal(value) == Const::Bool(true) {
                        seen.pure = Some(span);
                        contract.bound.get_or_insert(EffectBound { effects: Vec::new(), span });
                    }
                }
                _ => self.expect_part(value, "true or false"),
            },
            "effects" => {
                if let Some(effects) = self.contract_effects(value) {
                    contract.bound = Some(EffectBound { effects, span: self.stx.span(value) });
                }
            }
            "extends" => match self.stx.symbol(value) {
                Some(name) => contract.extends = Some((name, self.stx.span(value))),
                None => self.expect_part(value, "the name of a function that has a contract"),
            },
            _ => self.report(e0605::unknown(span, &text)),
        }
    }

    fn expect_part(&mut self, value: StxId, expected: &str) {
        if self.stx.kind(value) != StxKind::Error {
            let span = self.stx.span(value);
            self.report(e0604::expected(span, expected));
        }
    }

    /// `[clause …]`
    fn contract_clauses(&mut self, kind: ClauseKind, value: StxId, contract: &mut Contract) {
        let node = self.stx.get(value);
        if node.kind != StxKind::Bracket {
            return self.expect_part(value, "`[clause …]`, a list of conditions in brackets");
        }
        for i in 0..node.items.len() {
            let whole = self.stx.at(node.items, i);
            match self.measure(whole) {
                Some(expr) if kind == ClauseKind::Invariant => self.contract_measure(whole, expr, contract),
                _ => contract.clauses.push(Clause { kind, whole, expr: whole }),
            }
        }
    }

    fn contract_measure(&mut self, whole: StxId, expr: StxId, contract: &mut Contract) {
        let kind = ClauseKind::Decreasing;
        if let Some(first) = contract.clauses.iter().find(|c| c.kind == kind) {
            let (span, first) = (self.stx.span(whole), self.stx.span(first.whole));
            return self.report(e0604::two_measures(span, first));
        }
        contract.clauses.push(Clause { kind, whole, expr });
    }

    /// The expression of `(decreasing e)`.
    fn measure(&mut self, x: StxId) -> Option<StxId> {
        let items = self.stx.items(x);
        let head = self.stx.first(items).filter(|_| self.stx.kind(x) == StxKind::Paren && items.len() == 2)?;
        self.is_word(head, words::DECREASING).then(|| self.stx.at(items, 1))
    }

    fn contract_effects(&mut self, value: StxId) -> Option<Vec<Rc<str>>> {
        let node = self.stx.get(value);
        if node.kind != StxKind::Bracket {
            self.expect_part(value, "`[effect …]`, a list of effects in brackets");
            return None;
        }
        let mut effects = Vec::new();
        for i in 0..node.items.len() {
            let item = self.stx.at(node.items, i);
            match self.stx.symbol(item) {
                Some(name) => {
                    let text = self.names.text(name).clone();
                    if self.check_effect(&text, self.stx.span(item)) {
                        effects.push(text);
                    }
                }
                None => self.expect_part(item, "an effect such as `io`"),
            }
        }
        Some(effects)
    }

    /// Whether a contract may name the effect; reports one that is no kind and no operation.
    fn check_effect(&mut self, text: &str, span: Span) -> bool {
        let (kind, operation) = text.split_once(':').map_or((text, None), |(kind, op)| (kind, Some(op)));
        let operations = self.operations_of(kind);
        let known = match (&operations, operation) {
            (Some(all), Some(op)) => all.iter().any(|o| **o == *op),
            (found, _) => found.is_some(),
        };
        if known || self.module(self.module).lost {
            return known;
        }
        let mut names: Vec<String> = operations.iter().flatten().map(|op| format!("{kind}:{op}")).collect();
        names.extend(self.kinds.keys().map(|k| k.to_string()).chain(operations::kinds().map(str::to_owned)));
        names.sort_unstable();
        self.report(e0609::unknown(span, text, &near(text, names.iter().map(String::as_str))));
        false
    }

    /// A form as text on one line.
    pub fn unread(&self, x: StxId) -> String {
        let mut out = String::new();
        self.unread_to(x, &mut out);
        out
    }

    fn unread_to(&self, x: StxId, out: &mut String) {
        let node = self.stx.get(x);
        let (open, close) = match node.kind {
            StxKind::Paren => ("(", ")"),
            StxKind::Bracket => ("[", "]"),
            StxKind::Brace => ("{", "}"),
            StxKind::HashBrace => ("#{", "}"),
            StxKind::Quote => ("'", ""),
            StxKind::Symbol(name) => return out.push_str(self.names.text(name)),
            StxKind::Keyword(name) => return out.extend([":", self.names.text(name)]),
            StxKind::Int | StxKind::Float | StxKind::Bool | StxKind::Nil | StxKind::String | StxKind::Error => {
                return out.push_str(self.text(node.span));
            }
        };
        out.push_str(open);
        for (i, item) in self.stx.slice(node.items).iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            self.unread_to(*item, out);
        }
        out.push_str(close);
    }
}
