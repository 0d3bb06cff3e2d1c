//! Arithmetic primitives: the general cases behind the inline ones of compiled code, for operands of any kind.

use super::big::*;
use super::equal::Number;
use super::limbs::{Limbs, scaled};
use crate::{Context, Value};
use cl_abi::layout::*;
use dashu_int::ops::{BitTest, DivRem, Gcd, UnsignedAbs};
use dashu_int::{IBig, UBig};
use std::cmp::Ordering;

/// A new Float.
#[inline]
pub fn make_float(ctx: &mut Context, f: f64) -> Value {
    let v = ctx.alloc(Kind::Float, 0, 1);
    v.init(0, f.to_bits());
    v
}

/// The Float nearest to a number.
pub fn to_f64(n: Number) -> f64 {
    match n {
        Number::Fixnum(n) => n as f64,
        Number::Float(f) => f,
        Number::Big(n) => n.to_f64(),
    }
}

/// Two numbers as operands of one operation: Ints, or Floats if either is one.
enum Pair<'a> {
    Small(i64, i64),
    Big(Limbs<'a>, Limbs<'a>),
    Float(f64, f64),
}

/// The operands of `function`, with room for the limbs of a fixnum; `RAISED` if one is no number.
fn operands<'a>(
    ctx: &mut Context,
    function: &str,
    a: Value,
    b: Value,
    room: &'a mut [[u64; 1]; 2],
) -> Result<Pair<'a>, Value> {
    let Some(x) = Number::of(a) else { return Err(not_a_number(ctx, function, 1, a)) };
    let Some(y) = Number::of(b) else { return Err(not_a_number(ctx, function, 2, b)) };
    let [first, second] = room;
    Ok(match (x, y) {
        (Number::Fixnum(x), Number::Fixnum(y)) => Pair::Small(x, y),
        (Number::Float(x), y) => Pair::Float(x, to_f64(y)),
        (x, Number::Float(y)) => Pair::Float(to_f64(x), y),
        (x, y) => Pair::Big(limbs(x, first), limbs(y, second)),
    })
}

fn limbs<'a>(n: Number<'a>, room: &'a mut [u64; 1]) -> Limbs<'a> {
    match n {
        Number::Big(l) => l,
        Number::Fixnum(n) => {
            room[0] = n.unsigned_abs();
            Limbs { negative: n < 0, magnitude: if n == 0 { &[] } else { room } }
        }
        Number::Float(_) => unreachable!("Floats are operands of Float operations"),
    }
}

#[cold]
fn not_a_number(ctx: &mut Context, function: &str, position: usize, got: Value) -> Value {
    let hint = if function == "+" && got.is(Kind::String) { "a Number (concat joins Strings)" } else { "a Number" };
    ctx.type_error(function, position, hint, got)
}

fn natural(l: Limbs) -> UBig {
    UBig::from_words(l.magnitude)
}

fn integer(l: Limbs) -> IBig {
    if l.negative { -IBig::from(natural(l)) } else { natural(l).into() }
}

/// Sum of two signed magnitudes.
fn add_limbs(ctx: &mut Context, a: Limbs, b: Limbs) -> Value {
    let (long, short) = if a.magnitude.len() >= b.magnitude.len() { (a, b) } else { (b, a) };
    if long.negative == short.negative {
        return add_magnitudes(ctx, long.magnitude, short.magnitude, long.negative);
    }
    match long.magnitude_cmp(short) {
        Ordering::Less => sub_magnitudes(ctx, short.magnitude, long.magnitude, short.negative),
        _ => sub_magnitudes(ctx, long.magnitude, short.magnitude, long.negative),
    }
}

/// `a + b`
#[unsafe(no_mangle)]
pub extern "C" fn cl_add(ctx: &mut Context, a: Value, b: Value) -> Value {
    match operands(ctx, "+", a, b, &mut [[0]; 2]) {
        Ok(Pair::Small(x, y)) => from_i128(ctx, x as i128 + y as i128),
        Ok(Pair::Float(x, y)) => make_float(ctx, x + y),
        Ok(Pair::Big(x, y)) => add_limbs(ctx, x, y),
        Err(raised) => raised,
    }
}

/// `a - b`
#[unsafe(no_mangle)]
pub extern "C" fn cl_sub(ctx: &mut Context, a: Value, b: Value) -> Value {
    match operands(ctx, "-", a, b, &mut [[0]; 2]) {
        Ok(Pair::Small(x, y)) => from_i128(ctx, x as i128 - y as i128),
        Ok(Pair::Float(x, y)) => make_float(ctx, x - y),
        Ok(Pair::Big(x, y)) => add_limbs(ctx, x, Limbs { negative: !y.negative, ..y }),
        Err(raised) => raised,
    }
}

/// `a * b`
#[unsafe(no_mangle)]
pub extern "C" fn cl_mul(ctx: &mut Context, a: Value, b: Value) -> Value {
    match operands(ctx, "*", a, b, &mut [[0]; 2]) {
        Ok(Pair::Small(x, y)) => from_i128(ctx, x as i128 * y as i128),
        Ok(Pair::Float(x, y)) => make_float(ctx, x * y),
        Ok(Pair::Big(x, y)) => mul_limbs(ctx, x, y),
        Err(raised) => raised,
    }
}

fn mul_limbs(ctx: &mut Context, a: Limbs, b: Limbs) -> Value {
    let negative = a.negative != b.negative;
    match (a.magnitude, b.magnitude) {
        ([], _) | (_, []) => Value::fixnum(0),
        (_, [word]) => mul_word(ctx, a, *word, negative),
        ([word], _) => mul_word(ctx, b, *word, negative),
        _ if a.bits() + b.bits() > MAX_BITS => too_big(ctx),
        _ => {
            let product = natural(a) * natural(b);
            from_limbs(ctx, negative, product.as_words())
        }
    }
}

/// `a / b`: an Int if both are and the division is exact, else the nearest Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_div_exact(ctx: &mut Context, a: Value, b: Value) -> Value {
    match operands(ctx, "/", a, b, &mut [[0]; 2]) {
        Ok(Pair::Small(_, 0)) => divide_by_zero(ctx, "/"),
        Ok(Pair::Small(x, y)) if x % y == 0 => from_i128(ctx, (x / y) as i128),
        Ok(Pair::Small(x, y)) if x.abs().max(y.abs()) < 1 << 53 => make_float(ctx, x as f64 / y as f64),
        Ok(Pair::Small(x, y)) => {
            let f = quotient_f64((x < 0) != (y < 0), x.unsigned_abs().into(), y.unsigned_abs().into());
            make_float(ctx, f)
        }
        Ok(Pair::Float(x, y)) => make_float(ctx, x / y),
        Ok(Pair::Big(_, Limbs { magnitude: [], .. })) => divide_by_zero(ctx, "/"),
        Ok(Pair::Big(x, y)) => {
            let negative = x.negative != y.negative;
            let (a, b) = (natural(x), natural(y));
            let (q, r) = (&a).div_rem(&b);
            if r.is_zero() {
                return from_limbs(ctx, negative, q.as_words());
            }
            make_float(ctx, quotient_f64(negative, a, b))
        }
        Err(raised) => raised,
    }
}

/// The Float nearest to a quotient that is no integer.
fn quotient_f64(negative: bool, a: UBig, b: UBig) -> f64 {
    // Scale so that the quotient has 65 or 66 bits; the remainder makes it sticky.
    let shift = 65 + b.bit_len() as i64 - a.bit_len() as i64;
    let (a, b) = if shift >= 0 { (a << shift as usize, b) } else { (a, b << -shift as usize) };
    let (q, r) = a.div_rem(b);
    let (bits, exponent) = Limbs { negative: false, magnitude: q.as_words() }.leading();
    scaled(negative, bits | !r.is_zero() as u64, exponent - shift)
}

#[cold]
fn divide_by_zero(ctx: &mut Context, function: &str) -> Value {
    let message = format!("{function}: an Int cannot be divided by zero");
    ctx.error("divide-by-zero", &message, Value::NIL)
}

/// Integer division in its four forms.
struct Division {
    function: &'static str,
    small: fn(i64, i64) -> i64,
    big: fn(IBig, IBig) -> IBig,
    float: fn(f64, f64) -> f64,
}

impl Division {
    fn apply(&self, ctx: &mut Context, a: Value, b: Value) -> Value {
        match operands(ctx, self.function, a, b, &mut [[0]; 2]) {
            Ok(Pair::Small(_, 0)) | Ok(Pair::Big(_, Limbs { magnitude: [], .. })) => divide_by_zero(ctx, self.function),
            // No overflow: fixnums have 63 bits.
            Ok(Pair::Small(x, y)) => from_i128(ctx, (self.small)(x, y) as i128),
            Ok(Pair::Float(x, y)) => make_float(ctx, (self.float)(x, y)),
            Ok(Pair::Big(x, y)) => {
                let n = (self.big)(integer(x), integer(y));
                from_big(ctx, &n)
            }
            Err(raised) => raised,
        }
    }
}

/// Quotient rounded down.
fn floor_div(a: i64, b: i64) -> i64 {
    a.div_euclid(b) - (b < 0 && a.rem_euclid(b) != 0) as i64
}

fn floor_div_big(a: IBig, b: IBig) -> IBig {
    let (q, r) = (&a).div_rem(&b);
    if !r.is_zero() && (r.sign() != b.sign()) { q - IBig::ONE } else { q }
}

fn floor_mod_big(a: IBig, b: IBig) -> IBig {
    let r = a % &b;
    if !r.is_zero() && (r.sign() != b.sign()) { r + b } else { r }
}

fn floor_mod_float(a: f64, b: f64) -> f64 {
    let r = a % b;
    if r != 0.0 && (r < 0.0) != (b < 0.0) { if b.is_infinite() { b } else { r + b } } else { r }
}

const QUOT: Division =
    Division { function: "quot", small: |a, b| a / b, big: |a, b| a / b, float: |a, b| (a / b).trunc() + 0.0 };
const REM: Division = Division { function: "rem", small: |a, b| a % b, big: |a, b| a % b, float: |a, b| a % b };
const DIV: Division =
    Division { function: "div", small: floor_div, big: floor_div_big, float: |a, b| (a / b).floor() + 0.0 };
const MOD: Division =
    Division { function: "mod", small: |a, b| a - b * floor_div(a, b), big: floor_mod_big, float: floor_mod_float };

/// Quotient rounded towards zero.
#[unsafe(no_mangle)]
pub extern "C" fn cl_quot(ctx: &mut Context, a: Value, b: Value) -> Value {
    QUOT.apply(ctx, a, b)
}

/// Remainder of `quot`: has the sign of `a`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_rem(ctx: &mut Context, a: Value, b: Value) -> Value {
    REM.apply(ctx, a, b)
}

/// Quotient rounded down.
#[unsafe(no_mangle)]
pub extern "C" fn cl_div(ctx: &mut Context, a: Value, b: Value) -> Value {
    DIV.apply(ctx, a, b)
}

/// Remainder of `div`: has the sign of `b`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_mod(ctx: &mut Context, a: Value, b: Value) -> Value {
    MOD.apply(ctx, a, b)
}

/// `-a`
#[unsafe(no_mangle)]
pub extern "C" fn cl_neg(ctx: &mut Context, a: Value) -> Value {
    match Number::of(a) {
        Some(Number::Fixnum(n)) => from_i128(ctx, -(n as i128)),
        Some(Number::Float(f)) => make_float(ctx, -f),
        Some(Number::Big(n)) => from_limbs(ctx, !n.negative, n.magnitude),
        None => not_a_number(ctx, "-", 1, a),
    }
}

/// The absolute value.
#[unsafe(no_mangle)]
pub extern "C" fn cl_abs(ctx: &mut Context, a: Value) -> Value {
    match Number::of(a) {
        Some(Number::Fixnum(n)) => from_i128(ctx, (n as i128).abs()),
        Some(Number::Float(f)) => make_float(ctx, f.abs()),
        Some(Number::Big(n)) => from_limbs(ctx, false, n.magnitude),
        None => not_a_number(ctx, "abs", 1, a),
    }
}

/// The greatest common divisor of two Ints, not negative.
#[unsafe(no_mangle)]
pub extern "C" fn cl_gcd(ctx: &mut Context, a: Value, b: Value) -> Value {
    match int_operands(ctx, "gcd", a, b) {
        Ok(IntPair::Small(mut x, mut y)) => {
            while y != 0 {
                (x, y) = (y, x % y);
            }
            from_i128(ctx, (x as i128).abs())
        }
        Ok(IntPair::Big(x, y)) => {
            if x.is_zero() || y.is_zero() {
                return from_big(ctx, &IBig::from((x + y).unsigned_abs()));
            }
            let n: UBig = x.gcd(y);
            from_natural(ctx, &n)
        }
        Err(raised) => raised,
    }
}

/// Two Ints.
pub enum IntPair {
    Small(i64, i64),
    Big(IBig, IBig),
}

/// The operands of `function`, which must be Ints.
pub fn int_operands(ctx: &mut Context, function: &str, a: Value, b: Value) -> Result<IntPair, Value> {
    if let (Some(x), Some(y)) = (a.as_fixnum(), b.as_fixnum()) {
        return Ok(IntPair::Small(x, y));
    }
    let Some(x) = to_big(a) else { return Err(ctx.type_error(function, 1, "an Int", a)) };
    let Some(y) = to_big(b) else { return Err(ctx.type_error(function, 2, "an Int", b)) };
    Ok(IntPair::Big(x, y))
}

/// `a` to the power of `b`: an Int for an Int and a non-negative Int, else a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_pow(ctx: &mut Context, a: Value, b: Value) -> Value {
    let Some(x) = Number::of(a) else { return not_a_number(ctx, "pow", 1, a) };
    let Some(y) = Number::of(b) else { return not_a_number(ctx, "pow", 2, b) };
    match (x, y) {
        (Number::Float(_), _) | (_, Number::Float(_)) => make_float(ctx, pow_f64(to_f64(x), to_f64(y))),
        (_, Number::Fixnum(n)) if n >= 0 => pow_int(ctx, x, n as u64),
        (_, Number::Big(n)) if !n.negative => pow_int(ctx, x, u64::MAX - (n.magnitude[0] & 1 ^ 1)),
        _ => make_float(ctx, pow_f64(to_f64(x), to_f64(y))),
    }
}

/// IEEE `pow`, but 0 to a negative power is infinite whatever the sign of the zero.
fn pow_f64(a: f64, b: f64) -> f64 {
    if a == 0.0 && b < 0.0 { f64::INFINITY } else { a.powf(b) }
}

/// An Int to a power; an exponent beyond 64 bits comes as a huge one that is as even or odd.
fn pow_int(ctx: &mut Context, base: Number, exponent: u64) -> Value {
    let base = match base {
        Number::Fixnum(0) => return Value::fixnum((exponent == 0) as i64),
        Number::Fixnum(1) => return Value::fixnum(1),
        Number::Fixnum(-1) => return Value::fixnum(if exponent & 1 == 0 { 1 } else { -1 }),
        Number::Fixnum(n) => IBig::from(n),
        Number::Big(l) => integer(l),
        Number::Float(_) => unreachable!("handled by the caller"),
    };
    let bits = (&base).unsigned_abs().bit_len() as u64;
    if (bits - 1).saturating_mul(exponent) > MAX_BITS {
        return too_big(ctx);
    }
    let n = base.pow(exponent as usize);
    from_big(ctx, &n)
}

/// `n!`; `domain-error` below 0.
#[unsafe(no_mangle)]
pub extern "C" fn cl_factorial(ctx: &mut Context, n: Value) -> Value {
    match n.as_fixnum() {
        Some(count) if count < 0 => super::math::domain_error(ctx, "factorial", n),
        // 90,000,000! has more than MAX_BITS bits.
        Some(count) if count < 90_000_000 => {
            let product = product(1, count as u64);
            from_natural(ctx, &product)
        }
        Some(_) => too_big(ctx),
        None => match Limbs::of(n) {
            Some(l) if l.negative => super::math::domain_error(ctx, "factorial", n),
            Some(_) => too_big(ctx),
            None => ctx.type_error("factorial", 1, "an Int", n),
        },
    }
}

/// Product of `low..=high`, halved so that the factors are of like size; depth is the logarithm.
fn product(low: u64, high: u64) -> UBig {
    if high <= low + 8 {
        return (low..=high).fold(UBig::ONE, |p, n| p * n);
    }
    let middle = low + (high - low) / 2;
    product(low, middle) * product(middle + 1, high)
}
