//! The primitives of goroutines. The blocking ones are called by the stubs that `arch::blocking_stubs` makes.

use super::Outcome;
use super::channel;
use super::task::Side;
use crate::control::fiber::{Fiber, blocking_stubs, record_of};
use crate::number::arith::to_f64;
use crate::number::equal::Number;
use crate::{Context, Value};
use cl_abi::layout::Kind;

blocking_stubs! {
    cl_go => go;
    cl_go_now => go_now;
    cl_join => join;
    cl_yield_now => yield_now;
    cl_time_sleep => sleep;
    cl_chan_send => send;
    cl_chan_receive => receive;
    cl_select => select;
}

/// A new goroutine that will call `function`, of one parameter.
fn new(ctx: &mut Context, function: Value, handlers: Value) -> Result<Value, Value> {
    let object = ctx.new_fiber("go", function, handlers)?;
    let number = ctx.shared.scheduler.next_number();
    // SAFETY: the object keeps its record.
    unsafe { (*record_of(object)).task.number = number };
    Ok(object)
}

extern "C" fn go(ctx: &mut Context, function: Value, handlers: Value) -> *mut Fiber {
    let object = match new(ctx, function, handlers) {
        Ok(object) => {
            let mut sched = ctx.lock_sched();
            ctx.use_goroutines(&mut sched);
            ctx.make_ready(&mut sched, record_of(object), Value::NIL);
            object
        }
        Err(raised) => raised,
    };
    ctx.done(object)
}

extern "C" fn go_now(ctx: &mut Context, function: Value, handlers: Value) -> *mut Fiber {
    match new(ctx, function, handlers) {
        Ok(object) => ctx.start_at_once(object),
        Err(raised) => ctx.done(raised),
    }
}

extern "C" fn join(ctx: &mut Context, goroutine: Value, _: Value) -> *mut Fiber {
    let sched = ctx.lock_sched();
    let outcome = match goroutine_of(goroutine) {
        None => Outcome::Done(ctx.type_error("concurrent:join", 1, "a goroutine", goroutine)),
        Some(record) if record.is_ended() => Outcome::Done(record.task.result),
        Some(_) => {
            ctx.wait_on(goroutine, Side::Join, Value::NIL);
            Outcome::Wait("to join a goroutine")
        }
    };
    ctx.finish(sched, outcome)
}

extern "C" fn yield_now(ctx: &mut Context, _: Value, _: Value) -> *mut Fiber {
    ctx.yield_now()
}

extern "C" fn sleep(ctx: &mut Context, seconds: Value, _: Value) -> *mut Fiber {
    let mut sched = ctx.lock_sched();
    let outcome = match Number::of(seconds) {
        None => Outcome::Done(ctx.type_error("time:sleep", 1, "a Number", seconds)),
        Some(n) => {
            ctx.wait_for_clock(&mut sched, to_f64(n));
            Outcome::Wait("to wake up")
        }
    };
    ctx.finish(sched, outcome)
}

extern "C" fn send(ctx: &mut Context, channel: Value, value: Value) -> *mut Fiber {
    let mut sched = ctx.lock_sched();
    let outcome = channel::send(ctx, &mut sched, channel, value);
    ctx.finish(sched, outcome)
}

extern "C" fn receive(ctx: &mut Context, channel: Value, _: Value) -> *mut Fiber {
    let mut sched = ctx.lock_sched();
    let outcome = channel::receive(ctx, &mut sched, channel);
    ctx.finish(sched, outcome)
}

extern "C" fn select(ctx: &mut Context, cases: Value, seconds: Value) -> *mut Fiber {
    let mut sched = ctx.lock_sched();
    let outcome = super::select::select(ctx, &mut sched, cases, seconds);
    ctx.finish(sched, outcome)
}

/// The record of a goroutine's object.
fn goroutine_of(object: Value) -> Option<&'static mut Fiber> {
    // SAFETY: the object keeps its record, and the caller uses it before the next safepoint.
    let record = object.is(Kind::Fiber).then(|| unsafe { &mut *record_of(object) })?;
    (record.task.number > 0).then_some(record)
}

/// The error `cancelled` is raised in a goroutine at its next waiting point: now, if it waits.
#[unsafe(no_mangle)]
pub extern "C" fn cl_cancel(ctx: &mut Context, goroutine: Value) -> Value {
    let Some(record) = goroutine_of(goroutine) else {
        return ctx.type_error("cancel", 1, "a goroutine", goroutine);
    };
    let mut sched = ctx.lock_sched();
    match record.task.waits_for {
        _ if record.is_ended() => {}
        Some(why) => {
            ctx.cancelled_error(why);
            ctx.wake_with_error(&mut sched, record);
        }
        None => record.task.cancelled = true,
    }
    Value::NIL
}

/// The running goroutine's object.
#[unsafe(no_mangle)]
pub extern "C" fn cl_current(ctx: &mut Context) -> Value {
    let goroutine = ctx.goroutine();
    if goroutine.object() == Value::NIL {
        ctx.make_object_of_main();
    }
    goroutine.object()
}

/// Chance decides from here on who goes on and when, by the seed; with nil the queue and the clock do again.
#[unsafe(no_mangle)]
pub extern "C" fn cl_schedule(ctx: &mut Context, seed: Value) -> Value {
    let mut sched = ctx.lock_sched();
    sched.set_chance(seed.as_fixnum().map(|n| n as u64));
    // From here on each safepoint counts, not only from the first goroutine on.
    ctx.use_goroutines(&mut sched);
    ctx.shared.scheduler.set_by_chance(seed.as_fixnum().is_some());
    ctx.set_limits();
    Value::NIL
}

/// Makes time virtual, beginning at 0, or real: whether it was virtual before.
#[unsafe(no_mangle)]
pub extern "C" fn cl_time_virtual(ctx: &mut Context, is_virtual: Value) -> Value {
    let timers = &mut ctx.lock_sched().timers;
    let before = timers.virtual_seconds().is_some();
    timers.set_virtual(is_virtual.is_true());
    Value::bool(before)
}

/// Notes an error that nobody has looked at: a cell that holds it. Those that still do are reported when the program ends.
#[unsafe(no_mangle)]
pub extern "C" fn cl_failure(ctx: &mut Context, error: Value) -> Value {
    let cell = ctx.alloc(Kind::Cell, 0, 1);
    cell.init(0, error.0);
    ctx.add_failure(cell);
    cell
}

impl Context {
    /// Goes on with a new goroutine, and here when that first waits or ends.
    fn start_at_once(&mut self, object: Value) -> *mut Fiber {
        let mut sched = self.lock_sched();
        self.use_goroutines(&mut sched);
        let (starter, started) = (self.goroutine, record_of(object));
        self.suspend();
        self.set_wake(starter, object);
        // SAFETY: the object keeps its record.
        unsafe { (*started).task.starter = starter };
        self.go_on(started)
    }

    /// Seconds since time became virtual, if it is.
    pub(crate) fn virtual_seconds(&self) -> Option<f64> {
        self.lock_sched().timers.virtual_seconds()
    }

    /// The error `cancelled` is pending: gives `RAISED`.
    pub(super) fn cancelled_error(&mut self, why: &str) -> Value {
        self.error("cancelled", &format!("cancelled while waiting {why}"), Value::NIL)
    }
}
