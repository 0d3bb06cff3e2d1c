//! The primitives of Arrays.

use super::array::*;
use super::list::{cons, is_list};
use super::list_prims::{saturating_int, want_int, want_list};
use super::sort;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Items that an Array can have at most: the header of its store counts words in 32 bits.
const MAX_LENGTH: i64 = u32::MAX as i64;

/// Returns from the primitive with a `type-error` unless the argument is an Array.
macro_rules! want_array {
    ($ctx:ident, $function:expr, $v:expr) => {
        if !$v.is(Kind::Array) {
            return $ctx.type_error($function, 1, "an Array", $v);
        }
    };
}

/// The argument as a position in the array; returns from the primitive with an error when it is none.
macro_rules! want_position {
    ($ctx:ident, $function:expr, $position:expr, $array:expr, $v:expr) => {
        match want_int!($ctx, $function, $position, $v) {
            i if i >= 0 && (i as usize) < len($array) => i as usize,
            _ => return $ctx.index_error($function, $v, len($array)),
        }
    };
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_array(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Array))
}

/// A length below zero counts as zero.
#[unsafe(no_mangle)]
pub extern "C" fn cl_array_new(ctx: &mut Context, n: Value, item: Value) -> Value {
    let count = want_int!(ctx, "array-new", 1, n).max(0);
    if count > MAX_LENGTH {
        return ctx.error("domain-error", "array-new: an Array has at most 4294967295 items", n);
    }
    array_filled(ctx, count as usize, item)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_length(ctx: &mut Context, array: Value) -> Value {
    want_array!(ctx, "array-length", array);
    array.load(1)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_get(ctx: &mut Context, array: Value, index: Value) -> Value {
    want_array!(ctx, "array-get", array);
    let i = want_position!(ctx, "array-get", 2, array, index);
    array_item(ctx, array, i)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_set(ctx: &mut Context, array: Value, index: Value, item: Value) -> Value {
    want_array!(ctx, "array-set!", array);
    let i = want_position!(ctx, "array-set!", 2, array, index);
    array_store(ctx, array, i, item);
    Value::NIL
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_push(ctx: &mut Context, array: Value, item: Value) -> Value {
    want_array!(ctx, "array-push!", array);
    array_push(ctx, array, item);
    Value::NIL
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_pop(ctx: &mut Context, array: Value) -> Value {
    want_array!(ctx, "array-pop!", array);
    array_pop(ctx, array).unwrap_or_else(|| ctx.empty_error("array-pop!", "Array"))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_fill(ctx: &mut Context, array: Value, item: Value) -> Value {
    want_array!(ctx, "array-fill!", array);
    let items = vec![item; len(array)];
    array_replace(ctx, array, &items);
    Value::NIL
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_swap(ctx: &mut Context, array: Value, i: Value, j: Value) -> Value {
    want_array!(ctx, "array-swap!", array);
    let j = want_position!(ctx, "array-swap!", 3, array, j);
    let i = want_position!(ctx, "array-swap!", 2, array, i);
    let store = array.load(0);
    let (a, b) = (store.load(i), store.load(j));
    if store.is(Kind::FloatVector) {
        store.set(i, b.0);
        store.set(j, a.0);
    } else {
        ctx.store(store, i, b);
        ctx.store(store, j, a);
    }
    Value::NIL
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_copy(ctx: &mut Context, array: Value) -> Value {
    want_array!(ctx, "array-copy", array);
    array_range(ctx, array, 0, len(array))
}

/// Positions `start..end`, limited to 0 and the length.
pub(super) fn limited(length: usize, start: i64, end: i64) -> (usize, usize) {
    let limit = |i: i64| i.clamp(0, length as i64) as usize;
    (limit(start).min(limit(end)), limit(end))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_slice(ctx: &mut Context, array: Value, start: Value, end: Value) -> Value {
    want_array!(ctx, "array-slice", array);
    let start = want_int!(ctx, "array-slice", 2, start);
    let end = want_int!(ctx, "array-slice", 3, end);
    let (start, end) = limited(len(array), start, end);
    array_range(ctx, array, start, end)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_sort(ctx: &mut Context, array: Value) -> Value {
    want_array!(ctx, "array-sort!", array);
    let mut items = array_items(ctx, array);
    if let Err(raised) = sort::sort(ctx, &mut items, false) {
        return raised;
    }
    array_replace(ctx, array, &items);
    Value::NIL
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_list_to_array(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "list->array", 1, list);
    array_from_list(ctx, list)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_array_to_list(ctx: &mut Context, array: Value) -> Value {
    want_array!(ctx, "array->list", array);
    (0..len(array)).rev().fold(Value::EMPTY, |rest, i| {
        let item = array_item(ctx, array, i);
        cons(ctx, item, rest)
    })
}
