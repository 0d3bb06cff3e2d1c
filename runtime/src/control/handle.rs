//! Handles of the library: promises, locks and the like. They are equal by identity; their fields change, some of them only by
//! compare-and-swap, on which the library builds everything that several goroutines may do at once.

use crate::collections::list::list_iter;
use crate::{Context, Value};
use cl_abi::layout::{HANDLE_PROMISE, Kind};
use std::sync::atomic::Ordering;

/// Where the first field is: before it stands the handle's number, by which it is hashed.
const FIELDS: usize = 1;

/// A handle of a kind (an index into `HANDLE_NAMES`) with the items of a List as its fields.
#[unsafe(no_mangle)]
pub extern "C" fn cl_handle(ctx: &mut Context, kind: Value, fields: Value) -> Value {
    let number = Value::fixnum(ctx.shared.scheduler.next_number() as i64);
    let handle = ctx.alloc(Kind::Handle, kind.as_fixnum().unwrap_or(0) as u32, FIELDS + list_iter(fields).count());
    handle.init(0, number.0);
    for (i, field) in list_iter(fields).enumerate() {
        handle.init(FIELDS + i, field.0);
    }
    handle
}

/// Whether a value is a handle of a kind.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_handle(_: &mut Context, v: Value, kind: Value) -> Value {
    Value::bool(v.is(Kind::Handle) && Value::fixnum(v.aux() as i64) == kind)
}

/// Whether a value is a Promise.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_promise(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Handle) && v.aux() == HANDLE_PROMISE)
}

fn position(field: Value) -> usize {
    FIELDS + field.as_fixnum().unwrap_or(0) as usize
}

/// A field of a handle; the caller knows that it is one and has the field.
#[unsafe(no_mangle)]
pub extern "C" fn cl_handle_get(_: &mut Context, handle: Value, field: Value) -> Value {
    Value(handle.atomic(position(field)).load(Ordering::Acquire))
}

/// Stores a value in a field, as above.
#[unsafe(no_mangle)]
pub extern "C" fn cl_handle_set(ctx: &mut Context, handle: Value, field: Value, v: Value) -> Value {
    ctx.store(handle, position(field), v);
    Value::NIL
}

/// Compare-and-swap: stores `new` if the field holds the very word `expected`; whether it did. Of several workers one succeeds.
#[unsafe(no_mangle)]
pub extern "C" fn cl_handle_swap(ctx: &mut Context, handle: Value, field: Value, expected: Value, new: Value) -> Value {
    Value::bool(ctx.replace(handle, position(field), expected, new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collections::list_from_slice;
    use crate::number::equal::equal;
    use crate::number::hash::hash;
    use crate::text::print;

    fn handle(ctx: &mut Context, kind: i64, fields: &[Value]) -> Value {
        let fields = list_from_slice(ctx, fields);
        cl_handle(ctx, Value::fixnum(kind), fields)
    }

    #[test]
    fn a_field_is_swapped_only_while_it_holds_what_is_expected() {
        let mut ctx = Context::new();
        let h = handle(&mut ctx, 1, &[Value::NIL, Value::TRUE]);
        let one = Value::fixnum(1);
        assert!(cl_handle_swap(&mut ctx, h, one, Value::FALSE, Value::NIL) == Value::FALSE);
        assert!(cl_handle_get(&mut ctx, h, one) == Value::TRUE);
        assert!(cl_handle_swap(&mut ctx, h, one, Value::TRUE, one) == Value::TRUE);
        assert!(cl_handle_get(&mut ctx, h, one) == one);
        assert!(cl_handle_get(&mut ctx, h, Value::fixnum(0)) == Value::NIL);
    }

    #[test]
    fn handles_are_known_by_identity_and_told_by_kind() {
        let mut ctx = Context::new();
        let (promise, mutex, other) = (handle(&mut ctx, 0, &[]), handle(&mut ctx, 1, &[]), handle(&mut ctx, 1, &[]));
        assert!(cl_is_promise(&mut ctx, promise) == Value::TRUE);
        assert!(cl_is_promise(&mut ctx, mutex) == Value::FALSE);
        assert!(cl_is_handle(&mut ctx, mutex, Value::fixnum(1)) == Value::TRUE);
        assert!(cl_is_handle(&mut ctx, Value::fixnum(1), Value::fixnum(1)) == Value::FALSE);
        assert!(equal(mutex, mutex) && !equal(mutex, other));
        assert_ne!(hash(mutex), hash(other));
        assert_eq!(print::kind_name(&ctx, mutex), "mutex");
    }
}
