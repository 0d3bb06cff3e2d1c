//! Where the compiler is, and what happens when it fails there: work runs on a thread with a large stack, and a panic
//! becomes a message that names the stage, not a backtrace.

use crate::report::Failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::Instant;

/// Stack sizes to try, in bytes. Only what is used takes memory; the passes of the compiler recurse over the nesting of
/// the program up to their own limits, and small machines may refuse the largest.
const STACK_SIZES: [usize; 3] = [1 << 30, 256 << 20, 64 << 20];

/// What the compiler is doing, for the message about a panic.
static CURRENT: Mutex<&str> = Mutex::new("start");

/// The place and message of the last panic.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// Times the stages for `-v`.
#[derive(Clone, Copy)]
pub struct Stages {
    pub verbose: bool,
}

impl Stages {
    /// Does the work of a stage.
    pub fn run<T>(self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let before = std::mem::replace(&mut *lock(&CURRENT), name);
        let start = Instant::now();
        let result = work();
        if self.verbose {
            eprintln!("{name:>12}  {:8.2} ms", start.elapsed().as_secs_f64() * 1e3);
        }
        *lock(&CURRENT) = before;
        result
    }
}

/// Runs `work` on a thread with a large stack; a panic in it gives [`Failure::Bug`].
pub fn on_large_stack<T: Send>(work: impl FnOnce() -> Result<T, Failure> + Send) -> Result<T, Failure> {
    std::panic::set_hook(Box::new(|info| *lock(&PANIC) = info.to_string().replace('\n', " ")));
    // A thread that cannot be started consumes its closure, so the work waits outside of it.
    let work = Mutex::new(Some(work));
    let guarded = || {
        let work = lock(&work).take();
        work.map(|work| catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(bug())))
    };
    std::thread::scope(|scope| {
        for size in STACK_SIZES {
            if let Ok(thread) = std::thread::Builder::new().stack_size(size).spawn_scoped(scope, guarded) {
                return thread.join().ok().flatten().unwrap_or_else(|| Err(bug()));
            }
        }
        guarded().unwrap_or_else(|| Err(bug()))
    })
}

/// The failure for the panic that was just caught.
fn bug() -> Failure {
    Failure::Bug { stage: *lock(&CURRENT), message: std::mem::take(&mut *lock(&PANIC)) }
}

/// A value behind a mutex, also after a panic: these values are whole at any time.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_recursion_has_room_and_a_panic_names_its_stage() {
        fn depth(n: u64) -> u64 {
            if n == 0 { 0 } else { 1 + std::hint::black_box(depth(std::hint::black_box(n - 1))) }
        }
        assert!(matches!(on_large_stack(|| Ok(depth(1_000_000))), Ok(1_000_000)));
        let failed = on_large_stack(|| -> Result<(), Failure> {
            Stages { verbose: false }.run("test", || panic!("the message"))
        });
        assert!(matches!(failed, Err(Failure::Bug { stage: "test", message }) if message.contains("the message")));
    }
}
