//! Structural equality, in its two readings: `=`, where NaN differs from itself, and sameness of Dict keys, where it
//! does not. Both walk with an explicit list of pairs, so that depth costs no stack.

use super::entries;
use super::limbs::Limbs;
use crate::Value;
use cl_abi::layout::*;
use std::cmp::Ordering;

/// `=`: numbers by mathematical value, collections by content, functions and handles by identity.
#[inline]
pub fn equal(a: Value, b: Value) -> bool {
    // One object may hold a NaN and then differs from itself, so identity decides only for immediates.
    if a.is_fixnum() && b.is_fixnum() || !a.is_pointer() && !b.is_pointer() {
        return a.0 == b.0;
    }
    walk::<false>(a, b)
}

/// Whether two values are one Dict key: as `equal`, but NaN is the same key as NaN.
#[inline]
pub fn same_key(a: Value, b: Value) -> bool {
    a.0 == b.0 || (a.is_pointer() || b.is_pointer()) && walk::<true>(a, b)
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

fn walk<const KEY: bool>(a: Value, b: Value) -> bool {
    let mut pairs = Vec::new();
    let (mut a, mut b) = (a, b);
    loop {
        if !step::<KEY>(a, b, &mut pairs) {
            return false;
        }
        match pairs.pop() {
            Some(pair) => (a, b) = pair,
            None => return true,
        }
    }
}

type Pairs = Vec<(Value, Value)>;

/// Compares two values as far as they are not collections; adds pairs of what is inside to `pairs`.
fn step<const KEY: bool>(a: Value, b: Value, pairs: &mut Pairs) -> bool {
    if a.0 == b.0 && (KEY || !a.is_pointer()) {
        return true;
    }
    let (Some(ka), Some(kb)) = (a.kind(), b.kind()) else {
        return same_number::<KEY>(a, b);
    };
    if ka != kb {
        return same_number::<KEY>(a, b);
    }
    match ka {
        k if k == Kind::String as u8 => a.as_str() == b.as_str(),
        k if k == Kind::Float as u8 || k == Kind::BigInt as u8 => same_number::<KEY>(a, b),
        k if k == Kind::Cons as u8 => lists::<KEY>(a, b, pairs),
        k if k == Kind::Tuple as u8 => items::<KEY>(a, b, a.size(), b.size(), pairs),
        k if k == Kind::Data as u8 => a.aux() == b.aux() && items::<KEY>(a, b, a.size(), b.size(), pairs),
        k if k == Kind::Array as u8 => arrays::<KEY>(a, b, pairs),
        k if k == Kind::Bytes as u8 => a.words() == b.words(),
        k if k == Kind::Dict as u8 || k == Kind::Set as u8 => entries::same_keys(a, b, pairs),
        k if k == Kind::Queue as u8 => queues::<KEY>(a, b, pairs),
        _ => a.0 == b.0,
    }
}

fn same_number<const KEY: bool>(a: Value, b: Value) -> bool {
    let nan = |v: Value| v.as_float().is_some_and(f64::is_nan);
    cmp_numbers(a, b) == Some(Ordering::Equal) || KEY && nan(a) && nan(b)
}

/// Compares one pair of items: at once if they are no collections, else later.
#[inline]
fn item<const KEY: bool>(a: Value, b: Value, pairs: &mut Pairs) -> bool {
    if !a.is_pointer() && !b.is_pointer() {
        return a.0 == b.0;
    }
    pairs.push((a, b));
    true
}

/// Goes along both Lists as long as the heads are no collections.
fn lists<const KEY: bool>(mut a: Value, mut b: Value, pairs: &mut Pairs) -> bool {
    loop {
        if KEY && a.0 == b.0 {
            return true;
        }
        match (a.as_cons(), b.as_cons()) {
            (Some((x, xs)), Some((y, ys))) => {
                let deferred = pairs.len() + 1;
                if is_collection(x) && is_collection(y) {
                    // The tails come later, so that the list of pairs grows by depth only.
                    pairs.push((xs, ys));
                    pairs.push((x, y));
                    return true;
                }
                if !step::<KEY>(x, y, pairs) {
                    return false;
                }
                debug_assert!(pairs.len() < deferred, "only collections add pairs");
                (a, b) = (xs, ys);
            }
            (None, None) => return true,
            _ => return false,
        }
    }
}

fn is_collection(v: Value) -> bool {
    v.kind().is_some_and(|k| {
        ![Kind::String, Kind::Float, Kind::BigInt, Kind::Bytes, Kind::Closure].iter().any(|&leaf| leaf as u8 == k)
    })
}

/// The first `n` and `m` payload words of two objects.
fn items<const KEY: bool>(a: Value, b: Value, n: usize, m: usize, pairs: &mut Pairs) -> bool {
    n == m && (0..n).rev().all(|i| item::<KEY>(a.field(i), b.field(i), pairs))
}

fn arrays<const KEY: bool>(a: Value, b: Value, pairs: &mut Pairs) -> bool {
    let length = |v: Value| v.field(1).as_fixnum().expect("an Array's length") as usize;
    let (x, y, n) = (a.field(0), b.field(0), length(a));
    if n != length(b) {
        return false;
    }
    match (x.is(Kind::FloatVector), y.is(Kind::FloatVector)) {
        (false, false) => items::<KEY>(x, y, n, n, pairs),
        (true, true) => (0..n).all(|i| same_float::<KEY>(f64::from_bits(x.raw(i)), f64::from_bits(y.raw(i)))),
        (true, false) => (0..n).all(|i| float_is::<KEY>(f64::from_bits(x.raw(i)), y.field(i))),
        (false, true) => (0..n).all(|i| float_is::<KEY>(f64::from_bits(y.raw(i)), x.field(i))),
    }
}

fn same_float<const KEY: bool>(a: f64, b: f64) -> bool {
    a == b || KEY && a.is_nan() && b.is_nan()
}

fn float_is<const KEY: bool>(f: f64, v: Value) -> bool {
    match Number::of(v) {
        Some(Number::Float(g)) => same_float::<KEY>(f, g),
        Some(Number::Fixnum(n)) => cmp_i64_f64(n, f) == Some(Ordering::Equal),
        Some(Number::Big(n)) => n.cmp_f64(f) == Some(Ordering::Equal),
        None => false,
    }
}

/// Two Queues with the same items may split them differently into front and back.
fn queues<const KEY: bool>(a: Value, b: Value, pairs: &mut Pairs) -> bool {
    let (x, y) = (queue_items(a), queue_items(b));
    x.len() == y.len() && x.into_iter().zip(y).all(|(x, y)| item::<KEY>(x, y, pairs))
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
