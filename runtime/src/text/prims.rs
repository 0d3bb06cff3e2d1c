//! The primitives on Strings that find, cut and take apart. Those that make new text are in `transform`.

use super::string::{self, char_position, chars, substring};
use crate::collections::{list_from_slice, list_iter};
use crate::number::limbs::Limbs;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Returns from the primitive with a `type-error` unless the argument is a String; else its text.
macro_rules! want_str {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        match $v.as_str() {
            Some(text) => text,
            None => return $ctx.type_error($function, $position, "a String", $v),
        }
    };
}
pub(super) use want_str;

/// An Int as a position, clamped to `0..=max`; `None` for what is no Int.
pub fn clamped(v: Value, max: usize) -> Option<usize> {
    match v.as_fixnum() {
        Some(n) => Some(n.clamp(0, max as i64) as usize),
        None => Limbs::of(v).map(|l| if l.negative { 0 } else { max }),
    }
}

/// An Int as a position in `0..=max`: `Err` with the raised `type-error` or `index-error`.
fn position(ctx: &mut Context, function: &str, at: usize, v: Value, length: usize) -> Result<usize, Value> {
    match v.as_fixnum() {
        Some(n) if (0..=length as i64).contains(&n) => Ok(n as usize),
        None if !v.is(Kind::BigInt) => Err(ctx.type_error(function, at, "an Int", v)),
        _ => Err(ctx.index_error(function, v, length)),
    }
}

/// Whether a value is a List.
pub(crate) fn is_list(v: Value) -> bool {
    v == Value::EMPTY || v.is(Kind::Cons)
}

/// Number of characters.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_length(ctx: &mut Context, s: Value) -> Value {
    want_str!(ctx, "string-length", 1, s);
    Value::fixnum(chars(s) as i64)
}

/// The character at a position, a String.
#[unsafe(no_mangle)]
pub extern "C" fn cl_char_at(ctx: &mut Context, s: Value, i: Value) -> Value {
    want_str!(ctx, "char-at", 1, s);
    match position(ctx, "char-at", 2, i, chars(s)) {
        Ok(at) if at < chars(s) => string::char_at(ctx, s, at),
        Ok(_) => ctx.index_error("char-at", i, chars(s)),
        Err(raised) => raised,
    }
}

/// The text from one position to before another, to the end for nil.
#[unsafe(no_mangle)]
pub extern "C" fn cl_substring(ctx: &mut Context, s: Value, start: Value, end: Value) -> Value {
    want_str!(ctx, "substring", 1, s);
    if end != Value::NIL && !end.is_fixnum() && !end.is(Kind::BigInt) {
        return ctx.type_error("substring", 3, "an Int", end);
    }
    let a = match position(ctx, "substring", 2, start, chars(s)) {
        Ok(a) => a,
        Err(raised) => return raised,
    };
    let b = match end {
        Value::NIL => chars(s),
        _ => match position(ctx, "substring", 3, end, chars(s)) {
            Ok(b) => b,
            Err(raised) => return raised,
        },
    };
    if a > b {
        let message = format!("substring: the end, {b}, is before the start, {a}");
        return ctx.error("index-error", &message, end);
    }
    substring(ctx, s, a, b)
}

/// Whether the second String is part of the first.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_contains(ctx: &mut Context, s: Value, part: Value) -> Value {
    let text = want_str!(ctx, "string-contains?", 1, s);
    Value::bool(text.contains(want_str!(ctx, "string-contains?", 2, part)))
}

/// Whether the first String begins with the second.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_starts_with(ctx: &mut Context, s: Value, part: Value) -> Value {
    let text = want_str!(ctx, "string-starts-with?", 1, s);
    Value::bool(text.starts_with(want_str!(ctx, "string-starts-with?", 2, part)))
}

/// Whether the first String ends with the second.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_ends_with(ctx: &mut Context, s: Value, part: Value) -> Value {
    let text = want_str!(ctx, "string-ends-with?", 1, s);
    Value::bool(text.ends_with(want_str!(ctx, "string-ends-with?", 2, part)))
}

/// The position at which the second String first is in the first; nil if nowhere.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_index_of(ctx: &mut Context, s: Value, part: Value) -> Value {
    let text = want_str!(ctx, "string-index-of", 1, s);
    match text.find(want_str!(ctx, "string-index-of", 2, part)) {
        Some(byte) => Value::fixnum(char_position(s, byte) as i64),
        None => Value::NIL,
    }
}

/// Order of two Strings by code point: -1, 0 or 1.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_compare(ctx: &mut Context, a: Value, b: Value) -> Value {
    let x = want_str!(ctx, "string-compare", 1, a);
    let y = want_str!(ctx, "string-compare", 2, b);
    Value::fixnum(x.cmp(y) as i64)
}

fn list_of<'a>(ctx: &mut Context, parts: impl Iterator<Item = &'a str>) -> Value {
    let parts: Vec<Value> = parts.map(|p| string::make(ctx, p)).collect();
    list_from_slice(ctx, &parts)
}

/// The parts between occurrences of a separator; for an empty one, the characters.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_split(ctx: &mut Context, s: Value, separator: Value) -> Value {
    let text = want_str!(ctx, "string-split", 1, s);
    match want_str!(ctx, "string-split", 2, separator) {
        "" => characters(ctx, text),
        separator => list_of(ctx, text.split(separator)),
    }
}

fn characters(ctx: &mut Context, text: &str) -> Value {
    let items: Vec<Value> = text.chars().map(|c| string::make_char(ctx, c)).collect();
    list_from_slice(ctx, &items)
}

/// The characters, each a String.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_to_list(ctx: &mut Context, s: Value) -> Value {
    let text = want_str!(ctx, "string->list", 1, s);
    characters(ctx, text)
}

/// The lines, without their ends; a newline at the very end starts no further line.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_lines(ctx: &mut Context, s: Value) -> Value {
    let text = want_str!(ctx, "string-lines", 1, s);
    if text.is_empty() {
        return Value::EMPTY;
    }
    list_of(ctx, text.strip_suffix('\n').unwrap_or(text).split('\n'))
}

/// What stands between white space.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_words(ctx: &mut Context, s: Value) -> Value {
    let text = want_str!(ctx, "string-words", 1, s);
    list_of(ctx, text.split_whitespace())
}

/// The Strings of a List, one after the other, with a separator between them.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_join(ctx: &mut Context, items: Value, separator: Value) -> Value {
    join_list(ctx, "string-join", items, separator)
}

/// The Strings of a List, one after the other.
#[unsafe(no_mangle)]
pub extern "C" fn cl_list_to_string(ctx: &mut Context, items: Value) -> Value {
    join_list(ctx, "list->string", items, string::empty())
}

fn join_list(ctx: &mut Context, function: &str, items: Value, separator: Value) -> Value {
    let between = want_str!(ctx, function, 2, separator);
    if !is_list(items) {
        return ctx.type_error(function, 1, "a List of Strings", items);
    }
    let (mut parts, mut count) = (vec![], 0);
    for item in list_iter(items) {
        let Some(text) = item.as_str() else { return ctx.type_error(function, 1, "a List of Strings", item) };
        if !parts.is_empty() && !between.is_empty() {
            parts.push(between);
            count += chars(separator);
        }
        parts.push(text);
        count += chars(item);
    }
    string::join(ctx, &parts, count)
}

/// The code point of a String of one character.
#[unsafe(no_mangle)]
pub extern "C" fn cl_char_code(ctx: &mut Context, s: Value) -> Value {
    let text = want_str!(ctx, "char-code", 1, s);
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Value::fixnum(c as i64),
        _ => ctx.type_error("char-code", 1, "a String of one character", s),
    }
}

/// The character of a code point; `domain-error` if there is none.
#[unsafe(no_mangle)]
pub extern "C" fn cl_code_char(ctx: &mut Context, n: Value) -> Value {
    match n.as_fixnum() {
        Some(code) => match u32::try_from(code).ok().and_then(char::from_u32) {
            Some(c) => string::make_char(ctx, c),
            None => crate::number::math::domain_error(ctx, "code-char", n),
        },
        None if n.is(Kind::BigInt) => crate::number::math::domain_error(ctx, "code-char", n),
        None => ctx.type_error("code-char", 1, "an Int", n),
    }
}

/// The Symbol of a name.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_to_symbol(ctx: &mut Context, s: Value) -> Value {
    let text = want_str!(ctx, "string->symbol", 1, s);
    Value::symbol(ctx.intern(text))
}

/// A Symbol's name.
#[unsafe(no_mangle)]
pub extern "C" fn cl_symbol_to_string(ctx: &mut Context, v: Value) -> Value {
    match v.as_symbol() {
        Some(name) => name_string(ctx, name),
        None => ctx.type_error("symbol->string", 1, "a Symbol", v),
    }
}

/// A Keyword's name, without the colon.
#[unsafe(no_mangle)]
pub extern "C" fn cl_keyword_to_string(ctx: &mut Context, v: Value) -> Value {
    match v.as_keyword() {
        Some(name) => name_string(ctx, name),
        None => ctx.type_error("keyword->string", 1, "a Keyword", v),
    }
}

fn name_string(ctx: &mut Context, name: u32) -> Value {
    let name = ctx.name(name).to_string();
    string::make(ctx, &name)
}
