//! Channels: a ring of values, and the goroutines that wait to send or to receive.
//!
//! ```text
//! [capacity, closed, ring Vector or nil, position of the first value, number of values,
//!  receivers: first, last, senders: first, last, number of the channel]
//! ```
//!
//! The words of the queues are addresses of waiters, multiples of 8, which look like Ints. Receivers wait only while the ring is
//! empty, senders only while it is full; a waiter leaves all queues when it is woken.

use super::{Outcome, Queue, Sched, Waiter};
use crate::control::sched::task::Side;
use crate::{Context, Value};
use cl_abi::layout::*;

const CAPACITY: usize = 0;
const CLOSED: usize = 1;
const RING: usize = 2;
const FIRST: usize = 3;
const COUNT: usize = 4;
const RECEIVERS: usize = 5;
const SENDERS: usize = 7;
const NUMBER: usize = 9;
const WORDS: usize = 10;

/// Values that a ring has room for at first.
const FIRST_ROOM: i64 = 8;

/// A channel with room for `capacity` values.
#[unsafe(no_mangle)]
pub extern "C" fn cl_chan(ctx: &mut Context, capacity: Value) -> Value {
    let n = match capacity.as_fixnum() {
        Some(n) if n >= 0 => n,
        Some(_) => return ctx.error("domain-error", "chan: the room of a channel cannot be negative", capacity),
        None => return ctx.type_error("chan", 1, "an Int", capacity),
    };
    make(ctx, n, 0)
}

/// A channel with room for `capacity` values that the library makes for a purpose, an index into [`PURPOSES`].
#[unsafe(no_mangle)]
pub extern "C" fn cl_gate(ctx: &mut Context, capacity: Value, purpose: Value) -> Value {
    make(ctx, capacity.as_fixnum().unwrap_or(0), purpose.as_fixnum().unwrap_or(0) as u32)
}

/// What a channel is for, its `aux`: what those wait for who send and who receive.
const PURPOSES: [(&str, &str); 7] = [
    ("to send", "to receive"),
    ("to lock a mutex", ""),
    ("to acquire a semaphore", ""),
    ("", "at a barrier"),
    ("", "for a wait-group"),
    ("", "for a promise"),
    ("", "for the goroutines of a scope or of parallel"),
];

fn purpose(channel: Value) -> (&'static str, &'static str) {
    PURPOSES[channel.aux() as usize]
}

fn make(ctx: &mut Context, n: i64, purpose: u32) -> Value {
    let channel = ctx.alloc(Kind::Channel, purpose, WORDS);
    let number = ctx.shared.scheduler.next_number();
    (0..WORDS).for_each(|i| channel.init(i, Value::fixnum(0).0));
    channel.init(CAPACITY, Value::fixnum(n).0);
    channel.init(RING, NIL);
    channel.init(NUMBER, Value::fixnum(number as i64).0);
    channel
}

/// A number of the channel's own, which does not change: for hashing.
pub fn number(channel: Value) -> u64 {
    channel.raw(NUMBER)
}

pub fn receivers(channel: Value) -> *mut Queue {
    queue(channel, RECEIVERS)
}
pub fn senders(channel: Value) -> *mut Queue {
    queue(channel, SENDERS)
}

fn queue(channel: Value, word: usize) -> *mut Queue {
    debug_assert!(channel.is(Kind::Channel));
    // SAFETY: a channel has these words, and zeros are an empty queue.
    unsafe { channel.address().add(1 + word) as *mut Queue }
}

fn first(queue: *mut Queue) -> Option<*mut Waiter> {
    // SAFETY: the queue of a live channel.
    unsafe { (*queue).first() }
}

fn get(channel: Value, word: usize) -> i64 {
    channel.field(word).as_fixnum().unwrap_or(0)
}

fn set(channel: Value, word: usize, n: i64) {
    channel.init(word, Value::fixnum(n).0);
}

pub fn is_closed(channel: Value) -> bool {
    get(channel, CLOSED) != 0
}

impl Context {
    /// Sends a value if that can be done at once: whether the channel took it, false if it is closed. `None`: who sends must wait.
    pub(super) fn send_now(&mut self, sched: &mut Sched, channel: Value, value: Value) -> Option<bool> {
        if is_closed(channel) {
            return Some(false);
        }
        if let Some(receiver) = first(receivers(channel)) {
            self.wake(sched, receiver, value);
            return Some(true);
        }
        if get(channel, COUNT) == get(channel, CAPACITY) {
            return None;
        }
        self.push(channel, value);
        Some(true)
    }

    /// Receives a value if one is there, or `UNDEF` if the channel is closed. `None`: who receives must wait.
    pub(super) fn receive_now(&mut self, sched: &mut Sched, channel: Value) -> Option<Value> {
        let sender = first(senders(channel));
        // SAFETY: a queued waiter lives.
        let sent = sender.map(|s| unsafe { (*s).value });
        let value = if get(channel, COUNT) > 0 {
            let value = self.pop(channel);
            sent.into_iter().for_each(|sent| self.push(channel, sent));
            value
        } else if let Some(sent) = sent {
            sent
        } else {
            return is_closed(channel).then_some(Value::UNDEF);
        };
        sender.into_iter().for_each(|s| self.wake(sched, s, Value::TRUE));
        Some(value)
    }

    /// Puts a value into the ring, which has room, or may get it.
    fn push(&mut self, channel: Value, value: Value) {
        let count = get(channel, COUNT);
        let mut ring = channel.field(RING);
        if ring == Value::NIL || count as usize == ring.size() {
            ring = self.grow(channel);
        }
        let at = (get(channel, FIRST) + count) as usize % ring.size();
        self.store(ring, at, value);
        set(channel, COUNT, count + 1);
    }

    /// A larger ring for the channel.
    fn grow(&mut self, channel: Value) -> Value {
        let old = channel.field(RING);
        let (first, count) = (get(channel, FIRST) as usize, get(channel, COUNT) as usize);
        let room = (2 * count as i64).max(FIRST_ROOM).min(get(channel, CAPACITY)) as usize;
        let ring = self.alloc(Kind::Vector, 0, room);
        for i in 0..room {
            let word = if i < count { old.raw((first + i) % old.size()) } else { NIL };
            ring.init(i, word);
        }
        self.store(channel, RING, ring);
        set(channel, FIRST, 0);
        ring
    }

    fn pop(&mut self, channel: Value) -> Value {
        let (ring, first) = (channel.field(RING), get(channel, FIRST) as usize);
        let value = ring.field(first);
        // What is no pointer needs no barrier.
        ring.init(first, NIL);
        set(channel, FIRST, ((first + 1) % ring.size()) as i64);
        set(channel, COUNT, get(channel, COUNT) - 1);
        value
    }

    /// Waits in the queue of a channel, or of a goroutine's end.
    pub(super) fn wait_on(&mut self, on: Value, side: Side, value: Value) {
        let goroutine = self.goroutine();
        let address: *mut _ = &mut *goroutine;
        let waiter = &mut goroutine.task.waiter;
        (waiter.on, waiter.side, waiter.value) = (on, side, value);
        waiter.enqueue(address);
    }
}

pub(super) fn send(ctx: &mut Context, sched: &mut Sched, channel: Value, value: Value) -> Outcome {
    if !channel.is(Kind::Channel) {
        return Outcome::Done(ctx.type_error("send!", 1, "a Channel", channel));
    }
    match ctx.send_now(sched, channel, value) {
        Some(sent) => Outcome::Done(Value::bool(sent)),
        None => {
            ctx.wait_on(channel, Side::Send, value);
            Outcome::Wait(purpose(channel).0)
        }
    }
}

pub(super) fn receive(ctx: &mut Context, sched: &mut Sched, channel: Value) -> Outcome {
    if !channel.is(Kind::Channel) {
        return Outcome::Done(ctx.type_error("receive!", 1, "a Channel", channel));
    }
    match ctx.receive_now(sched, channel) {
        Some(value) => Outcome::Done(value),
        None => {
            ctx.wait_on(channel, Side::Receive, Value::NIL);
            Outcome::Wait(purpose(channel).1)
        }
    }
}

/// Whether the value could be sent at once: false also if the channel is closed.
#[unsafe(no_mangle)]
pub extern "C" fn cl_chan_try_send(ctx: &mut Context, channel: Value, value: Value) -> Value {
    if !channel.is(Kind::Channel) {
        return ctx.type_error("try-send!", 1, "a Channel", channel);
    }
    let mut sched = ctx.lock_sched();
    Value::bool(ctx.send_now(&mut sched, channel, value) == Some(true))
}

/// A value that is there at once, else `UNDEF`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_chan_try_receive(ctx: &mut Context, channel: Value) -> Value {
    if !channel.is(Kind::Channel) {
        return ctx.type_error("try-receive!", 1, "a Channel", channel);
    }
    let mut sched = ctx.lock_sched();
    ctx.receive_now(&mut sched, channel).unwrap_or(Value::UNDEF)
}

/// Closes a channel: who waits for it goes on. False if it was closed before.
#[unsafe(no_mangle)]
pub extern "C" fn cl_chan_close(ctx: &mut Context, channel: Value) -> Value {
    if !channel.is(Kind::Channel) {
        return ctx.type_error("close", 1, "a Channel", channel);
    }
    let mut sched = ctx.lock_sched();
    if is_closed(channel) {
        return Value::FALSE;
    }
    set(channel, CLOSED, 1);
    while let Some(receiver) = first(receivers(channel)) {
        ctx.wake(&mut sched, receiver, Value::UNDEF);
    }
    while let Some(sender) = first(senders(channel)) {
        ctx.wake(&mut sched, sender, Value::FALSE);
    }
    Value::TRUE
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_chan_closed(ctx: &mut Context, channel: Value) -> Value {
    if !channel.is(Kind::Channel) {
        return ctx.type_error("closed?", 1, "a Channel", channel);
    }
    Value::bool(is_closed(channel))
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_channel(_ctx: &mut Context, value: Value) -> Value {
    Value::bool(value.is(Kind::Channel))
}

/// Calls `visit` with the slots of the objects of the goroutines that wait for a channel, at the address of its header.
pub fn visit_waiting(channel: *mut u64, visit: &mut impl FnMut(*mut u64)) {
    let channel = Value::object(channel);
    for queue in [receivers(channel), senders(channel)] {
        // SAFETY: the queue of a live channel.
        unsafe { (*queue).visit_slots(visit) };
    }
}

/// Whether sending would not wait.
pub fn can_send(channel: Value) -> bool {
    is_closed(channel) || first(receivers(channel)).is_some() || get(channel, COUNT) < get(channel, CAPACITY)
}

/// Whether receiving would not wait.
pub fn can_receive(channel: Value) -> bool {
    is_closed(channel) || first(senders(channel)).is_some() || get(channel, COUNT) > 0
}
