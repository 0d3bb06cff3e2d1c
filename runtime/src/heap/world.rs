//! Stopping the world. A worker that finds that a collection is wanted, at a safepoint, asks all others to stop, waits
//! until they have, collects, and lets them go on. A worker is *stopped* at a safepoint, while it waits for something to do,
//! and in a section that was declared as blocking; only there may its values move.
//!
//! The request is a store of all ones into the others' stack limits, which compiled code compares with. A worker that sets
//! its limit at that very moment, as each switch of fibers does, may undo the request. So who waits asks again after a
//! while: nothing on a worker's fast path needs a fence or a second look.

use super::shared::lock;
use crate::Context;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// After so long a worker that still runs is asked again: about what a collection takes.
const ASK_AGAIN: Duration = Duration::from_millis(1);

#[derive(Default)]
pub(crate) struct World {
    state: Mutex<State>,
    /// Whether somebody waits for the others to stop. Changed under the lock only.
    is_stopping: AtomicBool,
    /// The last running worker has stopped.
    stopped: Condvar,
    /// The collection is over.
    resumed: Condvar,
}

#[derive(Default)]
struct State {
    /// All workers. The first one is the program's own context, which owns the others.
    workers: Vec<*mut Context>,
    /// How many of them are not stopped.
    running: usize,
}

// SAFETY: the contexts are used by others than their threads only as `World::stop` says.
unsafe impl Send for State {}

impl World {
    /// Adds a worker, which is stopped.
    pub fn add(&self, worker: *mut Context) {
        let mut state = self.wait_while_stopping(lock(&self.state));
        state.workers.push(worker);
    }

    /// The first worker.
    pub fn first(&self) -> *const Context {
        lock(&self.state).workers.first().map_or(std::ptr::null(), |&worker| worker)
    }

    /// Calls `f` with all workers, which wait while it runs.
    pub fn each(&self, mut f: impl FnMut(&Context)) {
        // SAFETY: the first worker owns the others' contexts; the caller knows that they wait.
        lock(&self.state).workers.iter().for_each(|&worker| f(unsafe { &*worker }));
    }

    /// Asks all workers to come to a safepoint.
    pub fn ask_all(&self) {
        lock(&self.state).workers.iter().for_each(|&worker| ask(worker));
    }

    /// The same, for the scheduler to let other goroutines run.
    pub fn tick_all(&self) {
        for &worker in &lock(&self.state).workers {
            // SAFETY: as for `ask`; the flag is an atomic.
            unsafe { (*worker).tick.store(true, Ordering::Relaxed) };
            ask(worker);
        }
    }

    /// Takes all workers but the first one out.
    pub fn take_others(&self) -> Vec<*mut Context> {
        let mut workers = std::mem::take(&mut lock(&self.state).workers);
        workers.drain(1.min(workers.len())..).collect()
    }

    /// Whether a worker at a safepoint has to stop.
    #[inline]
    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// The worker is stopped from here on, until it calls `enter`.
    pub fn leave(&self) {
        let mut state = lock(&self.state);
        self.leave_with(&mut state);
    }

    fn leave_with(&self, state: &mut State) {
        state.running -= 1;
        if state.running == 0 && self.is_stopping() {
            self.stopped.notify_one();
        }
    }

    /// The worker runs from here on; not before a collection is over.
    pub fn enter(&self) {
        self.wait_while_stopping(lock(&self.state)).running += 1;
    }

    fn wait_while_stopping<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let wait = |state| self.resumed.wait_while(state, |_| self.is_stopping());
        wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// At a safepoint of the worker `me`: stops the others and calls `collect` with all workers, `me` too. If another one
    /// is stopping the world, or `is_wanted` says that it has done so already, only lets it.
    pub fn stop(&self, me: *mut Context, is_wanted: impl Fn() -> bool, collect: impl FnOnce(&[*mut Context])) {
        let mut state = lock(&self.state);
        if self.is_stopping() {
            self.leave_with(&mut state);
            self.wait_while_stopping(state).running += 1;
            return;
        }
        if !is_wanted() {
            return;
        }
        self.is_stopping.store(true, Ordering::Relaxed);
        state.running -= 1;
        while state.running > 0 {
            state.workers.iter().filter(|&&worker| worker != me).for_each(|&worker| ask(worker));
            let waited = self.stopped.wait_timeout(state, ASK_AGAIN);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        collect(&state.workers);
        state.running += 1;
        self.is_stopping.store(false, Ordering::Relaxed);
        self.resumed.notify_all();
    }
}

/// Asks a worker to come to a safepoint.
fn ask(worker: *mut Context) {
    // SAFETY: the first worker owns the others' contexts until none runs; the word is aligned, and others than its worker
    // only write to it.
    unsafe { AtomicU64::from_ptr(&raw mut (*worker).stack_limit) }.store(u64::MAX, Ordering::Relaxed);
}

impl Context {
    /// Runs what takes long or waits for something outside, during which the worker counts as stopped: `f` uses neither
    /// the heap nor the context. Only in a blocking operation (`control/sched`), where the running fiber is saved; values
    /// in variables of the caller are wrong afterwards.
    pub fn while_stopped<T>(&mut self, f: impl FnOnce() -> T) -> T {
        if let Some(concurrency) = self.concurrency {
            (concurrency.before_blocking)(self);
        }
        if self.is_alone {
            return f();
        }
        let newest = self.running().anchor();
        (self.exit_fp, self.exit_pc) = (newest.fp as u64, newest.pc as u64);
        let shared = self.shared.clone();
        shared.scheduler.note_blocked(true);
        shared.world.leave();
        let result = f();
        shared.world.enter();
        shared.scheduler.note_blocked(false);
        result
    }
}
