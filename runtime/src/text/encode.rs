//! Base64 and hexadecimal text of Bytes, and SHA-256.

use super::{bytes, string};
use crate::{Context, Value};

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// The content of Bytes, or the UTF-8 of a String.
fn content<'a>(ctx: &mut Context, function: &str, v: Value) -> Result<&'a [u8], Value> {
    match (bytes::as_bytes(v), v.as_str()) {
        (Some(bytes), _) => Ok(bytes),
        (_, Some(text)) => Ok(text.as_bytes()),
        _ => Err(ctx.type_error(function, 1, "Bytes or a String", v)),
    }
}

#[cold]
fn malformed(ctx: &mut Context, function: &str, what: &str, got: Value) -> Value {
    let message = format!("{function}: {} is not {what}", super::print::brief(ctx, got));
    ctx.error("parse-error", &message, got)
}

/// Base64 with padding (RFC 4648) of Bytes or of a String's UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn cl_base64_encode(ctx: &mut Context, v: Value) -> Value {
    match content(ctx, "base64-encode", v) {
        Ok(bytes) => {
            let text = base64(bytes);
            string::make(ctx, &text)
        }
        Err(raised) => raised,
    }
}

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, i| bits << 8 | group.get(i).copied().unwrap_or(0) as u32);
        for i in 0..4 {
            let digit = BASE64[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= group.len() { digit as char } else { '=' });
        }
    }
    out
}

/// The Bytes of a base64 text; `parse-error` if it is none.
#[unsafe(no_mangle)]
pub extern "C" fn cl_base64_decode(ctx: &mut Context, s: Value) -> Value {
    let Some(text) = s.as_str() else { return ctx.type_error("base64-decode", 1, "a String", s) };
    match from_base64(text.as_bytes()) {
        Some(bytes) => bytes::make(ctx, &[&bytes]),
        None => malformed(ctx, "base64-decode", "base64", s),
    }
}

fn from_base64(text: &[u8]) -> Option<Vec<u8>> {
    let digits = text.strip_suffix(b"==").or(text.strip_suffix(b"=")).unwrap_or(text);
    // A last group of one digit stands for no byte.
    if !text.len().is_multiple_of(4) || digits.len() % 4 == 1 {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    for group in digits.chunks(4) {
        let mut bits = 0u32;
        for i in 0..4 {
            let digit = match group.get(i) {
                Some(c) => BASE64.iter().position(|d| d == c)?,
                None => 0,
            };
            bits = bits << 6 | digit as u32;
        }
        out.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(out)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|b| [HEX[(b >> 4) as usize] as char, HEX[(b & 15) as usize] as char]).collect()
}

/// Two hexadecimal digits for each byte of Bytes or of a String's UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn cl_hex_encode(ctx: &mut Context, v: Value) -> Value {
    match content(ctx, "hex-encode", v) {
        Ok(bytes) => {
            let text = hex(bytes);
            string::make(ctx, &text)
        }
        Err(raised) => raised,
    }
}

/// The Bytes of hexadecimal digits, two a byte; `parse-error` for other text.
#[unsafe(no_mangle)]
pub extern "C" fn cl_hex_decode(ctx: &mut Context, s: Value) -> Value {
    let Some(text) = s.as_str() else { return ctx.type_error("hex-decode", 1, "a String", s) };
    let digit = |b: u8| (b as char).to_digit(16).map(|d| d as u8);
    let pair = |p: &[u8]| Some(digit(p[0])? << 4 | digit(*p.get(1)?)?);
    match text.as_bytes().chunks(2).map(pair).collect::<Option<Vec<u8>>>() {
        Some(bytes) => bytes::make(ctx, &[&bytes]),
        None => malformed(ctx, "hex-decode", "hexadecimal", s),
    }
}

/// The SHA-256 digest of Bytes or of a String's UTF-8, in hexadecimal.
#[unsafe(no_mangle)]
pub extern "C" fn cl_sha256(ctx: &mut Context, v: Value) -> Value {
    match content(ctx, "sha256", v) {
        Ok(bytes) => {
            let text = hex(&sha256(bytes));
            string::make(ctx, &text)
        }
        Err(raised) => raised,
    }
}

/// FIPS 180-4: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
const ROUND: [u32; 64] = fractions(true);
/// The same of the square roots of the first 8 primes.
const START: [u32; 64] = fractions(false);

/// The first 32 bits of the fractional parts of the cube or square roots of the first 64 primes, by integer search.
const fn fractions(cube: bool) -> [u32; 64] {
    let mut out = [0; 64];
    let (mut n, mut prime) = (0, 2u128);
    while n < 64 {
        let mut divisor = 2;
        while divisor * divisor <= prime && prime % divisor != 0 {
            divisor += 1;
        }
        if divisor * divisor > prime {
            out[n] = fraction(prime, cube);
            n += 1;
        }
        prime += 1;
    }
    out
}

/// The 32 bits after the point of a root: of the largest x with x^3 <= prime * 2^96, or x^2 <= prime * 2^64.
const fn fraction(prime: u128, cube: bool) -> u32 {
    let (mut root, mut bit) = (0u128, 1u128 << 40);
    while bit > 0 {
        let x = root + bit;
        // Below 2^41 a square fits; a cube is compared as x^2 <= bound / x.
        let fits = if cube { x * x <= (prime << 96) / x } else { x * x <= prime << 64 };
        if fits {
            root = x;
        }
        bit >>= 1;
    }
    root as u32
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut message = bytes.to_vec();
    message.push(0x80);
    // Zeros up to where the length fills the last block.
    message.resize((message.len() + 8).next_multiple_of(64) - 8, 0);
    message.extend_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    let mut state: [u32; 8] = std::array::from_fn(|i| START[i]);
    for block in message.chunks_exact(64) {
        compress(&mut state, block);
    }
    let mut digest = [0; 32];
    for (out, word) in digest.chunks_exact_mut(4).zip(state) {
        out.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

fn compress(state: &mut [u32; 8], block: &[u8]) {
    let mut w = [0u32; 64];
    for (word, bytes) in w.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, &b| word << 8 | b as u32);
    }
    for i in 16..64 {
        let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ w[i - 15] >> 3;
        let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for i in 0..64 {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = e & f ^ !e & g;
        let t1 = h.wrapping_add(s1).wrapping_add(choice).wrapping_add(ROUND[i]).wrapping_add(w[i]);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let majority = a & b ^ a & c ^ b & c;
        let t2 = s0.wrapping_add(majority);
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));
    }
    for (word, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
            assert_eq!(from_base64(coded.as_bytes()).as_deref(), Some(plain.as_bytes()));
        }
        for bad in ["Z", "Zg=", "Zg", "Z===", "Zm9v!A==", "Zg==Zg==", "===="] {
            assert_eq!(from_base64(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn digests_are_those_of_the_standard() {
        assert_eq!(hex(&sha256(b"")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(hex(&sha256(b"abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let million = "a".repeat(1_000_000);
        assert_eq!(
            hex(&sha256(million.as_bytes())),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        );
        // Lengths around the edge of a block.
        assert_eq!(hex(&sha256(&[b'a'; 55])), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
        assert_eq!(hex(&sha256(&[b'a'; 56])), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
        assert_eq!(hex(&sha256(&[b'a'; 64])), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    }
}
