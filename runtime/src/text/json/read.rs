//! JSON text to values: objects become Dicts, arrays Lists, `null` nil; whole numbers Ints of any size, others Floats.

use crate::collections::{dict_from_pairs, list_from_slice};
use crate::number::arith::make_float;
use crate::number::{big, digits};
use crate::text::string;
use crate::{Context, Value};

/// The value of a JSON text; `parse-error` with line and column.
#[unsafe(no_mangle)]
pub extern "C" fn cl_json_parse(ctx: &mut Context, s: Value) -> Value {
    let Some(text) = s.as_str() else { return ctx.type_error("json-parse", 1, "a String", s) };
    let mut reader = Reader { ctx, text, at: 0 };
    match reader.document() {
        Ok(v) => v,
        Err(what) => {
            let (line, column) = line_column(text, reader.at);
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

/// An array or object that is being read.
enum Open {
    Array(Vec<Value>),
    /// Entries, and the key whose value comes next.
    Object(Vec<(Value, Value)>, Value),
}

/// What went wrong, for the message; the position is the reader's.
type Parsed<T> = Result<T, String>;

struct Reader<'a> {
    ctx: &'a mut Context,
    text: &'a str,
    /// Byte position; always between characters.
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Parsed<Value> {
        let mut open: Vec<Open> = vec![];
        loop {
            if let Some(value) = self.begin(&mut open)?
                && let Some(whole) = self.end(&mut open, value)?
            {
                return Ok(whole);
            }
        }
    }

    /// Where a value begins: a scalar or an empty collection, or `None` if a collection was opened.
    fn begin(&mut self, open: &mut Vec<Open>) -> Parsed<Option<Value>> {
        self.space();
        let start = self.peek();
        if !matches!(start, Some(b'[' | b'{')) {
            return self.scalar().map(Some);
        }
        self.at += 1;
        self.space();
        if start == Some(b'[') {
            if self.skip(b']') {
                return Ok(Some(Value::EMPTY));
            }
            open.push(Open::Array(vec![]));
        } else {
            if self.skip(b'}') {
                return Ok(Some(dict_from_pairs(self.ctx, &[])));
            }
            let key = self.key()?;
            open.push(Open::Object(vec![], key));
        }
        Ok(None)
    }

    /// Where a value ends, and with it perhaps what it is in: the document's value, or `None` if another value follows.
    fn end(&mut self, open: &mut Vec<Open>, mut value: Value) -> Parsed<Option<Value>> {
        loop {
            self.space();
            match open.pop() {
                None if self.at == self.text.len() => return Ok(Some(value)),
                None => return Err("there is text after the value".into()),
                Some(Open::Array(mut items)) => {
                    items.push(value);
                    if self.skip(b',') {
                        open.push(Open::Array(items));
                        return Ok(None);
                    }
                    self.expect(b']', "`,` or `]`")?;
                    value = list_from_slice(self.ctx, &items);
                }
                Some(Open::Object(mut entries, key)) => {
                    entries.push((key, value));
                    if self.skip(b',') {
                        self.space();
                        let key = self.key()?;
                        open.push(Open::Object(entries, key));
                        return Ok(None);
                    }
                    self.expect(b'}', "`,` or `}`")?;
                    value = dict_from_pairs(self.ctx, &entries);
                }
            }
        }
    }

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
        let key = self.string()?;
        self.space();
        self.expect(b':', "`:`")?;
        Ok(key)
    }

    fn scalar(&mut self) -> Parsed<Value> {
        let rest = &self.text[self.at..];
        for (word, value) in [("true", Value::TRUE), ("false", Value::FALSE), ("null", Value::NIL)] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        match rest.chars().next() {
            None => Err("the text ends where a value should be".into()),
            Some('"') => self.string(),
            Some('-' | '0'..='9') => self.number(),
            Some(c) => Err(format!("unexpected {c:?}")),
        }
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Parsed<Value> {
        let start = self.at;
        self.skip(b'-');
        // No digit may follow a leading zero; one that does is then text after the value.
        if !self.skip(b'0') && !self.digits() {
            return Err("expected a digit".into());
        }
        let mut whole = true;
        if self.skip(b'.') {
            whole = false;
            if !self.digits() {
                return Err("expected a digit after the point".into());
            }
        }
        if self.skip(b'e') || self.skip(b'E') {
            whole = false;
            let _ = self.skip(b'+') || self.skip(b'-');
            if !self.digits() {
                return Err("expected a digit in the exponent".into());
            }
        }
        let text = &self.text[start..self.at];
        match digits::parse_int(text, 10) {
            Some(n) if whole => Ok(big::from_big(self.ctx, &n)),
            _ => Ok(make_float(self.ctx, text.parse().unwrap_or(f64::NAN))),
        }
    }

    fn string(&mut self) -> Parsed<Value> {
        self.at += 1;
        let start = self.at;
        let plain = |b: &u8| *b != b'"' && *b != b'\\' && *b >= b' ';
        self.at += self.text.as_bytes()[start..].iter().take_while(|b| plain(b)).count();
        if self.skip(b'"') {
            return Ok(string::make(self.ctx, &self.text[start..self.at - 1]));
        }
        let mut out = self.text[start..self.at].to_string();
        loop {
            let Some(c) = self.text[self.at..].chars().next() else { return Err("the text ends in a string".into()) };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(string::make(self.ctx, &out));
                }
                '\\' => out.push(self.escape()?),
                c if c < ' ' => return Err("a string holds a control character that is not escaped".into()),
                c => {
                    self.at += c.len_utf8();
                    out.push(c);
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
