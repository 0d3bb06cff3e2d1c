//! Functions of the reals, rounding to Ints, and conversions between Int, Float and text.

use super::arith::{make_float, to_f64};
use super::big::*;
use super::digits;
use super::equal::Number;
use super::limbs::Limbs;
use crate::{Context, Value, text};
use cl_abi::layout::Kind;
use dashu_int::UBig;

/// An argument outside of what `function` is defined for.
#[cold]
pub fn domain_error(ctx: &mut Context, function: &str, got: Value) -> Value {
    let message = format!("{function}: not defined for {}", text::print::brief(ctx, got));
    ctx.error("domain-error", &message, got)
}

fn number<'a>(ctx: &mut Context, function: &str, position: usize, v: Value) -> Result<Number<'a>, Value> {
    match Number::of(v) {
        Some(n) => Ok(n),
        None => Err(ctx.type_error(function, position, "a Number", v)),
    }
}

fn float_function(ctx: &mut Context, name: &str, v: Value, defined: fn(f64) -> bool, f: fn(f64) -> f64) -> Value {
    match number(ctx, name, 1, v) {
        Ok(n) if !defined(to_f64(n)) => domain_error(ctx, name, v),
        Ok(n) => make_float(ctx, f(to_f64(n))),
        Err(raised) => raised,
    }
}

macro_rules! float_functions {
    ($($(#[$doc:meta])* $symbol:ident $name:literal $defined:expr, $f:expr;)*) => {
        $($(#[$doc])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $symbol(ctx: &mut Context, v: Value) -> Value {
            float_function(ctx, $name, v, $defined, $f)
        })*
    };
}

float_functions! {
    /// Square root; `domain-error` below 0.
    cl_sqrt "sqrt" |x| x >= 0.0 || x.is_nan(), f64::sqrt;
    /// e to a power.
    cl_exp "exp" |_| true, f64::exp;
    /// Sine of an angle in radians.
    cl_sin "sin" |_| true, f64::sin;
    /// Cosine of an angle in radians.
    cl_cos "cos" |_| true, f64::cos;
    /// Tangent of an angle in radians.
    cl_tan "tan" |_| true, f64::tan;
    /// Arc sine, in radians.
    cl_asin "asin" |_| true, f64::asin;
    /// Arc cosine, in radians.
    cl_acos "acos" |_| true, f64::acos;
    /// Arc tangent, in radians.
    cl_atan "atan" |_| true, f64::atan;
}

/// A logarithm; `domain-error` at or below 0. `log_2` is the logarithm of 2, for Ints beyond the range of Float.
fn logarithm(ctx: &mut Context, name: &str, v: Value, log: fn(f64) -> f64, log_2: f64) -> Value {
    let n = match number(ctx, name, 1, v) {
        Ok(n) => n,
        Err(raised) => return raised,
    };
    let x = to_f64(n);
    if x <= 0.0 {
        return domain_error(ctx, name, v);
    }
    match n {
        Number::Big(l) if x.is_infinite() => {
            let (bits, exponent) = l.leading();
            make_float(ctx, log(bits as f64 / 2f64.powi(64)) + log_2 * (exponent + 64) as f64)
        }
        _ => make_float(ctx, log(x)),
    }
}

/// Natural logarithm.
#[unsafe(no_mangle)]
pub extern "C" fn cl_log(ctx: &mut Context, v: Value) -> Value {
    logarithm(ctx, "log", v, f64::ln, std::f64::consts::LN_2)
}

/// Logarithm to base 2.
#[unsafe(no_mangle)]
pub extern "C" fn cl_log2(ctx: &mut Context, v: Value) -> Value {
    logarithm(ctx, "log2", v, f64::log2, 1.0)
}

/// Logarithm to base 10.
#[unsafe(no_mangle)]
pub extern "C" fn cl_log10(ctx: &mut Context, v: Value) -> Value {
    logarithm(ctx, "log10", v, f64::log10, std::f64::consts::LOG10_2)
}

fn float_function_2(ctx: &mut Context, name: &str, a: Value, b: Value, f: fn(f64, f64) -> f64) -> Value {
    let x = match number(ctx, name, 1, a) {
        Ok(x) => to_f64(x),
        Err(raised) => return raised,
    };
    match number(ctx, name, 2, b) {
        Ok(y) => make_float(ctx, f(x, to_f64(y))),
        Err(raised) => raised,
    }
}

/// The angle of the point (b, a), in radians.
#[unsafe(no_mangle)]
pub extern "C" fn cl_atan2(ctx: &mut Context, a: Value, b: Value) -> Value {
    float_function_2(ctx, "atan2", a, b, f64::atan2)
}

/// The length of the vector (a, b).
#[unsafe(no_mangle)]
pub extern "C" fn cl_hypot(ctx: &mut Context, a: Value, b: Value) -> Value {
    float_function_2(ctx, "hypot", a, b, f64::hypot)
}

/// The Float nearest to a number.
#[unsafe(no_mangle)]
pub extern "C" fn cl_float(ctx: &mut Context, v: Value) -> Value {
    match number(ctx, "float", 1, v) {
        Ok(Number::Float(_)) => v,
        Ok(n) => make_float(ctx, to_f64(n)),
        Err(raised) => raised,
    }
}

/// An Int from a Float by a rounding function whose result is integral; `domain-error` for infinities and NaN.
fn rounded(ctx: &mut Context, name: &str, v: Value, round: fn(f64) -> f64) -> Value {
    match number(ctx, name, 1, v) {
        Ok(Number::Float(f)) if f.is_finite() => from_f64(ctx, round(f)),
        Ok(Number::Float(_)) => domain_error(ctx, name, v),
        Ok(_) => v,
        Err(raised) => raised,
    }
}

/// The Int of an integral, finite Float.
pub fn from_f64(ctx: &mut Context, f: f64) -> Value {
    if f.abs() < (1u64 << 62) as f64 {
        return Value::fixnum(f as i64);
    }
    let (mantissa, exponent) = parts(f);
    let magnitude = UBig::from(mantissa) << exponent as usize;
    from_limbs(ctx, f < 0.0, magnitude.as_words())
}

/// `f = ±mantissa * 2^exponent`, of a finite Float.
fn parts(f: f64) -> (u64, i64) {
    let fraction = f.to_bits() & ((1 << 52) - 1);
    match f.to_bits() >> 52 & 0x7ff {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased as i64 - 1075),
    }
}

/// Truncates to an Int.
#[unsafe(no_mangle)]
pub extern "C" fn cl_int(ctx: &mut Context, v: Value) -> Value {
    rounded(ctx, "int", v, f64::trunc)
}

/// Rounds down to an Int.
#[unsafe(no_mangle)]
pub extern "C" fn cl_floor(ctx: &mut Context, v: Value) -> Value {
    rounded(ctx, "floor", v, f64::floor)
}

/// Rounds up to an Int.
#[unsafe(no_mangle)]
pub extern "C" fn cl_ceil(ctx: &mut Context, v: Value) -> Value {
    rounded(ctx, "ceil", v, f64::ceil)
}

/// Rounds to the nearest Int, half to even.
#[unsafe(no_mangle)]
pub extern "C" fn cl_round(ctx: &mut Context, v: Value) -> Value {
    rounded(ctx, "round", v, f64::round_ties_even)
}

/// Rounds a Float to a number of decimal places (before the point if negative), half to even on its exact value. An Int
/// stays as it is.
#[unsafe(no_mangle)]
pub extern "C" fn cl_round_to(ctx: &mut Context, v: Value, places: Value) -> Value {
    let n = match number(ctx, "round-to", 1, v) {
        Ok(n) => n,
        Err(raised) => return raised,
    };
    if to_big(places).is_none() {
        return ctx.type_error("round-to", 2, "an Int", places);
    }
    let places = places.as_fixnum().unwrap_or_else(|| if places.aux() == 1 { i64::MIN } else { i64::MAX });
    match n {
        // A Float's last decimal place is the 1074th.
        Number::Float(f) if f.is_finite() && places <= 1074 => make_float(ctx, round_places(f, places)),
        _ => v,
    }
}

fn round_places(f: f64, places: i64) -> f64 {
    if places >= 0 {
        return format!("{f:.*}", places as usize).parse().unwrap_or(f);
    }
    if places < -309 {
        return 0f64.copysign(f);
    }
    // f = n / d; the unit is 10^-places.
    let (mantissa, exponent) = parts(f);
    let unit = UBig::from(10u8).pow(-places as usize);
    let (n, d) = if exponent >= 0 {
        (UBig::from(mantissa) << exponent as usize, unit.clone())
    } else {
        (UBig::from(mantissa), unit.clone() << -exponent as usize)
    };
    let (mut q, r) = (&n / &d, &n % &d);
    let twice = r << 1;
    if twice > d || twice == d && &q % 2u8 == 1 {
        q += 1u8;
    }
    let result = q * unit;
    if result.is_zero() {
        return 0f64.copysign(f);
    }
    Limbs { negative: f < 0.0, magnitude: result.as_words() }.to_f64()
}

fn radix(ctx: &mut Context, function: &str, radix: Value) -> Result<u32, Value> {
    match radix.as_fixnum() {
        Some(r @ 2..=36) => Ok(r as u32),
        _ if to_big(radix).is_some() => Err(domain_error(ctx, function, radix)),
        _ => Err(ctx.type_error(function, 2, "an Int", radix)),
    }
}

/// The Int that a text is, in a radix from 2 to 36; else `parse-error`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_parse_int(ctx: &mut Context, s: Value, base: Value) -> Value {
    let Some(text) = s.as_str() else { return ctx.type_error("parse-int", 1, "a String", s) };
    let base = match radix(ctx, "parse-int", base) {
        Ok(base) => base,
        Err(raised) => return raised,
    };
    match digits::parse_int(text, base) {
        Some(n) => from_big(ctx, &n),
        None => parse_error(ctx, "parse-int", "an Int", s),
    }
}

/// The Float that a text is; else `parse-error`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_parse_float(ctx: &mut Context, s: Value) -> Value {
    let Some(text) = s.as_str() else { return ctx.type_error("parse-float", 1, "a String", s) };
    match digits::parse_float(text) {
        Some(f) => make_float(ctx, f),
        None => parse_error(ctx, "parse-float", "a number", s),
    }
}

#[cold]
fn parse_error(ctx: &mut Context, function: &str, expected: &str, got: Value) -> Value {
    let message = format!("{function}: {} is not {expected}", text::print::brief(ctx, got));
    ctx.error("parse-error", &message, got)
}

/// A number's text; in another radix than 10, an Int's.
#[unsafe(no_mangle)]
pub extern "C" fn cl_number_to_string(ctx: &mut Context, n: Value, base: Value) -> Value {
    let base = match radix(ctx, "number->string", base) {
        Ok(base) => base,
        Err(raised) => return raised,
    };
    if let Some(n) = n.as_fixnum() {
        return text::string::make_ascii(ctx, digits::i64_digits(n, base, &mut [0; 65]));
    }
    let mut out = String::new();
    match Number::of(n) {
        Some(Number::Float(f)) if base == 10 => digits::push_f64(&mut out, f),
        Some(Number::Fixnum(_) | Number::Big(_)) => digits::push_int(&mut out, n, base),
        _ => return ctx.type_error("number->string", 1, if base == 10 { "a Number" } else { "an Int" }, n),
    }
    text::string::make(ctx, &out)
}

/// Whether a value is an Int.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_int(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is_fixnum() || v.is(Kind::BigInt))
}

/// Whether a value is an Int of at most 63 bits.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_fixnum(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is_fixnum())
}

/// Whether a value is a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_float(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Float))
}

/// Whether a value is an Int or a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_number(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is_fixnum() || v.is(Kind::BigInt) || v.is(Kind::Float))
}
