//! String objects: making them, and finding positions in them. The layout is that of `cl_abi::layout::Kind::String`:
//! byte and character counts, hash, UTF-8 bytes, and for text that is not ASCII a "breadcrumb" (byte position) for each
//! 64 characters, so that a position is found in constant time whatever the text.

use crate::{Context, Value};
use cl_abi::layout::*;

/// The longest text of a String, in bytes: counts are 32 bits wide.
pub const MAX_BYTES: usize = u32::MAX as usize - 64;

/// A static String object of one ASCII character.
#[repr(C, align(8))]
struct Char([u64; 4]);

static ASCII: [Char; 128] = {
    let mut table = [const { Char([0; 4]) }; 128];
    let mut c = 0;
    while c < 128 {
        let hash = crate::number::hash::hash_text(&[c as u8]) as u64;
        table[c] = Char([header(Kind::String, 0, 3), 1 | 1 << 32, hash, c as u64]);
        c += 1;
    }
    table
};

static EMPTY_STRING: [u64; 3] = [header(Kind::String, 0, 2), 0, crate::number::hash::hash_text(&[]) as u64];

/// The String of one ASCII character; allocates nothing.
#[inline]
pub fn ascii_char(c: u8) -> Value {
    Value::object(ASCII[c as usize & 127].0.as_ptr().cast_mut())
}

/// The empty String.
pub fn empty() -> Value {
    Value::object(EMPTY_STRING.as_ptr().cast_mut())
}

/// A String of a text.
pub fn make(ctx: &mut Context, text: &str) -> Value {
    if text.len() <= 1 {
        return match text.as_bytes() {
            [c] => ascii_char(*c),
            _ => empty(),
        };
    }
    join(ctx, &[text], text.chars().count())
}

/// A String of a text that is known to be ASCII.
pub fn make_ascii(ctx: &mut Context, text: &str) -> Value {
    debug_assert!(text.is_ascii());
    join(ctx, &[text], text.len())
}

/// A String of one character.
pub fn make_char(ctx: &mut Context, c: char) -> Value {
    make(ctx, c.encode_utf8(&mut [0; 4]))
}

/// A String of the parts one after the other, `chars` characters in all.
pub fn join(ctx: &mut Context, parts: &[&str], chars: usize) -> Value {
    let len: usize = parts.iter().map(|p| p.len()).sum();
    if len > MAX_BYTES {
        return ctx.error("out-of-memory", "a String cannot have more than 4294967231 bytes", Value::NIL);
    }
    if len <= 1 {
        return match parts.iter().find(|p| !p.is_empty()) {
            Some(p) => ascii_char(p.as_bytes()[0]),
            None => empty(),
        };
    }
    let crumbs = if chars == len { 0 } else { chars / STRING_STRIDE };
    let text_words = len.div_ceil(8);
    let v = ctx.alloc(Kind::String, 0, 2 + text_words + crumbs.div_ceil(2));
    v.init(0, len as u64 | (chars as u64) << 32);
    v.init(1, 0);
    v.init(1 + text_words, 0);
    // SAFETY: the object was just allocated with room for all parts from payload word 2 on.
    unsafe {
        let mut at: *mut u8 = v.address().add(3).cast();
        for p in parts {
            std::ptr::copy_nonoverlapping(p.as_ptr(), at, p.len());
            at = at.add(p.len());
        }
    }
    if crumbs > 0 {
        write_crumbs(v, text_words);
    }
    v
}

fn write_crumbs(v: Value, text_words: usize) {
    let text = v.as_str().expect("a String");
    let mut crumbs = text.char_indices().map(|(i, _)| i).chain([text.len()]).step_by(STRING_STRIDE).skip(1);
    for i in 2 + text_words..v.size() {
        let low = crumbs.next().unwrap_or(0) as u64;
        let high = crumbs.next().unwrap_or(0) as u64;
        v.init(i, low | high << 32);
    }
}

/// Number of characters, of a String.
#[inline]
pub fn chars(s: Value) -> usize {
    (s.raw(0) >> 32) as usize
}

/// Whether a String is all ASCII.
#[inline]
pub fn is_ascii(s: Value) -> bool {
    s.raw(0) as u32 as u64 == s.raw(0) >> 32
}

/// The byte position of the character at a position, which must be at most the number of characters.
#[inline]
pub fn byte_position(s: Value, position: usize) -> usize {
    if is_ascii(s) {
        return position;
    }
    let text = s.as_str().expect("a String");
    let start = crumb(s, text.len(), position / STRING_STRIDE);
    let rest = text.as_bytes()[start..].iter();
    let mut chars = rest.enumerate().filter(|(_, b)| !is_continuation(**b)).map(|(i, _)| start + i);
    chars.nth(position % STRING_STRIDE).unwrap_or(text.len())
}

/// The position of the character that starts at a byte position.
pub fn char_position(s: Value, byte: usize) -> usize {
    if is_ascii(s) {
        return byte;
    }
    let text = s.as_str().expect("a String");
    // The last breadcrumb at or before the byte.
    let (mut low, mut high) = (0, chars(s) / STRING_STRIDE + 1);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if crumb(s, text.len(), middle) <= byte { low = middle } else { high = middle }
    }
    let start = crumb(s, text.len(), low);
    low * STRING_STRIDE + text[start..byte].chars().count()
}

/// The byte position of character `STRING_STRIDE * i`.
fn crumb(s: Value, len: usize, i: usize) -> usize {
    if i == 0 {
        return 0;
    }
    let word = s.raw(2 + len.div_ceil(8) + (i - 1) / 2);
    (if i & 1 == 1 { word as u32 } else { (word >> 32) as u32 }) as usize
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// The part of a String from one character position to another; both must be in range, in order.
pub fn substring(ctx: &mut Context, s: Value, start: usize, end: usize) -> Value {
    if start == 0 && end == chars(s) {
        return s;
    }
    let text = s.as_str().expect("a String");
    let (a, b) = (byte_position(s, start), byte_position(s, end));
    join(ctx, &[&text[a..b]], end - start)
}

/// The character at a position, which must be in range.
#[inline]
pub fn char_at(ctx: &mut Context, s: Value, position: usize) -> Value {
    let text = s.as_str().expect("a String");
    if is_ascii(s) {
        return ascii_char(text.as_bytes()[position]);
    }
    let c = text[byte_position(s, position)..].chars().next().expect("a position in range");
    make_char(ctx, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_found_in_text_of_any_length_and_width() {
        let mut ctx = Context::new();
        for length in [1, 2, 63, 64, 65, 127, 128, 129, 200, 1000] {
            let text: String = (0..length).map(|i| ['a', 'é', '世', '😀'][i * i % 7 % 4]).collect();
            let s = make(&mut ctx, &text);
            assert_eq!(chars(s), length);
            for (i, (byte, c)) in text.char_indices().enumerate() {
                assert_eq!(byte_position(s, i), byte);
                assert_eq!(char_position(s, byte), i);
                assert_eq!(char_at(&mut ctx, s, i).as_str(), Some(c.to_string().as_str()));
            }
            assert_eq!(byte_position(s, length), text.len());
            assert_eq!(char_position(s, text.len()), length);
            let part = substring(&mut ctx, s, length / 3, length);
            assert_eq!(part.as_str().unwrap(), text.chars().skip(length / 3).collect::<String>());
        }
    }

    #[test]
    fn single_ascii_characters_and_the_empty_string_allocate_nothing() {
        let mut ctx = Context::new();
        let before = ctx.alloc_ptr;
        assert_eq!(make(&mut ctx, "x").as_str(), Some("x"));
        assert_eq!(make(&mut ctx, "").as_str(), Some(""));
        assert_eq!(ctx.alloc_ptr, before);
    }
}
