//! Literals and quoted data, and the check that no literal key of a collection occurs twice.

use super::report::Literal;
use super::{Resolver, report};
use crate::hir::Const;
use crate::names::FxMap;
use crate::stx::{Seq, StxId, StxKind};
use cl_syntax::literal;
use cl_text::Span;
use num_bigint::BigInt;

impl Resolver<'_> {
    /// The value of a literal node, also `'x`.
    pub fn literal(&mut self, x: StxId) -> Const {
        let node = self.stx.get(x);
        match node.kind {
            StxKind::Quote => match self.stx.first(node.items) {
                Some(datum) => self.datum(datum),
                None => Const::Nil,
            },
            _ => self.datum(x),
        }
    }

    /// Quoted data: brackets of both kinds are Lists, names are Symbols.
    pub fn datum(&mut self, x: StxId) -> Const {
        let node = self.stx.get(x);
        match node.kind {
            StxKind::Paren | StxKind::Bracket => Const::List(self.data(node.items)),
            StxKind::Brace => self.quoted_dict(node.items, node.span),
            StxKind::HashBrace => {
                self.check_keys(self.stx.slice(node.items).to_vec(), Literal::Set);
                Const::Set(self.data(node.items))
            }
            StxKind::Quote => {
                let inner = self.stx.first(node.items).map_or(Const::Nil, |i| self.datum(i));
                Const::List(vec![Const::Symbol("quote".into()), inner])
            }
            StxKind::Symbol(name) => Const::Symbol(self.names.text(name).clone()),
            StxKind::Keyword(name) => Const::Keyword(self.names.text(name).clone()),
            StxKind::Int => Const::Int(literal::int(self.text(node.span))),
            StxKind::Float => Const::Float(literal::float(self.text(node.span))),
            StxKind::Bool => Const::Bool(literal::boolean(self.text(node.span))),
            StxKind::Nil | StxKind::Error => Const::Nil,
            StxKind::String => Const::String(literal::string(self.text(node.span)).into()),
        }
    }

    fn data(&mut self, items: Seq) -> Vec<Const> {
        (0..items.len()).map(|i| self.datum(self.stx.at(items, i))).collect()
    }

    fn quoted_dict(&mut self, items: Seq, span: Span) -> Const {
        if !items.len().is_multiple_of(2) {
            let last = self.stx.span(self.stx.at(items, items.len() - 1));
            self.report(report::odd_dict(last, span));
        }
        self.check_keys((0..items.len()).step_by(2).map(|i| self.stx.at(items, i)).collect(), Literal::Dict);
        let mut data = self.data(items).into_iter();
        let mut pairs = Vec::new();
        while let (Some(key), Some(value)) = (data.next(), data.next()) {
            pairs.push((key, value));
        }
        Const::Dict(pairs)
    }

    /// Is the node a literal (so that its value is known without evaluating)?
    pub fn is_literal(&self, x: StxId) -> bool {
        match self.stx.kind(x) {
            StxKind::Keyword(_) | StxKind::Int | StxKind::Float | StxKind::Bool | StxKind::Nil | StxKind::String => {
                true
            }
            StxKind::Quote => !self.stx.items(x).is_empty(),
            StxKind::Paren
            | StxKind::Bracket
            | StxKind::Brace
            | StxKind::HashBrace
            | StxKind::Symbol(_)
            | StxKind::Error => false,
        }
    }

    /// Reports literal keys that are equal to an earlier one.
    pub fn check_keys(&mut self, keys: Vec<StxId>, place: Literal) {
        if keys.len() < 2 {
            return;
        }
        let mut seen = FxMap::default();
        for x in keys {
            if !self.is_literal(x) {
                continue;
            }
            let value = self.literal(x);
            let span = self.stx.span(x);
            if let Some(first) = seen.insert(key(&value), span) {
                let text = self.text(span).to_string();
                self.report(report::duplicate_key(span, &text, first, place));
            }
        }
    }
}

/// A text that is equal for equal keys: numbers are the same key by mathematical value, NaN is one key.
fn key(value: &Const) -> String {
    match value {
        Const::Nil => "nil".into(),
        Const::Bool(b) => b.to_string(),
        Const::Int(n) => format!("n{n}"),
        Const::Float(x) => float_key(*x),
        Const::String(s) => format!("s{s:?}"),
        Const::Keyword(s) => format!("k{s:?}"),
        Const::Symbol(s) => format!("y{s:?}"),
        Const::List(items) => format!("({})", joined(items.iter().map(key))),
        Const::Dict(pairs) => {
            let mut keys: Vec<String> = pairs.iter().map(|(k, v)| format!("{} {}", key(k), key(v))).collect();
            keys.sort();
            format!("{{{}}}", joined(keys.into_iter()))
        }
        Const::Set(items) => {
            let mut keys: Vec<String> = items.iter().map(key).collect();
            keys.sort();
            format!("#{{{}}}", joined(keys.into_iter()))
        }
    }
}

fn joined(keys: impl Iterator<Item = String>) -> String {
    keys.collect::<Vec<_>>().join(" ")
}

fn float_key(x: f64) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    match whole(x) {
        Some(n) => format!("n{n}"),
        None => format!("f{:016x}", x.to_bits()),
    }
}

/// The integer that a double is, if it is one.
fn whole(x: f64) -> Option<BigInt> {
    if !x.is_finite() || x.fract() != 0.0 {
        return None;
    }
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32 - 1075;
    let mantissa = if exponent == -1075 { 0 } else { (bits & ((1 << 52) - 1)) | (1 << 52) };
    let magnitude =
        if exponent >= 0 { BigInt::from(mantissa) << exponent } else { BigInt::from(mantissa) >> -exponent };
    Some(if x < 0.0 { -magnitude } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_key_by_value() {
        assert_eq!(key(&Const::Int(1.into())), key(&Const::Float(1.0)));
        assert_eq!(key(&Const::Int(0.into())), key(&Const::Float(-0.0)));
        assert_eq!(key(&Const::Int(BigInt::from(1) << 70)), key(&Const::Float(2f64.powi(70))));
        assert_eq!(key(&Const::Int((-3).into())), key(&Const::Float(-3.0)));
        assert_ne!(key(&Const::Float(0.5)), key(&Const::Int(0.into())));
        assert_ne!(key(&Const::Float(5e-324)), key(&Const::Int(0.into())));
    }

    #[test]
    fn kinds_do_not_mix() {
        assert_ne!(key(&Const::String("a".into())), key(&Const::Keyword("a".into())));
        assert_ne!(key(&Const::Nil), key(&Const::String("nil".into())));
    }
}
