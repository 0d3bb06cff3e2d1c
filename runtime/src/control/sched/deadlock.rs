//! When everything waits and nothing can wake it; and the errors that nobody looked at.

use crate::collections::{list, list_from_slice, list_iter};
use crate::control::fiber::Fiber;
use crate::control::raise;
use crate::{Context, Value};

/// Goroutines that the message of a deadlock lists, at most.
const LISTED: usize = 20;

impl Context {
    /// Nothing can go on: the main goroutine gets an error that says where each one waits.
    pub(super) fn raise_deadlock(&mut self) {
        let main = self.fibers.main();
        let waiting = self.waiting_goroutines();
        let mut message = match waiting.len() {
            1 => "the main goroutine waits, and nothing can wake it".to_string(),
            n => format!("all {n} goroutines wait, and nothing can wake them"),
        };
        for fiber in waiting.iter().take(LISTED) {
            message.push_str("\n  ");
            let line = self.waits_where(*fiber);
            message.push_str(&line);
        }
        if waiting.len() > LISTED {
            message.push_str(&format!("\n  … and {} more", waiting.len() - LISTED));
        }
        self.error("deadlock", &message, Value::NIL);
        // SAFETY: the main program's record lives as long as the context.
        self.wake_with_error(unsafe { &mut *main });
    }

    /// All goroutines that wait, in the order in which they were made.
    fn waiting_goroutines(&self) -> Vec<*mut Fiber> {
        let mut all = self.fibers.goroutines();
        // SAFETY: the lists' records live.
        all.retain(|&fiber| unsafe { (*fiber).task.waits_for.is_some() });
        // SAFETY: as above.
        all.sort_by_key(|&fiber| unsafe { (*fiber).task.number });
        all
    }

    /// What a goroutine waits for, and where in the program.
    fn waits_where(&mut self, fiber: *mut Fiber) -> String {
        // SAFETY: the lists' records live.
        let record = unsafe { &*fiber };
        let name =
            if record.is_main() { "main goroutine".to_string() } else { format!("goroutine {}", record.task.number) };
        let why = record.task.waits_for.unwrap_or("nothing");
        match self.place_of(fiber) {
            Some(place) => format!("{name} waits {why}: {place}"),
            None => format!("{name} waits {why}"),
        }
    }

    /// The innermost place of a suspended goroutine that is not in the library: `function (file:line:column)`.
    fn place_of(&mut self, fiber: *mut Fiber) -> Option<String> {
        // SAFETY: the record lives, and so do the fibers of its chain.
        let mut at = unsafe { (*fiber).leaf };
        while !at.is_null() {
            // SAFETY: as above.
            let record = unsafe { &mut *at };
            let found = self.trace_from(record.anchor(), &record.markers).into_iter().find(|entry| !is_library(entry));
            if found.is_some() {
                return found;
            }
            at = record.parent();
        }
        None
    }

    /// Adds a cell to those of the errors that nobody has looked at.
    pub(super) fn add_failure(&mut self, cell: Value) {
        /// The list is cleared of what is done with when it has doubled.
        const LEAST: usize = 16;
        if self.sched.failure_count >= self.sched.failure_bound.max(LEAST) {
            let live: Vec<Value> = self.failures().filter(|cell| cell.field(0) != Value::NIL).collect();
            self.sched.failures = list_from_slice(self, &live);
            self.sched.failure_count = live.len();
            self.sched.failure_bound = 2 * live.len();
        }
        self.sched.failures = list::cons(self, cell, self.sched.failures);
        self.sched.failure_count += 1;
    }

    fn failures(&self) -> impl Iterator<Item = Value> + use<> {
        let failures = self.sched.failures;
        let is_list = list::is_list(failures);
        is_list.then(|| list_iter(failures)).into_iter().flatten()
    }

    /// At the end of the program: reports the errors that nobody has looked at, the first one first. Whether there are any.
    pub(crate) fn report_failures(&mut self) -> bool {
        let mut errors: Vec<Value> = self.failures().map(|cell| cell.field(0)).filter(|&e| e != Value::NIL).collect();
        errors.reverse();
        for &error in &errors {
            raise::report(self, error);
        }
        !errors.is_empty()
    }
}

/// Whether an entry of a trace is of the library: `name (std/…:line:column)`.
fn is_library(entry: &str) -> bool {
    entry.rsplit_once(" (").is_some_and(|(_, place)| place.starts_with("std/"))
}
