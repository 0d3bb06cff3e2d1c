//! The workers of a program: threads that run goroutines. The first one is the thread that started the program; the others are
//! started when a goroutine has been ready for some time and the first one does not come to it, so programs whose goroutines
//! mostly wait for each other stay on one.

use super::Guard;
use crate::control::{arch, fiber};
use crate::heap::config;
use crate::{Context, Value};
use std::thread::{JoinHandle, Thread};
use std::time::Duration;

/// Bytes of a worker's system stack: as much as a main thread usually has.
const SYSTEM_STACK: usize = 8 << 20;
/// How often the first worker looks whether the others have left the program.
const LEAVING: Duration = Duration::from_micros(50);
/// More workers than this are never started, however many processors there are.
const WORKERS_MAX: usize = 256;

#[derive(Default)]
pub struct Workers {
    /// Those that were started, beside the first one.
    threads: Vec<JoinHandle<()>>,
    /// Those that wait for something to do.
    idle: Vec<Thread>,
}

impl Workers {
    /// An idle worker goes on; whether there is one.
    pub fn wake_one(&mut self) -> bool {
        self.idle.pop().map(|thread| thread.unpark()).is_some()
    }

    /// Whether all but one wait for something to do.
    fn all_others_wait(&self) -> bool {
        self.idle.len() == self.threads.len()
    }
}

/// How many workers a program may have: `CL_WORKERS`, else as many as there are processors for it.
pub fn most() -> usize {
    if cfg!(not(target_arch = "x86_64")) {
        // Compiled code does not yet order its loads and stores for other workers there (`docs/design/workers.md`).
        return 1;
    }
    let wanted = config::variable(c"CL_WORKERS").and_then(|text| std::str::from_utf8(text).ok()?.parse().ok());
    let usual = || std::thread::available_parallelism().map_or(1, |n| n.get());
    wanted.filter(|&n: &usize| n > 0).unwrap_or_else(usual).min(WORKERS_MAX)
}

/// A worker's context, for its thread.
struct Worker(*mut Context);
// SAFETY: the first worker keeps the context until the thread has ended; no other thread uses it but while it is stopped.
unsafe impl Send for Worker {}

impl Worker {
    /// Runs goroutines until the program ends.
    fn run(self) {
        // SAFETY: see above.
        let ctx = unsafe { &mut *self.0 };
        ctx.shared.clone().world.enter();
        let host_sp = &raw mut ctx.host_sp;
        let mut nothing = [0u128; 4];
        let stack = nothing.as_mut_ptr_range().end as usize;
        // SAFETY: `start_worker` goes over to the system stack at once, and needs of its own only the word of its return address.
        unsafe { arch::enter(ctx, fiber::start_worker as *const () as usize, stack, host_sp) };
        ctx.run_nothing();
        ctx.shared.clone().world.leave();
    }
}

impl Context {
    /// At a safepoint of the first worker, or in one of its blocking operations: starts the others, if there are none yet.
    pub(super) fn start_workers(&mut self) {
        if !self.is_first || !self.is_alone || self.shared.scheduler.is_by_chance() || most() == 1 {
            return;
        }
        let workers: Vec<Worker> = (1..most()).map(|_| Worker(self.add_worker())).collect();
        // None looks who else is there before all are.
        let mut sched = self.lock_sched();
        for worker in workers {
            let thread = std::thread::Builder::new().stack_size(SYSTEM_STACK).spawn(move || worker.run());
            // Where the system refuses, there are fewer.
            sched.workers.threads.extend(thread.ok());
        }
        self.shared.scheduler.set_started(true);
    }

    /// No goroutine is ready for this worker: waits for one, for the clock, or for the end of the program.
    pub(super) fn wait_for_work<'a>(&mut self, mut sched: Guard<'a>) -> Guard<'a> {
        if sched.ready.is_empty() && sched.workers.all_others_wait() {
            // Nothing but the clock can make a goroutine ready.
            match sched.timers.first() {
                None => {
                    self.raise_deadlock(&mut sched);
                    return sched;
                }
                Some(_) if sched.timers.jump() => {
                    self.wake_due(&mut sched);
                    return sched;
                }
                Some(_) => {}
            }
        }
        let wait = sched.timers.time_to_first();
        let thread = std::thread::current();
        let id = thread.id();
        sched.workers.idle.push(thread);
        drop(sched);
        self.wait_outside(wait);
        let mut sched = self.lock_sched();
        sched.workers.idle.retain(|thread| thread.id() != id);
        self.wake_due(&mut sched);
        sched
    }

    /// Waits until another worker wakes this one, or so long. Meanwhile it counts as stopped.
    fn wait_outside(&mut self, wait: Option<Duration>) {
        crate::effects::io::flush_all(self);
        self.shared.world.leave();
        match wait {
            Some(wait) => std::thread::park_timeout(wait),
            None => std::thread::park(),
        }
        self.shared.world.enter();
    }

    /// Another worker than the first one ends the program, with what was set as its status or with `main`'s value. It also ends the
    /// process: the first one may be waiting for input.
    pub(super) fn exit_process(&mut self, result: Value) -> ! {
        self.shared.scheduler.set_exits_elsewhere();
        self.end_program();
        // SAFETY: the main program's record lives as long as the scheduler.
        unsafe { (*self.lock_sched().main).forget_frames() };
        self.run_nothing();
        let shared = self.shared.clone();
        shared.world.stop(self, || true, |_| ());
        crate::effects::io::flush_all(self);
        self.report_leaks();
        let failed = self.report_failures();
        let status = self.exit_status(failed, result);
        // SAFETY: it does not return, so nothing can observe what the other threads were doing.
        unsafe { libc::_exit(status) }
    }

    /// Asks all workers to leave the program.
    fn end_program(&self) {
        self.shared.scheduler.set_ended(true);
        self.shared.world.ask_all();
        let mut sched = self.lock_sched();
        while sched.workers.wake_one() {}
    }

    /// The first worker has left the program: waits until the others have, too, and reports what is left of their goroutines. Whether
    /// there are errors that nobody looked at.
    pub(super) fn stop_workers(&mut self) -> bool {
        self.end_program();
        let (threads, ticker) = {
            let mut sched = self.lock_sched();
            // SAFETY: the main program's record lives as long as the scheduler.
            unsafe { (*sched.main).forget_frames() };
            (std::mem::take(&mut sched.workers.threads), sched.ticker.take())
        };
        self.run_nothing();
        // A request for a safepoint may get lost: this one is repeated until all have been at one.
        let shared = self.shared.clone();
        shared.world.stop(self, || true, |_| ());
        self.shared.world.leave();
        let running = |threads: &[JoinHandle<()>]| threads.iter().filter(|thread| !thread.is_finished()).count();
        while running(&threads) > self.shared.scheduler.blocked() {
            std::thread::sleep(LEAVING);
        }
        drop(ticker);
        let are_gone = running(&threads) == 0;
        self.shared.world.enter();
        if !are_gone {
            // One waits for something outside, perhaps for ever: it ends with the process.
            crate::effects::io::flush_all(self);
            return self.report_failures();
        }
        self.is_alone = true;
        self.shared.scheduler.set_started(false);
        self.shared.scheduler.set_ended(false);
        crate::effects::io::flush_all(self);
        self.report_leaks();
        self.report_failures()
    }
}
