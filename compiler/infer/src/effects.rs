//! Sets of operations. During inference a set may depend on what a caller passes: on the effects of calls of function
//! values that are not known yet, each named by the type variable of its result, less what handlers around the call take.

use crate::types::TyVar;
use cl_lang::operations;
use std::collections::HashMap;
use std::rc::Rc;

/// An effect set of [`Effects`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Eff(u32);

impl Eff {
    pub const NONE: Eff = Eff(0);
    /// Whatever the program's functions can do: calls of functions that are not known.
    pub const UNKNOWN: Eff = Eff(1);
}

/// An operation, by twice its place in the order in which names were first seen; odd if a fiber performs it that was started here, for
/// which not all handlers around hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OpName(u32);

impl OpName {
    /// The same operation, whoever performs it.
    pub fn here(self) -> OpName {
        OpName(self.0 & !1)
    }

    fn in_fiber(self) -> OpName {
        OpName(self.0 | 1)
    }
}

/// What becomes of a call's effects, a [`MaskDef`] interned in [`Effects`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Mask(u32);

#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct MaskDef {
    /// What handlers around the call take, sorted.
    taken: Vec<Taken>,
    /// It is made in a fiber that was started here.
    in_fiber: bool,
}

/// Something that a handler takes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Taken {
    /// Of an operation or a kind.
    pub name: Rc<str>,
    /// The clause always resumes in tail position, so that it also covers the fibers that the body starts.
    pub resumes: bool,
}

/// The definition of an effect set; lists ascend.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct EffSet {
    pub ops: Vec<OpName>,
    pub unknown: bool,
    /// Calls whose effects come with the caller's arguments.
    pub calls: Vec<(TyVar, Mask)>,
}

pub struct Effects {
    sets: Vec<Rc<EffSet>>,
    index: HashMap<Rc<EffSet>, Eff>,
    unions: HashMap<(Eff, Eff), Eff>,
    masks: Vec<Rc<MaskDef>>,
    names: Vec<Rc<str>>,
    by_name: HashMap<Rc<str>, OpName>,
}

impl Default for Effects {
    fn default() -> Self {
        let (index, unions, by_name) = Default::default();
        let masks = vec![Rc::default()];
        let mut effects = Effects { sets: Vec::new(), index, unions, masks, names: Vec::new(), by_name };
        effects.intern(EffSet::default());
        effects.intern(EffSet { unknown: true, ..EffSet::default() });
        effects
    }
}

impl Effects {
    pub fn op(&mut self, name: &str) -> OpName {
        if let Some(op) = self.by_name.get(name) {
            return *op;
        }
        let (op, name) = (OpName(2 * self.names.len() as u32), Rc::<str>::from(name));
        self.names.push(name.clone());
        self.by_name.insert(name, op);
        op
    }

    /// An operation's name, such as `io:print`; `error` stands for the library's documented errors.
    pub fn name(&self, op: OpName) -> &Rc<str> {
        &self.names[op.0 as usize / 2]
    }

    /// The kind that an operation belongs to.
    pub fn kind(&self, op: OpName) -> &str {
        let name = self.name(op);
        name.split_once(':').map_or(&**name, |(kind, _)| kind)
    }

    pub fn set(&self, eff: Eff) -> &Rc<EffSet> {
        &self.sets[eff.0 as usize]
    }

    pub fn of_op(&mut self, op: OpName) -> Eff {
        self.intern(EffSet { ops: vec![op], ..EffSet::default() })
    }

    pub fn of_name(&mut self, name: &str) -> Eff {
        let op = self.op(name);
        self.of_op(op)
    }

    /// The effects of the call whose result a variable stands for.
    pub fn of_call(&mut self, result: TyVar) -> Eff {
        self.intern(EffSet { calls: vec![(result, Mask(0))], ..EffSet::default() })
    }

    fn intern(&mut self, set: EffSet) -> Eff {
        if let Some(eff) = self.index.get(&set) {
            return *eff;
        }
        let (eff, set) = (Eff(self.sets.len() as u32), Rc::new(set));
        self.sets.push(set.clone());
        self.index.insert(set, eff);
        eff
    }

    pub fn union(&mut self, a: Eff, b: Eff) -> Eff {
        if a == b || b == Eff::NONE {
            return a;
        }
        if a == Eff::NONE {
            return b;
        }
        let key = (a.min(b), a.max(b));
        if let Some(eff) = self.unions.get(&key) {
            return *eff;
        }
        let (x, y) = (self.set(a).clone(), self.set(b).clone());
        let eff = self.intern(EffSet {
            ops: merge(&x.ops, &y.ops),
            unknown: x.unknown || y.unknown,
            calls: merge(&x.calls, &y.calls),
        });
        self.unions.insert(key, eff);
        eff
    }

    fn mask(&mut self, mut def: MaskDef) -> Mask {
        def.taken.sort();
        def.taken.dedup();
        let found = self.masks.iter().position(|m| **m == def);
        Mask(found.unwrap_or_else(|| {
            self.masks.push(def.into());
            self.masks.len() - 1
        }) as u32)
    }

    /// Replaces the masks of calls.
    fn masked(&mut self, calls: &[(TyVar, Mask)], mut change: impl FnMut(&mut MaskDef)) -> Vec<(TyVar, Mask)> {
        let mut all = Vec::with_capacity(calls.len());
        for (var, mask) in calls {
            let mut def = (*self.masks[mask.0 as usize]).clone();
            change(&mut def);
            all.push((*var, self.mask(def)));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The effects of a handler's body that its clauses leave. Clauses that may not resume do not cover the fibers that the
    /// body starts, and no handler takes what is no operation.
    pub fn handled(&mut self, eff: Eff, taken: &[Taken]) -> Eff {
        let set = self.set(eff).clone();
        let takes = |op: &OpName| {
            let named = |t: &Taken| t.name == *self.name(*op) || *t.name == *self.kind(*op);
            let covers = |t: &Taken| t.resumes || *op == op.here();
            !is_no_operation(self.name(*op)) && taken.iter().any(|t| named(t) && covers(t))
        };
        let ops = set.ops.iter().copied().filter(|op| !takes(op)).collect();
        let calls = self.masked(&set.calls, |mask| {
            let in_fiber = mask.in_fiber;
            mask.taken.extend(taken.iter().filter(|t| t.resumes || !in_fiber).cloned());
        });
        self.intern(EffSet { ops, unknown: set.unknown, calls })
    }

    /// The effects of a function that is run in a fiber, as those of who starts it.
    pub fn in_fiber(&mut self, eff: Eff) -> Eff {
        let set = self.set(eff).clone();
        let ops: Vec<OpName> = set.ops.iter().map(|op| op.in_fiber()).collect();
        let ops = merge(&ops, &[]);
        let calls = self.masked(&set.calls, |mask| mask.in_fiber = true);
        self.intern(EffSet { ops, unknown: set.unknown, calls })
    }

    /// Replaces calls that are known now by their effects.
    pub fn subst(&mut self, eff: Eff, with: &[(TyVar, Eff)]) -> Eff {
        let set = self.set(eff).clone();
        if set.calls.is_empty() {
            return eff;
        }
        let value = |v: &TyVar| with.iter().find(|(w, _)| w == v).map(|(_, e)| *e);
        let open = set.calls.iter().copied().filter(|(v, _)| value(v).is_none()).collect();
        let mut all = self.intern(EffSet { ops: set.ops.clone(), unknown: set.unknown, calls: open });
        for (var, mask) in &set.calls {
            if let Some(eff) = value(var) {
                // What was taken after the fiber was started holds for fibers, too.
                let mask = self.masks[mask.0 as usize].clone();
                let handled = self.handled(eff, &mask.taken);
                let eff = if mask.in_fiber { self.in_fiber(handled) } else { handled };
                all = self.union(all, eff);
            }
        }
        all
    }

    /// Calls that `keep` does not pick are calls of unknown functions.
    pub fn close(&mut self, eff: Eff, keep: &dyn Fn(TyVar) -> bool) -> Eff {
        let set = self.set(eff).clone();
        if set.calls.iter().all(|(v, _)| keep(*v)) {
            return eff;
        }
        let calls = set.calls.iter().copied().filter(|(v, _)| keep(*v)).collect();
        self.intern(EffSet { ops: set.ops.clone(), unknown: true, calls })
    }
}

/// The effects of functions that run the functions that they are passed in fibers.
const STARTERS: &[&str] =
    &["concurrent:go", "async:start", "concurrent:submit", "async:then", "async:catch", "async:finally"];

/// Whether a function with such an effect runs in fibers what it is passed.
pub fn starts_fibers(name: &str) -> bool {
    STARTERS.contains(&name)
}

/// Whether an effect of a built-in kind is what a function does rather than an operation, so that no handler takes it: `go`, `send!`.
fn is_no_operation(name: &str) -> bool {
    let Some((kind, op)) = name.split_once(':') else { return false };
    operations::of_kind(kind).is_some_and(|ops| !ops.contains(&op))
}

/// The union of two ascending lists.
fn merge<T: Copy + Ord>(a: &[T], b: &[T]) -> Vec<T> {
    let mut all: Vec<T> = a.iter().chain(b).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_become_what_is_passed() {
        let mut effects = Effects::default();
        let print = effects.of_name("io:print");
        let call = effects.of_call(TyVar(3));
        let both = effects.union(call, print);
        let exit = effects.of_name("io:exit");
        let known = effects.subst(both, &[(TyVar(3), exit)]);
        assert_eq!(known, effects.union(print, exit));
        assert!(
            effects.set(effects.sets.len().checked_sub(1).map(|i| Eff(i as u32)).unwrap_or(Eff::NONE)).calls.is_empty()
        );
        let closed = effects.close(both, &|_| false);
        assert!(effects.set(closed).unknown && effects.set(closed).ops.len() == 1);
    }

    fn taken(name: &str, resumes: bool) -> Taken {
        Taken { name: name.into(), resumes }
    }

    #[test]
    fn handled_operations_go() {
        let mut effects = Effects::default();
        let (print, exit) = (effects.of_name("io:print"), effects.of_name("io:exit"));
        let both = effects.union(print, exit);
        assert_eq!(effects.handled(both, &[taken("io", false)]), Eff::NONE);
        assert_eq!(effects.handled(both, &[taken("io:exit", false)]), print);
    }

    #[test]
    fn a_clause_that_may_not_resume_takes_nothing_from_fibers() {
        let mut effects = Effects::default();
        let print = effects.of_name("io:print");
        let elsewhere = effects.in_fiber(print);
        assert_eq!(effects.handled(elsewhere, &[taken("io:print", false)]), elsewhere);
        assert_eq!(effects.handled(elsewhere, &[taken("io:print", true)]), Eff::NONE);
        // What the body itself performs is taken.
        let both = effects.union(print, elsewhere);
        assert_eq!(effects.handled(both, &[taken("io:print", false)]), elsewhere);
    }

    #[test]
    fn what_is_passed_to_a_fiber_is_performed_there() {
        let mut effects = Effects::default();
        let (call, print) = (effects.of_call(TyVar(1)), effects.of_name("io:print"));
        let elsewhere = effects.in_fiber(call);
        let around = effects.handled(elsewhere, &[taken("io:print", false)]);
        let known = effects.in_fiber(print);
        assert_eq!(effects.subst(around, &[(TyVar(1), print)]), known);
        // A handler inside of the fiber holds there.
        let inside = effects.handled(call, &[taken("io:print", false)]);
        let started = effects.in_fiber(inside);
        assert_eq!(effects.subst(started, &[(TyVar(1), print)]), Eff::NONE);
    }

    #[test]
    fn no_handler_takes_what_is_no_operation() {
        let mut effects = Effects::default();
        let (go, join) = (effects.of_name("concurrent:go"), effects.of_name("concurrent:join"));
        let both = effects.union(go, join);
        assert_eq!(effects.handled(both, &[taken("concurrent", true)]), go);
    }

    #[test]
    fn what_is_passed_is_handled_too() {
        let mut effects = Effects::default();
        let call = effects.of_call(TyVar(1));
        let inside = effects.handled(call, &[taken("io:print", false)]);
        let (print, exit) = (effects.of_name("io:print"), effects.of_name("io:exit"));
        let both = effects.union(print, exit);
        assert_eq!(effects.subst(inside, &[(TyVar(1), both)]), exit);
    }
}
