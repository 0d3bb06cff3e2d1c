//! String builders: a Raw object that grows by doubling, and the number of bytes in it.
//!
//! Half a character must never be seen: where there are several workers, one takes the builder for the time of its
//! operation, by exchanging the length for [`TAKEN`]. Operations are short and reach no safepoint.

use super::string;
use crate::{Context, Value};
use cl_abi::layout::Kind;
use std::sync::atomic::Ordering;

/// In place of the length: a worker is using the builder.
const TAKEN: Value = Value::UNDEF;

/// Takes a builder: the number of bytes in it. `release` must follow.
#[inline]
fn take(ctx: &Context, builder: Value) -> usize {
    let length = if ctx.is_alone { builder.field(1) } else { exchange(builder) };
    length.as_fixnum().unwrap_or(0) as usize
}

#[cold]
fn exchange(builder: Value) -> Value {
    loop {
        let length = Value(builder.atomic(1).swap(TAKEN.0, Ordering::Acquire));
        if length != TAKEN {
            return length;
        }
        std::thread::yield_now();
    }
}

/// Ends the use of a builder, in which there are so many bytes.
#[inline]
fn release(builder: Value, length: usize) {
    builder.set(1, Value::fixnum(length as i64).0);
}

/// The text of so many bytes in a Raw object.
fn content<'a>(raw: Value, length: usize) -> &'a str {
    // SAFETY: the Raw object holds at least so many bytes, which were copied from Strings; it lives until the primitive
    // returns.
    unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(raw.address().add(1).cast(), length)) }
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
    let old = take(ctx, builder);
    let length = old + text.len();
    if length > string::MAX_BYTES {
        release(builder, old);
        return ctx.error("out-of-memory", "sb-add!: a String cannot be as long as that", Value::NIL);
    }
    let mut raw = builder.field(0);
    if length > raw.size() * 8 {
        let words = (length.div_ceil(8)).max(2 * raw.size());
        let larger = ctx.alloc(Kind::Raw, 0, words);
        // The rest is never read, but a heap of defined content is easier to debug.
        (old / 8..words).for_each(|i| larger.init(i, 0));
        copy(content(raw, old), larger, 0);
        ctx.store(builder, 0, larger);
        raw = larger;
    }
    copy(text, raw, old);
    release(builder, length);
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
    let length = take(ctx, builder);
    let text = string::make(ctx, content(builder.field(0), length));
    release(builder, length);
    text
}
