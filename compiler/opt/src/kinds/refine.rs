//! What the outcome of a condition tells about the variables in it.

use cl_abi::prims::PrimId;
use cl_core::ir::{Atom, Cond, CtorId};

use super::{Bits, Ctors, KindSet};
use crate::ops::Op;

/// Narrows variables by the outcome of a condition: calls `narrow` with a variable's atom and what is left of its set.
pub fn by_condition(
    ctors: Ctors,
    cond: &Cond,
    taken: bool,
    kinds: &impl Fn(Atom) -> KindSet,
    narrow: &mut impl FnMut(Atom, KindSet),
) {
    match cond {
        Cond::Truthy(a) => narrow(*a, kinds(*a).limit(pick(taken, Bits::ALL.without(Bits::FALSY), Bits::FALSY))),
        Cond::IsCtor(ctor, a) if taken => {
            let one = KindSet::constructor(Bits::DATA.or(Bits::CTOR), *ctor);
            narrow(*a, ctors.fit(kinds(*a).intersection(one)));
        }
        Cond::IsCtor(ctor, a) => narrow(*a, without_ctor(ctors, kinds(*a), *ctor)),
        Cond::IsTuple(_, a) if taken => narrow(*a, kinds(*a).limit(Bits::TUPLE)),
        Cond::IsTuple(..) => {}
        Cond::Prim(prim, args, _) => by_prim(ctors, *prim, args, taken, kinds, narrow),
    }
}

fn pick(taken: bool, then: Bits, otherwise: Bits) -> Bits {
    if taken { then } else { otherwise }
}

fn without_ctor(ctors: Ctors, set: KindSet, ctor: CtorId) -> KindSet {
    ctors.fit(KindSet { ctors: set.ctors.without(ctor), ..set })
}

/// Narrows variables by the Bool that a primitive gave.
pub fn by_prim(
    ctors: Ctors,
    prim: PrimId,
    args: &[Atom],
    taken: bool,
    kinds: &impl Fn(Atom) -> KindSet,
    narrow: &mut impl FnMut(Atom, KindSet),
) {
    match (Op::of(prim), args) {
        (Op::Test(bits), [a]) => narrow(*a, kinds(*a).limit(pick(taken, bits, Bits::ALL.without(bits)))),
        (Op::Not, [a]) => narrow(*a, kinds(*a).limit(pick(taken, Bits::FALSY, Bits::ALL.without(Bits::FALSY)))),
        (op @ (Op::Same | Op::Eq), [a, b]) => {
            let (x, y) = (kinds(*a), kinds(*b));
            match (taken, op) {
                (true, Op::Same) => {
                    narrow(*a, x.intersection(y));
                    narrow(*b, y.intersection(x));
                }
                (true, _) => {
                    narrow(*a, equal_to(x, y));
                    narrow(*b, equal_to(y, x));
                }
                (false, _) => {
                    narrow(*a, without_number(without_constant(ctors, x, *b), y));
                    narrow(*b, without_number(without_constant(ctors, y, *a), x));
                }
            }
        }
        (op @ (Op::Lt | Op::Le | Op::Gt | Op::Ge), [a, b]) => {
            let (x, y) = (kinds(*a), kinds(*b));
            let (low, high, strict) = match (op, taken) {
                (Op::Lt, true) | (Op::Ge, false) => ((a, x), (b, y), true),
                (Op::Le, true) | (Op::Gt, false) => ((a, x), (b, y), false),
                (Op::Gt, true) | (Op::Le, false) => ((b, y), (a, x), true),
                _ => ((b, y), (a, x), false),
            };
            order(low, high, i64::from(strict), narrow);
        }
        _ => {}
    }
}

/// The set without a constant that is the only word of its value.
fn without_constant(ctors: Ctors, set: KindSet, constant: Atom) -> KindSet {
    match constant {
        Atom::Nil | Atom::Bool(_) | Atom::EmptyList | Atom::Undef => {
            set.limit(Bits::ALL.without(KindSet::constant(constant).bits))
        }
        Atom::Ctor(ctor) => without_ctor(ctors, set, ctor),
        Atom::Var(_)
        | Atom::Int(_)
        | Atom::Keyword(_)
        | Atom::Symbol(_)
        | Atom::Data(_)
        | Atom::Func(_)
        | Atom::Multi(_) => set,
    }
}

/// What of the set may equal a value of the other one by `=`, where that is a fixnum.
fn equal_to(set: KindSet, other: KindSet) -> KindSet {
    match other.is_fixnum() {
        true => set.limit(Bits::FIXNUM.or(Bits::FLOAT)).limit_range(other.min, other.max),
        false => set,
    }
}

/// The set without the one fixnum that the other is, if that is at an end of its range.
fn without_number(set: KindSet, other: KindSet) -> KindSet {
    match other.is_fixnum() && other.min == other.max {
        true if set.min == other.min => set.limit_range(other.min + 1, i64::MAX),
        true if set.max == other.max => set.limit_range(i64::MIN, other.max - 1),
        _ => set,
    }
}

/// `low + step <= high` holds. It bounds the fixnums of one side if the other is certainly a fixnum.
fn order((low, x): (&Atom, KindSet), (high, y): (&Atom, KindSet), step: i64, narrow: &mut impl FnMut(Atom, KindSet)) {
    if y.is_fixnum() && !y.bits.is_empty() {
        narrow(*low, x.limit_range(i64::MIN, y.max - step));
    }
    if x.is_fixnum() && !x.bits.is_empty() {
        narrow(*high, y.limit_range(x.min + step, i64::MAX));
    }
}
