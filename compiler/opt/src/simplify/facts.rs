//! What the simplifier knows at the point where it stands: replacements of variables, their definitions, kinds, and
//! primitives already computed. What a branch teaches is forgotten at its end.

use cl_abi::prims::PrimId;
use cl_core::ir::{Atom, DataId, Datum, Rhs, VarId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::kinds::{Bits, KindSet, Kinds, datum_bits};

/// Facts about variables; the tables grow on demand, as variables are made.
#[derive(Default)]
pub struct Facts {
    replaced: Vec<Option<Atom>>,
    /// Definitions by computations without effect, and of cells never.
    defs: Vec<Option<Rhs>>,
    /// `None`: any kind.
    kinds: Vec<Option<KindSet>>,
    /// What the analysis of kinds found out before.
    before: Kinds,
    available: Available,
    trail: Vec<Undo>,
    /// Kinds of static data.
    data: Vec<Bits>,
    /// Of static Strings: the first with the same text.
    strings: Vec<Option<u32>>,
}

/// Results of pure primitives by their arguments.
pub type Available = HashMap<Computation, Atom>;

/// A primitive with its one or two arguments; those with more are not remembered.
type Computation = (PrimId, Atom, Option<Atom>);

fn computation(prim: PrimId, args: &[Atom]) -> Option<Computation> {
    match args {
        [a] => Some((prim, *a, None)),
        [a, b] => Some((prim, *a, Some(*b))),
        _ => None,
    }
}

enum Undo {
    Replaced(VarId, Option<Atom>),
    Kinds(VarId, Option<KindSet>),
    Available(Computation),
}

/// A point to go back to.
pub struct Mark(usize);

fn slot<T: Clone>(table: &mut Vec<Option<T>>, var: VarId) -> &mut Option<T> {
    if table.len() <= var.index() {
        table.resize(var.index() + 1, None);
    }
    &mut table[var.index()]
}

impl Facts {
    pub fn new(data: &[Datum], before: Kinds) -> Facts {
        let mut first: HashMap<&str, u32> = HashMap::new();
        let strings = data.iter().zip(0..).map(|(datum, i)| match datum {
            Datum::String(text) => Some(*first.entry(text).or_insert(i)),
            _ => None,
        });
        let strings = strings.collect();
        Facts { data: data.iter().map(datum_bits).collect(), strings, before, ..Facts::default() }
    }

    /// Whether two constants are the same key of a Dict; `None` if that is not known.
    pub fn same_key(&self, a: Atom, b: Atom) -> Option<bool> {
        let text = |d: DataId| self.strings.get(d.index()).copied().flatten();
        match (a, b) {
            (Atom::Data(x), Atom::Data(y)) => Some(text(x)? == text(y)?),
            (Atom::Keyword(_), Atom::Keyword(_)) | (Atom::Int(_), Atom::Int(_)) => Some(a == b),
            _ => None,
        }
    }

    pub fn into_kinds(self) -> Kinds {
        self.before
    }

    pub fn mark(&self) -> Mark {
        Mark(self.trail.len())
    }

    /// Forgets what was learnt since the mark. Definitions stay: they are true wherever the variable is in scope.
    pub fn forget(&mut self, mark: Mark) {
        while self.trail.len() > mark.0 {
            match self.trail.pop().expect("longer than the mark") {
                Undo::Replaced(var, old) => self.replaced[var.index()] = old,
                Undo::Kinds(var, old) => self.kinds[var.index()] = old,
                Undo::Available(computation) => {
                    self.available.remove(&computation);
                }
            }
        }
    }

    /// Replaces a variable from here on, to the end of the branch.
    pub fn replace(&mut self, var: VarId, by: Atom) {
        if by == Atom::Var(var) {
            return;
        }
        let old = slot(&mut self.replaced, var).replace(by);
        self.trail.push(Undo::Replaced(var, old));
    }

    pub fn resolve(&self, atom: Atom) -> Atom {
        let mut atom = atom;
        while let Atom::Var(v) = atom {
            match self.replaced.get(v.index()) {
                Some(Some(next)) => atom = *next,
                Some(None) | None => break,
            }
        }
        atom
    }

    pub fn define(&mut self, var: VarId, rhs: Rhs) {
        *slot(&mut self.defs, var) = Some(rhs);
    }

    pub fn def(&self, atom: Atom) -> Option<&Rhs> {
        match atom {
            Atom::Var(v) => self.defs.get(v.index())?.as_ref(),
            _ => None,
        }
    }

    /// The value of an equal computation that was done before on every way here.
    pub fn available(&self, prim: PrimId, args: &[Atom]) -> Option<Atom> {
        self.available.get(&computation(prim, args)?).copied()
    }

    pub fn make_available(&mut self, prim: PrimId, args: &[Atom], value: Atom) {
        if let Some(computation) = computation(prim, args)
            && let Entry::Vacant(entry) = self.available.entry(computation)
        {
            entry.insert(value);
            self.trail.push(Undo::Available(computation));
        }
    }

    pub fn kinds(&self, atom: Atom) -> KindSet {
        match atom {
            Atom::Var(v) => self.kinds.get(v.index()).copied().flatten().unwrap_or_else(|| self.before.of(v)),
            Atom::Data(d) => KindSet::of(self.data[d.index()]),
            _ => KindSet::constant(atom),
        }
    }

    /// Learns that a variable is of a smaller set, to the end of the branch.
    pub fn narrow(&mut self, var: VarId, to: KindSet) {
        let old = slot(&mut self.kinds, var).replace(to);
        self.trail.push(Undo::Kinds(var, old));
    }

    /// Sets what is known of a variable wherever it is in scope.
    pub fn set_kinds(&mut self, var: VarId, known: KindSet) {
        let known = self.before.of(var).intersection(known);
        *slot(&mut self.kinds, var) = Some(known);
    }

    /// Computations of an outer function are not used in an inner one: it would capture their values instead of
    /// computing them again.
    pub fn take_available(&mut self) -> Available {
        std::mem::take(&mut self.available)
    }

    pub fn restore_available(&mut self, available: Available) {
        self.available = available;
    }
}
