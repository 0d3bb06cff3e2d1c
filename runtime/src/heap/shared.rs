//! What the workers of one running program share. Everything here is immutable once the program runs, an atomic, or behind
//! a lock that is held for a few instructions; the collector holds the heap's while the world is stopped.
//! `docs/design/workers.md` says what each lock protects and in which order they are taken.

use super::config::Mode;
use super::world::World;
use super::{Heap, Wanted};
use crate::Context;
use crate::control::sched::Scheduler;
use crate::control::sites::Sites;
use crate::control::stack::Stack;
use crate::value::names::Names;
use cl_abi::tables::Program;
use std::sync::atomic::{AtomicI32, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(crate) struct Shared {
    pub mode: Mode,
    pub program: Option<&'static Program>,
    /// The command-line arguments after the program's name.
    pub arguments: Vec<String>,
    pub sites: Sites,
    pub names: Names,
    pub world: World,
    heap: Mutex<Heap>,
    pub scheduler: Scheduler,
    /// The main program's stack, and the bound of all stacks.
    stack: Mutex<Stack>,
    /// A `Wanted`.
    wanted: AtomicU8,
    /// The status with which the program is to end, or [`GOES_ON`].
    exiting: AtomicI32,
}

/// No exit status.
const GOES_ON: i32 = -1;

// SAFETY: the raw pointers inside are to tables of the program, which nobody changes, to memory of the heap, which its lock
// protects, and to contexts, which `World` hands out only while their threads are stopped.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

/// Takes a lock. A thread that panicked with it ended the program.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    pub fn new(mode: Mode) -> Arc<Shared> {
        Arc::new(Shared {
            mode,
            program: None,
            arguments: vec![],
            sites: Sites::default(),
            names: Names::default(),
            world: World::default(),
            heap: Mutex::new(Heap::new(mode)),
            scheduler: Scheduler::default(),
            stack: Mutex::default(),
            wanted: AtomicU8::new(Wanted::Nothing as u8),
            exiting: AtomicI32::new(GOES_ON),
        })
    }

    pub fn heap(&self) -> MutexGuard<'_, Heap> {
        lock(&self.heap)
    }
    pub fn stack(&self) -> MutexGuard<'_, Stack> {
        lock(&self.stack)
    }

    /// Which collection is to be made, at least.
    pub fn wanted(&self) -> Wanted {
        match self.wanted.load(Ordering::Relaxed) {
            n if n == Wanted::Nothing as u8 => Wanted::Nothing,
            n if n == Wanted::Minor as u8 => Wanted::Minor,
            _ => Wanted::Major,
        }
    }
    pub fn want(&self, wanted: Wanted) {
        self.wanted.fetch_max(wanted as u8, Ordering::Relaxed);
    }
    /// A collection was made.
    pub fn forget_wanted(&self) {
        self.wanted.store(Wanted::Nothing as u8, Ordering::Relaxed);
    }
    /// Whether the next safepoint is to collect.
    pub fn collection_is_wanted(&self) -> bool {
        self.mode.stress || self.wanted() != Wanted::Nothing
    }
}

impl Context {
    /// Before a program runs, when nothing else uses what will be shared.
    pub(crate) fn shared_mut(&mut self) -> &mut Shared {
        Arc::get_mut(&mut self.shared).expect("no other worker was made yet")
    }

    /// The status with which the program is to end, if that was said.
    pub(crate) fn exiting(&self) -> Option<i32> {
        let status = self.shared.exiting.load(Ordering::Relaxed);
        (status != GOES_ON).then_some(status)
    }
    pub(crate) fn set_exiting(&mut self, status: i32) {
        self.shared.exiting.store(status & 0xff, Ordering::Relaxed);
    }
}
