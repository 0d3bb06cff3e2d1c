//! The kinds of a primitive's result, from those of its arguments.

use cl_abi::layout::{FIXNUM_MAX, FIXNUM_MIN};
use cl_abi::prims::PrimId;

use super::{Bits, KindSet};
use crate::ops::{Op, result_bits};

/// No string, list, array or other collection is longer.
const LONGEST: i64 = 1 << 48;

/// What is known of the result when the primitive does not raise.
pub fn result(prim: PrimId, args: &[KindSet]) -> KindSet {
    let column = KindSet::of(result_bits(prim));
    if args.iter().any(|a| a.bits.is_empty()) {
        return KindSet::NONE;
    }
    match (Op::of(prim), args) {
        (Op::Add, [a, b]) => arithmetic(*a, *b, |x, y| x + y),
        (Op::Sub, [a, b]) => arithmetic(*a, *b, |x, y| x - y),
        (Op::Mul, [a, b]) => arithmetic(*a, *b, |x, y| x * y),
        (Op::Quot | Op::Div, [a, b]) => division(*a, *b, quotient(*a, *b)),
        (Op::Rem, [a, b]) => division(*a, *b, remainder(*a, *b)),
        (Op::Mod, [a, b]) => division(*a, *b, modulus(*a, *b)),
        (Op::Neg, [a]) => arithmetic(KindSet::range(0, 0), *a, |x, y| x - y),
        (Op::BitAnd, [a, b]) => bit_and(*a, *b),
        (Op::BitOr | Op::BitXor, [a, b]) => bit_or(*a, *b),
        (Op::BitNot, [a]) if a.limit(Bits::INT).is_fixnum() => KindSet::of(Bits::FIXNUM),
        (Op::ShiftRight, [a, b]) => shift_right(*a, *b),
        (Op::Length, _) => KindSet::range(0, LONGEST),
        (Op::Test(bits), [a]) if a.bits.within(bits) => KindSet::of(Bits::TRUE),
        (Op::Test(bits), [a]) if a.bits.and(bits).is_empty() => KindSet::of(Bits::FALSE),
        _ => column,
    }
}

/// What an argument must have been if the primitive did not raise.
pub fn required(prim: PrimId, args: &[KindSet], index: usize) -> KindSet {
    match (Op::of(prim), index) {
        (Op::Add | Op::Sub | Op::Mul | Op::Neg, _) => KindSet::of(Bits::NUMBER),
        (Op::Quot | Op::Rem | Op::Div | Op::Mod, _) => KindSet::of(Bits::NUMBER),
        (Op::BitAnd | Op::BitOr | Op::BitXor | Op::BitNot, _) => KindSet::of(Bits::INT),
        (Op::Lt | Op::Le | Op::Gt | Op::Ge, _) => {
            let other = args.get(1 - index.min(1)).map_or(Bits::ALL, |a| a.bits);
            KindSet::of(comparable_with(other))
        }
        (Op::Head | Op::Tail, 0) => KindSet::of(Bits::CONS),
        (Op::Cons, 1) => KindSet::of(Bits::LIST),
        (Op::ArrayNew, 0) => KindSet::of(Bits::INT),
        (Op::ArrayGet | Op::ArraySet, 0) => KindSet::of(Bits::ARRAY),
        (Op::ArrayGet | Op::ArraySet, 1) => KindSet::range(0, LONGEST),
        _ => KindSet::ANY,
    }
}

/// What may be ordered with a value of these kinds: a number with numbers, a String with Strings.
fn comparable_with(other: Bits) -> Bits {
    let comparable = Bits::NUMBER.or(Bits::STRING);
    match other.and(comparable) {
        numbers if numbers.within(Bits::NUMBER) => Bits::NUMBER,
        strings if strings.within(Bits::STRING) => Bits::STRING,
        _ => comparable,
    }
}

fn clip(n: i128) -> i64 {
    n.clamp(FIXNUM_MIN.into(), FIXNUM_MAX.into()) as i64
}

/// Integers from `min` to `max`: fixnums, and BigInts if that goes beyond the fixnums.
fn integers(min: i128, max: i128) -> KindSet {
    let fixnums = KindSet::range(clip(min), clip(max));
    let beyond = min < FIXNUM_MIN.into() || max > FIXNUM_MAX.into();
    if beyond { fixnums.union(KindSet::of(Bits::BIG_INT)) } else { fixnums }
}

/// `+ - *`: `op` is monotone or bilinear, so that its extremes are at the corners of the ranges.
fn arithmetic(a: KindSet, b: KindSet, op: impl Fn(i128, i128) -> i128) -> KindSet {
    let (x, y) = (a.limit(Bits::INT), b.limit(Bits::INT));
    let whole = if x.bits.is_empty() || y.bits.is_empty() {
        KindSet::NONE
    } else if x.is_fixnum() && y.is_fixnum() {
        let corners = [(x.min, y.min), (x.min, y.max), (x.max, y.min), (x.max, y.max)];
        let values = corners.map(|(x, y)| op(x.into(), y.into()));
        let (min, max) = (values.iter().min().copied(), values.iter().max().copied());
        integers(min.unwrap_or(i128::MIN), max.unwrap_or(i128::MAX))
    } else {
        KindSet::of(Bits::INT)
    };
    whole.union(floats(a, b))
}

/// The Floats that arithmetic may give.
fn floats(a: KindSet, b: KindSet) -> KindSet {
    let any = |k: KindSet, bits: Bits| !k.bits.and(bits).is_empty();
    let float = any(a, Bits::FLOAT) && any(b, Bits::NUMBER) || any(b, Bits::FLOAT) && any(a, Bits::NUMBER);
    if float { KindSet::of(Bits::FLOAT) } else { KindSet::NONE }
}

/// Division in which `whole` is the result for integers.
fn division(a: KindSet, b: KindSet, whole: KindSet) -> KindSet {
    let integers = !a.bits.and(Bits::INT).is_empty() && !b.bits.and(Bits::INT).is_empty();
    let whole = if integers { whole } else { KindSet::NONE };
    whole.union(floats(a, b))
}

/// The largest absolute value of a range.
fn magnitude(k: KindSet) -> i128 {
    i128::from(k.min).abs().max(i128::from(k.max).abs())
}

fn quotient(a: KindSet, b: KindSet) -> KindSet {
    let (a, b) = (a.limit(Bits::INT), b.limit(Bits::INT));
    if !a.is_fixnum() {
        return KindSet::of(Bits::INT);
    }
    match a.min >= 0 && b.is_fixnum() && b.min >= 0 {
        true => KindSet::range(0, a.max),
        // Flooring gives -1 for 0 < a < -b, which only a BigInt b makes larger than a.
        false => integers(-magnitude(a).max(1), magnitude(a)),
    }
}

fn remainder(a: KindSet, b: KindSet) -> KindSet {
    let (a, b) = (a.limit(Bits::INT), b.limit(Bits::INT));
    let largest = match (a.is_fixnum(), b.is_fixnum()) {
        (true, true) => magnitude(a).min(magnitude(b) - 1),
        (true, false) => magnitude(a),
        (false, true) => magnitude(b) - 1,
        (false, false) => return KindSet::of(Bits::INT),
    };
    let largest = largest.max(0);
    let smallest = if a.is_fixnum() && a.min >= 0 { 0 } else { -largest };
    integers(smallest, largest)
}

fn modulus(a: KindSet, b: KindSet) -> KindSet {
    let (a, b) = (a.limit(Bits::INT), b.limit(Bits::INT));
    if !b.is_fixnum() {
        return KindSet::of(Bits::INT);
    }
    let largest = (magnitude(b) - 1).max(0);
    match b.min >= 0 {
        true if a.is_fixnum() && a.min >= 0 => KindSet::range(0, clip(largest.min(a.max.into()))),
        true => KindSet::range(0, clip(largest)),
        false => integers(-largest, largest),
    }
}

fn bit_and(a: KindSet, b: KindSet) -> KindSet {
    let (a, b) = (a.limit(Bits::INT), b.limit(Bits::INT));
    let mask = |k: KindSet| (k.is_fixnum() && k.min >= 0).then_some(k.max);
    match (mask(a), mask(b)) {
        (Some(x), Some(y)) => KindSet::range(0, x.min(y)),
        (Some(m), None) | (None, Some(m)) => KindSet::range(0, m),
        (None, None) if a.is_fixnum() && b.is_fixnum() => KindSet::of(Bits::FIXNUM),
        (None, None) => KindSet::of(Bits::INT),
    }
}

fn bit_or(a: KindSet, b: KindSet) -> KindSet {
    let (a, b) = (a.limit(Bits::INT), b.limit(Bits::INT));
    if a.bits.is_empty() || b.bits.is_empty() {
        return KindSet::NONE;
    }
    if !a.is_fixnum() || !b.is_fixnum() {
        return KindSet::of(Bits::INT);
    }
    if a.min < 0 || b.min < 0 {
        return KindSet::of(Bits::FIXNUM);
    }
    let bits = 64 - (a.max | b.max).leading_zeros();
    KindSet::range(0, ((1u64 << bits) - 1) as i64)
}

fn shift_right(a: KindSet, b: KindSet) -> KindSet {
    let (a, b) = (a.limit(Bits::INT), b.limit(Bits::INT));
    let forward = b.is_fixnum() && b.min >= 0;
    match a.is_fixnum() && forward {
        true if a.min >= 0 => KindSet::range(0, a.max),
        true => KindSet::range(a.min, a.max.max(-1)),
        false => KindSet::of(Bits::INT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::prim;

    fn of(name: &'static str, args: &[KindSet]) -> KindSet {
        result(prim(name), args)
    }

    #[test]
    fn sums_are_fixnums_exactly_while_the_ranges_fit() {
        assert_eq!(of("%add", &[KindSet::range(0, 10), KindSet::range(1, 1)]), KindSet::range(1, 11));
        let over = of("%add", &[KindSet::range(0, FIXNUM_MAX), KindSet::range(1, 1)]);
        assert_eq!((over.bits, over.min, over.max), (Bits::INT, 1, FIXNUM_MAX));
        assert_eq!(of("%mul", &[KindSet::range(-3, 2), KindSet::range(-5, 4)]), KindSet::range(-12, 15));
    }

    #[test]
    fn a_mask_bounds_even_a_big_integer() {
        assert_eq!(of("%bit-and", &[KindSet::of(Bits::INT), KindSet::range(255, 255)]), KindSet::range(0, 255));
    }

    #[test]
    fn a_float_makes_the_result_a_float() {
        let float = KindSet::of(Bits::FLOAT);
        assert_eq!(of("%add", &[float, KindSet::range(1, 1)]), float);
        assert_eq!(of("%quot", &[float, KindSet::range(1, 1)]), float);
    }

    #[test]
    fn transfer_is_sound_on_small_ranges() {
        let eval = |name: &str, x: i64, y: i64| match name {
            "%quot" => x / y,
            "%rem" => x % y,
            "%div" => x.div_euclid(y) - i64::from(y < 0 && x.rem_euclid(y) != 0),
            "%mod" => x - y * (x.div_euclid(y) - i64::from(y < 0 && x.rem_euclid(y) != 0)),
            "%bit-and" => x & y,
            "%bit-or" => x | y,
            "%bit-xor" => x ^ y,
            other => panic!("{other}"),
        };
        let ranges: Vec<(i64, i64)> = (-4..=4).flat_map(|a| (a..=4).map(move |b| (a, b))).collect();
        for name in ["%quot", "%rem", "%div", "%mod", "%bit-and", "%bit-or", "%bit-xor"] {
            for (a, b) in ranges.iter().flat_map(|a| ranges.iter().map(move |b| (*a, *b))) {
                let known = of(name, &[KindSet::range(a.0, a.1), KindSet::range(b.0, b.1)]);
                for (x, y) in (a.0..=a.1).flat_map(|x| (b.0..=b.1).map(move |y| (x, y))) {
                    if y == 0 && !name.starts_with("%bit") {
                        continue;
                    }
                    let value = eval(name, x, y);
                    assert!(known.min <= value && value <= known.max, "{name} {x} {y} = {value}, not in {known:?}");
                }
            }
        }
    }
}
