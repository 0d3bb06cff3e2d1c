//! String builders: a Raw object that grows by doubling, and the number of bytes in it.

use super::string;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// The text in a builder.
fn content<'a>(builder: Value) -> &'a str {
    let len = builder.field(1).as_fixnum().unwrap_or(0) as usize;
    let raw = builder.field(0);
    // SAFETY: the Raw object holds at least `len` bytes, which were copied from Strings; it lives until the primitive
    // returns.
    unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(raw.address().add(1).cast(), len)) }
}

/// An empty builder.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_builder(ctx: &mut Context) -> Value {
    let raw = ctx.alloc(Kind::Raw, 0, 8);
    (0..8).for_each(|i| raw.init(i, 0));
    let builder = ctx.alloc(Kind::Builder, 0, 2);
    builder.init(0, raw.0);
    builder.init(1, Value::fixnum(0).0);
    builder
}

/// Adds a String at the end; the builder.
#[unsafe(no_mangle)]
pub extern "C" fn cl_sb_add(ctx: &mut Context, builder: Value, s: Value) -> Value {
    if !builder.is(Kind::Builder) {
        return ctx.type_error("sb-add!", 1, "a string builder", builder);
    }
    let Some(text) = s.as_str() else { return ctx.type_error("sb-add!", 2, "a String", s) };
    let old = content(builder);
    let len = old.len() + text.len();
    if len > string::MAX_BYTES {
        return ctx.error("out-of-memory", "sb-add!: a String cannot be as long as that", Value::NIL);
    }
    if len > builder.field(0).size() * 8 {
        let words = (len.div_ceil(8)).max(2 * builder.field(0).size());
        let raw = ctx.alloc(Kind::Raw, 0, words);
        // The rest is never read, but a heap of defined content is easier to debug.
        (old.len() / 8..words).for_each(|i| raw.init(i, 0));
        copy(old, raw, 0);
        ctx.store(builder, 0, raw);
    }
    copy(text, builder.field(0), old.len());
    ctx.store(builder, 1, Value::fixnum(len as i64));
    builder
}

/// Copies a text into a Raw object that has room for it at a byte position.
fn copy(text: &str, raw: Value, at: usize) {
    debug_assert!(at + text.len() <= raw.size() * 8);
    // SAFETY: the object has room for the text at that position, and Strings do not overlap with Raw objects.
    unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), raw.address().add(1).cast::<u8>().add(at), text.len()) }
}

/// The text so far.
#[unsafe(no_mangle)]
pub extern "C" fn cl_sb_string(ctx: &mut Context, builder: Value) -> Value {
    if !builder.is(Kind::Builder) {
        return ctx.type_error("sb-string", 1, "a string builder", builder);
    }
    string::make(ctx, content(builder))
}
