//! The primitives of Lists and Tuples.

use super::list::*;
use super::sort;
use crate::number::equal::equal;
use crate::number::hash::hash;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Returns from the primitive with a `type-error` unless the argument is a List.
macro_rules! want_list {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        if !is_list($v) {
            return $ctx.type_error($function, $position, "a List", $v);
        }
    };
}
pub(super) use want_list;

/// The argument as an i64; an Int beyond is brought to the nearest. Returns from the primitive with a `type-error` when
/// it is no Int.
macro_rules! want_int {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        match saturating_int($v) {
            Some(n) => n,
            None => return $ctx.type_error($function, $position, "an Int", $v),
        }
    };
}
pub(super) use want_int;

/// The Int, or the end of the i64s that is nearest to it.
pub(super) fn saturating_int(v: Value) -> Option<i64> {
    if v.is(Kind::BigInt) {
        return Some(if v.aux() == 1 { i64::MIN } else { i64::MAX });
    }
    v.as_fixnum()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_cons(ctx: &mut Context, head: Value, tail: Value) -> Value {
    want_list!(ctx, "cons", 2, tail);
    cons(ctx, head, tail)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_head(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "head", 1, list);
    list.as_cons().map_or_else(|| ctx.empty_error("head", "List"), |pair| pair.0)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_tail(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "tail", 1, list);
    list.as_cons().map_or_else(|| ctx.empty_error("tail", "List"), |pair| pair.1)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_cons_unchecked(ctx: &mut Context, head: Value, tail: Value) -> Value {
    cons(ctx, head, tail)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_head_unchecked(_ctx: &mut Context, list: Value) -> Value {
    list.field(0)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_tail_unchecked(_ctx: &mut Context, list: Value) -> Value {
    list.field(1)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_cons(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Cons))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_empty_list(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v == Value::EMPTY)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_list(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(is_list(v))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_nil(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v == Value::NIL)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_bool(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v == Value::TRUE || v == Value::FALSE)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_not(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(!v.is_true())
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_tuple(_ctx: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Tuple))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_tuple_size(ctx: &mut Context, tuple: Value) -> Value {
    if !tuple.is(Kind::Tuple) {
        return ctx.type_error("tuple-size", 1, "a Tuple", tuple);
    }
    Value::fixnum(tuple.size() as i64)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_tuple_ref(ctx: &mut Context, tuple: Value, index: Value) -> Value {
    if !tuple.is(Kind::Tuple) {
        return ctx.type_error("tuple-ref", 1, "a Tuple", tuple);
    }
    let i = want_int!(ctx, "tuple-ref", 2, index);
    if i < 0 || i >= tuple.size() as i64 {
        return ctx.index_error("tuple-ref", index, tuple.size());
    }
    tuple.field(i as usize)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_tuple_to_list(ctx: &mut Context, tuple: Value) -> Value {
    if !tuple.is(Kind::Tuple) {
        return ctx.type_error("tuple->list", 1, "a Tuple", tuple);
    }
    (0..tuple.size()).rev().fold(Value::EMPTY, |rest, i| cons(ctx, tuple.field(i), rest))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_list_to_tuple(ctx: &mut Context, list: Value) -> Value {
    let items: Vec<Value> = list_iter(list).collect();
    tuple_from_slice(ctx, &items)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_list_length(_ctx: &mut Context, list: Value) -> Value {
    Value::fixnum(list_len(list) as i64)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_list_reverse(ctx: &mut Context, list: Value) -> Value {
    cl_list_reverse_onto(ctx, list, Value::EMPTY)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_list_reverse_onto(ctx: &mut Context, items: Value, rest: Value) -> Value {
    list_iter(items).fold(rest, |rest, item| cons(ctx, item, rest))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_list_append(ctx: &mut Context, a: Value, b: Value) -> Value {
    if b == Value::EMPTY {
        return a;
    }
    let mut all = ListBuilder::new();
    list_iter(a).for_each(|item| all.push(ctx, item));
    all.finish_with(b)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_last(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "last", 1, list);
    list_iter(list).last().unwrap_or_else(|| ctx.empty_error("last", "List"))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_init(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "init", 1, list);
    if list == Value::EMPTY {
        return ctx.empty_error("init", "List");
    }
    let mut all = ListBuilder::new();
    let mut items = list_iter(list);
    while let Some(item) = items.next() {
        if items.rest() != Value::EMPTY {
            all.push(ctx, item);
        }
    }
    all.finish()
}

/// The item at a position, if there is one.
pub(super) fn item_at(list: Value, index: i64) -> Option<Value> {
    usize::try_from(index).ok().and_then(|i| list_iter(list).nth(i))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_nth(ctx: &mut Context, list: Value, index: Value) -> Value {
    want_list!(ctx, "nth", 1, list);
    let i = want_int!(ctx, "nth", 2, index);
    item_at(list, i).unwrap_or_else(|| ctx.index_error("nth", index, list_len(list)))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_nth_or(ctx: &mut Context, list: Value, index: Value, default: Value) -> Value {
    want_list!(ctx, "nth", 1, list);
    let i = want_int!(ctx, "nth", 2, index);
    item_at(list, i).unwrap_or(default)
}

/// The first `n` items and the rest; all of them where there are fewer.
fn split(ctx: &mut Context, n: i64, list: Value) -> (Value, Value) {
    let mut first = ListBuilder::new();
    let mut items = list_iter(list);
    for _ in 0..n.max(0) {
        match items.next() {
            Some(item) => first.push(ctx, item),
            None => break,
        }
    }
    (first.finish(), items.rest())
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_take(ctx: &mut Context, n: Value, list: Value) -> Value {
    let count = want_int!(ctx, "take", 1, n);
    want_list!(ctx, "take", 2, list);
    split(ctx, count, list).0
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_drop(ctx: &mut Context, n: Value, list: Value) -> Value {
    let count = want_int!(ctx, "drop", 1, n);
    want_list!(ctx, "drop", 2, list);
    let mut rest = list;
    for _ in 0..count {
        match rest.as_cons() {
            Some((_, tail)) => rest = tail,
            None => break,
        }
    }
    rest
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_split_at(ctx: &mut Context, n: Value, list: Value) -> Value {
    let count = want_int!(ctx, "split-at", 1, n);
    want_list!(ctx, "split-at", 2, list);
    let (first, rest) = split(ctx, count, list);
    tuple_from_slice(ctx, &[first, rest])
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_range(ctx: &mut Context, start: Value, end: Value, step: Value) -> Value {
    let int = |v: Value| v.as_fixnum().expect("range of fixnums");
    let (start, end, step) = (int(start), int(end), int(step));
    let distance = if step > 0 { end - start } else { start - end };
    if distance <= 0 {
        return Value::EMPTY;
    }
    let count = (distance - 1) / step.abs() + 1;
    (0..count).rev().fold(Value::EMPTY, |rest, i| cons(ctx, Value::fixnum(start + i * step), rest))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_repeat(ctx: &mut Context, item: Value, n: Value) -> Value {
    let count = want_int!(ctx, "repeat", 2, n);
    (0..count).fold(Value::EMPTY, |rest, _| cons(ctx, item, rest))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_index_of(ctx: &mut Context, list: Value, item: Value) -> Value {
    want_list!(ctx, "index-of", 1, list);
    list_iter(list).position(|x| equal(x, item)).map_or(Value::NIL, |i| Value::fixnum(i as i64))
}

/// The Tuples of the first items, the second items …, as many as the shortest List has.
#[unsafe(no_mangle)]
pub extern "C" fn cl_zip(ctx: &mut Context, lists: Value) -> Value {
    let mut columns = Vec::new();
    for (i, list) in list_iter(lists).enumerate() {
        want_list!(ctx, "zip", i + 1, list);
        columns.push(list_iter(list));
    }
    let mut rows = ListBuilder::new();
    let mut row = Vec::with_capacity(columns.len());
    while !columns.is_empty() {
        row.clear();
        row.extend(columns.iter_mut().map_while(Iterator::next));
        if row.len() < columns.len() {
            break;
        }
        let tuple = tuple_from_slice(ctx, &row);
        rows.push(ctx, tuple);
    }
    rows.finish()
}

/// The first and the second items of a List of pairs (Tuples or Lists).
#[unsafe(no_mangle)]
pub extern "C" fn cl_unzip(ctx: &mut Context, pairs: Value) -> Value {
    want_list!(ctx, "unzip", 1, pairs);
    let (mut firsts, mut seconds) = (ListBuilder::new(), ListBuilder::new());
    for pair in list_iter(pairs) {
        let Some((a, b)) = first_two(pair) else {
            return ctx.type_error("unzip", 1, "a List of Tuples of two", pair);
        };
        firsts.push(ctx, a);
        seconds.push(ctx, b);
    }
    tuple_from_slice(ctx, &[firsts.finish(), seconds.finish()])
}

/// The first two items of a Tuple or List that has them.
fn first_two(v: Value) -> Option<(Value, Value)> {
    if v.is(Kind::Tuple) {
        return (v.size() >= 2).then(|| (v.field(0), v.field(1)));
    }
    let (first, rest) = v.as_cons()?;
    Some((first, rest.as_cons()?.0))
}

/// By turns an item of each, until the shorter List ends.
#[unsafe(no_mangle)]
pub extern "C" fn cl_interleave(ctx: &mut Context, a: Value, b: Value) -> Value {
    want_list!(ctx, "interleave", 1, a);
    want_list!(ctx, "interleave", 2, b);
    let mut all = ListBuilder::new();
    for (x, y) in list_iter(a).zip(list_iter(b)) {
        all.push(ctx, x);
        all.push(ctx, y);
    }
    all.finish()
}

/// The argument as a positive i64; returns from the primitive with an error when it is none.
macro_rules! want_positive {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        match want_int!($ctx, $function, $position, $v) {
            n if n > 0 => n,
            _ => {
                let message = concat!($function, ": the size must be positive");
                return $ctx.error("domain-error", message, $v);
            }
        }
    };
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_chunk(ctx: &mut Context, n: Value, list: Value) -> Value {
    want_list!(ctx, "chunk", 2, list);
    let size = want_positive!(ctx, "chunk", 1, n);
    let mut chunks = ListBuilder::new();
    let mut rest = list;
    while rest != Value::EMPTY {
        let (chunk, others) = split(ctx, size, rest);
        chunks.push(ctx, chunk);
        rest = others;
    }
    chunks.finish()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_sliding_window(ctx: &mut Context, n: Value, list: Value) -> Value {
    want_list!(ctx, "sliding-window", 2, list);
    let size = want_positive!(ctx, "sliding-window", 1, n);
    let mut windows = ListBuilder::new();
    let count = list_len(list) as i64 - size + 1;
    let mut rest = list;
    for _ in 0..count {
        let window = split(ctx, size, rest).0;
        windows.push(ctx, window);
        rest = rest.field(1);
    }
    windows.finish()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_flatten(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "flatten", 1, list);
    let mut all = ListBuilder::new();
    let mut open = vec![list_iter(list)];
    while let Some(items) = open.last_mut() {
        match items.next() {
            None => {
                open.pop();
            }
            Some(item) if is_list(item) => {
                if items.rest() == Value::EMPTY {
                    open.pop();
                }
                open.push(list_iter(item));
            }
            Some(item) => all.push(ctx, item),
        }
    }
    all.finish()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_flatten_once(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "flatten-once", 1, list);
    let mut all = ListBuilder::new();
    for item in list_iter(list) {
        if is_list(item) {
            list_iter(item).for_each(|x| all.push(ctx, x));
        } else {
            all.push(ctx, item);
        }
    }
    all.finish()
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_sorted(ctx: &mut Context, list: Value) -> Value {
    want_list!(ctx, "sorted?", 1, list);
    let items: Vec<Value> = list_iter(list).collect();
    match sort::is_sorted(ctx, &items) {
        Ok(sorted) => Value::bool(sorted),
        Err(raised) => raised,
    }
}

/// Whether two Lists hold the same items, each as often (as Dict keys are the same).
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_permutation(ctx: &mut Context, a: Value, b: Value) -> Value {
    want_list!(ctx, "permutation?", 1, a);
    want_list!(ctx, "permutation?", 2, b);
    let hashed = |list| {
        let mut items: Vec<(u32, Value)> = list_iter(list).map(|v| (hash(v), v)).collect();
        items.sort_by_key(|&(h, _)| h);
        items
    };
    let (a, b) = (hashed(a), hashed(b));
    let same_hashes = a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x.0 == y.0);
    Value::bool(
        same_hashes && {
            let groups = a.chunk_by(|x, y| x.0 == y.0).zip(b.chunk_by(|x, y| x.0 == y.0));
            groups.into_iter().all(|(x, y)| same_items(x, y))
        },
    )
}

/// Whether two groups of one hash and length are the same but for order. Groups are nearly always of one distinct item,
/// which the first test covers in linear time.
fn same_items(a: &[(u32, Value)], b: &[(u32, Value)]) -> bool {
    use crate::number::equal::same_key;
    if a.iter().chain(b).all(|x| same_key(x.1, a[0].1)) {
        return true;
    }
    let mut left: Vec<Value> = b.iter().map(|x| x.1).collect();
    a.iter().all(|x| left.iter().position(|&y| same_key(x.1, y)).map(|i| left.swap_remove(i)).is_some())
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_sort_keyed(ctx: &mut Context, keys: Value, items: Value, descending: Value) -> Value {
    let mut entries: Vec<(Value, Value)> = list_iter(keys).zip(list_iter(items)).collect();
    if let Err(raised) = sort::sort_keyed(ctx, &mut entries, descending.is_true()) {
        return raised;
    }
    entries.iter().rev().fold(Value::EMPTY, |rest, e| cons(ctx, e.1, rest))
}
