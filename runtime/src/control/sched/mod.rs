//! The scheduler: goroutines, what they wait for, and who goes on next. `docs/design/scheduler.md` has the reasons.
//!
//! A goroutine is a fiber without a parent; the main program is one. Where handlers run parts of it on fibers of their own, the
//! record of its first fiber stands for the whole, and `leaf` there is the fiber where it goes on.
//!
//! Everything that may wait is a *blocking operation*: a function of the runtime that assembly calls on the system stack after it
//! has saved the running fiber. It gives the fiber to go on with, in most cases the same, and leaves the value for it in the
//! context. So a goroutine that another one wakes is always saved, and nothing here switches stacks.

mod chance;
pub mod channel;
mod prims;
mod reports;
mod select;
mod task;
mod ticker;
mod timers;

pub use task::{Queue, Task, Waiter};

use super::fiber::{Fiber, Status};
use crate::heap::config;
use crate::{Context, Value};
use chance::Chance;
use std::collections::{BTreeMap, VecDeque};
use ticker::Ticker;
use timers::Timers;

/// What a blocking operation comes to.
pub(crate) enum Outcome {
    /// It is done, or has failed: its value.
    Done(Value),
    /// The running goroutine waits: its waiters are queued. In words, for who looks at what waits.
    Wait(&'static str),
}

/// Every so many switches the clock is looked at, if something waits for it.
const LOOK_AT_CLOCK: u32 = 32;

/// The goroutines of a context.
#[derive(Default)]
pub(crate) struct Sched {
    /// The running goroutine.
    pub current: *mut Fiber,
    /// Those that can go on, the next one first.
    ready: VecDeque<*mut Fiber>,
    pub timers: Timers,
    ticker: Ticker,
    /// Switches since the clock was looked at.
    switches: u32,
    /// Goroutines and channels made so far: they have numbers.
    made: u64,
    /// Which of several ready cases of a `select` is next.
    turn: usize,
    /// Errors that nobody has looked at: a List of cells, the newest first. A cell that holds nil is done with.
    failures: Value,
    failure_count: usize,
    /// How many there may be before the list is cleared of those that are done with.
    failure_bound: usize,
    /// Goroutines that could never go on, by what they waited for and where; none if nobody asked.
    leaks: Option<BTreeMap<String, u64>>,
    /// Chance decides who goes on and when, instead of the queue and the clock.
    chance: Option<Chance>,
}

impl Sched {
    /// With the main program as the only goroutine.
    pub fn new(main: *mut Fiber) -> Sched {
        let asked = |value: &[u8]| value.split(|&b| b == b',').any(|word| word == b"leaks");
        let leaks = config::variable(c"CL_REPORT").is_some_and(asked).then(BTreeMap::new);
        let chance = Chance::from_env();
        let timers = Timers::new(chance.is_some());
        Sched { current: main, made: 1, leaks, chance, timers, ..Sched::default() }
    }

    pub fn visit_failures(&mut self, visit: &mut impl FnMut(*mut u64)) {
        visit(&raw mut self.failures.0);
    }

    /// Calls `visit` with the references of the scheduler. What is ready, or waits for the clock, lives; who waits for a channel
    /// lives as long as that does.
    pub fn visit_slots(&mut self, visit: &mut impl FnMut(*mut u64)) {
        self.visit_failures(visit);
        for &fiber in self.ready.iter().chain(self.timers.fibers()).chain([&self.current]) {
            // SAFETY: these records live: their objects are visited here at each collection.
            visit(unsafe { (*fiber).object_slot() });
        }
    }

    fn pop_ready(&mut self) -> Option<*mut Fiber> {
        if let Some(chance) = &mut self.chance
            && self.ready.len() > 1
        {
            let chosen = chance.below(self.ready.len());
            self.ready.swap(0, chosen);
        }
        self.ready.pop_front()
    }

    /// Lets chance decide, by a seed, or the queue and the clock.
    pub fn set_chance(&mut self, seed: Option<u64>) {
        self.chance = seed.map(Chance::seeded);
        self.timers.set_virtual(seed.is_some());
    }

    /// Whether every safepoint is to ask the scheduler.
    pub fn wants_safepoint(&self) -> bool {
        self.chance.is_some() || self.ticker.has_tick()
    }

    /// Numbers goroutines and channels.
    pub fn next_number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }
}

impl Context {
    /// The running goroutine.
    pub(crate) fn goroutine<'a>(&self) -> &'a mut Fiber {
        // SAFETY: the running goroutine's record lives, and no primitive keeps this reference past its end.
        unsafe { &mut *self.sched.current }
    }

    /// The end of a blocking operation: which fiber goes on.
    pub(crate) fn finish(&mut self, outcome: Outcome) -> *mut Fiber {
        match outcome {
            Outcome::Done(value) => {
                self.switch_value = value;
                self.current
            }
            Outcome::Wait(why) => self.park(why),
        }
    }

    /// The running goroutine waits. Which fiber goes on.
    fn park(&mut self, why: &'static str) -> *mut Fiber {
        let goroutine = self.goroutine();
        if std::mem::take(&mut goroutine.task.cancelled) {
            self.stop_waiting(goroutine);
            self.switch_value = self.cancelled_error(why);
            return self.current;
        }
        goroutine.task.waits_for = Some(why);
        self.suspend();
        self.release_starter();
        self.next_fiber()
    }

    /// Who started the running goroutine at once goes on next.
    fn release_starter(&mut self) {
        let starter = std::mem::replace(&mut self.goroutine().task.starter, std::ptr::null_mut());
        if !starter.is_null() {
            self.sched.ready.push_front(starter);
        }
    }

    /// Notes where the running goroutine goes on.
    fn suspend(&mut self) {
        let goroutine = self.goroutine();
        goroutine.leaf = self.current;
        self.running().set_status(Status::Parked);
        // It may not have run, but fibers that it waits for: now it refers to what it waits for.
        self.note_ran(goroutine);
    }

    /// Makes a goroutine that waits ready to go on with a value.
    pub(crate) fn make_ready(&mut self, goroutine: *mut Fiber, value: Value) {
        self.set_wake(goroutine, value);
        self.sched.ready.push_back(goroutine);
        self.work();
    }

    /// There is a goroutine that is ready: the running one is to give way some time.
    fn work(&mut self) {
        match self.sched.chance {
            Some(_) => self.stack_limit = u64::MAX,
            None => self.sched.ticker.work(&mut self.stack_limit),
        }
    }

    /// Sets what a goroutine goes on with.
    fn set_wake(&mut self, goroutine: *mut Fiber, value: Value) {
        // SAFETY: who waits lives, see `Sched::visit_slots`.
        let record = unsafe { &mut *goroutine };
        record.task.wake = value;
        record.task.waits_for = None;
        // It may be old, and the value young: the next collection has to look.
        self.note_ran(record);
    }

    /// The operation that a waiter stands for came to pass: its goroutine goes on with a value.
    pub(crate) fn wake(&mut self, waiter: *mut Waiter, value: Value) {
        // SAFETY: a queued waiter is part of the record of a goroutine that waits.
        let (goroutine, case) = unsafe { ((*waiter).goroutine, (*waiter).case) };
        // SAFETY: as above.
        let record = unsafe { &mut *goroutine };
        let value = if record.task.selects { select::result(self, case, value) } else { value };
        self.stop_waiting(record);
        self.make_ready(goroutine, value);
    }

    /// Time is up for a goroutine.
    fn wake_late(&mut self, goroutine: *mut Fiber) {
        // SAFETY: who waits for the clock lives.
        let record = unsafe { &mut *goroutine };
        let value = if record.task.selects { select::result(self, -1, Value::NIL) } else { Value::NIL };
        self.stop_waiting(record);
        self.make_ready(goroutine, value);
    }

    /// A goroutine that waits goes on with the pending error.
    fn wake_with_error(&mut self, goroutine: &mut Fiber) {
        self.stop_waiting(goroutine);
        goroutine.task.error = self.pending;
        self.make_ready(goroutine, Value::RAISED);
    }

    /// Takes a goroutine's waiters out of their queues, and its timer.
    fn stop_waiting(&mut self, goroutine: &mut Fiber) {
        goroutine.task.dequeue();
        if let Some(key) = goroutine.task.timer.take() {
            self.sched.timers.remove(key);
        }
    }

    /// The goroutine that goes on next: its fiber. Waits for the clock if nothing else can.
    pub(super) fn next_fiber(&mut self) -> *mut Fiber {
        self.sched.switches += 1;
        if self.sched.switches >= LOOK_AT_CLOCK {
            self.sched.switches = 0;
            self.wake_due();
        }
        loop {
            if let Some(goroutine) = self.sched.pop_ready() {
                return self.go_on(goroutine);
            }
            match self.sched.timers.first() {
                Some(deadline) => {
                    crate::effects::io::flush_all(self);
                    let left = self.sched.timers.left_until(deadline);
                    self.while_stopped(|| std::thread::sleep(left));
                    self.wake_due();
                }
                None => self.raise_deadlock(),
            }
        }
    }

    /// Wakes those whose time has come.
    fn wake_due(&mut self) {
        while let Some(goroutine) = self.sched.timers.pop_due() {
            // SAFETY: who waits for the clock lives.
            unsafe { (*goroutine).task.timer = None };
            self.wake_late(goroutine);
        }
    }

    /// Goes on with a goroutine: its fiber.
    fn go_on(&mut self, goroutine: *mut Fiber) -> *mut Fiber {
        self.sched.current = goroutine;
        let record = self.goroutine();
        self.switch_value = std::mem::replace(&mut record.task.wake, Value::NIL);
        if self.switch_value == Value::RAISED {
            self.pending = std::mem::replace(&mut record.task.error, Value::NIL);
        }
        let fiber = std::mem::replace(&mut record.leaf, goroutine);
        // SAFETY: the fiber is the goroutine's own or one that it waits for.
        unsafe { (*fiber).set_status(Status::Running) };
        fiber
    }

    /// The function of a goroutine has ended: who waits for it goes on. Which fiber goes on.
    pub(super) fn goroutine_ended(&mut self, result: Value) -> *mut Fiber {
        let goroutine = self.goroutine();
        goroutine.task.result = result;
        while let Some(waiter) = goroutine.task.joiners.first() {
            self.wake(waiter, result);
        }
        self.release_starter();
        self.retire(goroutine);
        self.next_fiber()
    }

    /// Lets the others run.
    pub(crate) fn yield_now(&mut self) -> *mut Fiber {
        self.suspend();
        self.make_ready(self.sched.current, Value::NIL);
        self.next_fiber()
    }

    /// Whether the running goroutine has run long enough, and another one waits to run.
    pub(crate) fn should_preempt(&mut self) -> bool {
        let due = match &mut self.sched.chance {
            Some(chance) => chance.step(),
            None => self.sched.ticker.take_tick(),
        };
        if !due {
            return false;
        }
        self.wake_due();
        !self.sched.ready.is_empty()
    }
}
