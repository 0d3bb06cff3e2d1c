//! Values that a match leaves out, as the user would write a pattern for them.

use super::pattern::{Con, Kind, Literal};
use crate::hir::{Const, Program};
use num_bigint::BigInt;
use std::collections::BTreeSet;

/// A value, as far as it matters.
#[derive(Clone, Debug)]
pub enum Example {
    Any,
    Con(Con, Vec<Example>),
    /// A value of the kind that is none of these literals.
    Other(Kind, BTreeSet<Literal>),
}

/// Parts nested deeper are not written out.
const DEEPEST: usize = 6;

/// Writes an example; `keys` are those of the match's Dict patterns.
pub fn show(program: &Program, keys: &[Const], example: &Example) -> String {
    match example {
        Example::Any => "any other value".to_owned(),
        Example::Other(kind, _) => format!("any other {}", kind_name(*kind)),
        Example::Con(Con::Kind(kind), _) => format!("any {}", kind_name(*kind)),
        Example::Con(..) => format!("`{}`", Shown { program, keys }.pattern(example, 0)),
    }
}

struct Shown<'a> {
    program: &'a Program,
    keys: &'a [Const],
}

impl Shown<'_> {
    fn pattern(&self, example: &Example, depth: usize) -> String {
        let (con, parts) = match example {
            Example::Any => return "_".to_owned(),
            Example::Other(kind, known) => return other(*kind, known),
            Example::Con(..) if depth > DEEPEST => return "_".to_owned(),
            Example::Con(con, parts) => (con, parts),
        };
        match con {
            Con::Ctor(ctor) => {
                let name = &self.program.ctors[ctor.0 as usize].name;
                if parts.is_empty() { name.to_string() } else { self.form(name, parts, depth) }
            }
            Con::Bool(b) => b.to_string(),
            Con::Nil => "nil".to_owned(),
            Con::Empty | Con::Cons => self.list(example, depth),
            Con::Tuple(_) => self.form("tuple", parts, depth),
            Con::Dict => self.dict(parts, depth),
            Con::Present | Con::Absent | Con::Kind(_) | Con::Test(_) => "_".to_owned(),
            Con::Literal(_, literal) => literal_text(literal),
        }
    }

    fn form(&self, head: &str, parts: &[Example], depth: usize) -> String {
        let parts: Vec<String> = parts.iter().map(|p| self.pattern(p, depth + 1)).collect();
        if parts.is_empty() { format!("({head})") } else { format!("({head} {})", parts.join(" ")) }
    }

    fn list(&self, example: &Example, depth: usize) -> String {
        let (mut items, mut at) = (Vec::new(), example);
        while let Example::Con(Con::Cons, parts) = at {
            items.push(self.pattern(&parts[0], depth + 1));
            at = &parts[1];
        }
        if !matches!(at, Example::Con(Con::Empty, _)) {
            items.push("..._".to_owned());
        }
        format!("[{}]", items.join(" "))
    }

    fn dict(&self, parts: &[Example], depth: usize) -> String {
        let mut shown = Vec::new();
        for (key, part) in self.keys.iter().zip(parts) {
            if let Example::Con(Con::Present, value) = part {
                shown.push(format!("{} {}", key_text(key), self.pattern(&value[0], depth + 1)));
            }
        }
        format!("{{{}}}", shown.join(" "))
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Int => "Int",
        Kind::Float => "Float",
        Kind::String => "String",
        Kind::Keyword => "Keyword",
        Kind::Symbol => "Symbol",
        Kind::Bytes => "Bytes",
        Kind::Other => "collection",
    }
}

/// A literal of the kind that is none of the known ones, or `_` where none comes to mind.
fn other(kind: Kind, known: &BTreeSet<Literal>) -> String {
    let free = |literal: &Literal| !known.contains(literal);
    match kind {
        Kind::Int => {
            let mut n = BigInt::from(0);
            while !free(&Literal::Int(n.clone())) {
                n += 1;
            }
            n.to_string()
        }
        Kind::String => {
            let text = (0..).map(|n| "a".repeat(n)).find(|text| free(&Literal::Text(text.as_str().into())));
            format!("{:?}", text.unwrap_or_default())
        }
        Kind::Keyword if free(&Literal::Text("other".into())) => ":other".to_owned(),
        Kind::Symbol if free(&Literal::Text("other".into())) => "'other".to_owned(),
        _ => "_".to_owned(),
    }
}

fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::Int(n) => n.to_string(),
        Literal::Float(bits) => format!("{:?}", f64::from_bits(*bits)),
        Literal::Text(text) => format!("{text:?}"),
        Literal::Other(_) => "_".to_owned(),
    }
}

fn key_text(key: &Const) -> String {
    match key {
        Const::Keyword(name) => format!(":{name}"),
        Const::Symbol(name) => format!("'{name}"),
        Const::String(text) => format!("{text:?}"),
        Const::Int(n) => n.to_string(),
        Const::Bool(b) => b.to_string(),
        _ => "_".to_owned(),
    }
}
