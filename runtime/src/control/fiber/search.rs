//! The search for a handler beyond the running fiber's own list: `stdlib/prelude/effects.cl` says what lists hold. The
//! library searches a fiber's own list itself; this goes on through the fibers that wait for it.

use super::Fiber;
use crate::collections::{list_from_slice, tuple_from_slice};
use crate::{Context, Value};

/// A place in the handlers in force, so many fibers outside of the running one.
struct Place<'a> {
    fiber: &'a Fiber,
    hops: i64,
    entry: Value,
}

impl Place<'_> {
    /// Goes on where the fiber's list ends; false when no fiber waits for it.
    fn leave_fiber(&mut self) -> bool {
        let Some(parent) = self.fiber.chain().nth(1) else { return false };
        (self.fiber, self.entry, self.hops) = (parent, parent.handlers, self.hops + 1);
        true
    }

    /// Gives the entry here and goes on to the next one; none at the end.
    fn next(&mut self) -> Option<Value> {
        loop {
            if self.entry == Value::NIL {
                if !self.leave_fiber() {
                    return None;
                }
                continue;
            }
            let entry = self.entry;
            let Some(hops) = entry.field(1).as_fixnum() else {
                self.entry = entry.field(0);
                return Some(entry);
            };
            for _ in 0..hops {
                self.leave_fiber();
            }
            self.entry = entry.field(2);
        }
    }
}

impl Context {
    fn place(&self) -> Place<'_> {
        Place { fiber: self.running(), hops: 0, entry: self.handlers }
    }
}

/// Modes of entries: a clause that needs the continuation, as it stands in its own list and as found here.
const GENERAL: i64 = 2;
const GENERAL_FOUND: i64 = 3;

/// See `%find-outside`. What is found has its `outer` as seen from the running fiber, and its fiber instead of a next entry.
#[unsafe(no_mangle)]
pub extern "C" fn cl_find_outside(ctx: &mut Context, operation: Value) -> Value {
    let (key, kind) = (operation.field(0), operation.field(1));
    let mut place = ctx.place();
    let found = std::iter::from_fn(|| place.next()).find(|entry| [key, kind].contains(&entry.field(1)));
    let Some(entry) = found else { return Value::NIL };
    let (hops, fiber) = (place.hops, place.fiber.object);
    let mode = entry.field(3);
    let mode = if mode == Value::fixnum(GENERAL) { Value::fixnum(GENERAL_FOUND) } else { mode };
    let mut outer = entry.field(5);
    if hops > 0 {
        outer = tuple_from_slice(ctx, &[Value::NIL, Value::fixnum(hops), outer]);
    }
    tuple_from_slice(ctx, &[fiber, entry.field(1), entry.field(2), mode, entry.field(4), outer])
}

/// See `%handlers-in-force`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_handlers_in_force(ctx: &mut Context) -> Value {
    let mut place = ctx.place();
    let mut entries: Vec<Value> = std::iter::from_fn(|| place.next()).collect();
    entries.reverse();
    list_from_slice(ctx, &entries)
}
