//! Where references into the heap come from: the program's globals, the pending error, the handlers in force, what the runtime
//! registered, and the slots of the stack's frames.

use crate::control::stack::{Anchor, Stack};
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
    pub stack: &'a mut Stack,
    pub newest: Anchor,
}

impl Roots<'_> {
    /// Calls `visit` with the address of each root.
    pub fn visit(&mut self, reach: Reach, visit: &mut impl FnMut(*mut u64)) {
        visit(&mut self.pending.0);
        visit(&mut self.handlers.0);
        self.registered.iter_mut().for_each(|v| visit(&mut v.0));
        self.globals.iter_mut().for_each(|v| visit(v));
        match reach {
            Reach::Young => self.stack.visit_young(self.newest, visit),
            Reach::All => self.stack.visit_all(self.newest, visit),
        }
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
