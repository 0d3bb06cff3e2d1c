//! Arrays: mutable, indexed, growing.
//!
//! An Array is `[store, length]`. Its store is a `FloatVector` (unboxed) as long as it was only ever given Floats, else a
//! `Vector`; a store's size is the capacity. Words of a `Vector` past the length are nil.
//!
//! Workers may use one Array at the same time: an update may get lost, but nobody reaches outside of a store. Two
//! invariants keep it so. The capacity of an Array's successive stores never shrinks: a store is replaced only by one made
//! from it (`Context::replace`). The length is raised only after a store that has room is in place. So who reads first the
//! length and then the store has a store that is long enough; compiled code does that, too.

use super::list::list_iter;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Capacity of an Array that starts empty and is given an item.
const FIRST_CAPACITY: usize = 4;

/// The length.
#[inline]
pub fn len(array: Value) -> usize {
    array.load(1).as_fixnum().expect("an Array's length") as usize
}

/// The store, and how many items are in it.
#[inline]
pub fn view(array: Value) -> (Value, usize) {
    let len = len(array);
    (array.load(0), len)
}

/// A new Float.
#[inline]
fn float(ctx: &mut Context, bits: u64) -> Value {
    let float = ctx.alloc(Kind::Float, 0, 1);
    float.init(0, bits);
    float
}

/// An Array on a store that holds `len` items.
fn on_store(ctx: &mut Context, store: Value, len: usize) -> Value {
    let array = ctx.alloc(Kind::Array, 0, 2);
    array.init(0, store.0);
    array.init(1, Value::fixnum(len as i64).0);
    array
}

/// A new store of some capacity that begins with these items: unboxed if there are any and all are Floats.
fn store_of(ctx: &mut Context, items: &[Value], capacity: usize) -> Value {
    let floats = !items.is_empty() && items.iter().all(|v| v.is(Kind::Float));
    let store = ctx.alloc(if floats { Kind::FloatVector } else { Kind::Vector }, 0, capacity);
    for (i, item) in items.iter().enumerate() {
        store.init(i, if floats { item.raw(0) } else { item.0 });
    }
    let filler = if floats { 0 } else { Value::NIL.0 };
    (items.len()..capacity).for_each(|i| store.init(i, filler));
    store
}

/// A new Array of these items.
pub fn array_from_slice(ctx: &mut Context, items: &[Value]) -> Value {
    let store = store_of(ctx, items, items.len());
    on_store(ctx, store, items.len())
}

/// An Array of `n` times the same item.
pub fn array_filled(ctx: &mut Context, n: usize, item: Value) -> Value {
    let (kind, word) = match item.is(Kind::Float) && n > 0 {
        true => (Kind::FloatVector, item.raw(0)),
        false => (Kind::Vector, item.0),
    };
    let store = ctx.alloc(kind, 0, n);
    (0..n).for_each(|i| store.init(i, word));
    on_store(ctx, store, n)
}

/// The item at a position below the length.
#[inline]
pub fn array_item(ctx: &mut Context, array: Value, i: usize) -> Value {
    let store = array.load(0);
    let item = store.load(i);
    if store.is(Kind::FloatVector) { float(ctx, item.0) } else { item }
}

/// The items.
pub fn array_items(ctx: &mut Context, array: Value) -> Vec<Value> {
    (0..len(array)).map(|i| array_item(ctx, array, i)).collect()
}

/// A new Array of the items from position `start` to `end`, which must be within the array.
pub fn array_range(ctx: &mut Context, array: Value, start: usize, end: usize) -> Value {
    let store = array.load(0);
    let n = end - start;
    let kind = if store.is(Kind::FloatVector) && n > 0 { Kind::FloatVector } else { Kind::Vector };
    let new = ctx.alloc(kind, 0, n);
    (0..n).for_each(|i| new.init(i, store.load(start + i).0));
    on_store(ctx, new, n)
}

/// Replaces item `i`, which must be below the length.
#[inline]
pub fn array_store(ctx: &mut Context, array: Value, i: usize, item: Value) {
    while !put(ctx, array, array.load(0), i, item) {}
}

/// Puts an item into an Array's store, which has room for it. False if it has to be done again: the store cannot hold the
/// item, and another worker has replaced it already.
#[inline]
fn put(ctx: &mut Context, array: Value, store: Value, i: usize, item: Value) -> bool {
    if !store.is(Kind::FloatVector) {
        ctx.store(store, i, item);
        return true;
    }
    if item.is(Kind::Float) {
        store.set(i, item.raw(0));
        return true;
    }
    let boxed = boxed(ctx, store, len(array).min(store.size()));
    boxed.init(i, item.0);
    ctx.replace(array, 0, store, boxed)
}

/// A Vector with the first `len` items of a FloatVector, of the same capacity.
fn boxed(ctx: &mut Context, store: Value, len: usize) -> Value {
    let new = ctx.alloc(Kind::Vector, 0, store.size());
    (len..store.size()).for_each(|i| new.init(i, Value::NIL.0));
    for i in 0..len {
        let item = float(ctx, store.load(i).0);
        new.init(i, item.0);
    }
    new
}

/// Adds an item at the end.
pub fn array_push(ctx: &mut Context, array: Value, item: Value) {
    loop {
        let (store, n) = view(array);
        let fits = n < store.size() && (n > 0 || item.is(Kind::Float) == store.is(Kind::FloatVector));
        if !fits {
            widen(ctx, array, store, n, item);
        } else if put(ctx, array, store, n, item) {
            return array.set(1, Value::fixnum(n as i64 + 1).0);
        }
    }
}

/// Gives an Array with `n` items another store: with room if this one is full, of the item's kind if this one is empty.
#[cold]
fn widen(ctx: &mut Context, array: Value, store: Value, n: usize, item: Value) {
    let capacity = if n == store.size() { (2 * n).max(FIRST_CAPACITY) } else { store.size() };
    let new = if n == 0 { store_of(ctx, &[item], capacity) } else { grown(ctx, store, capacity) };
    ctx.replace(array, 0, store, new);
}

/// A store with the items of a full one, and room for more.
fn grown(ctx: &mut Context, old: Value, capacity: usize) -> Value {
    let floats = old.is(Kind::FloatVector);
    let n = old.size();
    let new = ctx.alloc(if floats { Kind::FloatVector } else { Kind::Vector }, 0, capacity);
    (0..n).for_each(|i| new.init(i, old.load(i).0));
    (n..capacity).for_each(|i| new.init(i, if floats { 0 } else { Value::NIL.0 }));
    new
}

/// Takes the last item away, if there is one.
pub fn array_pop(ctx: &mut Context, array: Value) -> Option<Value> {
    let (store, n) = view(array);
    let last = n.checked_sub(1)?;
    let item = store.load(last);
    array.set(1, Value::fixnum(last as i64).0);
    if store.is(Kind::FloatVector) {
        return Some(float(ctx, item.0));
    }
    store.set(last, Value::NIL.0);
    Some(item)
}

/// Replaces all items by these, as many as there are.
pub fn array_replace(ctx: &mut Context, array: Value, items: &[Value]) {
    loop {
        let old = array.load(0);
        let new = store_of(ctx, items, old.size());
        if ctx.replace(array, 0, old, new) {
            return;
        }
    }
}

/// An Array of a List's items.
pub fn array_from_list(ctx: &mut Context, list: Value) -> Value {
    let items: Vec<Value> = list_iter(list).collect();
    array_from_slice(ctx, &items)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float_of(ctx: &mut Context, f: f64) -> Value {
        float(ctx, f.to_bits())
    }

    fn show(ctx: &mut Context, array: Value) -> Vec<String> {
        let items = array_items(ctx, array);
        items.iter().map(|v| v.as_float().map_or_else(|| format!("{:?}", v.as_fixnum()), |f| f.to_string())).collect()
    }

    #[test]
    fn floats_are_unboxed_until_something_else_comes() {
        let mut ctx = Context::new();
        let floats = [0.5, 1.5, 2.5].map(|f| float_of(&mut ctx, f));
        let array = array_from_slice(&mut ctx, &floats);
        assert!(array.field(0).is(Kind::FloatVector));
        array_store(&mut ctx, array, 1, Value::fixnum(3));
        assert!(array.field(0).is(Kind::Vector));
        assert_eq!(show(&mut ctx, array), ["0.5", "Some(3)", "2.5"]);
    }

    #[test]
    fn an_array_that_is_pushed_floats_is_unboxed() {
        let mut ctx = Context::new();
        let array = array_from_slice(&mut ctx, &[]);
        for i in 0..100 {
            let f = float_of(&mut ctx, i as f64);
            array_push(&mut ctx, array, f);
        }
        assert!(array.field(0).is(Kind::FloatVector));
        array_push(&mut ctx, array, Value::NIL);
        assert!(array.field(0).is(Kind::Vector));
        assert_eq!(len(array), 101);
        assert!(array_pop(&mut ctx, array) == Some(Value::NIL));
        assert_eq!(array_pop(&mut ctx, array).and_then(Value::as_float), Some(99.0));
    }

    #[test]
    fn an_emptied_array_takes_any_kind_again_and_keeps_its_capacity() {
        let mut ctx = Context::new();
        let array = array_from_slice(&mut ctx, &[Value::TRUE, Value::NIL, Value::EMPTY]);
        while array_pop(&mut ctx, array).is_some() {}
        let f = float_of(&mut ctx, 1.5);
        array_push(&mut ctx, array, f);
        assert!(array.field(0).is(Kind::FloatVector));
        assert_eq!(array.field(0).size(), 3);
        assert_eq!(show(&mut ctx, array), ["1.5"]);
    }

    #[test]
    fn words_past_the_length_are_nil() {
        let mut ctx = Context::new();
        let array = array_from_slice(&mut ctx, &[Value::TRUE]);
        array_push(&mut ctx, array, Value::TRUE);
        array_pop(&mut ctx, array);
        array_push(&mut ctx, array, Value::TRUE);
        array_pop(&mut ctx, array);
        let store = array.field(0);
        assert!((1..store.size()).all(|i| store.field(i) == Value::NIL));
    }
}
