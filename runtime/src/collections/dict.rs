//! Dicts: the runtime's own interface, and the primitives.

use super::list::{ListBuilder, is_list, list_iter, tuple_from_slice};
use super::table;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// The Dict without entries.
pub fn dict_new(ctx: &mut Context) -> Value {
    table::empty(ctx, Kind::Dict)
}

/// The Dict of these entries; of two with the same key, the first gives the place and the last the value.
pub fn dict_from_pairs(ctx: &mut Context, pairs: &[(Value, Value)]) -> Value {
    table::build(ctx, Kind::Dict, pairs)
}

/// The value of a key.
#[inline]
pub fn dict_get(dict: Value, key: Value) -> Option<Value> {
    table::find(dict, key).map(|entry| entry.1)
}

/// The Dict with this entry; a key that is there keeps its place.
pub fn dict_set(ctx: &mut Context, dict: Value, key: Value, value: Value) -> Value {
    table::insert(ctx, dict, key, value)
}

/// The Dict without a key.
pub fn dict_remove(ctx: &mut Context, dict: Value, key: Value) -> Value {
    table::remove(ctx, dict, key)
}

/// The number of entries.
#[inline]
pub fn dict_len(dict: Value) -> usize {
    table::len(dict)
}

/// The entries (key, value) in order.
pub fn dict_iter(dict: Value) -> table::Iter {
    table::iter(dict)
}

/// The List of the entries' Tuples `(tuple key value)`.
pub fn dict_items(ctx: &mut Context, dict: Value) -> Value {
    let mut items = ListBuilder::new();
    for (key, value) in table::iter(dict) {
        let pair = tuple_from_slice(ctx, &[key, value]);
        items.push(ctx, pair);
    }
    items.finish()
}

/// Returns from the primitive with a `type-error` unless the argument is a Dict.
macro_rules! want_dict {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        if !$v.is(Kind::Dict) {
            return $ctx.type_error($function, $position, "a Dict", $v);
        }
    };
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_dict(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Dict))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_new(ctx: &mut Context) -> Value {
    dict_new(ctx)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_set(ctx: &mut Context, dict: Value, key: Value, value: Value) -> Value {
    want_dict!(ctx, "set", 1, dict);
    dict_set(ctx, dict, key, value)
}

/// The same for what is known to be a Dict.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_set_unchecked(ctx: &mut Context, dict: Value, key: Value, value: Value) -> Value {
    dict_set(ctx, dict, key, value)
}

/// `dict-get-or`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_get(ctx: &mut Context, dict: Value, key: Value, default: Value) -> Value {
    want_dict!(ctx, "dict-get-or", 1, dict);
    dict_get(dict, key).unwrap_or(default)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_remove(ctx: &mut Context, dict: Value, key: Value) -> Value {
    want_dict!(ctx, "dict-remove", 1, dict);
    dict_remove(ctx, dict, key)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_has(ctx: &mut Context, dict: Value, key: Value) -> Value {
    want_dict!(ctx, "dict-has?", 1, dict);
    Value::bool(table::find(dict, key).is_some())
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_size(ctx: &mut Context, dict: Value) -> Value {
    want_dict!(ctx, "dict-size", 1, dict);
    Value::fixnum(dict_len(dict) as i64)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_keys(ctx: &mut Context, dict: Value) -> Value {
    want_dict!(ctx, "dict-keys", 1, dict);
    let mut keys = ListBuilder::new();
    dict_iter(dict).for_each(|(key, _)| keys.push(ctx, key));
    keys.finish()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_values(ctx: &mut Context, dict: Value) -> Value {
    want_dict!(ctx, "dict-values", 1, dict);
    let mut values = ListBuilder::new();
    dict_iter(dict).for_each(|(_, value)| values.push(ctx, value));
    values.finish()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_items(ctx: &mut Context, dict: Value) -> Value {
    want_dict!(ctx, "dict-items", 1, dict);
    dict_items(ctx, dict)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_first(ctx: &mut Context, dict: Value) -> Value {
    want_dict!(ctx, "dict-first", 1, dict);
    table::first(dict).map_or(Value::NIL, |(k, v)| tuple_from_slice(ctx, &[k, v]))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_last(ctx: &mut Context, dict: Value) -> Value {
    want_dict!(ctx, "dict-last", 1, dict);
    table::last(dict).map_or(Value::NIL, |(k, v)| tuple_from_slice(ctx, &[k, v]))
}

/// The entries of the first, then those of the second; a key of both has the place of the first, the value of the second.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_merge(ctx: &mut Context, a: Value, b: Value) -> Value {
    want_dict!(ctx, "dict-merge", 1, a);
    want_dict!(ctx, "dict-merge", 2, b);
    merge(ctx, a, b)
}

/// The table with the entries of another of its kind: one by one where those are few, else built anew.
pub(super) fn merge(ctx: &mut Context, a: Value, b: Value) -> Value {
    if table::len(b) <= table::len(a) / 8 {
        return table::iter(b).fold(a, |table, (k, v)| table::insert(ctx, table, k, v));
    }
    let kind = if a.is(Kind::Dict) { Kind::Dict } else { Kind::Set };
    let entries: Vec<_> = table::iter(a).chain(table::iter(b)).collect();
    table::build(ctx, kind, &entries)
}

/// The Dict of a List of pairs: Tuples or Lists of two items.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_from_list(ctx: &mut Context, list: Value) -> Value {
    if !is_list(list) {
        return ctx.type_error("dict-from-list", 1, "a List of pairs", list);
    }
    let mut pairs = Vec::new();
    for item in list_iter(list) {
        match pair_of(item) {
            Some(pair) => pairs.push(pair),
            None => return ctx.type_error("dict-from-list", 1, "a List of Tuples of a key and a value", item),
        }
    }
    dict_from_pairs(ctx, &pairs)
}

/// The Dict of a List `[key value key value …]`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dict_of(ctx: &mut Context, list: Value) -> Value {
    let mut pairs = Vec::new();
    let mut items = list_iter(list);
    while let Some(key) = items.next() {
        match items.next() {
            Some(value) => pairs.push((key, value)),
            None => return ctx.error("arity-error", "dict: the last key has no value", key),
        }
    }
    dict_from_pairs(ctx, &pairs)
}

/// The items of a Tuple or List of two.
pub(super) fn pair_of(v: Value) -> Option<(Value, Value)> {
    if v.is(Kind::Tuple) {
        return (v.size() == 2).then(|| (v.field(0), v.field(1)));
    }
    let (first, rest) = v.as_cons()?;
    let (second, rest) = rest.as_cons()?;
    (rest == Value::EMPTY).then_some((first, second))
}
