//! Queues: persistent, a front List in order and a back List in reverse (Hood and Melville's simpler ancestor, as in
//! Okasaki, "Purely Functional Data Structures", 5.2). The front is empty only if the whole queue is. Every operation is
//! O(1) amortised over the uses of one version.

use super::list::{cons, list_iter, tuple_from_slice};
use crate::{Context, Value};
use cl_abi::layout::Kind;

fn queue(ctx: &mut Context, front: Value, back: Value, size: i64) -> Value {
    let queue = ctx.alloc(Kind::Queue, 0, 3);
    queue.init(0, front.0);
    queue.init(1, back.0);
    queue.init(2, Value::fixnum(size).0);
    queue
}

fn size(queue: Value) -> i64 {
    queue.field(2).as_fixnum().expect("a Queue's size")
}

/// Returns from the primitive with a `type-error` unless the argument is a Queue.
macro_rules! want_queue {
    ($ctx:ident, $function:expr, $v:expr) => {
        if !$v.is(Kind::Queue) {
            return $ctx.type_error($function, 1, "a Queue", $v);
        }
    };
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_queue_new(ctx: &mut Context) -> Value {
    queue(ctx, Value::EMPTY, Value::EMPTY, 0)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_queue_enqueue(ctx: &mut Context, q: Value, item: Value) -> Value {
    want_queue!(ctx, "queue-enqueue", q);
    let (front, back, n) = (q.field(0), q.field(1), size(q));
    if n == 0 {
        let front = cons(ctx, item, Value::EMPTY);
        return queue(ctx, front, Value::EMPTY, 1);
    }
    let back = cons(ctx, item, back);
    queue(ctx, front, back, n + 1)
}

/// The Tuple of the first item and the queue of the others.
#[unsafe(no_mangle)]
pub extern "C" fn cl_queue_dequeue(ctx: &mut Context, q: Value) -> Value {
    want_queue!(ctx, "queue-dequeue", q);
    let Some((item, mut front)) = q.field(0).as_cons() else {
        return ctx.empty_error("queue-dequeue", "Queue");
    };
    let mut back = q.field(1);
    if front == Value::EMPTY {
        front = list_iter(back).fold(Value::EMPTY, |rest, item| cons(ctx, item, rest));
        back = Value::EMPTY;
    }
    let rest = queue(ctx, front, back, size(q) - 1);
    tuple_from_slice(ctx, &[item, rest])
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_queue_peek(ctx: &mut Context, q: Value) -> Value {
    want_queue!(ctx, "queue-peek", q);
    q.field(0).as_cons().map_or_else(|| ctx.empty_error("queue-peek", "Queue"), |pair| pair.0)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_queue_size(ctx: &mut Context, q: Value) -> Value {
    want_queue!(ctx, "queue-size", q);
    q.field(2)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_queue_is_empty(ctx: &mut Context, q: Value) -> Value {
    want_queue!(ctx, "queue-empty?", q);
    Value::bool(size(q) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_out_in_the_order_in_which_they_went_in() {
        let mut ctx = Context::new();
        let mut q = cl_queue_new(&mut ctx);
        let (mut next_in, mut next_out) = (0, 0);
        for round in 0..50 {
            for _ in 0..round % 7 {
                q = cl_queue_enqueue(&mut ctx, q, Value::fixnum(next_in));
                next_in += 1;
            }
            for _ in 0..round % 5 {
                if next_out == next_in {
                    break;
                }
                let step = cl_queue_dequeue(&mut ctx, q);
                assert!(step.field(0) == Value::fixnum(next_out));
                next_out += 1;
                q = step.field(1);
                assert!(cl_queue_size(&mut ctx, q) == Value::fixnum(next_in - next_out));
            }
        }
        assert!(next_out > 50);
    }

    #[test]
    fn taking_from_an_empty_queue_is_an_error() {
        let mut ctx = Context::new();
        let q = cl_queue_new(&mut ctx);
        assert!(cl_queue_dequeue(&mut ctx, q) == Value::RAISED);
        assert!(cl_queue_peek(&mut ctx, q) == Value::RAISED);
    }
}
