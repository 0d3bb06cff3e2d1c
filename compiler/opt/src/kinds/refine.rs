//! What the outcome of a condition tells about the variables in it.

use cl_abi::prims::PrimId;
use cl_core::ir::{Atom, Cond};

use super::{Bits, KindSet, constant_bits};
use crate::ops::Op;

/// Narrows variables by the outcome of a condition: calls `narrow` with a variable's atom and what is left of its set.
pub fn by_condition(
    cond: &Cond,
    taken: bool,
    kinds: &impl Fn(Atom) -> KindSet,
    narrow: &mut impl FnMut(Atom, KindSet),
) {
    match cond {
        Cond::Truthy(a) => narrow(*a, kinds(*a).limit(pick(taken, Bits::ALL.without(Bits::FALSY), Bits::FALSY))),
        Cond::IsCtor(_, a) if taken => narrow(*a, kinds(*a).limit(Bits::DATA.or(Bits::CTOR))),
        Cond::IsTuple(_, a) if taken => narrow(*a, kinds(*a).limit(Bits::TUPLE)),
        Cond::IsCtor(..) | Cond::IsTuple(..) => {}
        Cond::Prim(prim, args, _) => by_prim(*prim, args, taken, kinds, narrow),
    }
}

fn pick(taken: bool, then: Bits, otherwise: Bits) -> Bits {
    if taken { then } else { otherwise }
}

fn by_prim(
    prim: PrimId,
    args: &[Atom],
    taken: bool,
    kinds: &impl Fn(Atom) -> KindSet,
    narrow: &mut impl FnMut(Atom, KindSet),
) {
    match (Op::of(prim), args) {
        (Op::Test(bits), [a]) => narrow(*a, kinds(*a).limit(pick(taken, bits, Bits::ALL.without(bits)))),
        (Op::Not, [a]) => narrow(*a, kinds(*a).limit(pick(taken, Bits::FALSY, Bits::ALL.without(Bits::FALSY)))),
        (Op::Same, [a, b]) => {
            let (x, y) = (kinds(*a), kinds(*b));
            same(*a, x, *b, y, taken, narrow);
            same(*b, y, *a, x, taken, narrow);
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

fn same(a: Atom, x: KindSet, b: Atom, y: KindSet, taken: bool, narrow: &mut impl FnMut(Atom, KindSet)) {
    let one_value = Bits::NIL.or(Bits::BOOL).or(Bits::EMPTY_LIST).or(Bits::UNDEF);
    if taken {
        narrow(a, x.limit_range(y.min, y.max).limit(y.bits));
    } else if !matches!(b, Atom::Var(_)) && constant_bits(b).within(one_value) {
        narrow(a, x.limit(Bits::ALL.without(constant_bits(b))));
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
