//! Bytes objects: their content, and the primitives on them.

use crate::collections::{list_from_slice, list_iter};
use crate::{Context, Value, text};
use cl_abi::layout::Kind;

/// The content, of Bytes.
pub fn as_bytes<'a>(v: Value) -> Option<&'a [u8]> {
    v.is(Kind::Bytes).then(|| {
        // SAFETY: Bytes hold as many bytes as payload word 0 says from word 1 on; they live until the primitive returns.
        unsafe { std::slice::from_raw_parts(v.address().add(2).cast(), v.raw(0) as usize) }
    })
}

/// New Bytes.
pub fn make(ctx: &mut Context, parts: &[&[u8]]) -> Value {
    let len: usize = parts.iter().map(|p| p.len()).sum();
    let v = ctx.alloc(Kind::Bytes, 0, 1 + len.div_ceil(8));
    v.init(v.size() - 1, 0);
    v.init(0, len as u64);
    // SAFETY: the object was just allocated with room for all parts from payload word 1 on.
    unsafe {
        let mut at: *mut u8 = v.address().add(2).cast();
        for p in parts {
            std::ptr::copy_nonoverlapping(p.as_ptr(), at, p.len());
            at = at.add(p.len());
        }
    }
    v
}

/// Whether a value is Bytes.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_bytes(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Bytes))
}

/// Bytes from a List of Ints from 0 to 255; `domain-error` for others.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bytes(ctx: &mut Context, items: Value) -> Value {
    let mut bytes = vec![];
    for item in list_iter(items) {
        match item.as_fixnum() {
            Some(b @ 0..=255) => bytes.push(b as u8),
            Some(_) => return crate::number::math::domain_error(ctx, "bytes", item),
            None => return ctx.type_error("bytes", bytes.len() + 1, "an Int", item),
        }
    }
    make(ctx, &[&bytes])
}

/// A String's UTF-8 bytes.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_to_bytes(ctx: &mut Context, s: Value) -> Value {
    match s.as_str() {
        Some(text) => make(ctx, &[text.as_bytes()]),
        None => ctx.type_error("string->bytes", 1, "a String", s),
    }
}

/// The String of UTF-8 bytes; `utf8-error` with the position as data if they are not.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bytes_to_string(ctx: &mut Context, b: Value) -> Value {
    let Some(bytes) = as_bytes(b) else { return ctx.type_error("bytes->string", 1, "Bytes", b) };
    match std::str::from_utf8(bytes) {
        Ok(text) => text::string::make(ctx, text),
        Err(e) => {
            let at = e.valid_up_to();
            let message = format!("bytes->string: not UTF-8 at byte {at}");
            ctx.error("utf8-error", &message, Value::fixnum(at as i64))
        }
    }
}

/// Number of bytes.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bytes_length(ctx: &mut Context, b: Value) -> Value {
    match as_bytes(b) {
        Some(bytes) => Value::fixnum(bytes.len() as i64),
        None => ctx.type_error("bytes-length", 1, "Bytes", b),
    }
}

/// The byte at a position.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bytes_get(ctx: &mut Context, b: Value, i: Value) -> Value {
    let Some(bytes) = as_bytes(b) else { return ctx.type_error("bytes-get", 1, "Bytes", b) };
    match i.as_fixnum().map(|i| bytes.get(i as usize)) {
        Some(Some(&byte)) => Value::fixnum(byte as i64),
        None if !i.is(Kind::BigInt) => ctx.type_error("bytes-get", 2, "an Int", i),
        _ => ctx.index_error("bytes-get", i, bytes.len()),
    }
}

/// The bytes from one position to before another, both clamped to what is there.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bytes_slice(ctx: &mut Context, b: Value, start: Value, end: Value) -> Value {
    let Some(bytes) = as_bytes(b) else { return ctx.type_error("bytes-slice", 1, "Bytes", b) };
    let Some(i) = text::prims::clamped(start, bytes.len()) else {
        return ctx.type_error("bytes-slice", 2, "an Int", start);
    };
    let Some(j) = text::prims::clamped(end, bytes.len()) else {
        return ctx.type_error("bytes-slice", 3, "an Int", end);
    };
    make(ctx, &[bytes.get(i..j).unwrap_or(&[])])
}

/// The Bytes of a List, joined.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bytes_concat(ctx: &mut Context, items: Value) -> Value {
    let mut parts = vec![];
    for item in list_iter(items) {
        match as_bytes(item) {
            Some(bytes) => parts.push(bytes),
            None => return ctx.type_error("bytes-concat", parts.len() + 1, "Bytes", item),
        }
    }
    make(ctx, &parts)
}

/// The bytes as a List of Ints.
#[unsafe(no_mangle)]
pub extern "C" fn cl_bytes_to_list(ctx: &mut Context, b: Value) -> Value {
    let Some(bytes) = as_bytes(b) else { return ctx.type_error("bytes->list", 1, "Bytes", b) };
    let items: Vec<Value> = bytes.iter().map(|&b| Value::fixnum(b as i64)).collect();
    list_from_slice(ctx, &items)
}
