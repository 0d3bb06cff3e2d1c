//! Structural equality, in its two readings: `=`, where NaN differs from itself, and sameness of Dict keys, where it
//! does not. Both walk with an explicit list of pairs, so that depth costs no stack.

use super::entries;
use super::limbs::Limbs;
use crate::Value;
use crate::collections::array;
use crate::time::civil::Moment;
use cl_abi::layout::*;
use std::cmp::Ordering;

/// `=`: numbers by mathematical value, collections by content, functions and handles by identity.
#[inline]
pub fn equal(a: Value, b: Value) -> bool {
    // One object may hold a NaN and then differs from itself, so identity decides only for immediates.
    if a.is_fixnum() && b.is_fixnum() || !a.is_pointer() && !b.is_pointer() {
        return a.0 == b.0;
    }
    walk(Pair { a, b, key: false })
}

/// Whether two values are one Dict key: as `equal`, but NaN is the same key as NaN.
#[inline]
pub fn same_key(a: Value, b: Value) -> bool {
    a.0 == b.0 || (a.is_pointer() || b.is_pointer()) && walk(Pair { a, b, key: true })
}

/// Order of two numbers by exact value; `None` if one is NaN or no number.
pub fn cmp_numbers(a: Value, b: Value) -> Option<Ordering> {
    match (Number::of(a)?, Number::of(b)?) {
        (Number::Fixnum(x), Number::Fixnum(y)) => Some(x.cmp(&y)),
        (Number::Float(x), Number::Float(y)) => x.partial_cmp(&y),
        (Number::Big(x), Number::Big(y)) => Some(x.order(y)),
        (Number::Fixnum(x), Number::Float(y)) => cmp_i64_f64(x, y),
        (Number::Float(x), Number::Fixnum(y)) => cmp_i64_f64(y, x).map(Ordering::reverse),
        (Number::Big(x), Number::Float(y)) => x.cmp_f64(y),
        (Number::Float(x), Number::Big(y)) => y.cmp_f64(x).map(Ordering::reverse),
        (Number::Big(x), Number::Fixnum(_)) => Some(sign_order(x)),
        (Number::Fixnum(_), Number::Big(y)) => Some(sign_order(y).reverse()),
    }
}

/// A number's representation.
#[derive(Clone, Copy)]
pub enum Number<'a> {
    Fixnum(i64),
    Big(Limbs<'a>),
    Float(f64),
}

impl<'a> Number<'a> {
    /// `None` for what is no number.
    #[inline]
    pub fn of(v: Value) -> Option<Number<'a>> {
        if let Some(n) = v.as_fixnum() {
            return Some(Number::Fixnum(n));
        }
        match v.as_float() {
            Some(f) => Some(Number::Float(f)),
            None => Limbs::of(v).map(Number::Big),
        }
    }
}

/// A BigInt is beyond every fixnum.
fn sign_order(n: Limbs) -> Ordering {
    if n.negative { Ordering::Less } else { Ordering::Greater }
}

fn cmp_i64_f64(n: i64, f: f64) -> Option<Ordering> {
    const BOUND: f64 = (1u64 << 63) as f64;
    if f.is_nan() {
        None
    } else if f >= BOUND {
        Some(Ordering::Less)
    } else if f < -BOUND {
        Some(Ordering::Greater)
    } else {
        // In range, the whole part converts exactly; a fraction decides between equal whole parts.
        let whole = f as i64;
        Some(n.cmp(&whole).then_with(|| 0.0.partial_cmp(&(f - whole as f64)).unwrap_or(Ordering::Equal)))
    }
}

/// Two values that are still to be compared.
#[derive(Clone, Copy)]
pub struct Pair {
    pub a: Value,
    pub b: Value,
    /// Compare as Dict keys: NaN is the same as NaN, and one object is the same as itself without a look inside.
    pub key: bool,
}

fn walk(first: Pair) -> bool {
    let mut pairs = Vec::new();
    let mut pair = first;
    loop {
        if !step(pair, &mut pairs) {
            return false;
        }
        match pairs.pop() {
            Some(next) => pair = next,
            None => return true,
        }
    }
}

/// Compares two values as far as they are not collections; adds pairs of what is inside to `pairs`.
fn step(pair: Pair, pairs: &mut Vec<Pair>) -> bool {
    let Pair { a, b, key } = pair;
    if a.0 == b.0 && (key || !a.is_pointer()) {
        return true;
    }
    let (Some(ka), Some(kb)) = (a.kind(), b.kind()) else {
        return same_number(pair);
    };
    if ka != kb {
        return same_number(pair);
    }
    match ka {
        k if k == Kind::String as u8 => a.as_str() == b.as_str(),
        k if k == Kind::Float as u8 || k == Kind::BigInt as u8 => same_number(pair),
        k if k == Kind::Cons as u8 => lists(pair, pairs),
        k if k == Kind::Tuple as u8 => items(pair, a.size(), b.size(), pairs),
        k if k == Kind::Data as u8 => a.aux() == b.aux() && items(pair, a.size(), b.size(), pairs),
        k if k == Kind::Array as u8 => arrays(pair, pairs),
        k if k == Kind::Bytes as u8 => a.words() == b.words(),
        k if k == Kind::DateTime as u8 => Moment::of(a).map(Moment::instant) == Moment::of(b).map(Moment::instant),
        k if k == Kind::Dict as u8 || k == Kind::Set as u8 => entries::compare_entries(a, b, key, pairs),
        k if k == Kind::Queue as u8 => queues(pair, pairs),
        _ => a.0 == b.0,
    }
}

fn same_number(Pair { a, b, key }: Pair) -> bool {
    let nan = |v: Value| v.as_float().is_some_and(f64::is_nan);
    cmp_numbers(a, b) == Some(Ordering::Equal) || key && nan(a) && nan(b)
}

/// Compares one pair of items: at once if they are immediates, else later.
#[inline]
fn item(pair: Pair, pairs: &mut Vec<Pair>) -> bool {
    if !pair.a.is_pointer() && !pair.b.is_pointer() {
        return pair.a.0 == pair.b.0;
    }
    pairs.push(pair);
    true
}

/// Goes along both Lists as long as the heads are no collections.
fn lists(Pair { mut a, mut b, key }: Pair, pairs: &mut Vec<Pair>) -> bool {
    loop {
        if key && a.0 == b.0 {
            return true;
        }
        match (a.as_cons(), b.as_cons()) {
            (Some((x, xs)), Some((y, ys))) => {
                if is_collection(x) && is_collection(y) {
                    // The tails come later, so that the list of pairs grows by depth only.
                    pairs.push(Pair { a: xs, b: ys, key });
                    pairs.push(Pair { a: x, b: y, key });
                    return true;
                }
                if !step(Pair { a: x, b: y, key }, pairs) {
                    return false;
                }
                (a, b) = (xs, ys);
            }
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// Whether comparing the value may have to look inside of it.
pub fn is_collection(v: Value) -> bool {
    v.kind().is_some_and(|k| {
        ![Kind::String, Kind::Float, Kind::BigInt, Kind::Bytes, Kind::Closure].iter().any(|&leaf| leaf as u8 == k)
    })
}

/// The first `n` and `m` payload words of two objects.
fn items(Pair { a, b, key }: Pair, n: usize, m: usize, pairs: &mut Vec<Pair>) -> bool {
    n == m && (0..n).rev().all(|i| item(Pair { a: a.load(i), b: b.load(i), key }, pairs))
}

fn arrays(Pair { a, b, key }: Pair, pairs: &mut Vec<Pair>) -> bool {
    let ((x, n), (y, m)) = (array::view(a), array::view(b));
    if n != m {
        return false;
    }
    let float = |v: Value, i: usize| f64::from_bits(v.load(i).0);
    match (x.is(Kind::FloatVector), y.is(Kind::FloatVector)) {
        (false, false) => items(Pair { a: x, b: y, key }, n, n, pairs),
        (true, true) => (0..n).all(|i| same_float(float(x, i), float(y, i), key)),
        (true, false) => (0..n).all(|i| float_is(float(x, i), y.load(i), key)),
        (false, true) => (0..n).all(|i| float_is(float(y, i), x.load(i), key)),
    }
}

fn same_float(a: f64, b: f64, key: bool) -> bool {
    a == b || key && a.is_nan() && b.is_nan()
}

fn float_is(f: f64, v: Value, key: bool) -> bool {
    match Number::of(v) {
        Some(Number::Float(g)) => same_float(f, g, key),
        Some(Number::Fixnum(n)) => cmp_i64_f64(n, f) == Some(Ordering::Equal),
        Some(Number::Big(n)) => n.cmp_f64(f) == Some(Ordering::Equal),
        None => false,
    }
}

/// Two Queues with the same items may split them differently into front and back.
fn queues(Pair { a, b, key }: Pair, pairs: &mut Vec<Pair>) -> bool {
    let (x, y) = (queue_items(a), queue_items(b));
    x.len() == y.len() && x.into_iter().zip(y).all(|(a, b)| item(Pair { a, b, key }, pairs))
}

/// A Queue's items, first to last.
pub fn queue_items(q: Value) -> Vec<Value> {
    let list = |mut l: Value| {
        std::iter::from_fn(move || {
            let (head, tail) = l.as_cons()?;
            l = tail;
            Some(head)
        })
    };
    let mut all: Vec<Value> = list(q.field(0)).collect();
    let front = all.len();
    all.extend(list(q.field(1)));
    all[front..].reverse();
    all
}
