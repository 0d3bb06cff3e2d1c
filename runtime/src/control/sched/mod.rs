//! The scheduler: goroutines, what they wait for, and who goes on next. `docs/design/scheduler.md` has the reasons.
//!
//! A goroutine is a fiber without a parent; the main program is one. Where handlers run parts of it on fibers of their own, the
//! record of its first fiber stands for the whole, and `leaf` there is the fiber where it goes on.
//!
//! Everything that may wait is a *blocking operation*: a function of the runtime that assembly calls on the system stack after it
//! has saved the running fiber. It gives the fiber to go on with, in most cases the same, and leaves the value for it in the
//! context. So a goroutine that another one wakes is always saved, and nothing here switches stacks.
//!
//! One lock protects all of it, with the queues in channels and the scheduler's part of the records of goroutines. A worker that
//! has given its goroutine away touches neither the record nor the stack of it again.

mod chance;
pub mod channel;
mod lock;
mod prims;
mod reports;
mod select;
mod task;
mod ticker;
mod timers;
mod workers;

pub(crate) use lock::{Guard, Scheduler};
pub use task::{Queue, Task, Waiter};

use super::fiber::{FETCH_RECORD, FETCH_STACK, Fiber, Status};
use crate::heap::config;
use crate::{Context, Value};
use chance::Chance;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::Ordering;
use ticker::Ticker;
use timers::Timers;
use workers::Workers;

/// What a blocking operation comes to.
pub(crate) enum Outcome {
    /// It is done, or has failed: its value.
    Done(Value),
    /// The running goroutine waits: its waiters are queued. In words, for who looks at what waits.
    Wait(&'static str),
}

/// What a program needs of the scheduler beside the operations that it calls, once it makes goroutines. By these pointers the
/// code is in no other program.
pub(crate) struct Concurrency {
    /// At a safepoint: whether others are to run.
    pub should_preempt: fn(&mut Context) -> bool,
    /// Before a worker waits for something outside of the program: others are to run the goroutines meanwhile.
    pub before_blocking: fn(&mut Context),
    /// At the end of the program, on the first worker: whether there are errors that nobody looked at.
    pub stop: fn(&mut Context) -> bool,
    /// On another one that ends the program; the value is `main`'s.
    pub exit: fn(&mut Context, Value) -> !,
}

static CONCURRENCY: Concurrency = Concurrency {
    should_preempt: Context::should_preempt,
    before_blocking: Context::start_workers,
    stop: Context::stop_workers,
    exit: Context::exit_process,
};

/// Every so many switches of a worker the clock is looked at, if something waits for it.
const LOOK_AT_CLOCK: u32 = 32;

/// What the lock protects.
pub(crate) struct Sched {
    /// The main program. Owned.
    main: *mut Fiber,
    /// Goroutines that can go on, the next one first.
    ready: VecDeque<*mut Fiber>,
    pub timers: Timers,
    ticker: Ticker,
    workers: Workers,
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
    fn new() -> Sched {
        let asked = |value: &[u8]| value.split(|&b| b == b',').any(|word| word == b"leaks");
        let leaks = config::variable(c"CL_REPORT").is_some_and(asked).then(BTreeMap::new);
        let chance = Chance::from_env();
        Sched {
            main: Box::into_raw(Fiber::main()),
            ready: VecDeque::new(),
            timers: Timers::new(chance.is_some()),
            ticker: Ticker::default(),
            workers: Workers::default(),
            turn: 0,
            failures: Value::NIL,
            failure_count: 0,
            failure_bound: 0,
            leaks,
            chance,
        }
    }

    /// The main program.
    pub fn main(&self) -> *mut Fiber {
        self.main
    }

    pub fn visit_failures(&mut self, visit: &mut impl FnMut(*mut u64)) {
        visit(&raw mut self.failures.0);
    }

    /// Calls `visit` with the references of the scheduler. What is ready, or waits for the clock, lives; who waits for a channel
    /// lives as long as that does.
    pub fn visit_slots(&mut self, visit: &mut impl FnMut(*mut u64)) {
        self.visit_failures(visit);
        for &fiber in self.ready.iter().chain(self.timers.fibers()) {
            // SAFETY: these records live: their objects are visited here at each collection.
            visit(unsafe { (*fiber).object_slot() });
        }
    }

    /// Takes the goroutine that is next.
    fn pop_ready(&mut self) -> Option<*mut Fiber> {
        if let Some(chance) = &mut self.chance
            && self.ready.len() > 1
        {
            let chosen = chance.below(self.ready.len());
            self.ready.swap(0, chosen);
        }
        self.fetch_ahead();
        self.ready.pop_front()
    }

    /// Has the records and stacks of those who are next but a few fetched into the cache: where there are very many goroutines,
    /// waiting for the memory takes most of a switch.
    fn fetch_ahead(&self) {
        if let Some(&later) = self.ready.get(FETCH_RECORD) {
            Fiber::fetch(later);
        }
        if let Some(&soon) = self.ready.get(FETCH_STACK) {
            // SAFETY: who is ready lives.
            unsafe { (*(*soon).leaf).fetch_stack() };
        }
    }

    /// Lets chance decide, by a seed, or the queue and the clock.
    fn set_chance(&mut self, seed: Option<u64>) {
        self.chance = seed.map(Chance::seeded);
        self.timers.set_virtual(seed.is_some());
    }
}

impl Drop for Sched {
    fn drop(&mut self) {
        // SAFETY: it was made by `new`, and nothing runs any more.
        drop(unsafe { Box::from_raw(self.main) });
    }
}

impl Context {
    /// The running goroutine.
    pub(crate) fn goroutine<'a>(&self) -> &'a mut Fiber {
        // SAFETY: the running goroutine's record lives, and no primitive keeps this reference past its end.
        unsafe { &mut *self.goroutine }
    }

    /// The end of a blocking operation: which fiber goes on, null if the worker is to leave the program.
    pub(crate) fn finish(&mut self, sched: Guard, outcome: Outcome) -> *mut Fiber {
        match outcome {
            Outcome::Done(value) => self.done(value),
            Outcome::Wait(why) => self.park(sched, why),
        }
    }

    /// The end of a blocking operation that did not wait, or waited outside of the program: the fiber that called it goes on.
    pub(crate) fn done(&mut self, value: Value) -> *mut Fiber {
        self.switch_value = value;
        self.current
    }

    /// The running goroutine waits. Which fiber goes on.
    fn park(&mut self, mut sched: Guard, why: &'static str) -> *mut Fiber {
        let goroutine = self.goroutine();
        if std::mem::take(&mut goroutine.task.cancelled) {
            sched.stop_waiting(goroutine);
            self.switch_value = self.cancelled_error(why);
            return self.current;
        }
        goroutine.task.waits_for = Some(why);
        sched.release_starter(goroutine);
        self.suspend();
        self.next_fiber(sched)
    }

    /// Notes where the running goroutine goes on: from here on it may do so on another worker, and this one runs nothing.
    fn suspend(&mut self) {
        let goroutine = self.goroutine();
        goroutine.leaf = self.current;
        self.running().set_status(Status::Parked);
        // It may not have run, but fibers that it waits for: now it refers to what it waits for.
        self.note_ran(goroutine);
        self.run_nothing();
    }

    /// The worker runs no fiber from here on.
    fn run_nothing(&mut self) {
        self.current = self.fibers.idle();
        self.exit_fp = 0;
    }

    /// Makes a goroutine that waits ready to go on with a value.
    fn make_ready(&mut self, sched: &mut Sched, goroutine: *mut Fiber, value: Value) {
        self.set_wake(goroutine, value);
        sched.ready.push_back(goroutine);
        self.shared.scheduler.note_ready(sched);
        match sched.chance {
            Some(_) => self.stack_limit = u64::MAX,
            None => sched.ticker.wake(),
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
    fn wake(&mut self, sched: &mut Sched, waiter: *mut Waiter, value: Value) {
        // SAFETY: a queued waiter is part of the record of a goroutine that waits.
        let (goroutine, case) = unsafe { ((*waiter).goroutine, (*waiter).case) };
        // SAFETY: as above.
        let record = unsafe { &mut *goroutine };
        let value = if record.task.selects { select::result(self, case, value) } else { value };
        sched.stop_waiting(record);
        self.make_ready(sched, goroutine, value);
    }

    /// Wakes those whose time has come.
    fn wake_due(&mut self, sched: &mut Sched) {
        while let Some(goroutine) = sched.timers.pop_due() {
            // SAFETY: who waits for the clock lives.
            let record = unsafe { &mut *goroutine };
            record.task.timer = None;
            let value = if record.task.selects { select::result(self, -1, Value::NIL) } else { Value::NIL };
            sched.stop_waiting(record);
            self.make_ready(sched, goroutine, value);
        }
    }

    /// A goroutine that waits goes on with the pending error.
    fn wake_with_error(&mut self, sched: &mut Sched, goroutine: &mut Fiber) {
        sched.stop_waiting(goroutine);
        goroutine.task.error = self.pending;
        self.make_ready(sched, goroutine, Value::RAISED);
    }

    /// The goroutine that goes on next: its fiber. Waits if there is none; null if the worker is to leave the program.
    fn next_fiber(&mut self, mut sched: Guard) -> *mut Fiber {
        self.switches += 1;
        if self.switches >= LOOK_AT_CLOCK {
            self.switches = 0;
            self.wake_due(&mut sched);
        }
        loop {
            if self.shared.scheduler.has_ended() {
                return std::ptr::null_mut();
            }
            if let Some(goroutine) = sched.pop_ready() {
                self.shared.scheduler.note_taken(&sched);
                // It is this worker's now; its record may have to come from memory, which others need not wait for.
                drop(sched);
                return self.go_on(goroutine);
            }
            sched = self.wait_for_work(sched);
        }
    }

    /// Goes on with a goroutine: its fiber.
    fn go_on(&mut self, goroutine: *mut Fiber) -> *mut Fiber {
        self.goroutine = goroutine;
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

    /// The function of the running goroutine has ended: who waits for it goes on. Which fiber goes on.
    pub(super) fn goroutine_ended(&mut self, result: Value) -> *mut Fiber {
        let mut sched = self.lock_sched();
        let goroutine = self.goroutine();
        goroutine.task.result = result;
        while let Some(waiter) = goroutine.task.joiners.first() {
            self.wake(&mut sched, waiter, result);
        }
        sched.release_starter(goroutine);
        self.retire(goroutine);
        self.run_nothing();
        self.next_fiber(sched)
    }

    /// The fiber that a worker goes on with which runs nothing, null if it is to leave the program.
    pub(crate) fn next_goroutine(&mut self) -> *mut Fiber {
        self.next_fiber(self.lock_sched())
    }

    /// Lets the others run.
    pub(crate) fn yield_now(&mut self) -> *mut Fiber {
        let mut sched = self.lock_sched();
        self.suspend();
        self.make_ready(&mut sched, self.goroutine, Value::NIL);
        self.next_fiber(sched)
    }

    /// The program makes a goroutine: from the first one on there is what programs without goroutines do not hold.
    fn use_goroutines(&mut self, sched: &mut Sched) {
        self.concurrency = Some(&CONCURRENCY);
        if sched.chance.is_none() {
            sched.ticker.start(&self.shared);
        }
    }

    /// At a safepoint: whether the running goroutine has run long enough and another one waits to run, or the program has ended.
    fn should_preempt(&mut self) -> bool {
        if self.shared.scheduler.has_ended() {
            return true;
        }
        let is_due = match self.shared.scheduler.is_by_chance() {
            true => self.lock_sched().chance.as_mut().is_some_and(Chance::step),
            false => self.tick.load(Ordering::Relaxed) && self.tick.swap(false, Ordering::Relaxed),
        };
        if !is_due {
            return false;
        }
        if self.shared.scheduler.wants_workers.swap(false, Ordering::Relaxed) {
            self.start_workers();
        }
        let mut sched = self.lock_sched();
        self.wake_due(&mut sched);
        self.shared.scheduler.note_clock(&mut sched);
        !sched.ready.is_empty()
    }

    /// Whether every safepoint is to ask the scheduler.
    pub(crate) fn scheduler_wants_safepoint(&self) -> bool {
        let scheduler = &self.shared.scheduler;
        self.tick.load(Ordering::Relaxed) || scheduler.is_by_chance() || scheduler.has_ended()
    }
}

impl Sched {
    /// Takes a goroutine's waiters out of their queues, and its timer.
    fn stop_waiting(&mut self, goroutine: &mut Fiber) {
        goroutine.task.dequeue();
        if let Some(key) = goroutine.task.timer.take() {
            self.timers.remove(key);
        }
    }

    /// Who started a goroutine at once goes on next.
    fn release_starter(&mut self, goroutine: &mut Fiber) {
        let starter = std::mem::replace(&mut goroutine.task.starter, std::ptr::null_mut());
        if !starter.is_null() {
            self.ready.push_front(starter);
        }
    }
}
