//! Bit operations on Ints, which behave as two's complement numbers of unlimited width.

use super::arith::{IntPair, int_operands};
use super::big::*;
use super::limbs::Limbs;
use super::math::domain_error;
use crate::{Context, Value};
use dashu_int::IBig;

fn bitwise(
    ctx: &mut Context,
    function: &str,
    (a, b): (Value, Value),
    small: fn(i64, i64) -> i64,
    big: fn(IBig, IBig) -> IBig,
) -> Value {
    match int_operands(ctx, function, a, b) {
        Ok(IntPair::Small(x, y)) => Value::fixnum(small(x, y)),
        Ok(IntPair::Big(x, y)) => from_big(ctx, &big(x, y)),
        Err(raised) => raised,
    }
}

/// Bits set in both.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bit_and(ctx: &mut Context, a: Value, b: Value) -> Value {
    bitwise(ctx, "bit-and", (a, b), |x, y| x & y, |x, y| x & y)
}

/// Bits set in either.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bit_or(ctx: &mut Context, a: Value, b: Value) -> Value {
    bitwise(ctx, "bit-or", (a, b), |x, y| x | y, |x, y| x | y)
}

/// Bits set in one of them only.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bit_xor(ctx: &mut Context, a: Value, b: Value) -> Value {
    bitwise(ctx, "bit-xor", (a, b), |x, y| x ^ y, |x, y| x ^ y)
}

/// `-1 - a`
#[unsafe(no_mangle)]
pub extern "C" fn cl_bit_not(ctx: &mut Context, a: Value) -> Value {
    match (a.as_fixnum(), to_big(a)) {
        (Some(n), _) => Value::fixnum(!n),
        (None, Some(n)) => from_big(ctx, &!n),
        (None, None) => ctx.type_error("bit-not", 1, "an Int", a),
    }
}

/// A shift's distance: `Err` when it is no non-negative Int; beyond the address space it is `usize::MAX`.
fn distance(ctx: &mut Context, function: &str, n: Value) -> Result<usize, Value> {
    match n.as_fixnum() {
        Some(count) if count >= 0 => Ok(count as usize),
        Some(_) => Err(domain_error(ctx, function, n)),
        None => match Limbs::of(n) {
            Some(l) if l.negative => Err(domain_error(ctx, function, n)),
            Some(_) => Ok(usize::MAX),
            None => Err(ctx.type_error(function, 2, "an Int", n)),
        },
    }
}

/// `a * 2^n`; `domain-error` for a negative n.
#[unsafe(no_mangle)]
pub extern "C" fn cl_shift_left(ctx: &mut Context, a: Value, n: Value) -> Value {
    let Some(big) = to_big(a) else { return ctx.type_error("shift-left", 1, "an Int", a) };
    let count = match distance(ctx, "shift-left", n) {
        Ok(count) => count,
        Err(raised) => return raised,
    };
    match a.as_fixnum() {
        Some(0) => a,
        Some(x) if count < 64 => from_i128(ctx, (x as i128) << count),
        _ if count as u64 > MAX_BITS => too_big(ctx),
        _ => from_big(ctx, &(big << count)),
    }
}

/// `a / 2^n` rounded down; `domain-error` for a negative n.
#[unsafe(no_mangle)]
pub extern "C" fn cl_shift_right(ctx: &mut Context, a: Value, n: Value) -> Value {
    let Some(big) = to_big(a) else { return ctx.type_error("shift-right", 1, "an Int", a) };
    let count = match distance(ctx, "shift-right", n) {
        Ok(count) => count,
        Err(raised) => return raised,
    };
    match a.as_fixnum() {
        Some(x) => Value::fixnum(x >> count.min(63)),
        None if count as u64 > MAX_BITS => Value::fixnum(if big.sign() == dashu_int::Sign::Negative { -1 } else { 0 }),
        None => from_big(ctx, &(big >> count)),
    }
}
