//! The fast lexer: one pass over the bytes, a table lookup a byte. It hands tokens to the builder as it finds them and
//! keeps no state between them, so its memory is constant.

use crate::NodeKind;
use crate::build::Builder;
use crate::token::{Delimiter, Flaw, Token, is_hidden};

/// What a byte is at the start of a token; from `Name` on, a byte that may stand inside a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Space,
    Open,
    Close,
    Quote,
    DoubleQuote,
    Semicolon,
    Name,
    /// A digit or a sign: perhaps a number.
    Digit,
    Colon,
    Hash,
    /// A control character or part of a character beyond ASCII.
    Odd,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Name; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => Class::Space,
            b'(' | b'[' | b'{' => Class::Open,
            b')' | b']' | b'}' => Class::Close,
            b'\'' => Class::Quote,
            b'"' => Class::DoubleQuote,
            b';' => Class::Semicolon,
            b'0'..=b'9' | b'+' | b'-' => Class::Digit,
            b':' => Class::Colon,
            b'#' => Class::Hash,
            0..=0x1f | 0x7f..=0xff => Class::Odd,
            _ => Class::Name,
        };
        b += 1;
    }
    table
};

/// Hands all tokens of `text` to `builder`.
pub fn lex(text: &str, builder: &mut Builder) {
    let bytes = text.as_bytes();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let (token, end) = match CLASSES[byte as usize] {
            Class::Space => {
                at += 1;
                continue;
            }
            Class::Open => (Token::Open(delimiter(byte)), at + 1),
            Class::Close => (Token::Close(byte), at + 1),
            Class::Quote => (Token::Quote, at + 1),
            Class::DoubleQuote => string(text, at, builder),
            Class::Semicolon => (Token::Comment, line_end(bytes, at)),
            Class::Hash => hash(text, at),
            Class::Name | Class::Digit | Class::Colon | Class::Odd => atom(text, at),
        };
        at = end;
        builder.token(token, start, end);
    }
}

fn delimiter(opener: u8) -> Delimiter {
    match opener {
        b'(' => Delimiter::Paren,
        b'[' => Delimiter::Bracket,
        _ => Delimiter::Brace,
    }
}

/// The position of the newline that ends the line of `at`, or the end of the text.
fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |i| at + i)
}

/// A token that starts with `#`.
fn hash(text: &str, start: usize) -> (Token, usize) {
    match text.as_bytes().get(start + 1) {
        Some(b'{') => (Token::Open(Delimiter::HashBrace), start + 2),
        Some(b'|') => block_comment(text.as_bytes(), start),
        Some(b';') => (Token::Skip, start + 2),
        _ => atom(text, start),
    }
}

fn block_comment(bytes: &[u8], start: usize) -> (Token, usize) {
    let mut depth = 1u32;
    let mut at = start + 2;
    while at + 1 < bytes.len() {
        match (bytes[at], bytes[at + 1]) {
            (b'#', b'|') => {
                depth += 1;
                at += 2;
            }
            (b'|', b'#') => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return (Token::Comment, at);
                }
            }
            _ => at += 1,
        }
    }
    (Token::UnclosedComment(depth), bytes.len())
}

/// A string; its flaws go to the builder before the token itself.
fn string(text: &str, start: usize, builder: &mut Builder) -> (Token, usize) {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => return (Token::Atom(NodeKind::String), at + 1),
            b'\\' => {
                let (end, flaw) = escape(text, at);
                if let Some(flaw) = flaw {
                    builder.flaw(flaw, at, end);
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    (Token::UnclosedString, bytes.len())
}

/// The end of the escape whose backslash is at `start`, and what is wrong with it.
fn escape(text: &str, start: usize) -> (usize, Option<Flaw>) {
    let rest = &text[start + 1..];
    let Some(c) = rest.chars().next() else {
        return (text.len(), None);
    };
    let end = start + 1 + c.len_utf8();
    match c {
        'n' | 't' | 'r' | '0' | '\\' | '"' | '\n' => (end, None),
        '\r' if rest.starts_with("\r\n") => (end + 1, None),
        'u' => unicode_escape(text, end),
        _ => (end, Some(Flaw::UnknownEscape)),
    }
}

/// The rest of a `\u` escape, from after the `u`.
fn unicode_escape(text: &str, after_u: usize) -> (usize, Option<Flaw>) {
    let rest = &text.as_bytes()[after_u..];
    let digits = rest.iter().skip(1).take_while(|b| b.is_ascii_hexdigit()).count();
    if rest.first() != Some(&b'{') || rest.get(1 + digits) != Some(&b'}') {
        return (after_u, Some(Flaw::BadUnicode));
    }
    let end = after_u + digits + 2;
    let value = &text[after_u + 1..end - 1];
    let valid = digits <= 6 && u32::from_str_radix(value, 16).is_ok_and(|v| char::from_u32(v).is_some());
    (end, (!valid).then_some(Flaw::BadUnicode))
}

/// A name, number, keyword or constant.
fn atom(text: &str, start: usize) -> (Token, usize) {
    let bytes = text.as_bytes();
    let mut odd = false;
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        let class = CLASSES[byte as usize];
        if class < Class::Name {
            break;
        }
        odd |= class == Class::Odd;
        end += 1;
    }
    if odd && let Some(c) = text[start..end].chars().find(|&c| is_hidden(c)) {
        return (Token::Hidden(c), end);
    }
    (Token::Atom(atom_kind(&bytes[start..end])), end)
}

fn atom_kind(atom: &[u8]) -> NodeKind {
    match CLASSES[atom[0] as usize] {
        Class::Digit => match atom {
            b"+inf" | b"-inf" | b"+nan" => NodeKind::Float,
            _ => number(atom).unwrap_or(NodeKind::Symbol),
        },
        Class::Colon if atom.len() > 1 => NodeKind::Keyword,
        _ => match atom {
            b"true" | b"false" | b"#t" | b"#f" => NodeKind::Bool,
            b"nil" => NodeKind::Nil,
            _ => NodeKind::Symbol,
        },
    }
}

/// Whether an atom is a number, and of which kind.
fn number(atom: &[u8]) -> Option<NodeKind> {
    let digits = match atom {
        [b'+' | b'-', rest @ ..] => rest,
        _ => atom,
    };
    let (radix, rest) = match digits {
        [b'0', b'x', rest @ ..] => (16, rest),
        [b'0', b'b', rest @ ..] => (2, rest),
        [b'0', b'o', rest @ ..] => (8, rest),
        _ => return decimal(digits),
    };
    let all = rest.iter().all(|&b| b == b'_' || (b as char).is_digit(radix));
    let any = rest.iter().any(|&b| b != b'_');
    (all && any).then_some(NodeKind::Int)
}

/// An unsigned decimal number: `digits [. digits] [e [sign] plain-digits]`, where digits may hold `_` after the first.
fn decimal(text: &[u8]) -> Option<NodeKind> {
    let rest = digits(text)?;
    if rest.is_empty() {
        return Some(NodeKind::Int);
    }
    let rest = match rest {
        [b'.', fraction @ ..] => digits(fraction)?,
        _ => rest,
    };
    let exponent = match rest {
        [] => return Some(NodeKind::Float),
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => exponent,
        _ => return None,
    };
    (!exponent.is_empty() && exponent.iter().all(u8::is_ascii_digit)).then_some(NodeKind::Float)
}

/// What follows a run of digits; `None` if there is no digit.
fn digits(text: &[u8]) -> Option<&[u8]> {
    if !text.first()?.is_ascii_digit() {
        return None;
    }
    let end = text.iter().position(|&b| b != b'_' && !b.is_ascii_digit()).unwrap_or(text.len());
    Some(&text[end..])
}
