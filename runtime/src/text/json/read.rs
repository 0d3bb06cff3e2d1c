//! JSON text to values: objects become Dicts, arrays Lists, `null` nil; whole numbers Ints of any size, others Floats. Of equal
//! keys the last counts.
//!
//! Values are made as they are read, with no tree in between. What a collection holds waits on a stack that all open
//! collections share, so depth costs no recursion and a small collection no allocation of its own; texts are scanned eight bytes
//! at a time; keys, which repeat, are made once.

use super::scan::plain_end;
use crate::collections::{dict_from_pairs, list_from_slice};
use crate::number::arith::make_float;
use crate::number::{big, digits};
use crate::text::string;
use crate::{Context, Value};

/// The value of a JSON text; `parse-error` with line and column.
#[unsafe(no_mangle)]
pub extern "C" fn cl_json_parse(ctx: &mut Context, s: Value) -> Value {
    let Some(text) = s.as_str() else { return ctx.type_error("json-parse", 1, "a String", s) };
    let mut reader = Reader::new(ctx, text);
    match reader.document() {
        Ok(v) => v,
        Err(what) => {
            let at = reader.at;
            let (line, column) = line_column(text, at);
            let message = format!("json-parse: {what} at line {line}, column {column}");
            let data = [("line", line), ("column", column)].map(|(k, n)| {
                let key = string::make(ctx, k);
                (key, Value::fixnum(n as i64))
            });
            let data = dict_from_pairs(ctx, &data);
            ctx.error("parse-error", &message, data)
        }
    }
}

/// Line and column in characters, both from 1, of a byte position.
fn line_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// A collection that is being read.
enum Open {
    /// Where its items begin in `Reader::items`.
    Array(usize),
    /// Where its entries begin in `Reader::entries`, and the key whose value comes next.
    Object(usize, Value),
}

/// What went wrong, for the message; the position is the reader's.
type Parsed<T> = Result<T, String>;

/// Keys up to this length are looked for among those made before.
const KEY_MAX: usize = 40;
const KEY_SLOTS: usize = 256;

struct Reader<'a> {
    ctx: &'a mut Context,
    text: &'a str,
    /// Byte position; always between characters where an error is told.
    at: usize,
    open: Vec<Open>,
    /// Of all open arrays.
    items: Vec<Value>,
    /// Of all open objects.
    entries: Vec<(Value, Value)>,
    /// Keys by a hash of their text, the last one made in each slot.
    keys: [Value; KEY_SLOTS],
}

impl<'a> Reader<'a> {
    fn new(ctx: &'a mut Context, text: &'a str) -> Reader<'a> {
        let keys = [Value::NIL; KEY_SLOTS];
        Reader { ctx, text, at: 0, open: vec![], items: vec![], entries: vec![], keys }
    }

    fn document(&mut self) -> Parsed<Value> {
        loop {
            if let Some(value) = self.begin()?
                && let Some(whole) = self.end(value)?
            {
                return Ok(whole);
            }
        }
    }

    /// Where a value begins: a scalar or an empty collection, or `None` if a collection was opened.
    #[inline]
    fn begin(&mut self) -> Parsed<Option<Value>> {
        self.space();
        match self.peek() {
            Some(b'"') => self.string().map(Some),
            Some(b'-' | b'0'..=b'9') => self.number().map(Some),
            Some(b'[') => {
                self.at += 1;
                self.space();
                if self.skip(b']') {
                    return Ok(Some(Value::EMPTY));
                }
                self.open.push(Open::Array(self.items.len()));
                Ok(None)
            }
            Some(b'{') => {
                self.at += 1;
                self.space();
                if self.skip(b'}') {
                    return Ok(Some(dict_from_pairs(self.ctx, &[])));
                }
                let key = self.key()?;
                self.open.push(Open::Object(self.entries.len(), key));
                Ok(None)
            }
            _ => self.word().map(Some),
        }
    }

    /// Where a value ends, and with it perhaps what it is in: the document's value, or `None` if another value follows.
    fn end(&mut self, mut value: Value) -> Parsed<Option<Value>> {
        loop {
            self.space();
            let comma = self.peek() == Some(b',');
            match self.open.last_mut() {
                None if self.at == self.text.len() => return Ok(Some(value)),
                None => return Err("there is text after the value".into()),
                Some(&mut Open::Array(start)) => {
                    self.items.push(value);
                    if comma {
                        self.at += 1;
                        return Ok(None);
                    }
                    self.expect(b']', "`,` or `]`")?;
                    value = list_from_slice(self.ctx, &self.items[start..]);
                    self.items.truncate(start);
                }
                Some(&mut Open::Object(start, key)) => {
                    self.entries.push((key, value));
                    if comma {
                        self.at += 1;
                        self.space();
                        let next = self.key()?;
                        if let Some(Open::Object(_, key)) = self.open.last_mut() {
                            *key = next;
                        }
                        return Ok(None);
                    }
                    self.expect(b'}', "`,` or `}`")?;
                    value = dict_from_pairs(self.ctx, &self.entries[start..]);
                    self.entries.truncate(start);
                }
            }
            self.open.pop();
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += found as usize;
        found
    }

    fn expect(&mut self, byte: u8, what: &str) -> Parsed<()> {
        if self.skip(byte) { Ok(()) } else { Err(format!("expected {what}")) }
    }

    #[inline]
    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// A key and its colon.
    fn key(&mut self) -> Parsed<Value> {
        if self.peek() != Some(b'"') {
            return Err("expected a key in double quotes".into());
        }
        let start = self.at + 1;
        let (end, _) = plain_end(self.text.as_bytes(), start);
        let key = if self.text.as_bytes().get(end) == Some(&b'"') && end - start <= KEY_MAX {
            self.at = end + 1;
            self.known_key(&self.text[start..end])
        } else {
            self.string()?
        };
        self.space();
        self.expect(b':', "`:`")?;
        Ok(key)
    }

    /// The String of a key's text, the same as before if that is remembered.
    fn known_key(&mut self, text: &'a str) -> Value {
        let ends = [text.as_bytes().first(), text.as_bytes().last(), text.as_bytes().get(text.len() / 2)];
        let hash = ends.iter().fold(text.len(), |hash, byte| hash * 31 + *byte.unwrap_or(&0) as usize);
        let slot = hash % KEY_SLOTS;
        if self.keys[slot].as_str() != Some(text) {
            self.keys[slot] = string::make(self.ctx, text);
        }
        self.keys[slot]
    }

    fn word(&mut self) -> Parsed<Value> {
        let rest = &self.text[self.at..];
        for (word, value) in [("true", Value::TRUE), ("false", Value::FALSE), ("null", Value::NIL)] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        match rest.chars().next() {
            None => Err("the text ends where a value should be".into()),
            Some(c) => Err(format!("unexpected {c:?}")),
        }
    }

    /// Digits from here on: how many, and their number modulo 2^64.
    #[inline]
    fn digits(&mut self) -> (usize, u64) {
        let start = self.at;
        let mut n = 0u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            n = n.wrapping_mul(10).wrapping_add((digit - b'0') as u64);
            self.at += 1;
        }
        (self.at - start, n)
    }

    fn number(&mut self) -> Parsed<Value> {
        let start = self.at;
        let negative = self.skip(b'-');
        let first = self.at;
        // No digit may follow a leading zero; one that does is then text after the value.
        let (count, n) = if self.skip(b'0') { (1, 0) } else { self.digits() };
        if count == 0 {
            return Err("expected a digit".into());
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return self.float(start);
        }
        // So many digits always fit a fixnum.
        if self.at - first <= 18 {
            return Ok(Value::fixnum(if negative { -(n as i64) } else { n as i64 }));
        }
        match digits::parse_int(&self.text[start..self.at], 10) {
            Some(n) => Ok(big::from_big(self.ctx, &n)),
            None => Err("expected a digit".into()),
        }
    }

    /// A number that begins at `start` and goes on here with a fraction or an exponent.
    fn float(&mut self, start: usize) -> Parsed<Value> {
        if self.skip(b'.') && self.digits().0 == 0 {
            return Err("expected a digit after the point".into());
        }
        if self.skip(b'e') || self.skip(b'E') {
            let _ = self.skip(b'+') || self.skip(b'-');
            if self.digits().0 == 0 {
                return Err("expected a digit in the exponent".into());
            }
        }
        Ok(make_float(self.ctx, self.text[start..self.at].parse().unwrap_or(f64::NAN)))
    }

    fn string(&mut self) -> Parsed<Value> {
        let start = self.at + 1;
        let (end, ascii) = plain_end(self.text.as_bytes(), start);
        self.at = end;
        let plain = &self.text[start..end];
        if self.skip(b'"') {
            // One character or none has a String already.
            let whole = if ascii && plain.len() > 1 { string::make_ascii } else { string::make };
            return Ok(whole(self.ctx, plain));
        }
        self.string_with_escapes(start)
    }

    /// The String that begins at `start` and has its first escape here.
    fn string_with_escapes(&mut self, start: usize) -> Parsed<Value> {
        let mut out = self.text[start..self.at].to_string();
        loop {
            match self.peek() {
                None => return Err("the text ends in a string".into()),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string::make(self.ctx, &out));
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(c) if c < b' ' => return Err("a string holds a control character that is not escaped".into()),
                Some(_) => {
                    let (end, _) = plain_end(self.text.as_bytes(), self.at);
                    out.push_str(&self.text[self.at..end]);
                    self.at = end;
                }
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let c = match self.text.as_bytes().get(self.at + 1) {
            Some(b'u') => return self.unicode(),
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(&c @ (b'/' | b'\\' | b'"')) => c as char,
            _ => return Err("there is no such escape".into()),
        };
        self.at += 2;
        Ok(c)
    }

    /// `\uXXXX`, or two of them that stand for one character; half of such a pair is U+FFFD.
    fn unicode(&mut self) -> Parsed<char> {
        let first = self.hex4()?;
        self.at += 6;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if self.text[self.at..].starts_with("\\u") {
            let second = self.hex4()?;
            if (0xdc00..0xe000).contains(&second) {
                self.at += 6;
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    /// The number of the `\uXXXX` at the position.
    fn hex4(&self) -> Parsed<u32> {
        let hex = self.text.as_bytes().get(self.at + 2..self.at + 6).filter(|h| h.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|h| std::str::from_utf8(h).ok());
        hex.and_then(|h| u32::from_str_radix(h, 16).ok()).ok_or_else(|| "expected four hexadecimal digits".into())
    }
}
