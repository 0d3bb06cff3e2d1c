//! The scheduler's lock, and what can be known of the scheduler without it.

use super::Sched;
use crate::Context;
use crate::heap::shared::lock;
use std::cell::UnsafeCell;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// The scheduler of a program. An only worker takes no lock.
pub(crate) struct Scheduler {
    lock: Mutex<()>,
    sched: UnsafeCell<Sched>,
    /// Goroutines and channels made so far: they have numbers. 1 is the main program.
    made: AtomicU64,
    /// How often a goroutine was taken from the queue.
    taken: AtomicU64,
    /// How many are in it.
    ready: AtomicUsize,
    /// When the first of those goes on who wait for the clock, as nanoseconds since `start`; all ones if nobody does.
    clock: AtomicU64,
    start: Instant,
    by_chance: AtomicBool,
    /// Workers that wait for something outside of the program.
    blocked: AtomicUsize,
    /// There are other workers than the first one: the lock is taken.
    are_started: AtomicBool,
    /// The first worker is to start the others at its next safepoint.
    pub(super) wants_workers: AtomicBool,
    /// Another worker than the first one ends the process.
    exits_elsewhere: AtomicBool,
    /// The program has ended: the workers leave it at their next safepoints.
    ended: AtomicBool,
}

impl Default for Scheduler {
    fn default() -> Scheduler {
        let sched = Sched::new();
        Scheduler {
            lock: Mutex::new(()),
            by_chance: AtomicBool::new(sched.chance.is_some()),
            sched: UnsafeCell::new(sched),
            blocked: AtomicUsize::new(0),
            are_started: AtomicBool::new(false),
            made: AtomicU64::new(1),
            taken: AtomicU64::new(0),
            ready: AtomicUsize::new(0),
            clock: AtomicU64::new(u64::MAX),
            start: Instant::now(),
            wants_workers: AtomicBool::new(false),
            exits_elsewhere: AtomicBool::new(false),
            ended: AtomicBool::new(false),
        }
    }
}

impl Scheduler {
    fn lock(&self) -> Guard<'_> {
        let held = lock(&self.lock);
        // SAFETY: the lock is held, and whoever calls this knows that there are several workers, who take it.
        Guard { sched: unsafe { &mut *self.sched.get() }, _held: Some(held) }
    }

    /// For the collector, while all workers are stopped, and before there are any.
    #[allow(clippy::mut_from_ref, reason = "who may call this is alone")]
    pub fn while_stopped(&self) -> &mut Sched {
        // SAFETY: a worker that is stopped uses the scheduler only after it has been let go on.
        unsafe { &mut *self.sched.get() }
    }

    /// Numbers goroutines and channels.
    pub fn next_number(&self) -> u64 {
        self.made.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The queue of ready goroutines has changed.
    #[inline]
    pub(super) fn note_ready(&self, sched: &Sched) {
        self.ready.store(sched.ready.len(), Ordering::SeqCst);
    }
    /// A goroutine was taken from it.
    #[inline]
    pub(super) fn note_taken(&self, sched: &Sched) {
        self.ready.store(sched.ready.len(), Ordering::Relaxed);
        self.taken.fetch_add(1, Ordering::Relaxed);
    }
    pub(super) fn has_ready(&self) -> bool {
        self.ready.load(Ordering::SeqCst) > 0
    }
    /// Others wait for the clock than before.
    pub(super) fn note_clock(&self, sched: &mut Sched) {
        let first = sched.timers.time_to_first().map(|left| (self.start.elapsed() + left).as_nanos());
        self.clock.store(first.and_then(|at| u64::try_from(at).ok()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
    /// For the ticker: how long it is until somebody goes on who waits for the clock; none if nobody does.
    pub(super) fn time_to_clock(&self) -> Option<Duration> {
        let at = self.clock.load(Ordering::Relaxed);
        (at != u64::MAX).then(|| Duration::from_nanos(at).saturating_sub(self.start.elapsed()))
    }
    pub(super) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// For the ticker: wakes an idle worker. False if the others were not started yet.
    pub(super) fn wake_worker(&self) -> bool {
        let are_started = self.are_started.load(Ordering::Acquire);
        if are_started {
            self.lock().workers.wake_one();
        }
        are_started
    }
    pub(super) fn set_started(&self, started: bool) {
        self.are_started.store(started, Ordering::Release);
    }

    pub fn is_by_chance(&self) -> bool {
        self.by_chance.load(Ordering::Relaxed)
    }
    pub fn set_by_chance(&self, by_chance: bool) {
        self.by_chance.store(by_chance, Ordering::Relaxed);
    }

    /// A worker begins to wait for something outside of the program, or has done so.
    pub fn note_blocked(&self, begins: bool) {
        match begins {
            true => self.blocked.fetch_add(1, Ordering::SeqCst),
            false => self.blocked.fetch_sub(1, Ordering::SeqCst),
        };
    }
    pub(super) fn blocked(&self) -> usize {
        self.blocked.load(Ordering::SeqCst)
    }

    pub fn exits_elsewhere(&self) -> bool {
        self.exits_elsewhere.load(Ordering::SeqCst)
    }
    pub(super) fn set_exits_elsewhere(&self) {
        self.exits_elsewhere.store(true, Ordering::SeqCst);
    }

    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
    pub fn set_ended(&self, ended: bool) {
        self.ended.store(ended, Ordering::Relaxed);
    }
}

/// The scheduler, locked.
pub(crate) struct Guard<'a> {
    sched: &'a mut Sched,
    /// None for an only worker.
    _held: Option<MutexGuard<'a, ()>>,
}

impl Deref for Guard<'_> {
    type Target = Sched;
    fn deref(&self) -> &Sched {
        self.sched
    }
}

impl DerefMut for Guard<'_> {
    fn deref_mut(&mut self) -> &mut Sched {
        self.sched
    }
}

impl Context {
    /// Takes the scheduler's lock. Who has it may take the heap's, not another one.
    #[inline]
    pub(crate) fn lock_sched<'a>(&self) -> Guard<'a> {
        // SAFETY: the context keeps what is shared, and outlives every guard: these are let go within one operation.
        let scheduler: &'a Scheduler = unsafe { &(*Arc::as_ptr(&self.shared)).scheduler };
        match self.is_alone {
            // SAFETY: there is one worker, and each of its operations takes one guard.
            true => Guard { sched: unsafe { &mut *scheduler.sched.get() }, _held: None },
            false => scheduler.lock(),
        }
    }
}
