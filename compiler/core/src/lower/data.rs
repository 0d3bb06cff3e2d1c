//! Names and static data, each stored once, and the atoms of constants.

use cl_abi::layout::{FIXNUM_MAX, FIXNUM_MIN};
use cl_lang::hir::Const;
use cl_text::Span;
use num_bigint::{BigInt, Sign};
use std::collections::HashMap;
use std::rc::Rc;

use super::Lower;
use crate::ir::{Atom, DataId, Datum, NameId, Rhs};

/// The tables of names and data while they grow.
#[derive(Default)]
pub(super) struct Pool {
    pub names: Vec<Rc<str>>,
    pub data: Vec<Datum>,
    name_ids: HashMap<Rc<str>, NameId>,
    strings: HashMap<Rc<str>, DataId>,
    floats: HashMap<u64, DataId>,
    bigints: HashMap<BigInt, DataId>,
    conses: HashMap<(Key, Key), DataId>,
    tuples: HashMap<Vec<Key>, DataId>,
}

/// Tells constant atoms apart: kind and payload.
type Key = (u8, u64);

impl Pool {
    pub fn name(&mut self, text: &Rc<str>) -> NameId {
        *self.name_ids.entry(text.clone()).or_insert_with(|| {
            self.names.push(text.clone());
            NameId(self.names.len() as u32 - 1)
        })
    }

    pub fn string(&mut self, text: &Rc<str>) -> Atom {
        let data = &mut self.data;
        Atom::Data(*self.strings.entry(text.clone()).or_insert_with(|| add(data, Datum::String(text.clone()))))
    }

    fn float(&mut self, value: f64) -> Atom {
        let bits = value.to_bits();
        let data = &mut self.data;
        Atom::Data(*self.floats.entry(bits).or_insert_with(|| add(data, Datum::Float(bits))))
    }

    fn int(&mut self, value: &BigInt) -> Atom {
        if let Ok(n) = i64::try_from(value)
            && (FIXNUM_MIN..=FIXNUM_MAX).contains(&n)
        {
            return Atom::Int(n);
        }
        if let Some(id) = self.bigints.get(value) {
            return Atom::Data(*id);
        }
        let (sign, limbs) = value.to_u64_digits();
        let id = add(&mut self.data, Datum::BigInt { negative: sign == Sign::Minus, limbs });
        self.bigints.insert(value.clone(), id);
        Atom::Data(id)
    }

    /// The static List of a constant head and a constant List.
    pub fn cons(&mut self, head: Atom, tail: Atom) -> Option<Atom> {
        let key = (literal_key(head)?, literal_key(tail)?);
        let data = &mut self.data;
        Some(Atom::Data(*self.conses.entry(key).or_insert_with(|| add(data, Datum::Cons(head, tail)))))
    }

    /// The static Tuple of constants.
    pub fn tuple(&mut self, items: &[Atom]) -> Option<Atom> {
        let key = items.iter().map(|a| literal_key(*a)).collect::<Option<Vec<_>>>()?;
        let data = &mut self.data;
        Some(Atom::Data(*self.tuples.entry(key).or_insert_with(|| add(data, Datum::Tuple(items.to_vec())))))
    }

    /// The atom of a constant; none if it holds a Dict or a Set, which are made at run time.
    pub fn constant(&mut self, c: &Const) -> Option<Atom> {
        Some(match c {
            Const::Nil => Atom::Nil,
            Const::Bool(b) => Atom::Bool(*b),
            Const::Int(n) => self.int(n),
            Const::Float(x) => self.float(*x),
            Const::String(s) => self.string(s),
            Const::Keyword(k) => Atom::Keyword(self.name(k)),
            Const::Symbol(s) => Atom::Symbol(self.name(s)),
            Const::List(items) => {
                let mut list = Atom::EmptyList;
                for item in items.iter().rev() {
                    let head = self.constant(item)?;
                    list = self.cons(head, list)?;
                }
                list
            }
            Const::Dict(_) | Const::Set(_) => return None,
        })
    }
}

fn add(data: &mut Vec<Datum>, datum: Datum) -> DataId {
    data.push(datum);
    DataId(data.len() as u32 - 1)
}

/// None for what is no literal: variables and functions.
fn literal_key(atom: Atom) -> Option<Key> {
    Some(match atom {
        Atom::Int(n) => (0, n as u64),
        Atom::Nil => (1, 0),
        Atom::Bool(b) => (2, b as u64),
        Atom::EmptyList => (3, 0),
        Atom::Keyword(n) => (4, n.0 as u64),
        Atom::Symbol(n) => (5, n.0 as u64),
        Atom::Ctor(c) => (6, c.0 as u64),
        Atom::Data(d) => (7, d.0 as u64),
        Atom::Var(_) | Atom::Undef | Atom::Func(_) | Atom::Multi(_) => return None,
    })
}

impl Lower<'_> {
    /// A constant, with the statements that make it if it holds a Dict or a Set.
    pub(super) fn constant(&mut self, c: &Const, span: Span) -> Atom {
        if let Some(atom) = self.pool.constant(c) {
            return atom;
        }
        match c {
            Const::List(items) => {
                let items: Vec<_> = items.iter().map(|i| self.constant(i, span)).collect();
                self.list(&items, span)
            }
            Const::Dict(entries) => {
                let entries: Vec<_> =
                    entries.iter().map(|(k, v)| (self.constant(k, span), self.constant(v, span))).collect();
                self.dict(&entries, span)
            }
            Const::Set(items) => {
                let items: Vec<_> = items.iter().map(|i| self.constant(i, span)).collect();
                self.set(&items, span)
            }
            Const::Nil
            | Const::Bool(_)
            | Const::Int(_)
            | Const::Float(_)
            | Const::String(_)
            | Const::Keyword(_)
            | Const::Symbol(_) => unreachable!("scalars are static"),
        }
    }

    /// A List of values; as much of its end as is constant is static.
    pub(super) fn list(&mut self, items: &[Atom], span: Span) -> Atom {
        let mut list = Atom::EmptyList;
        for &item in items.iter().rev() {
            list = match self.pool.cons(item, list) {
                Some(atom) => atom,
                None => self.emit_prim("%cons-unchecked", vec![item, list], span),
            };
        }
        list
    }

    /// A Tuple of values, static if all are constants.
    pub(super) fn tuple(&mut self, items: Vec<Atom>, span: Span) -> Atom {
        match self.pool.tuple(&items) {
            Some(atom) => atom,
            None => self.emit(Rhs::Tuple(items), span),
        }
    }

    pub(super) fn dict(&mut self, entries: &[(Atom, Atom)], span: Span) -> Atom {
        let empty = self.emit_prim("%dict-new", vec![], span);
        entries.iter().fold(empty, |dict, (k, v)| self.emit_prim("%dict-set", vec![dict, *k, *v], span))
    }

    pub(super) fn set(&mut self, items: &[Atom], span: Span) -> Atom {
        let empty = self.emit_prim("%set-new", vec![], span);
        items.iter().fold(empty, |set, item| self.emit_prim("%set-add", vec![set, *item], span))
    }

    pub(super) fn string(&mut self, text: &str) -> Atom {
        self.pool.string(&Rc::from(text))
    }
}
