//! Primitives whose value is known, or that a cheaper one can stand for.

use cl_abi::layout::{FIXNUM_MAX, FIXNUM_MIN};
use cl_abi::prims::PrimId;
use cl_core::ir::{Atom, CtorId, Rhs};

use super::facts::Facts;
use crate::kinds::{Bits, CtorSet, KindSet};
use crate::ops::{self, Op};

pub(super) enum Folded {
    Atom(Atom),
    /// Another primitive that does the same here.
    Prim(PrimId, Vec<Atom>),
    No,
}

impl From<Option<Atom>> for Folded {
    fn from(atom: Option<Atom>) -> Folded {
        atom.map_or(Folded::No, Folded::Atom)
    }
}

/// Kinds whose values are words: the same value is the same word.
const IMMEDIATE: Bits =
    Bits::NIL.or(Bits::BOOL).or(Bits::EMPTY_LIST).or(Bits::SYMBOL).or(Bits::KEYWORD).or(Bits::CTOR).or(Bits::UNDEF);

/// Folds a primitive with resolved arguments.
pub(super) fn prim(facts: &Facts, prim: PrimId, args: &[Atom]) -> Folded {
    let op = Op::of(prim);
    match (op, args) {
        (Op::Test(bits), [a]) => test(facts.kinds(*a).bits, bits).map(Atom::Bool).into(),
        (Op::Not, [a]) => truth(facts, *a).map(|t| Atom::Bool(!t)).into(),
        (Op::Head | Op::HeadUnchecked | Op::Tail | Op::TailUnchecked, [list]) => part(facts, op, *list),
        (Op::Cons, [head, tail]) if facts.kinds(*tail).bits.within(Bits::LIST) => {
            Folded::Prim(ops::prim("%cons-unchecked"), vec![*head, *tail])
        }
        (Op::DictSet, [dict, key, value]) if facts.kinds(*dict).bits.within(Bits::DICT) => {
            Folded::Prim(ops::prim("%dict-set-unchecked"), vec![*dict, *key, *value])
        }
        (Op::DictGet, [dict, key, default]) => entry(facts, *dict, *key, *default).into(),
        (Op::Get, [dict, key, default]) if facts.kinds(*dict).bits.within(Bits::DICT) => {
            entry(facts, *dict, *key, *default)
                .map_or_else(|| Folded::Prim(ops::prim("%dict-get"), vec![*dict, *key, *default]), Folded::Atom)
        }
        (Op::Same, [a, b]) => same(facts, *a, *b).map(Atom::Bool).into(),
        (Op::Eq, [a, b]) => equal(facts, *a, *b),
        (_, [Atom::Int(a), Atom::Int(b)]) => on_integers(op, *a, *b).into(),
        (Op::Lt | Op::Le | Op::Gt | Op::Ge, [a, b]) => {
            order(op, facts.kinds(*a), facts.kinds(*b)).map(Atom::Bool).into()
        }
        (_, [a, b]) => identity(facts, op, *a, *b).into(),
        _ => Folded::No,
    }
}

/// Whether a value of these kinds passes a test for `bits`.
fn test(kinds: Bits, bits: Bits) -> Option<bool> {
    if kinds.is_empty() {
        None
    } else if kinds.within(bits) {
        Some(true)
    } else if kinds.and(bits).is_empty() {
        Some(false)
    } else {
        None
    }
}

/// Whether an atom counts as true, if that is known.
pub(super) fn truth(facts: &Facts, atom: Atom) -> Option<bool> {
    test(facts.kinds(atom).bits, Bits::FALSY).map(|falsy| !falsy)
}

/// `IsCtor` and `IsTuple` of what is known.
pub(super) fn shape_test(facts: &Facts, rhs: &Rhs) -> Option<bool> {
    match rhs {
        Rhs::IsCtor(ctor, a) => is_ctor(facts, *ctor, *a),
        Rhs::IsTuple(size, a) => is_tuple(facts, *size, *a),
        _ => None,
    }
}

pub(super) fn is_ctor(facts: &Facts, ctor: CtorId, value: Atom) -> Option<bool> {
    let known = match (facts.def(value), value) {
        (Some(Rhs::Construct(known, _)), _) => Some(*known),
        (_, Atom::Ctor(known)) => Some(known),
        _ => None,
    };
    match known {
        Some(known) => Some(known == ctor),
        None => facts.kinds(value).is_ctor(ctor),
    }
}

pub(super) fn is_tuple(facts: &Facts, size: usize, value: Atom) -> Option<bool> {
    match facts.def(value) {
        Some(Rhs::Tuple(items)) => Some(items.len() == size),
        _ => facts.kinds(value).bits.and(Bits::TUPLE).is_empty().then_some(false),
    }
}

fn part(facts: &Facts, op: Op, list: Atom) -> Folded {
    let is_head = matches!(op, Op::Head | Op::HeadUnchecked);
    if let Some(Rhs::Prim(p, items)) = facts.def(list)
        && matches!(Op::of(*p), Op::Cons | Op::ConsUnchecked)
    {
        return Folded::Atom(items[usize::from(!is_head)]);
    }
    let kinds = facts.kinds(list).bits;
    match op {
        Op::Head if kinds.within(Bits::CONS) => Folded::Prim(ops::prim("%head-unchecked"), vec![list]),
        Op::Tail if kinds.within(Bits::CONS) => Folded::Prim(ops::prim("%tail-unchecked"), vec![list]),
        _ => Folded::No,
    }
}

/// Entries of a Dict that are looked through.
const ENTRIES_MAX: usize = 16;

/// What a Dict that was just made has under a key.
fn entry(facts: &Facts, dict: Atom, key: Atom, default: Atom) -> Option<Atom> {
    let mut dict = dict;
    for _ in 0..ENTRIES_MAX {
        let Rhs::Prim(prim, args) = facts.def(dict)? else { return None };
        match (Op::of(*prim), args.as_slice()) {
            (Op::DictNew, _) => return Some(default),
            (Op::DictSetUnchecked, [_, k, value]) if facts.same_key(*k, key)? => return Some(facts.resolve(*value)),
            (Op::DictSetUnchecked, [rest, ..]) => dict = *rest,
            _ => return None,
        }
    }
    None
}

fn same(facts: &Facts, a: Atom, b: Atom) -> Option<bool> {
    let common = facts.kinds(a).intersection(facts.kinds(b));
    match (a, b) {
        _ if a == b => Some(true),
        (Atom::Int(_), Atom::Int(_)) => Some(false),
        _ if common.bits.is_empty() => Some(false),
        _ if common.bits.within(Bits::DATA.or(Bits::CTOR)) && common.ctors == CtorSet::NONE => Some(false),
        _ if is_word(a) && is_word(b) => Some(false),
        _ => None,
    }
}

/// An atom that is the only word of its value.
fn is_word(atom: Atom) -> bool {
    match atom {
        Atom::Nil
        | Atom::Bool(_)
        | Atom::EmptyList
        | Atom::Undef
        | Atom::Keyword(_)
        | Atom::Symbol(_)
        | Atom::Ctor(_) => true,
        Atom::Var(_) | Atom::Int(_) | Atom::Data(_) | Atom::Func(_) | Atom::Multi(_) => false,
    }
}

fn equal(facts: &Facts, a: Atom, b: Atom) -> Folded {
    let same_prim = || Folded::Prim(ops::prim("%same"), vec![a, b]);
    let (x, y) = (facts.kinds(a).bits, facts.kinds(b).bits);
    match (a, b) {
        (Atom::Int(i), Atom::Int(j)) => Folded::Atom(Atom::Bool(i == j)),
        _ if is_word(a) || is_word(b) || x.within(IMMEDIATE) || y.within(IMMEDIATE) => match same(facts, a, b) {
            Some(known) => Folded::Atom(Atom::Bool(known)),
            None => same_prim(),
        },
        _ if x.within(Bits::FIXNUM) && y.within(Bits::FIXNUM) => same_prim(),
        _ => Folded::No,
    }
}

fn on_integers(op: Op, a: i64, b: i64) -> Option<Atom> {
    let (x, y) = (i128::from(a), i128::from(b));
    let exact = match op {
        Op::Lt => return Some(Atom::Bool(a < b)),
        Op::Le => return Some(Atom::Bool(a <= b)),
        Op::Gt => return Some(Atom::Bool(a > b)),
        Op::Ge => return Some(Atom::Bool(a >= b)),
        Op::Add => x + y,
        Op::Sub => x - y,
        Op::Mul => x * y,
        Op::Quot if y != 0 => x / y,
        Op::Rem if y != 0 => x % y,
        Op::Div if y != 0 => x.div_euclid(y) - i128::from(y < 0 && x.rem_euclid(y) != 0),
        Op::Mod if y != 0 => x - y * (x.div_euclid(y) - i128::from(y < 0 && x.rem_euclid(y) != 0)),
        Op::BitAnd => x & y,
        Op::BitOr => x | y,
        Op::BitXor => x ^ y,
        _ => return None,
    };
    let fits = (i128::from(FIXNUM_MIN)..=i128::from(FIXNUM_MAX)).contains(&exact);
    fits.then_some(Atom::Int(exact as i64))
}

/// A comparison of fixnums whose ranges do not overlap.
fn order(op: Op, a: KindSet, b: KindSet) -> Option<bool> {
    let fixnums = a.is_fixnum() && b.is_fixnum() && a.min <= a.max && b.min <= b.max;
    match op {
        _ if !fixnums => None,
        Op::Lt | Op::Ge if a.max < b.min => Some(op == Op::Lt),
        Op::Lt | Op::Ge if a.min >= b.max => Some(op == Op::Ge),
        Op::Le | Op::Gt if a.max <= b.min => Some(op == Op::Le),
        Op::Le | Op::Gt if a.min > b.max => Some(op == Op::Gt),
        _ => None,
    }
}

/// `x + 0` and the like, where `x` is certainly an integer.
fn identity(facts: &Facts, op: Op, a: Atom, b: Atom) -> Option<Atom> {
    let integer = |x: Atom| facts.kinds(x).bits.within(Bits::INT);
    match (op, a, b) {
        (Op::Add | Op::Sub, x, Atom::Int(0)) | (Op::Mul, x, Atom::Int(1)) if integer(x) => Some(x),
        (Op::Add, Atom::Int(0), x) | (Op::Mul, Atom::Int(1), x) if integer(x) => Some(x),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floored_division_follows_the_sign_of_the_divisor() {
        let div = |a, b| on_integers(Op::Div, a, b);
        let modulo = |a, b| on_integers(Op::Mod, a, b);
        for (a, b, q, m) in
            [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1), (6, -2, -3, 0), (-6, 2, -3, 0)]
        {
            assert_eq!(div(a, b), Some(Atom::Int(q)), "{a} div {b}");
            assert_eq!(modulo(a, b), Some(Atom::Int(m)), "{a} mod {b}");
        }
        assert_eq!(div(1, 0), None);
    }

    #[test]
    fn results_past_the_fixnums_are_left_to_run_time() {
        assert_eq!(on_integers(Op::Add, FIXNUM_MAX, 1), None);
        assert_eq!(on_integers(Op::Mul, FIXNUM_MAX, FIXNUM_MAX), None);
        assert_eq!(on_integers(Op::Sub, FIXNUM_MAX, 1), Some(Atom::Int(FIXNUM_MAX - 1)));
    }
}
