//! What the leaves of a tree mean: the text of a node to its value.
//!
//! Each function takes the text of a node of its kind, as the reader found it; for other text the result is
//! unspecified, but never a panic.

use crate::NodeKind;
use num_bigint::{BigInt, BigUint, Sign};

/// The value of a literal.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    Int(BigInt),
    Float(f64),
    Bool(bool),
    Nil,
    String(String),
    /// Without the colon.
    Keyword(String),
}

/// The value of a node of `kind` with this text; `None` where the kind is no literal.
pub fn value(kind: NodeKind, text: &str) -> Option<Literal> {
    Some(match kind {
        NodeKind::Int => Literal::Int(int(text)),
        NodeKind::Float => Literal::Float(float(text)),
        NodeKind::Bool => Literal::Bool(boolean(text)),
        NodeKind::Nil => Literal::Nil,
        NodeKind::String => Literal::String(string(text)),
        NodeKind::Keyword => Literal::Keyword(keyword(text).to_owned()),
        NodeKind::Root
        | NodeKind::Paren
        | NodeKind::Bracket
        | NodeKind::Brace
        | NodeKind::HashBrace
        | NodeKind::Quote
        | NodeKind::Symbol
        | NodeKind::Error => return None,
    })
}

/// `-17`, `1_000`, `0xff`: any size.
pub fn int(text: &str) -> BigInt {
    let (negative, rest) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match rest.as_bytes() {
        [b'0', b'x', ..] => (16, &rest[2..]),
        [b'0', b'b', ..] => (2, &rest[2..]),
        [b'0', b'o', ..] => (8, &rest[2..]),
        _ => (10, rest),
    };
    let digits: Vec<u8> = digits.bytes().filter(|&b| b != b'_').collect();
    let magnitude = if radix == 10 { decimal(&digits) } else { plain(&digits, radix) };
    BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, magnitude)
}

/// Below this many digits, the quadratic method is faster than splitting.
const SPLIT_DIGITS: usize = 2000;

/// Decimal digits to a number by divide and conquer, so that long literals cost what a few large multiplications do:
/// num-bigint's own conversion is quadratic. The recursion is logarithmic in the length.
fn decimal(digits: &[u8]) -> BigUint {
    if digits.len() <= SPLIT_DIGITS {
        return plain(digits, 10);
    }
    // The low part has SPLIT_DIGITS * 2^k digits, and its power of ten comes by squaring.
    let mut low = SPLIT_DIGITS;
    let mut powers = vec![BigUint::from(10u32).pow(SPLIT_DIGITS as u32)];
    while low * 2 < digits.len() {
        low *= 2;
        let last = &powers[powers.len() - 1];
        powers.push(last * last);
    }
    decimal_with(digits, low, &powers)
}

/// `powers[k]` is ten to the SPLIT_DIGITS * 2^k, and `low` is the exponent of the last one.
fn decimal_with(digits: &[u8], low: usize, powers: &[BigUint]) -> BigUint {
    let Some((power, smaller)) = powers.split_last() else {
        return plain(digits, 10);
    };
    if digits.len() <= low {
        return decimal_with(digits, low / 2, smaller);
    }
    let (high_digits, low_digits) = digits.split_at(digits.len() - low);
    decimal_with(high_digits, low / 2, smaller) * power + decimal_with(low_digits, low / 2, smaller)
}

fn plain(digits: &[u8], radix: u32) -> BigUint {
    BigUint::parse_bytes(digits, radix).unwrap_or_default()
}

/// `3.14`, `2.5e-3`, `+inf`, `-inf`, `+nan`: the nearest double; beyond the largest one, an infinity.
pub fn float(text: &str) -> f64 {
    match text {
        "+inf" => f64::INFINITY,
        "-inf" => f64::NEG_INFINITY,
        "+nan" => f64::NAN,
        _ if text.contains('_') => text.replace('_', "").parse().unwrap_or(f64::NAN),
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// `#t` and `true`, else false.
pub fn boolean(text: &str) -> bool {
    matches!(text, "#t" | "true")
}

/// `:name` to `name`.
pub fn keyword(text: &str) -> &str {
    text.strip_prefix(':').unwrap_or(text)
}

/// A quoted string to its content. A line end in it is a newline, also where the file has carriage returns; a backslash
/// before a line end joins the lines. Escapes that mean nothing (the reader reported them) are left out.
pub fn string(text: &str) -> String {
    let inner = text.strip_prefix('"').unwrap_or(text);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find(['\\', '\r']) {
        out.push_str(&rest[..at]);
        let special = &rest[at..];
        rest = match special.strip_prefix('\\') {
            Some(escape) => push_escape(escape, &mut out),
            None => {
                if !special.starts_with("\r\n") {
                    out.push('\r');
                }
                &special[1..]
            }
        };
    }
    out.push_str(rest);
    out
}

/// Appends what the escape at the start of `text` (after its backslash) means; gives the text after it.
fn push_escape<'t>(text: &'t str, out: &mut String) -> &'t str {
    let mut chars = text.chars();
    match chars.next() {
        Some('n') => out.push('\n'),
        Some('t') => out.push('\t'),
        Some('r') => out.push('\r'),
        Some('0') => out.push('\0'),
        Some(c @ ('\\' | '"')) => out.push(c),
        Some('u') => {
            let digits = chars.as_str().strip_prefix('{').and_then(|t| t.split_once('}'));
            let value = digits.and_then(|(hex, after)| {
                let c = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
                Some((c, after))
            });
            if let Some((c, after)) = value {
                out.push(c);
                return after;
            }
        }
        Some('\r') => return chars.as_str().strip_prefix('\n').unwrap_or(chars.as_str()),
        _ => {}
    }
    chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints_have_any_radix_sign_and_size() {
        assert_eq!(int("-1_000"), BigInt::from(-1000));
        assert_eq!(int("+0xFF"), BigInt::from(255));
        assert_eq!(int("-0b1_01"), BigInt::from(-5));
        assert_eq!(int("0o17"), BigInt::from(15));
        assert_eq!(int("-0"), BigInt::from(0));
        let huge = "123456789".repeat(1000);
        assert_eq!(int(&huge).to_string(), huge);
    }

    #[test]
    fn long_ints_agree_with_the_plain_method() {
        for length in [1999, 2000, 2001, 4000, 4001, 9999] {
            let digits: Vec<u8> = (0..length).map(|i| b'0' + ((i * 7 + 3) % 10) as u8).collect();
            assert_eq!(decimal(&digits), plain(&digits, 10), "{length} digits");
        }
    }

    #[test]
    fn a_million_digits_take_no_quadratic_time() {
        assert!(int(&"9".repeat(1_000_000)).bits() > 3_000_000);
    }

    #[test]
    fn floats_are_the_nearest_doubles() {
        assert_eq!(float("2.5e-3"), 0.0025);
        assert_eq!(float("1_0.5"), 10.5);
        assert_eq!(float("-1e999"), f64::NEG_INFINITY);
        assert!(float("-0.0").is_sign_negative());
        assert!(float("+nan").is_nan());
    }

    #[test]
    fn strings_decode_their_escapes() {
        assert_eq!(string(r#""a\n\t\r\0\\\"\u{1F600}b""#), "a\n\t\r\0\\\"\u{1F600}b");
        assert_eq!(string("\"a\\\n  b\""), "a  b");
        assert_eq!(string("\"a\r\nb\\\r\nc\rd\""), "a\nbc\rd");
    }

    #[test]
    fn broken_strings_do_not_panic() {
        for text in ["", "\"", "\"\\", "\"\\u", "\"\\u{", "\"\\u{zz}\"", "\"\\q\"", "\"\\u{110000}\""] {
            string(text);
        }
    }
}
