//! `select`: waits for the first of several channels that can receive or send.

use super::task::Side;
use super::{Outcome, Sched, Waiter, channel};
use crate::collections::{list, list_iter, tuple_from_slice};
use crate::control::fiber::Fiber;
use crate::number::arith::to_f64;
use crate::number::equal::Number;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// A case as it is given: (tuple channel) or (tuple channel value).
#[derive(Clone, Copy)]
struct Case {
    channel: Value,
    sends: Option<Value>,
}

impl Case {
    fn of(value: Value) -> Option<Case> {
        let shaped = value.is(Kind::Tuple) && (1..=2).contains(&value.size()) && value.field(0).is(Kind::Channel);
        shaped.then(|| Case { channel: value.field(0), sends: (value.size() == 2).then(|| value.field(1)) })
    }
}

/// What a `select` gives: the index of the case, -1 for none, and its value.
pub fn result(ctx: &mut Context, case: i64, value: Value) -> Value {
    tuple_from_slice(ctx, &[Value::fixnum(case), value])
}

pub(super) fn select(ctx: &mut Context, sched: &mut Sched, cases: Value, seconds: Value) -> Outcome {
    let given: Option<Vec<Case>> = if list::is_list(cases) { list_iter(cases).map(Case::of).collect() } else { None };
    let Some(given) = given else {
        return Outcome::Done(ctx.type_error("select", 1, "cases of Channels", cases));
    };
    let wait = match seconds {
        Value::NIL | Value::FALSE => None,
        _ => match Number::of(seconds) {
            Some(n) => Some(to_f64(n)),
            None => return Outcome::Done(ctx.type_error("timeout", 1, "a Number", seconds)),
        },
    };
    if let Some((i, value)) = ctx.select_now(sched, &given) {
        return Outcome::Done(result(ctx, i as i64, value));
    }
    if seconds == Value::FALSE {
        return Outcome::Done(result(ctx, -1, Value::NIL));
    }
    ctx.wait_for_one(&given);
    match wait {
        Some(seconds) => {
            ctx.wait_for_clock(sched, seconds);
            Outcome::Wait("to select, with a timeout")
        }
        None => Outcome::Wait("to select"),
    }
}

impl Context {
    /// Does one of the cases that are ready, each in its turn: its index and value.
    fn select_now(&mut self, sched: &mut Sched, cases: &[Case]) -> Option<(usize, Value)> {
        sched.turn = sched.turn.wrapping_add(1);
        // Of n cases that are ready, the turn's n-th is done: so none is passed over for ever.
        let ready: Vec<usize> = (0..cases.len()).filter(|&i| is_ready(cases[i])).collect();
        let i = *ready.get(sched.turn % ready.len().max(1))?;
        let value = match cases[i].sends {
            Some(value) => self.send_now(sched, cases[i].channel, value).map(Value::bool),
            None => self.receive_now(sched, cases[i].channel),
        };
        value.map(|value| (i, value))
    }

    /// Queues a waiter for each case.
    fn wait_for_one(&mut self, cases: &[Case]) {
        let goroutine = self.goroutine();
        let address: *mut Fiber = &mut *goroutine;
        let task = &mut goroutine.task;
        task.selects = true;
        // None moves once the first is queued.
        task.cases = cases.iter().map(|_| Waiter::default()).collect();
        for (i, (waiter, case)) in task.cases.iter_mut().zip(cases).enumerate() {
            waiter.on = case.channel;
            waiter.side = if case.sends.is_some() { Side::Send } else { Side::Receive };
            waiter.value = case.sends.unwrap_or(Value::NIL);
            waiter.case = i as i64;
            waiter.enqueue(address);
        }
    }

    /// The running goroutine goes on after so many seconds, if nothing else wakes it.
    pub(super) fn wait_for_clock(&mut self, sched: &mut Sched, seconds: f64) {
        let goroutine = self.goroutine();
        goroutine.task.timer = Some(sched.timers.add(seconds, goroutine));
        self.shared.scheduler.note_clock(sched);
        sched.ticker.wake();
    }
}

/// Whether a case can be done at once.
fn is_ready(case: Case) -> bool {
    match case.sends {
        Some(_) => channel::can_send(case.channel),
        None => channel::can_receive(case.channel),
    }
}
