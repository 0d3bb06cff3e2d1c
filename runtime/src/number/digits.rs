//! Numbers as text: the shortest digits of a Float, Ints in any radix, and reading both.

use super::big::to_big;
use crate::Value;
use dashu_int::IBig;
use std::fmt::Write;

/// Writes a Float with the fewest digits that read back: positional from 1e-6 up to below 1e21, else with an exponent.
pub fn push_f64(out: &mut String, f: f64) {
    if f.is_nan() {
        return out.push_str("+nan");
    }
    if f.is_infinite() {
        return out.push_str(if f > 0.0 { "+inf" } else { "-inf" });
    }
    // std writes the shortest digits as `d.ddde-7`; they are laid out anew.
    let mut scientific = Digits { text: [0; 32], len: 0 };
    let _ = write!(scientific, "{f:e}");
    settle_tie(&mut scientific, f);
    let text = scientific.as_str();
    let (text, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if negative {
        out.push('-');
    }
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (first, rest) = mantissa.split_at(1);
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    lay_out(out, first, rest, exponent);
}

/// Where two shortest forms are equally near, takes the one that ends in an even digit, as JavaScript and Python do; std takes
/// the larger: 0.1 * 2^53 is 900719925474099.25 and prints as ….2, not ….3.
///
/// Both forms read back only if they have 16 digits or more: their distance is at most that of two neighbouring Floats.
fn settle_tie(scientific: &mut Digits, f: f64) {
    let Some((mantissa, exponent)) = scientific.as_str().split_once('e') else { return };
    let last = mantissa.len() - 1;
    let digit = mantissa.as_bytes()[last];
    if mantissa.len() < 17 || digit.is_multiple_of(2) {
        return;
    }
    // A tie has one digit more, so at most so many binary places: nearly all Floats end here.
    let places = mantissa.len() as i32 - 1 - exponent.parse::<i32>().unwrap_or(0);
    if places > 0 && (f * 2f64.powi(places)).fract() != 0.0 {
        return;
    }
    let mut exact = String::new();
    let _ = write!(exact, "{f:.60e}");
    let lower = digit - 1;
    let tie = exact.as_bytes()[..last] == scientific.text[..last]
        && exact.as_bytes()[last..].starts_with(&[lower, b'5'])
        && exact[last + 2..].split('e').next().is_some_and(|rest| rest.bytes().all(|b| b == b'0'));
    if tie {
        scientific.text[last] = lower;
    }
}

/// Writes the digits `first` `rest`, the first of which counts `10^exponent`.
fn lay_out(out: &mut String, first: &str, rest: &str, exponent: i32) {
    let zeros = |out: &mut String, n: usize| out.extend(std::iter::repeat_n('0', n));
    match exponent {
        -6..=-1 => {
            out.push_str("0.");
            zeros(out, (-exponent - 1) as usize);
            out.push_str(first);
            out.push_str(rest);
        }
        0..=20 => {
            let whole = (exponent as usize).min(rest.len());
            out.push_str(first);
            out.push_str(&rest[..whole]);
            zeros(out, exponent as usize - whole);
            out.push('.');
            out.push_str(if whole == rest.len() { "0" } else { &rest[whole..] });
        }
        _ => {
            out.push_str(first);
            if !rest.is_empty() {
                out.push('.');
                out.push_str(rest);
            }
            let _ = write!(out, "e{exponent}");
        }
    }
}

/// A small buffer for std's formatting.
struct Digits {
    text: [u8; 32],
    len: usize,
}

impl Digits {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.len]).unwrap_or("")
    }
}

impl Write for Digits {
    fn write_str(&mut self, s: &str) -> std::fmt::Result {
        let room = self.text.get_mut(self.len..self.len + s.len()).ok_or(std::fmt::Error)?;
        room.copy_from_slice(s.as_bytes());
        self.len += s.len();
        Ok(())
    }
}

/// Writes an Int in a radix from 2 to 36.
pub fn push_int(out: &mut String, v: Value, radix: u32) {
    match v.as_fixnum() {
        Some(n) => out.push_str(i64_digits(n, radix, &mut [0; 65])),
        None => {
            let n = to_big(v).unwrap_or_default();
            let _ = if radix == 10 { write!(out, "{n}") } else { write!(out, "{}", n.in_radix(radix as u8)) };
        }
    }
}

/// The digits of a machine integer in a radix from 2 to 36, at the end of a buffer.
pub fn i64_digits(n: i64, radix: u32, buffer: &mut [u8; 65]) -> &str {
    // Division by a constant is a multiplication: worth its own copy of the loop.
    let mut at = match radix {
        10 => write_digits(n.unsigned_abs(), buffer, |n| (n / 10, n % 10)),
        _ => write_digits(n.unsigned_abs(), buffer, |n| (n / radix as u64, n % radix as u64)),
    };
    if n < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    // SAFETY: only ASCII characters were written.
    unsafe { std::str::from_utf8_unchecked(&buffer[at..]) }
}

/// Writes digits from the end of the buffer to where it returns; `split` takes the last digit off.
#[inline]
fn write_digits(mut rest: u64, buffer: &mut [u8; 65], split: impl Fn(u64) -> (u64, u64)) -> usize {
    let mut at = buffer.len();
    loop {
        let digit;
        (rest, digit) = split(rest);
        at -= 1;
        buffer[at] = b"0123456789abcdefghijklmnopqrstuvwxyz"[digit as usize];
        if rest == 0 {
            return at;
        }
    }
}

/// An Int from digits of a radix (2 to 36) with an optional sign; `None` if the text is not that.
pub fn parse_int(text: &str, radix: u32) -> Option<IBig> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let n = match u64::from_str_radix(digits, radix) {
        Ok(n) => IBig::from(n),
        Err(_) => IBig::from_str_radix(digits, radix).ok()?,
    };
    Some(if negative { -n } else { n })
}

/// A Float as the language writes it: digits, a point between digits or an exponent (or both), a sign.
pub fn parse_float(text: &str) -> Option<f64> {
    match text {
        "+inf" => return Some(f64::INFINITY),
        "-inf" => return Some(f64::NEG_INFINITY),
        "+nan" => return Some(f64::NAN),
        _ => {}
    }
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(i) => (&body[..i], Some(&body[i + 1..])),
        None => (body, None),
    };
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mantissa_ok = match mantissa.split_once('.') {
        Some((whole, fraction)) => all_digits(whole) && all_digits(fraction),
        None => all_digits(mantissa),
    };
    let exponent_ok = exponent.is_none_or(|e| all_digits(e.strip_prefix(['+', '-']).unwrap_or(e)));
    if mantissa_ok && exponent_ok { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_equally_near_forms_the_even_one_is_written() {
        assert_eq!(shown(0.1 * 9007199254740992.0), "900719925474099.2");
        assert_eq!(shown(-0.1 * 9007199254740992.0), "-900719925474099.2");
        assert_eq!(shown(900_719_925_474_099.0 + 0.75), "900719925474099.8");
        assert_eq!(shown(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(shown(1152921504606847000.0), "1152921504606847000.0");
    }

    fn shown(f: f64) -> String {
        let mut out = String::new();
        push_f64(&mut out, f);
        out
    }

    #[test]
    fn floats_are_positional_from_1e_minus_6_to_below_1e21() {
        for (f, text) in [
            (2.0, "2.0"),
            (-0.0, "-0.0"),
            (0.000001, "0.000001"),
            (0.00000123, "0.00000123"),
            (9.5e-7, "9.5e-7"),
            (1e20, "100000000000000000000.0"),
            (1.5e20, "150000000000000000000.0"),
            (1e21, "1e21"),
            (123456.789, "123456.789"),
            (-1234.5, "-1234.5"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e308"),
            (f64::NAN, "+nan"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(shown(f), text);
        }
    }

    #[test]
    fn ints_are_read_and_written_in_any_radix() {
        let mut out = String::new();
        push_int(&mut out, Value::fixnum(cl_abi::layout::FIXNUM_MIN), 2);
        assert_eq!(out, format!("-1{}", "0".repeat(62)));
        assert_eq!(parse_int("-ff", 16), Some(IBig::from(-255)));
        assert_eq!(parse_int("+7", 10), Some(IBig::from(7)));
        for bad in ["", "-", "12x", "1_0", "2", " 1"] {
            assert_eq!(parse_int(bad, 2), None);
        }
    }

    #[test]
    fn floats_are_read_strictly() {
        assert_eq!(parse_float("-2.50"), Some(-2.5));
        assert_eq!(parse_float("1e3"), Some(1000.0));
        for bad in ["", ".5", "5.", "e3", "1e", "inf", "nan", "1_0.0", " 1.0", "0x1p3"] {
            assert_eq!(parse_float(bad), None);
        }
    }
}
