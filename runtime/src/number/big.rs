//! Big integers: between values and `dashu`'s numbers, and the products that stay on raw limbs.

use super::limbs::Limbs;
use crate::{Context, Value};
use cl_abi::layout::*;
use dashu_int::{IBig, Sign, UBig};

/// Results of more bits than this raise `out-of-memory`: 256 MiB a number.
pub const MAX_BITS: u64 = 1 << 31;

/// The integer of a value; `None` for what is no Int.
pub fn to_big(v: Value) -> Option<IBig> {
    match v.as_fixnum() {
        Some(n) => Some(IBig::from(n)),
        None => Limbs::of(v).map(|l| IBig::from_parts(sign(l.negative), UBig::from_words(l.magnitude))),
    }
}

fn sign(negative: bool) -> Sign {
    if negative { Sign::Negative } else { Sign::Positive }
}

/// The value of an integer: a fixnum if it fits.
pub fn from_big(ctx: &mut Context, n: &IBig) -> Value {
    let (sign, words) = n.as_sign_words();
    from_limbs(ctx, sign == Sign::Negative, words)
}

/// The value of a natural number.
pub fn from_natural(ctx: &mut Context, n: &UBig) -> Value {
    from_limbs(ctx, false, n.as_words())
}

/// The value of a sign and a magnitude, which may have leading zero limbs.
pub fn from_limbs(ctx: &mut Context, negative: bool, limbs: &[u64]) -> Value {
    let size = limbs.len() - limbs.iter().rev().take_while(|&&l| l == 0).count();
    if size <= 1 {
        let magnitude = if size == 0 { 0 } else { limbs[0] as i128 };
        let n = if negative { -magnitude } else { magnitude };
        if (FIXNUM_MIN as i128..=FIXNUM_MAX as i128).contains(&n) {
            return Value::fixnum(n as i64);
        }
    }
    if size as u64 * 64 > MAX_BITS {
        return too_big(ctx);
    }
    let v = ctx.alloc(Kind::BigInt, negative as u32, size);
    limbs_mut(v)[..size].copy_from_slice(&limbs[..size]);
    v
}

/// The value of a number of up to 128 bits.
#[inline]
pub fn from_i128(ctx: &mut Context, n: i128) -> Value {
    if (FIXNUM_MIN as i128..=FIXNUM_MAX as i128).contains(&n) {
        return Value::fixnum(n as i64);
    }
    let magnitude = n.unsigned_abs();
    from_limbs(ctx, n < 0, &[magnitude as u64, (magnitude >> 64) as u64])
}

/// Raises: the result would be too large to hold.
#[cold]
pub fn too_big(ctx: &mut Context) -> Value {
    ctx.error("out-of-memory", "an Int of more than 2147483648 bits", Value::NIL)
}

/// The limbs of a BigInt that the running primitive allocated.
fn limbs_mut<'a>(v: Value) -> &'a mut [u64] {
    // SAFETY: the object was just allocated, nothing else refers to its payload.
    unsafe { std::slice::from_raw_parts_mut(v.address().add(1), v.size()) }
}

/// The number without leading zero limbs; a fixnum if it fits.
fn shrunk(ctx: &mut Context, v: Value, negative: bool) -> Value {
    let limbs = v.words();
    let zeros = limbs.iter().rev().take_while(|&&l| l == 0).count();
    match zeros {
        0 if limbs.len() > 1 => v,
        _ => from_limbs(ctx, negative, limbs),
    }
}

/// A BigInt times a machine word.
pub fn mul_word(ctx: &mut Context, a: Limbs, b: u64, negative: bool) -> Value {
    if a.bits() + 64 > MAX_BITS {
        return too_big(ctx);
    }
    // The size of the product is known from its top bits before it is computed, but for a carry: one limb may go.
    let n = a.magnitude.len();
    let size = n + (((a.magnitude[n - 1] as u128 + 1) * b as u128) >> 64 != 0) as usize;
    let v = ctx.alloc(Kind::BigInt, negative as u32, size);
    let out = limbs_mut(v);
    let mut carry = 0;
    for (o, &l) in out.iter_mut().zip(a.magnitude) {
        let product = l as u128 * b as u128 + carry as u128;
        *o = product as u64;
        carry = (product >> 64) as u64;
    }
    if size > n {
        out[n] = carry;
    }
    shrunk(ctx, v, negative)
}

/// Sum of two magnitudes, `a` the longer one, with the sign given.
pub fn add_magnitudes(ctx: &mut Context, a: &[u64], b: &[u64], negative: bool) -> Value {
    // A carry out of the top is rare: only then is there a second, larger object.
    let v = ctx.alloc(Kind::BigInt, negative as u32, a.len());
    let mut carry = false;
    for (i, (o, &l)) in limbs_mut(v).iter_mut().zip(a).enumerate() {
        (*o, carry) = l.carrying_add(b.get(i).copied().unwrap_or(0), carry);
    }
    if !carry {
        return shrunk(ctx, v, negative);
    }
    let longer = ctx.alloc(Kind::BigInt, negative as u32, a.len() + 1);
    let out = limbs_mut(longer);
    out[..a.len()].copy_from_slice(v.words());
    out[a.len()] = 1;
    longer
}

/// Difference of two magnitudes, `a` not the smaller one, with the sign given.
pub fn sub_magnitudes(ctx: &mut Context, a: &[u64], b: &[u64], negative: bool) -> Value {
    let v = ctx.alloc(Kind::BigInt, negative as u32, a.len());
    let mut borrow = false;
    for (i, (o, &l)) in limbs_mut(v).iter_mut().zip(a).enumerate() {
        (*o, borrow) = l.borrowing_sub(b.get(i).copied().unwrap_or(0), borrow);
    }
    shrunk(ctx, v, negative)
}
