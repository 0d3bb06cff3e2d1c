//! Lists and tuples, for the runtime's own use.

use super::object::{object, words};
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// A new pair of a List: `tail` must be a List.
#[inline]
pub fn cons(ctx: &mut Context, head: Value, tail: Value) -> Value {
    let pair = ctx.alloc(Kind::Cons, 0, 2);
    pair.init(0, head.0);
    pair.init(1, tail.0);
    pair
}

/// The List of these items.
pub fn list_from_slice(ctx: &mut Context, items: &[Value]) -> Value {
    list_with_tail(ctx, items, Value::EMPTY)
}

/// The List of these items followed by the List `tail`.
pub fn list_with_tail(ctx: &mut Context, items: &[Value], tail: Value) -> Value {
    items.iter().rev().fold(tail, |rest, &item| cons(ctx, item, rest))
}

/// Builds a List from its first item to its last.
pub(crate) struct ListBuilder {
    first: Value,
    last: Value,
}

impl ListBuilder {
    pub fn new() -> ListBuilder {
        ListBuilder { first: Value::EMPTY, last: Value::EMPTY }
    }

    pub fn push(&mut self, ctx: &mut Context, item: Value) {
        let pair = cons(ctx, item, Value::EMPTY);
        self.link(pair);
        self.last = pair;
    }

    /// The List, with the items of the List `tail` at its end.
    pub fn finish_with(mut self, tail: Value) -> Value {
        self.link(tail);
        self.first
    }

    pub fn finish(self) -> Value {
        self.first
    }

    fn link(&mut self, next: Value) {
        if self.last == Value::EMPTY {
            self.first = next;
        } else {
            // `last` was allocated by the running primitive: no barrier is needed
            self.last.init(1, next.0);
        }
    }
}

/// The items of a List.
#[inline]
pub fn list_iter(list: Value) -> ListIter {
    ListIter { rest: list }
}

/// See [`list_iter`].
#[derive(Clone, Copy)]
pub struct ListIter {
    rest: Value,
}

impl ListIter {
    /// The List of the items that are still to come.
    pub fn rest(&self) -> Value {
        self.rest
    }
}

impl Iterator for ListIter {
    type Item = Value;

    #[inline]
    fn next(&mut self) -> Option<Value> {
        let (head, tail) = self.rest.as_cons()?;
        self.rest = tail;
        Some(head)
    }
}

/// The number of items of a List. Linear.
pub fn list_len(list: Value) -> usize {
    list_iter(list).count()
}

/// Whether the value is a List, the empty one included.
#[inline]
pub fn is_list(v: Value) -> bool {
    v == Value::EMPTY || v.is(Kind::Cons)
}

/// The Tuple of these items.
pub fn tuple_from_slice(ctx: &mut Context, items: &[Value]) -> Value {
    object(ctx, Kind::Tuple, 0, [words(items)])
}
