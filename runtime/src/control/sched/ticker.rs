//! Preemption: a thread that asks the running goroutine, every 10 ms, for a safepoint at which another one may run. It is started
//! when there is more than one goroutine, and sleeps while none is ready.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a goroutine runs while others are ready.
const SLICE: Duration = Duration::from_millis(10);
/// Ticks at which nothing was ready before the thread sleeps.
const IDLE_TICKS: u32 = 5;

#[derive(Default)]
pub struct Ticker {
    thread: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Somebody became ready since the last tick.
    work: AtomicBool,
    /// The thread waits to be woken.
    sleeps: AtomicBool,
    /// A slice has passed.
    tick: AtomicBool,
    stop: AtomicBool,
}

impl Ticker {
    /// There is a goroutine that is ready while another one runs. `limit` is the stack limit that compiled code compares with.
    #[inline]
    pub fn work(&mut self, limit: &mut u64) {
        self.shared.work.store(true, Ordering::Relaxed);
        if self.thread.is_none() || self.shared.sleeps.load(Ordering::Relaxed) {
            self.wake(limit);
        }
    }

    #[cold]
    fn wake(&mut self, limit: &mut u64) {
        match &self.thread {
            Some(thread) => {
                self.shared.sleeps.store(false, Ordering::Relaxed);
                thread.thread().unpark();
            }
            None => {
                let shared = self.shared.clone();
                let limit = Limit(&raw mut *limit);
                // Without the thread nothing is preempted, and all else works.
                self.thread = std::thread::Builder::new().stack_size(64 << 10).spawn(move || run(&shared, limit)).ok();
            }
        }
    }

    pub fn has_tick(&self) -> bool {
        self.shared.tick.load(Ordering::Relaxed)
    }

    /// Whether a slice has passed since this was last asked.
    pub fn take_tick(&mut self) -> bool {
        self.has_tick() && self.shared.tick.swap(false, Ordering::Relaxed)
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // It does not panic.
            let _ = thread.join();
        }
    }
}

/// Where the stack limit of the context is.
struct Limit(*mut u64);
// SAFETY: the context joins the thread before it goes away, and the word is written as an atomic.
unsafe impl Send for Limit {}

impl Limit {
    fn request_safepoint(&self) {
        // SAFETY: the word is aligned and lives, see above. Who sets the limit at the same time may undo this: then the next
        // tick asks again.
        unsafe { AtomicU64::from_ptr(self.0) }.store(u64::MAX, Ordering::Relaxed);
    }
}

fn run(shared: &Shared, limit: Limit) {
    let mut idle = 0;
    while !shared.stop.load(Ordering::Relaxed) {
        std::thread::park_timeout(SLICE);
        if shared.work.swap(false, Ordering::Relaxed) {
            idle = 0;
            shared.tick.store(true, Ordering::Relaxed);
            limit.request_safepoint();
            continue;
        }
        idle += 1;
        // What is ready may have been so for longer: the last tick may have been undone.
        if idle < IDLE_TICKS {
            shared.tick.store(true, Ordering::Relaxed);
            limit.request_safepoint();
            continue;
        }
        shared.sleeps.store(true, Ordering::Relaxed);
        while shared.sleeps.load(Ordering::Relaxed) && !shared.stop.load(Ordering::Relaxed) {
            std::thread::park();
        }
        idle = 0;
    }
}
