//! Patterns as the algorithm sees them: nothing but constructors with parts, alternatives, and what takes every value.
//!
//! A List pattern is a chain of [`Con::Cons`]; a Dict pattern has a part for each key that the match mentions, which is
//! [`Con::Present`] or [`Con::Absent`]; a type test of a simple kind is the constructors of that type, any other one a
//! constructor of its own that belongs to no complete set.

use crate::hir::{Const, CtorId, PatId, PatKind, Program, Type};
use cl_text::Span;
use num_bigint::BigInt;
use std::collections::HashMap;
use std::rc::Rc;

/// A pattern of [`Patterns`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PatIx(u32);

impl PatIx {
    /// Takes every value.
    pub const WILD: PatIx = PatIx(0);
    /// Takes some values, which is all that is known of it.
    pub const PART: PatIx = PatIx(1);
}

#[derive(Clone, Debug)]
pub enum Shape {
    Wild,
    Part,
    Con(Con, Vec<PatIx>),
    Or(Vec<PatIx>),
}

/// What a value may be at its head.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Con {
    Ctor(CtorId),
    Bool(bool),
    Nil,
    Empty,
    /// First item and rest.
    Cons,
    Tuple(usize),
    /// A part for each key of [`Patterns::keys`].
    Dict,
    Present,
    Absent,
    Literal(Kind, Literal),
    /// Every value of a kind with no end of literals.
    Kind(Kind),
    /// What a type test takes, by its number.
    Test(usize),
}

impl Con {
    /// Whether patterns with different ones of these have no value in common.
    pub fn is_one_head(&self) -> bool {
        !matches!(self, Con::Kind(_) | Con::Test(_))
    }

    /// Whether a pattern with this head takes every value with that one. A number is not certainly an Int because it is
    /// `=` to one.
    pub fn covers(&self, other: &Con) -> bool {
        match (self, other) {
            (Con::Kind(a), Con::Literal(b, _)) => a == b && !matches!(a, Kind::Int | Kind::Float),
            _ => self == other,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    Int,
    Float,
    String,
    Keyword,
    Symbol,
    Bytes,
    /// Sets, and Dicts as literals.
    Other,
}

/// A literal by what `=` sees of it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Literal {
    Int(BigInt),
    /// The bits of a Float that is no whole number.
    Float(u64),
    Text(Rc<str>),
    /// Any other constant, by its number.
    Other(usize),
}

/// More keys in one match are not told apart.
const MOST_KEYS: usize = 64;

/// Types nested deeper are tests of their own.
const DEEPEST_TYPE: usize = 8;

/// An `or` pattern with more alternatives is not searched for useless ones.
const MOST_ALTERNATIVES: usize = 256;

pub struct Patterns<'p> {
    pub program: &'p Program,
    constructors: &'p HashMap<Rc<str>, Vec<CtorId>>,
    shapes: Vec<Shape>,
    spans: Vec<Option<Span>>,
    /// The keys of Dict patterns, as far as they were met.
    pub keys: Vec<Const>,
    tests: Vec<Type>,
    others: Vec<Const>,
}

impl<'p> Patterns<'p> {
    pub fn new(program: &'p Program, constructors: &'p HashMap<Rc<str>, Vec<CtorId>>) -> Self {
        Patterns {
            program,
            constructors,
            shapes: vec![Shape::Wild, Shape::Part],
            spans: vec![None, None],
            keys: Vec::new(),
            tests: Vec::new(),
            others: Vec::new(),
        }
    }

    /// How many nodes there are.
    pub fn size(&self) -> usize {
        self.shapes.len()
    }

    pub fn shape(&self, pat: PatIx) -> &Shape {
        &self.shapes[pat.0 as usize]
    }

    /// Where a pattern stands; only asked for alternatives, which have a place.
    pub fn span(&self, pat: PatIx) -> Span {
        self.spans[pat.0 as usize].unwrap_or_else(|| unreachable!("an alternative stands in the text"))
    }

    /// The constructors of a data type.
    pub fn constructors(&self, type_name: &str) -> &[CtorId] {
        self.constructors.get(type_name).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, shape: Shape, span: Option<Span>) -> PatIx {
        self.shapes.push(shape);
        self.spans.push(span);
        PatIx(self.shapes.len() as u32 - 1)
    }

    fn con(&mut self, con: Con, parts: Vec<PatIx>) -> PatIx {
        self.add(Shape::Con(con, parts), None)
    }

    // ---------------------------------------------------------------- from the resolved tree

    pub fn convert(&mut self, pat: PatId) -> PatIx {
        let node = &self.program.pats[pat.0 as usize];
        match &node.kind {
            PatKind::Wild | PatKind::Bind(_) => PatIx::WILD,
            PatKind::As { pat, .. } => self.convert(*pat),
            PatKind::Const(value) => self.constant(value),
            PatKind::Tuple(items) => {
                let parts = self.convert_all(items);
                self.con(Con::Tuple(items.len()), parts)
            }
            PatKind::Ctor { ctor, args } => {
                let parts = self.convert_all(args);
                self.con(Con::Ctor(*ctor), parts)
            }
            PatKind::List { items, rest } => {
                let rest = match rest {
                    Some(rest) => self.convert(*rest),
                    None => self.con(Con::Empty, vec![]),
                };
                let items = self.convert_all(items);
                self.chain(items, rest)
            }
            PatKind::Dict(pairs) => self.dict(pairs),
            PatKind::Or(all) => {
                let parts: Vec<PatIx> = all.iter().map(|&p| self.alternative(p)).collect();
                self.add(Shape::Or(parts), Some(node.span))
            }
            PatKind::Type { pat, ty } => match self.convert(*pat) {
                PatIx::WILD => self.test(ty, 0),
                _ => PatIx::PART,
            },
        }
    }

    fn convert_all(&mut self, pats: &[PatId]) -> Vec<PatIx> {
        pats.iter().map(|&p| self.convert(p)).collect()
    }

    /// A pattern with a node of its own, which has a place.
    fn alternative(&mut self, pat: PatId) -> PatIx {
        let shape = self.convert(pat);
        let shape = self.shape(shape).clone();
        self.add(shape, Some(self.program.pats[pat.0 as usize].span))
    }

    fn chain(&mut self, items: Vec<PatIx>, rest: PatIx) -> PatIx {
        items.into_iter().rev().fold(rest, |rest, item| self.con(Con::Cons, vec![item, rest]))
    }

    fn dict(&mut self, pairs: &[(Const, PatId)]) -> PatIx {
        let mut parts = vec![PatIx::WILD; self.keys.len()];
        for (key, pat) in pairs {
            let index = self.keys.iter().position(|k| k == key).unwrap_or(self.keys.len());
            if index >= MOST_KEYS {
                return PatIx::PART;
            }
            if index == self.keys.len() {
                self.keys.push(key.clone());
            }
            parts.resize(self.keys.len(), PatIx::WILD);
            let value = self.convert(*pat);
            parts.resize(self.keys.len(), PatIx::WILD);
            parts[index] = self.con(Con::Present, vec![value]);
        }
        self.con(Con::Dict, parts)
    }

    fn constant(&mut self, value: &Const) -> PatIx {
        let con = match value {
            Const::Nil => Con::Nil,
            Const::Bool(b) => Con::Bool(*b),
            Const::Int(n) => Con::Literal(Kind::Int, Literal::Int(n.clone())),
            Const::Float(x) => float(*x),
            Const::String(s) => Con::Literal(Kind::String, Literal::Text(s.clone())),
            Const::Keyword(s) => Con::Literal(Kind::Keyword, Literal::Text(s.clone())),
            Const::Symbol(s) => Con::Literal(Kind::Symbol, Literal::Text(s.clone())),
            Const::List(items) => {
                let items = items.iter().map(|item| self.constant(item)).collect();
                let end = self.con(Con::Empty, vec![]);
                return self.chain(items, end);
            }
            Const::Dict(_) | Const::Set(_) => {
                let index = position_of(&mut self.others, value);
                Con::Literal(Kind::Other, Literal::Other(index))
            }
        };
        self.con(con, vec![])
    }

    /// What a type test takes.
    fn test(&mut self, ty: &Type, depth: usize) -> PatIx {
        let con = match ty {
            Type::Any => return PatIx::WILD,
            _ if depth > DEEPEST_TYPE => return PatIx::PART,
            Type::Or(all) => return self.any_of(all, depth),
            Type::Number => return self.any_of(&[Type::Int, Type::Float], depth),
            Type::Bool => {
                let both = [true, false].map(|b| self.con(Con::Bool(b), vec![]));
                return self.add(Shape::Or(both.to_vec()), None);
            }
            Type::List(item) if **item == Type::Any => {
                let empty = self.con(Con::Empty, vec![]);
                let cons = self.con(Con::Cons, vec![PatIx::WILD, PatIx::WILD]);
                return self.add(Shape::Or(vec![empty, cons]), None);
            }
            Type::Tuple(items) => {
                let parts = items.iter().map(|item| self.test(item, depth + 1)).collect();
                return self.con(Con::Tuple(items.len()), parts);
            }
            Type::Nil => Con::Nil,
            _ => kind_of(ty).map_or_else(|| Con::Test(self.test_number(ty)), Con::Kind),
        };
        self.con(con, vec![])
    }

    fn any_of(&mut self, types: &[Type], depth: usize) -> PatIx {
        let parts = types.iter().map(|ty| self.test(ty, depth + 1)).collect();
        self.add(Shape::Or(parts), None)
    }

    /// The number of a type that is a constructor of its own.
    pub fn test_number(&mut self, ty: &Type) -> usize {
        position_of(&mut self.tests, ty)
    }

    // ---------------------------------------------------------------- alternatives

    /// The `or` patterns that the user wrote in a pattern, outer ones first.
    pub fn alternatives(&self, pat: PatIx) -> Vec<PatIx> {
        let (mut work, mut found) = (vec![pat], Vec::new());
        while let Some(pat) = work.pop() {
            match self.shape(pat) {
                Shape::Wild | Shape::Part => {}
                Shape::Con(_, parts) => work.extend(parts.iter().rev()),
                Shape::Or(parts) => {
                    if self.spans[pat.0 as usize].is_some() && parts.len() <= MOST_ALTERNATIVES {
                        found.push(pat);
                    }
                    work.extend(parts.iter().rev());
                }
            }
        }
        found
    }

    /// `pat` with the part `old` replaced.
    pub fn replaced(&mut self, pat: PatIx, old: PatIx, new: PatIx) -> PatIx {
        if pat == old {
            return new;
        }
        let (con, parts) = match self.shape(pat).clone() {
            Shape::Wild | Shape::Part => return pat,
            Shape::Con(con, parts) => (Some(con), parts),
            Shape::Or(parts) => (None, parts),
        };
        let made: Vec<PatIx> = parts.iter().map(|&part| self.replaced(part, old, new)).collect();
        match con {
            _ if made == parts => pat,
            Some(con) => self.con(con, made),
            None => self.add(Shape::Or(made), None),
        }
    }
}

/// The kind that a type is, if it has literals without end.
pub fn kind_of(ty: &Type) -> Option<Kind> {
    match ty {
        Type::Int => Some(Kind::Int),
        Type::Float => Some(Kind::Float),
        Type::String => Some(Kind::String),
        Type::Keyword => Some(Kind::Keyword),
        Type::Symbol => Some(Kind::Symbol),
        Type::Bytes => Some(Kind::Bytes),
        _ => None,
    }
}

/// A Float literal matches by `=`, so a whole one is the same as the Int.
fn float(x: f64) -> Con {
    // Below 2^53 a whole Float is exactly that Int.
    match x.fract() == 0.0 && x.abs() < 9e15 {
        true => Con::Literal(Kind::Int, Literal::Int(BigInt::from(x as i64))),
        false => Con::Literal(Kind::Float, Literal::Float(x.to_bits())),
    }
}

/// The index of a value among those met so far.
fn position_of<T: Clone + PartialEq>(met: &mut Vec<T>, value: &T) -> usize {
    met.iter().position(|m| m == value).unwrap_or_else(|| {
        met.push(value.clone());
        met.len() - 1
    })
}
