//! What the runtime tells of goroutines: where all wait when nothing can go on, which can never go on, and the errors that nobody
//! looked at.

use super::Sched;
use crate::collections::{list, list_from_slice, list_iter};
use crate::control::fiber::{Fiber, Fibers};
use crate::control::sites::Sites;
use crate::control::{raise, report, trace};
use crate::{Context, Value};

/// Goroutines that the message of a deadlock lists, at most.
const LISTED: usize = 20;

impl Context {
    /// Nothing can go on: the main goroutine gets an error that says where each one waits.
    pub(super) fn raise_deadlock(&mut self, sched: &mut Sched) {
        let main = sched.main;
        let waiting = self.waiting_goroutines(main);
        let mut message = match waiting.len() {
            1 => "the main goroutine waits, and nothing can wake it".to_string(),
            n => format!("all {n} goroutines wait, and nothing can wake them"),
        };
        for fiber in waiting.iter().take(LISTED) {
            message.push_str("\n  ");
            // SAFETY: the lists' records live.
            let record = unsafe { &**fiber };
            match record.is_main() {
                true => message.push_str("main goroutine "),
                false => message.push_str(&format!("goroutine {} ", record.task.number)),
            }
            message.push_str(&waits_where(&self.shared.sites, record));
        }
        if waiting.len() > LISTED {
            message.push_str(&format!("\n  … and {} more", waiting.len() - LISTED));
        }
        self.error("deadlock", &message, Value::NIL);
        // SAFETY: the main program's record lives as long as the context.
        self.wake_with_error(sched, unsafe { &mut *main });
    }

    /// All goroutines that wait, in the order in which they were made.
    fn waiting_goroutines(&self, main: *mut Fiber) -> Vec<*mut Fiber> {
        let mut all = vec![main];
        // Of all workers, which wait.
        self.shared.world.each(|worker| all.extend(worker.fibers.goroutines()));
        // SAFETY: the lists' records live.
        all.retain(|&fiber| unsafe { (*fiber).task.waits_for.is_some() });
        // SAFETY: as above.
        all.sort_by_key(|&fiber| unsafe { (*fiber).task.number });
        all
    }

    /// Adds a cell to those of the errors that nobody has looked at.
    pub(super) fn add_failure(&mut self, cell: Value) {
        /// The list is cleared of what is done with when it has doubled.
        const LEAST: usize = 16;
        let mut sched = self.lock_sched();
        if sched.failure_count >= sched.failure_bound.max(LEAST) {
            let live: Vec<Value> = sched.failures().filter(|cell| cell.field(0) != Value::NIL).collect();
            sched.failures = list_from_slice(self, &live);
            sched.failure_count = live.len();
            sched.failure_bound = 2 * live.len();
        }
        sched.failures = list::cons(self, cell, sched.failures);
        sched.failure_count += 1;
    }

    /// At the end of the program: reports the errors that nobody has looked at, the first one first. Whether there are any.
    pub(super) fn report_failures(&mut self) -> bool {
        let mut errors: Vec<Value> =
            self.lock_sched().failures().map(|cell| cell.field(0)).filter(|&e| e != Value::NIL).collect();
        errors.reverse();
        for &error in &errors {
            raise::report(self, error);
        }
        !errors.is_empty()
    }
}

/// What a goroutine waits for, and where: its innermost place that is not in the library.
fn waits_where(sites: &Sites, goroutine: &Fiber) -> String {
    let why = goroutine.task.waits_for.unwrap_or("for nothing");
    let mut at = goroutine.leaf;
    while !at.is_null() {
        // SAFETY: the fibers of its chain live as long as the goroutine.
        let fiber = unsafe { &*at };
        let place =
            trace::of(sites, fiber.anchor(), &fiber.markers).into_iter().find(|entry| !trace::is_library(entry));
        if let Some(place) = place {
            return format!("waits {why}: {place}");
        }
        at = fiber.parent();
    }
    format!("waits {why}")
}

impl Sched {
    fn failures(&self) -> impl Iterator<Item = Value> + use<> {
        let failures = self.failures;
        let is_list = list::is_list(failures);
        is_list.then(|| list_iter(failures)).into_iter().flatten()
    }

    /// After marking: notes the goroutines that wait and that nothing can reach, which are about to be freed.
    pub fn note_leaks(&mut self, fibers: &Fibers, sites: &Sites, is_live: impl Fn(Value) -> bool) {
        let Some(leaks) = &mut self.leaks else { return };
        for goroutine in fibers.goroutines() {
            // SAFETY: the lists' records live.
            let record = unsafe { &*goroutine };
            if record.task.waits_for.is_some() && !is_live(record.object()) {
                *leaks.entry(waits_where(sites, record)).or_default() += 1;
            }
        }
    }
}

impl Context {
    /// At the end of the program, when no compiled code runs: tells which goroutines could never have gone on, if that is asked for.
    pub(super) fn report_leaks(&mut self) {
        if self.lock_sched().leaks.is_none() {
            return;
        }
        self.request_full_collection();
        self.collect();
        for (place, count) in self.lock_sched().leaks.iter().flatten() {
            let who = if *count == 1 { "a goroutine".to_string() } else { format!("{count} goroutines, each") };
            report::warn(&format!("leak: {who} {place}"));
        }
    }
}
