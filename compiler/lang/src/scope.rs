//! Local scopes. A name's binders are a stack, so that finding the innermost one takes constant time however deep the
//! nesting; a scope remembers what it pushed.

use crate::hir::VarId;
use crate::names::Name;

/// What a local name is bound to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binder {
    Var(VarId),
    Macro(u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeKind {
    /// Everything is bound before anything in the scope runs: parameters, patterns of `match`.
    Plain,
    /// `let`: before a name's initialiser has ended, only lambdas see it.
    Let,
    /// A body with definitions: each name means the local one throughout.
    Body,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    scope: u32,
    binder: Binder,
    /// The initialiser has not ended yet.
    pending: bool,
}

struct Scope {
    kind: ScopeKind,
    /// How many lambdas are around the scope.
    lambda: u32,
    first: usize,
}

/// A local name as a mention finds it.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub binder: Binder,
    /// Evaluated now, the mention certainly comes before the definition.
    pub early: bool,
    /// There is a lambda between binder and mention.
    pub crossed: bool,
}

#[derive(Default)]
pub struct Scopes {
    stacks: Vec<Vec<Entry>>,
    scopes: Vec<Scope>,
    declared: Vec<Name>,
    /// How many lambdas are around the current place.
    pub lambda: u32,
    /// Scopes that do not count at the current place, by their depth: expressions of a contract are resolved where they
    /// are evaluated, not where they stand.
    pub hidden: Vec<std::ops::Range<u32>>,
}

impl Scopes {
    pub fn depth(&self) -> u32 {
        self.scopes.len() as u32
    }

    pub fn push(&mut self, kind: ScopeKind) {
        self.scopes.push(Scope { kind, lambda: self.lambda, first: self.declared.len() });
    }

    /// The kind of the innermost scope.
    pub fn kind(&self) -> ScopeKind {
        self.scopes.last().map_or(ScopeKind::Body, |s| s.kind)
    }

    /// Leaves the innermost scope.
    pub fn pop(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        for name in self.declared.drain(scope.first..) {
            self.stacks[name.0 as usize].pop();
        }
    }

    /// Binds a name in the innermost scope; `false` if that scope has it already (then nothing changes).
    pub fn declare(&mut self, name: Name, binder: Binder, pending: bool) -> bool {
        let index = name.0 as usize;
        if self.stacks.len() <= index {
            self.stacks.resize_with(index + 1, Vec::new);
        }
        let scope = self.depth() - 1;
        let stack = &mut self.stacks[index];
        if stack.last().is_some_and(|e| e.scope == scope) {
            return false;
        }
        stack.push(Entry { scope, binder, pending });
        self.declared.push(name);
        true
    }

    /// The binder of a name in the innermost scope itself.
    pub fn here(&self, name: Name) -> Option<Binder> {
        let entry = self.stacks.get(name.0 as usize)?.last()?;
        (entry.scope + 1 == self.depth()).then_some(entry.binder)
    }

    /// The name's initialiser has ended.
    pub fn done(&mut self, name: Name) {
        if let Some(entry) = self.stacks.get_mut(name.0 as usize).and_then(|s| s.last_mut()) {
            entry.pending = false;
        }
    }

    /// Looks a name up in the outermost `depth` scopes.
    pub fn find(&self, name: Name, depth: u32) -> Option<Found> {
        for entry in self.stacks.get(name.0 as usize)?.iter().rev() {
            let scope = &self.scopes[entry.scope as usize];
            let crossed = scope.lambda < self.lambda;
            let not_yet = entry.pending && !crossed && scope.kind == ScopeKind::Let;
            if entry.scope >= depth || not_yet || self.is_hidden(entry.scope) {
                continue;
            }
            return Some(Found { binder: entry.binder, early: entry.pending && !crossed, crossed });
        }
        None
    }

    fn is_hidden(&self, scope: u32) -> bool {
        self.hidden.iter().any(|range| range.contains(&scope))
    }

    /// The variables of the innermost scope, in order.
    pub fn innermost(&self) -> Vec<(Name, VarId)> {
        let first = self.scopes.last().map_or(0, |s| s.first);
        let var = |name: &Name| match self.here(*name)? {
            Binder::Var(var) => Some((*name, var)),
            Binder::Macro(_) => None,
        };
        self.declared[first..].iter().filter_map(var).collect()
    }

    /// All names in scope, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = Name> + '_ {
        self.declared.iter().copied()
    }
}
