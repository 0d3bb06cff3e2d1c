//! Sets: the runtime's own interface, and the primitives.

use super::dict::merge;
use super::list::{ListBuilder, is_list, list_iter};
use super::table;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// The Set without elements.
pub fn set_new(ctx: &mut Context) -> Value {
    table::empty(ctx, Kind::Set)
}

/// The Set of these elements.
pub fn set_from_slice(ctx: &mut Context, elements: &[Value]) -> Value {
    let entries: Vec<_> = elements.iter().map(|&e| (e, Value::NIL)).collect();
    table::build(ctx, Kind::Set, &entries)
}

/// Whether a value is an element.
#[inline]
pub fn set_has(set: Value, element: Value) -> bool {
    table::find(set, element).is_some()
}

/// The Set with this element.
pub fn set_add(ctx: &mut Context, set: Value, element: Value) -> Value {
    table::insert(ctx, set, element, Value::NIL)
}

/// The Set without an element.
pub fn set_remove(ctx: &mut Context, set: Value, element: Value) -> Value {
    table::remove(ctx, set, element)
}

/// The number of elements.
#[inline]
pub fn set_len(set: Value) -> usize {
    table::len(set)
}

/// The elements in order of insertion.
pub fn set_iter(set: Value) -> impl Iterator<Item = Value> {
    table::iter(set).map(|(element, _)| element)
}

/// Returns from the primitive with a `type-error` unless the argument is a Set.
macro_rules! want_set {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        if !$v.is(Kind::Set) {
            return $ctx.type_error($function, $position, "a Set", $v);
        }
    };
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_set(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Set))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_new(ctx: &mut Context) -> Value {
    set_new(ctx)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_add(ctx: &mut Context, set: Value, element: Value) -> Value {
    want_set!(ctx, "set-add", 1, set);
    set_add(ctx, set, element)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_remove(ctx: &mut Context, set: Value, element: Value) -> Value {
    want_set!(ctx, "set-remove", 1, set);
    set_remove(ctx, set, element)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_has(ctx: &mut Context, set: Value, element: Value) -> Value {
    want_set!(ctx, "set-has?", 1, set);
    Value::bool(set_has(set, element))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_size(ctx: &mut Context, set: Value) -> Value {
    want_set!(ctx, "set-size", 1, set);
    Value::fixnum(set_len(set) as i64)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_to_list(ctx: &mut Context, set: Value) -> Value {
    want_set!(ctx, "set-to-list", 1, set);
    let mut elements = ListBuilder::new();
    set_iter(set).for_each(|e| elements.push(ctx, e));
    elements.finish()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_from_list(ctx: &mut Context, list: Value) -> Value {
    if !is_list(list) {
        return ctx.type_error("set-from-list", 1, "a List", list);
    }
    let elements: Vec<Value> = list_iter(list).collect();
    set_from_slice(ctx, &elements)
}

/// The elements of the first, then those that only the second has.
#[unsafe(no_mangle)]
pub extern "C" fn cl_set_union(ctx: &mut Context, a: Value, b: Value) -> Value {
    want_set!(ctx, "set-union", 1, a);
    want_set!(ctx, "set-union", 2, b);
    merge(ctx, a, b)
}

/// In the order of the first.
#[unsafe(no_mangle)]
pub extern "C" fn cl_set_intersection(ctx: &mut Context, a: Value, b: Value) -> Value {
    want_set!(ctx, "set-intersection", 1, a);
    want_set!(ctx, "set-intersection", 2, b);
    let common: Vec<Value> = set_iter(a).filter(|&e| set_has(b, e)).collect();
    set_from_slice(ctx, &common)
}

/// The elements of the first that the second has not.
#[unsafe(no_mangle)]
pub extern "C" fn cl_set_difference(ctx: &mut Context, a: Value, b: Value) -> Value {
    want_set!(ctx, "set-difference", 1, a);
    want_set!(ctx, "set-difference", 2, b);
    if set_len(b) <= set_len(a) / 8 {
        return set_iter(b).fold(a, |set, e| set_remove(ctx, set, e));
    }
    let others: Vec<Value> = set_iter(a).filter(|&e| !set_has(b, e)).collect();
    set_from_slice(ctx, &others)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_set_is_subset(ctx: &mut Context, a: Value, b: Value) -> Value {
    want_set!(ctx, "set-subset?", 1, a);
    want_set!(ctx, "set-subset?", 2, b);
    Value::bool(set_len(a) <= set_len(b) && set_iter(a).all(|e| set_has(b, e)))
}
