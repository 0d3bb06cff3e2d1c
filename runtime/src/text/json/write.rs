//! Values to JSON text: Dicts with text keys become objects; Lists, Tuples, Arrays and Sets arrays; Symbols, Keywords
//! and DateTimes strings.

use crate::collections::array::array_items;
use crate::collections::{dict_iter, list_iter, set_iter};
use crate::number::digits;
use crate::number::math::domain_error;
use crate::text::string;
use crate::time::civil::{self, Moment};
use crate::{Context, Value};
use cl_abi::layout::Kind;
use std::fmt::Write;

/// The JSON text of a value, indented by so many spaces a level, on one line for 0. `type-error` for what JSON cannot
/// hold, `domain-error` for infinite numbers and NaN.
#[unsafe(no_mangle)]
pub extern "C" fn cl_json_stringify(ctx: &mut Context, v: Value, indent: Value) -> Value {
    let Some(width @ 0..=100) = indent.as_fixnum() else {
        if indent.as_fixnum().is_some() {
            return domain_error(ctx, "json-stringify", indent);
        }
        return ctx.type_error("json-stringify", 2, "an Int", indent);
    };
    let mut writer = Writer { ctx, out: String::new(), width: width as usize, open: vec![] };
    match writer.document(v) {
        Ok(()) => {
            let text = std::mem::take(&mut writer.out);
            string::make(ctx, &text)
        }
        Err(raised) => raised,
    }
}

/// A collection that is being written; what remains is last first.
struct Open {
    rest: Vec<(Option<Value>, Value)>,
    first: bool,
    close: char,
}

/// The deepest nesting that is written: an Array may contain itself.
const MAX_DEPTH: usize = 1_000_000;

struct Writer<'a> {
    ctx: &'a mut Context,
    out: String,
    width: usize,
    open: Vec<Open>,
}

impl Writer<'_> {
    fn document(&mut self, v: Value) -> Result<(), Value> {
        self.value(v)?;
        while let Some(top) = self.open.last_mut() {
            let first = std::mem::replace(&mut top.first, false);
            match top.rest.pop() {
                Some((key, value)) => {
                    if !first {
                        self.out.push(',');
                    }
                    self.line();
                    if let Some(key) = key {
                        self.key(key)?;
                    }
                    self.value(value)?;
                }
                None => {
                    let close = top.close;
                    self.open.pop();
                    if !first {
                        self.line();
                    }
                    self.out.push(close);
                }
            }
        }
        Ok(())
    }

    /// A new line with the indentation of the depth, if there are lines at all.
    fn line(&mut self) {
        if self.width > 0 {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n(' ', self.width * self.open.len()));
        }
    }

    fn key(&mut self, key: Value) -> Result<(), Value> {
        if !self.text(key) {
            return Err(self.ctx.type_error("json-stringify", 1, "a Dict with Strings as keys", key));
        }
        self.out.push_str(if self.width > 0 { ": " } else { ":" });
        Ok(())
    }

    /// Writes a String, Symbol or Keyword; false for what is none.
    fn text(&mut self, v: Value) -> bool {
        match (v.as_str(), v.as_symbol().or(v.as_keyword())) {
            (Some(text), _) => quote(text, &mut self.out),
            (None, Some(name)) => quote(self.ctx.name(name), &mut self.out),
            (None, None) => return false,
        }
        true
    }

    fn value(&mut self, v: Value) -> Result<(), Value> {
        if self.text(v) {
            return Ok(());
        }
        match (v, v.kind()) {
            (Value::NIL, _) => self.out.push_str("null"),
            (Value::TRUE, _) => self.out.push_str("true"),
            (Value::FALSE, _) => self.out.push_str("false"),
            (Value::EMPTY, _) => self.out.push_str("[]"),
            (_, Some(k)) if k == Kind::Float as u8 => {
                let f = f64::from_bits(v.raw(0));
                if !f.is_finite() {
                    return Err(domain_error(self.ctx, "json-stringify", v));
                }
                digits::push_f64(&mut self.out, f);
            }
            (_, Some(k)) if k == Kind::BigInt as u8 => digits::push_int(&mut self.out, v, 10),
            (_, Some(k)) if k == Kind::DateTime as u8 => self.date_time(v),
            (_, None) if v.is_fixnum() => digits::push_int(&mut self.out, v, 10),
            _ => self.collection(v)?,
        }
        Ok(())
    }

    /// JSON has no dates: the ISO form as a string is what others write.
    fn date_time(&mut self, v: Value) {
        self.out.push('"');
        if let Some(moment) = Moment::of(v) {
            civil::push_iso(moment, &mut self.out);
        }
        self.out.push('"');
    }

    fn collection(&mut self, v: Value) -> Result<(), Value> {
        let items: Vec<Value> = match v.kind() {
            Some(k) if k == Kind::Cons as u8 => list_iter(v).collect(),
            Some(k) if k == Kind::Tuple as u8 => v.words().iter().map(|&w| Value(w)).collect(),
            Some(k) if k == Kind::Array as u8 => array_items(self.ctx, v),
            Some(k) if k == Kind::Set as u8 => set_iter(v).collect(),
            Some(k) if k == Kind::Dict as u8 => {
                let rest = dict_iter(v).map(|(k, v)| (Some(k), v)).collect();
                return self.push('{', rest, '}');
            }
            _ => return Err(self.ctx.type_error("json-stringify", 1, "a value that JSON can hold", v)),
        };
        self.push('[', items.into_iter().map(|v| (None, v)).collect(), ']')
    }

    fn push(&mut self, start: char, mut rest: Vec<(Option<Value>, Value)>, close: char) -> Result<(), Value> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.ctx.error("domain-error", "json-stringify: the value is nested too deep", Value::NIL));
        }
        rest.reverse();
        self.out.push(start);
        self.open.push(Open { rest, first: true, close });
        Ok(())
    }
}

/// A JSON string.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(i) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\') {
        out.push_str(&rest[..i]);
        match rest.as_bytes()[i] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            8 => out.push_str("\\b"),
            12 => out.push_str("\\f"),
            other => {
                let _ = write!(out, "\\u{other:04x}");
            }
        }
        rest = &rest[i + 1..];
    }
    out.push_str(rest);
    out.push('"');
}
