//! Where each live variable is at a point of the generated code.

use cl_core::ir::VarId;
use cl_opt::KindSet;
use cranelift_codegen::ir::Value;
use std::collections::BTreeMap;

/// The closure that the running function belongs to, as a variable: captured variables are loaded from it.
pub const SELF: VarId = VarId(u32::MAX);

/// The places that hold a variable. At least one is set.
#[derive(Clone, Copy, Default, Debug)]
pub struct Place {
    /// An SSA value; not valid past a safepoint.
    pub ssa: Option<Value>,
    /// A stack slot by number; the collector updates it at safepoints.
    pub slot: Option<u32>,
    /// Captured variable `i` of the closure in [`SELF`].
    pub capture: Option<u32>,
}

/// The live variables on one control-flow path.
#[derive(Clone, Default, Debug)]
pub struct State {
    pub vars: BTreeMap<VarId, Place>,
    /// What branches and computations on this path have shown of variables.
    pub facts: BTreeMap<VarId, KindSet>,
    /// A call has polled since the innermost loop header.
    pub polled: bool,
}

impl State {
    pub fn define(&mut self, var: VarId, value: Value) {
        self.vars.insert(var, Place { ssa: Some(value), ..Place::default() });
    }

    /// Forgets the variables for which `keep` is false; the closure stays while a captured variable does.
    pub fn retain(&mut self, keep: impl Fn(VarId) -> bool) {
        self.vars.retain(|v, _| *v == SELF || keep(*v));
        if !self.vars.values().any(|p| p.capture.is_some()) {
            self.vars.remove(&SELF);
        }
        let vars = &self.vars;
        self.facts.retain(|v, _| vars.contains_key(v));
    }

    pub fn kill(&mut self, var: VarId) {
        self.vars.remove(&var);
    }

    /// The lowest slot number that no live variable holds and that is not in `taken`.
    pub fn free_slot(&self, taken: &[u32]) -> u32 {
        let used: std::collections::BTreeSet<u32> =
            self.vars.values().filter_map(|p| p.slot).chain(taken.iter().copied()).collect();
        (0..).find(|n| !used.contains(n)).expect("slot numbers do not end")
    }
}
