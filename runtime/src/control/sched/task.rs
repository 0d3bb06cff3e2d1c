//! What the scheduler keeps in the record of a goroutine, and the queues of those that wait.

use super::channel;
use super::timers::Key;
use crate::Value;
use crate::control::fiber::{Fiber, record_of};
use cl_abi::layout::Kind;

/// The scheduler's part of a fiber's record; that of a fiber that is no goroutine is unused.
pub struct Task {
    /// From 1, in the order in which they were made; 0: no goroutine.
    pub number: u64,
    /// The value that it goes on with; `RAISED` for an error, which is in `error`.
    pub wake: Value,
    pub error: Value,
    /// What its function gave.
    pub result: Value,
    /// In words; none while it runs or is ready.
    pub waits_for: Option<&'static str>,
    pub timer: Option<Key>,
    /// Who started it at once, and goes on when it first waits or ends; else null.
    pub starter: *mut Fiber,
    /// It is to get the error `cancelled` when it next waits.
    pub cancelled: bool,
    /// It waits in a `select`.
    pub selects: bool,
    /// For what is waited for outside of a `select`.
    pub waiter: Waiter,
    /// For the cases of a `select`.
    pub cases: Vec<Waiter>,
    /// Who waits for its end.
    pub joiners: Queue,
}

impl Default for Task {
    fn default() -> Task {
        let (wake, error, result) = Default::default();
        let (waiter, cases, joiners) = Default::default();
        let (number, waits_for, timer, cancelled, selects) = Default::default();
        let starter = std::ptr::null_mut();
        Task { number, wake, error, result, waits_for, timer, starter, cancelled, selects, waiter, cases, joiners }
    }
}

impl Task {
    /// Calls `visit` with the references in it.
    pub fn visit_slots(&mut self, visit: &mut impl FnMut(*mut u64)) {
        if self.number == 0 {
            return;
        }
        for value in [&mut self.wake, &mut self.error, &mut self.result] {
            visit(&raw mut value.0);
        }
        for waiter in self.cases.iter_mut().chain([&mut self.waiter]) {
            visit(&raw mut waiter.on.0);
            visit(&raw mut waiter.value.0);
        }
        self.joiners.visit_slots(visit);
        if !self.starter.is_null() {
            // SAFETY: who waits for this goroutine's first wait lives: its object is visited here.
            visit(unsafe { (*self.starter).object_slot() });
        }
    }

    /// Takes its waiters out of their queues.
    pub fn dequeue(&mut self) {
        for waiter in self.cases.iter_mut().chain([&mut self.waiter]) {
            waiter.dequeue();
        }
        self.cases.clear();
        self.selects = false;
    }
}

/// What a waiter waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Side {
    #[default]
    Receive,
    Send,
    /// The end of a goroutine.
    Join,
}

/// One who waits in a queue. It is part of the record of its goroutine, which does not move.
pub struct Waiter {
    /// Null: in no queue.
    pub goroutine: *mut Fiber,
    next: *mut Waiter,
    before: *mut Waiter,
    /// The channel, or the goroutine's object, that the queue belongs to.
    pub on: Value,
    pub side: Side,
    /// What is to be sent.
    pub value: Value,
    /// The index in a `select`.
    pub case: i64,
}

impl Default for Waiter {
    fn default() -> Waiter {
        let null = std::ptr::null_mut();
        let (on, value) = (Value::NIL, Value::NIL);
        Waiter { goroutine: std::ptr::null_mut(), next: null, before: null, on, side: Side::Receive, value, case: 0 }
    }
}

impl Waiter {
    /// The waiter enters the queue that it names. It may not move while it is there.
    pub fn enqueue(&mut self, goroutine: *mut Fiber) {
        self.goroutine = goroutine;
        // SAFETY: the object lives, and no other reference to its queue exists now.
        let queue = unsafe { &mut *self.queue() };
        (self.before, self.next) = (queue.last, std::ptr::null_mut());
        match queue.last.is_null() {
            true => queue.first = self,
            // SAFETY: a queue's waiters live until they leave it.
            false => unsafe { (*queue.last).next = self },
        }
        queue.last = self;
    }

    /// The waiter leaves its queue, if it is in one.
    pub fn dequeue(&mut self) {
        if self.goroutine.is_null() {
            return;
        }
        // SAFETY: as for `enqueue`.
        let queue = unsafe { &mut *self.queue() };
        match self.before.is_null() {
            true => queue.first = self.next,
            // SAFETY: a queue's waiters live until they leave it.
            false => unsafe { (*self.before).next = self.next },
        }
        match self.next.is_null() {
            true => queue.last = self.before,
            // SAFETY: as above.
            false => unsafe { (*self.next).before = self.before },
        }
        self.goroutine = std::ptr::null_mut();
        (self.on, self.value) = (Value::NIL, Value::NIL);
    }

    fn queue(&self) -> *mut Queue {
        match self.side {
            Side::Receive => channel::receivers(self.on),
            Side::Send => channel::senders(self.on),
            Side::Join => {
                debug_assert!(self.on.is(Kind::Fiber));
                // SAFETY: the object keeps its record.
                unsafe { &raw mut (*record_of(self.on)).task.joiners }
            }
        }
    }
}

/// Those who wait, in the order in which they came. Lies in a channel, as two words that look like Ints, or in a record.
#[repr(C)]
pub struct Queue {
    first: *mut Waiter,
    last: *mut Waiter,
}

impl Default for Queue {
    fn default() -> Queue {
        Queue { first: std::ptr::null_mut(), last: std::ptr::null_mut() }
    }
}

impl Queue {
    pub fn first(&self) -> Option<*mut Waiter> {
        (!self.first.is_null()).then_some(self.first)
    }

    /// Calls `visit` with the slots of the objects of those who wait.
    pub fn visit_slots(&self, visit: &mut impl FnMut(*mut u64)) {
        let mut at = self.first;
        while !at.is_null() {
            // SAFETY: a queue's waiters live until they leave it, and so do their goroutines.
            unsafe {
                visit((*(*at).goroutine).object_slot());
                at = (*at).next;
            }
        }
    }
}
