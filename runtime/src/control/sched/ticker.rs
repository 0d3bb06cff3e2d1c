//! The ticker: a thread that, while goroutines are ready, asks the running ones every 10 ms for a safepoint at which others may
//! run, and sees to it that workers are woken, or started, when a goroutine has been ready for a whole millisecond and no worker took
//! any. When the time has come for one that waits for the clock, it asks at once: who runs is to look at the clock. It is started
//! with the first goroutine, and sleeps while none is ready.

use super::{Scheduler, workers};
use crate::heap::shared::Shared;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often it looks whether workers are missing.
const LOOK: Duration = Duration::from_millis(1);
/// How many of these a goroutine runs while others are ready.
const SLICE: u32 = 10;
/// After so many without anything ready it sleeps.
const IDLE: u32 = 50;

#[derive(Default)]
pub struct Ticker {
    thread: Option<Running>,
}

pub struct Running {
    thread: Option<JoinHandle<()>>,
    flags: Arc<Flags>,
}

#[derive(Default)]
struct Flags {
    /// The thread waits to be woken.
    sleeps: AtomicBool,
    stop: AtomicBool,
}

impl Ticker {
    /// Starts the thread, unless it runs.
    pub fn start(&mut self, shared: &Arc<Shared>) {
        self.thread.get_or_insert_with(|| Running::start(shared));
    }

    /// A goroutine is ready.
    #[inline]
    pub fn wake(&self) {
        if let Some(running) = self.thread.as_ref().filter(|running| running.flags.sleeps.load(Ordering::Relaxed)) {
            running.wake();
        }
    }

    /// Takes the thread, to stop it by dropping it.
    pub fn take(&mut self) -> Option<Running> {
        self.thread.take()
    }
}

impl Running {
    #[cold]
    fn start(shared: &Arc<Shared>) -> Running {
        let flags = Arc::new(Flags::default());
        let run = {
            let (flags, shared) = (flags.clone(), Arc::as_ptr(shared) as usize);
            // SAFETY: the first worker stops this thread before it lets go of what is shared.
            move || run(&flags, unsafe { &*(shared as *const Shared) })
        };
        // Without the thread nothing is preempted and no worker started, and all else works.
        Running { thread: std::thread::Builder::new().stack_size(64 << 10).spawn(run).ok(), flags }
    }

    #[cold]
    fn wake(&self) {
        self.flags.sleeps.store(false, Ordering::Relaxed);
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.flags.stop.store(true, Ordering::Relaxed);
        self.wake();
        if let Some(thread) = self.thread.take() {
            // It does not panic: that ends the process.
            let _ = thread.join();
        }
    }
}

fn run(flags: &Flags, shared: &Shared) {
    let most = workers::most();
    let scheduler = &shared.scheduler;
    let look = if most > 1 { 1 } else { SLICE };
    let (mut looks, mut idle, mut taken) = (0, 0, 0);
    while !flags.stop.load(Ordering::Relaxed) {
        std::thread::park_timeout(LOOK * look);
        looks += look;
        let before = std::mem::replace(&mut taken, scheduler.taken());
        if is_due(scheduler) {
            (looks, idle) = (0, 0);
            shared.world.tick_all();
            continue;
        }
        if !scheduler.has_ready() {
            idle += look;
            if idle >= IDLE {
                sleep(flags, scheduler);
                idle = 0;
            }
            continue;
        }
        idle = 0;
        if taken == before && most > 1 && !scheduler.wake_worker() {
            scheduler.wants_workers.store(true, Ordering::Relaxed);
            looks = SLICE;
        }
        if looks >= SLICE {
            looks = 0;
            shared.world.tick_all();
        }
    }
}

fn is_due(scheduler: &Scheduler) -> bool {
    scheduler.time_to_clock().is_some_and(|left| left.is_zero())
}

/// Waits until a goroutine is ready, or its time has come.
fn sleep(flags: &Flags, scheduler: &Scheduler) {
    flags.sleeps.store(true, Ordering::SeqCst);
    while flags.sleeps.load(Ordering::SeqCst)
        && !flags.stop.load(Ordering::Relaxed)
        && !scheduler.has_ready()
        && !is_due(scheduler)
    {
        match scheduler.time_to_clock() {
            Some(left) => std::thread::park_timeout(left),
            None => std::thread::park(),
        }
    }
    flags.sleeps.store(false, Ordering::Relaxed);
}
