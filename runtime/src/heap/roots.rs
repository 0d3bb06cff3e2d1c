//! Where references into the heap come from: the program's globals, the pending error, the handlers in force, what the runtime
//! registered, and the slots of the frames of fibers.

use super::shared::Shared;
use crate::control::fiber::{END, FETCH_STACK, Fiber};
use crate::control::sched::Scheduler;
use crate::control::sites::Sites;
use crate::control::stack::{Anchor, visit_all, visit_young};
use crate::{Context, Value};

/// Which frames of the stack are visited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Those that may have changed since the last minor collection; leaves stack markers behind.
    Young,
    All,
}

/// The mutators' side, while all workers are stopped.
pub(crate) struct Roots<'a> {
    /// The first one is that of the main program.
    pub workers: Vec<&'a mut Context>,
    globals: &'a mut [u64],
    sites: &'a Sites,
    scheduler: &'a Scheduler,
}

impl<'a> Roots<'a> {
    pub fn new(shared: &'a Shared, workers: Vec<&'a mut Context>) -> Roots<'a> {
        let globals = match shared.program {
            Some(p) if p.global_count > 0 => {
                // SAFETY: the compiler gives the address and number of its globals, which only the workers use.
                unsafe { std::slice::from_raw_parts_mut(p.globals, p.global_count) }
            }
            _ => &mut [],
        };
        Roots { workers, globals, sites: &shared.sites, scheduler: &shared.scheduler }
    }

    /// Calls `visit` with the address of each root. A fiber's frames are no roots: who reaches its object calls
    /// [`Self::visit_fiber`]. But those of the main program are, and for `Young` those of all fibers that ran, unless
    /// `is_young` says that their objects will be reached if they live.
    pub fn visit(&mut self, reach: Reach, is_young: &impl Fn(Value) -> bool, visit: &mut impl FnMut(*mut u64)) {
        self.globals.iter_mut().for_each(|v| visit(v));
        let sched = self.scheduler.while_stopped();
        // SAFETY: the main program's record lives as long as the scheduler.
        visit(unsafe { (*sched.main()).object_slot() });
        match reach {
            Reach::Young => sched.visit_failures(visit),
            Reach::All => {
                sched.visit_slots(visit);
                self.visit_fiber(sched.main(), reach, visit);
            }
        }
        for i in 0..self.workers.len() {
            let worker = &mut *self.workers[i];
            visit(&mut worker.pending.0);
            visit(&mut worker.handlers.0);
            worker.registered.values.iter_mut().for_each(|v| visit(&mut v.0));
            // SAFETY: the running fiber's record lives.
            visit(unsafe { (*worker.current).object_slot() });
            if reach == Reach::Young {
                worker.fibers.visit_young_goroutines(visit);
                self.visit_ran(i, is_young, visit);
            }
        }
    }

    /// The references of the fibers that ran on a worker since the last minor collection.
    fn visit_ran(&mut self, worker: usize, is_young: &impl Fn(Value) -> bool, visit: &mut impl FnMut(*mut u64)) {
        let mut fiber = self.workers[worker].ran;
        let mut ahead = fiber;
        let mut count = 0;
        while fiber != END {
            // The stacks of those that come soon are fetched meanwhile.
            while ahead != END && count < FETCH_STACK {
                // SAFETY: as below.
                let record = unsafe { &*ahead };
                record.fetch_stack();
                ahead = record.next_ran();
                count += 1;
            }
            count -= 1;
            // SAFETY: the records of fibers that ran live until this collection is over.
            let record = unsafe { &mut *fiber };
            fiber = record.next_ran();
            if !is_young(record.object()) {
                self.visit_fiber(record, Reach::Young, visit);
            }
        }
    }

    /// Calls `visit` with the address of each reference that a fiber holds.
    pub fn visit_fiber(&mut self, fiber: *mut Fiber, reach: Reach, visit: &mut impl FnMut(*mut u64)) {
        let newest = self.newest(fiber);
        // SAFETY: the caller has the record from a live object or from a list of live ones.
        let fiber = unsafe { &mut *fiber };
        fiber.visit_slots(visit);
        match reach {
            Reach::Young => fiber.frames_visited += visit_young(newest, self.sites, &mut fiber.markers, visit),
            Reach::All => visit_all(newest, self.sites, &fiber.markers, visit),
        }
    }

    /// Calls `visit` with the address of each reference in fibers, and of those to their objects, whether reached or not.
    pub fn visit_all_fibers(&mut self, visit: &mut impl FnMut(*mut u64)) {
        for i in 0..self.workers.len() {
            for fiber in self.workers[i].fibers.all() {
                // SAFETY: the list's records live.
                visit(unsafe { (*fiber).object_slot() });
                self.visit_fiber(fiber, Reach::All, visit);
            }
        }
    }

    /// After the references were visited in a minor collection: only running fibers may refer to the nursery from here on.
    /// Frees the records of fibers whose objects are gone; `object` gives where an object of the nursery went, if it lives.
    /// Gives the bytes of the stacks that are old now.
    pub fn after_minor(&mut self, mut object: impl FnMut(Value) -> Option<Value>) -> usize {
        for worker in &mut self.workers {
            let mut fiber = std::mem::replace(&mut worker.ran, END);
            while fiber != END {
                // SAFETY: the records of fibers that ran live until they are swept below.
                fiber = unsafe { (*fiber).take_next_ran() };
            }
        }
        for worker in &mut self.workers {
            // SAFETY: the running fiber's record lives.
            unsafe { (*worker.current).set_next_ran(END) };
            worker.ran = worker.current;
        }
        self.workers.iter_mut().for_each(|worker| worker.fibers.after_minor(&mut object));
        self.workers[0].fibers.since_last()
    }

    /// After marking: frees the records of fibers that are not live, and makes large stacks smaller that hold little.
    pub fn after_mark(&mut self, is_live: impl Fn(Value) -> bool) {
        let running: Vec<*mut Fiber> = self.workers.iter().map(|worker| worker.current).collect();
        for worker in &mut self.workers {
            self.scheduler.while_stopped().note_leaks(&worker.fibers, self.sites, &is_live);
            worker.fibers.after_mark(&running, &is_live);
        }
        self.workers[0].fibers.trim();
    }

    /// Bytes of all stacks but the main program's.
    pub fn stack_bytes(&self) -> usize {
        self.workers[0].fibers.bytes()
    }

    /// The newest frame of the main program.
    pub fn newest_of_main(&self) -> Anchor {
        self.newest(self.scheduler.while_stopped().main())
    }

    /// The newest frame of a fiber.
    fn newest(&self, fiber: *mut Fiber) -> Anchor {
        match self.workers.iter().find(|worker| worker.current == fiber) {
            Some(worker) => Anchor { fp: worker.exit_fp as usize, pc: worker.exit_pc as usize },
            // SAFETY: who asks has the record from a live object or from a list of live ones.
            None => unsafe { (*fiber).anchor() },
        }
    }
}

/// A value that the runtime keeps across safepoints, see [`Context::add_root`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RootId(u32);

#[cfg(test)]
impl RootId {
    /// What a worker registers first.
    pub const FIRST: RootId = RootId(0);
}

#[derive(Default)]
pub(crate) struct Registered {
    pub values: Vec<Value>,
    unused: Vec<RootId>,
}

impl Context {
    /// Keeps a value alive, and up to date, across safepoints until [`Context::remove_root`]. Primitives do not need
    /// this; state that the runtime keeps between calls does.
    pub fn add_root(&mut self, value: Value) -> RootId {
        let registered = &mut self.registered;
        match registered.unused.pop() {
            Some(id) => {
                registered.values[id.0 as usize] = value;
                id
            }
            None => {
                registered.values.push(value);
                RootId(registered.values.len() as u32 - 1)
            }
        }
    }
    pub fn root(&self, id: RootId) -> Value {
        self.registered.values[id.0 as usize]
    }
    pub fn set_root(&mut self, id: RootId, value: Value) {
        self.registered.values[id.0 as usize] = value;
    }
    pub fn remove_root(&mut self, id: RootId) {
        self.registered.values[id.0 as usize] = Value::NIL;
        self.registered.unused.push(id);
    }
}
