//! Where references into the heap come from: the program's globals, the pending error, the handlers in force, what the runtime
//! registered, and the slots of the frames of fibers.

use crate::control::fiber::{END, Fiber, Fibers};
use crate::control::sched::Sched;
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

/// The mutator's side of a context, for a collector that works on the heap's side.
pub(crate) struct Roots<'a> {
    pub pending: &'a mut Value,
    pub handlers: &'a mut Value,
    pub registered: &'a mut [Value],
    pub globals: &'a mut [u64],
    pub sites: &'a mut Sites,
    pub fibers: &'a mut Fibers,
    pub sched: &'a mut Sched,
    /// The fiber that runs, and its newest frame.
    pub current: *mut Fiber,
    pub newest: Anchor,
    /// The fibers that ran since the last minor collection.
    pub ran: &'a mut *mut Fiber,
}

impl Roots<'_> {
    /// Calls `visit` with the address of each root. A fiber's frames are no roots: who reaches its object calls
    /// [`Self::visit_fiber`]. But those of the main program are, and for `Young` those of all fibers that ran, unless
    /// `is_young` says that their objects will be reached if they live.
    pub fn visit(&mut self, reach: Reach, is_young: &impl Fn(Value) -> bool, visit: &mut impl FnMut(*mut u64)) {
        visit(&mut self.pending.0);
        visit(&mut self.handlers.0);
        self.registered.iter_mut().for_each(|v| visit(&mut v.0));
        self.globals.iter_mut().for_each(|v| visit(v));
        match reach {
            Reach::Young => {
                self.sched.visit_failures(visit);
                self.fibers.visit_young_goroutines(visit);
                let mut fiber = *self.ran;
                while fiber != END {
                    // SAFETY: the records of fibers that ran live until this collection is over.
                    let record = unsafe { &mut *fiber };
                    fiber = record.next_ran();
                    if !is_young(record.object()) {
                        self.visit_fiber(record, reach, visit);
                    }
                }
            }
            Reach::All => {
                self.sched.visit_slots(visit);
                let main = self.fibers.main();
                self.visit_fiber(main, reach, visit);
            }
        }
        // SAFETY: the running fiber's record lives.
        visit(unsafe { (*self.current).object_slot() });
    }

    /// Calls `visit` with the address of each reference that a fiber holds.
    pub fn visit_fiber(&mut self, fiber: *mut Fiber, reach: Reach, visit: &mut impl FnMut(*mut u64)) {
        let is_current = fiber == self.current;
        // SAFETY: the caller has the record from a live object or from a list of live ones.
        let fiber = unsafe { &mut *fiber };
        fiber.visit_slots(visit);
        let newest = if is_current { self.newest } else { fiber.anchor() };
        match reach {
            Reach::Young => fiber.frames_visited += visit_young(newest, self.sites, &mut fiber.markers, visit),
            Reach::All => visit_all(newest, self.sites, &fiber.markers, visit),
        }
    }

    /// Calls `visit` with the address of each reference in fibers, and of those to their objects, whether reached or not.
    pub fn visit_all_fibers(&mut self, visit: &mut impl FnMut(*mut u64)) {
        for fiber in self.fibers.all() {
            // SAFETY: the list's records live.
            visit(unsafe { (*fiber).object_slot() });
            self.visit_fiber(fiber, Reach::All, visit);
        }
    }

    /// After a minor collection: only the running fiber may refer to the nursery from here on.
    pub fn forget_ran(&mut self) {
        let mut fiber = std::mem::replace(self.ran, END);
        while fiber != END {
            // SAFETY: the records of fibers that ran live until this collection is over.
            fiber = unsafe { (*fiber).take_next_ran() };
        }
        // SAFETY: the running fiber's record lives.
        unsafe { (*self.current).set_next_ran(END) };
        *self.ran = self.current;
    }

    /// The newest frame of the main program.
    pub fn newest_of_main(&self) -> Anchor {
        let main = self.fibers.main();
        // SAFETY: the main program's record lives as long as the context.
        if main == self.current { self.newest } else { unsafe { (*main).anchor() } }
    }
}

/// A value that the runtime keeps across safepoints, see [`Context::add_root`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RootId(u32);

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
