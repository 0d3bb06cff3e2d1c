//! Components of functions that call each other, and the schemes that come of walking them.

use super::{Analysis, Frame, Slot};
use crate::effects::Eff;
use crate::scheme::{Def, Scheme};
use crate::types::{FnId, Kinds, Part, Ty, TyVar, Types};
use cl_core::ir::{LocalFun, VarId};
use cl_core::scc::components;
use std::mem;
use std::rc::Rc;

/// Rounds over a component, after which what still grows is taken to be anything.
const MAX_ROUNDS: usize = 12;
/// Parameters of one function whose types are followed; further ones need nothing.
const MAX_PARAMS: usize = 24;

impl<'p> Analysis<'p> {
    /// Analyses all functions of the program.
    pub fn run(&mut self) {
        let table = self.table;
        for component in components(&table.mentions) {
            let members: Vec<FnId> = component.into_iter().map(FnId).filter(|f| self.wants_body(*f)).collect();
            self.component(&members);
        }
    }

    /// Whether a function is known by its body: what has a signature is known by that, but for predicates, whose bodies say
    /// what their results tell of their arguments.
    fn wants_body(&self, id: FnId) -> bool {
        match self.signature(id) {
            None => true,
            Some(_) if self.undeclared.is_some() => true,
            Some(_) => self.table.get(id).func.params.len() == 1 && self.name(id).ends_with('?'),
        }
    }

    fn component(&mut self, members: &[FnId]) {
        let first = self.findings.len();
        self.recursive = false;
        for round in 0.. {
            self.given_up = round >= MAX_ROUNDS;
            self.findings.truncate(first);
            let cells = self.cell_changes;
            self.grown = false;
            self.group(members);
            if self.given_up || (!self.grown && cells == self.cell_changes) {
                break;
            }
        }
        if self.recursive {
            self.findings.truncate(first);
            self.settled = true;
            self.group(members);
            self.settled = false;
        }
        self.given_up = false;
    }

    /// Walks functions that may call each other, once.
    fn group(&mut self, members: &[FnId]) {
        members.iter().for_each(|f| self.active[f.index()] = true);
        members.iter().for_each(|f| self.function(*f));
        for f in members {
            self.active[f.index()] = false;
            self.done[f.index()] = true;
        }
    }

    fn function(&mut self, id: FnId) {
        let func = self.table.get(id).func;
        let scheme = self.schemes[id.index()].clone();
        let params: Vec<VarId> = func.params.iter().take(MAX_PARAMS).copied().collect();
        for (i, (param, var)) in func.params.iter().zip(&scheme.params).enumerate() {
            let is_rest = func.variadic && i + 1 == func.params.len();
            let bound = if is_rest { self.types.of_kinds(Kinds::LIST) } else { Types::ANY };
            let ty = self.types.of_var(*var, bound);
            self.define(*param, ty);
        }
        let outer = mem::replace(&mut self.frame, Frame::new(id, params));
        self.frame.muted = outer.muted && self.table.get(id).parent.is_some();
        self.frame.in_try = self.table.guarded.contains(&id);
        let mark = self.trail.len();
        self.block(&func.body);
        self.undo(mark);
        let frame = mem::replace(&mut self.frame, outer);
        if !self.settled {
            self.finish(id, frame);
        }
    }

    /// Enters what was found of a function into its scheme.
    fn finish(&mut self, id: FnId, frame: Frame) {
        let mut new = (*self.schemes[id.index()]).clone();
        let old = (new.result, new.eff, new.raises);
        let (table, vars) = (self.table, &self.vars);
        let keep = |v: TyVar| table.is_inside(id, vars[v.index()].owner);
        let result = self.types.close_vars(frame.result, &keep);
        let eff = self.types.effects.close(frame.eff, &keep);
        self.compare(id, eff);
        let mut slot = Slot { ty: new.result, changes: new.growth };
        slot.grow(&mut self.types, result);
        (new.result, new.growth) = (slot.ty, slot.changes);
        new.eff = self.types.effects.union(new.eff, eff);
        new.raises |= frame.raises;
        if self.given_up {
            (new.result, new.eff) = (Types::ANY, Eff::UNKNOWN);
        }
        if (new.result, new.eff, new.raises) != old {
            new.version += 1;
            self.grown |= self.recursive;
        }
        self.enter_needs(&mut new, frame);
        new.free = self.free_vars(id, &new);
        self.schemes[id.index()] = Rc::new(new);
    }

    /// Compares the effects of a body with those that the function's signature declares.
    fn compare(&mut self, id: FnId, eff: Eff) {
        let Some(mut undeclared) = self.undeclared.take() else { return };
        if let Some(signature) = self.signature(id) {
            let declared: Vec<&Rc<str>> = signature.clauses.iter().flat_map(|c| &c.effects).collect();
            let set = self.types.effects.set(eff).clone();
            let function = self.name(id);
            // The body of a built-in operation does the primitive work of its kind.
            let own = declared.iter().find(|d| ***d == function).and_then(|d| d.split_once(':')).map(|(kind, _)| kind);
            for op in &set.ops {
                let (name, kind) = (self.types.effects.name(*op), self.types.effects.kind(*op));
                if own != Some(kind) && !declared.iter().any(|d| ***d == **name || ***d == *kind) {
                    undeclared.push(format!("{function}: {name}"));
                }
            }
        }
        self.undeclared = Some(undeclared);
    }

    fn enter_needs(&mut self, new: &mut Scheme, frame: Frame) {
        let count = new.params.len();
        // A function that only fails has been reported, or is meant to be so; its callers are not to blame.
        let seen = frame.exits.is_some();
        let mut closed = |types: Vec<Ty>| {
            let close = |t| if seen { self.types.close(t) } else { Types::ANY };
            let mut all: Vec<Ty> = types.into_iter().map(close).collect();
            all.resize(count, Types::ANY);
            all
        };
        new.needs = closed(frame.exits.unwrap_or_default());
        new.when_true = closed(frame.when_true);
        new.when_false = closed(frame.when_false);
        new.whys = frame.whys;
        new.whys.resize(count, None);
    }

    /// The variables of enclosing functions that a scheme mentions.
    fn free_vars(&mut self, id: FnId, scheme: &Scheme) -> Vec<TyVar> {
        if self.table.get(id).parent.is_none() {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.types.mentioned(scheme.result, &mut found);
        found.extend(self.types.effects.set(scheme.eff).calls.iter().map(|(v, _)| *v));
        for def in scheme.defs.iter() {
            match def {
                Def::Project { of, .. } => found.push(*of),
                Def::Apply { callee, args, .. } => {
                    found.push(*callee);
                    args.iter().for_each(|t| self.types.mentioned(*t, &mut found));
                }
            }
        }
        found.retain(|v| self.vars[v.index()].owner != id);
        found.sort_unstable();
        found.dedup();
        found
    }

    // ---------------------------------------------------------------- local functions

    pub(super) fn funs(&mut self, funs: &'p [LocalFun]) {
        let ids: Vec<FnId> = funs.iter().map(|f| self.table.by_var[&f.var]).collect();
        self.define_closures(funs, &ids);
        let edges: Vec<Vec<u32>> = ids.iter().map(|id| self.mentions_among(*id, &ids)).collect();
        for component in components(&edges) {
            let members: Vec<FnId> = component.iter().map(|i| ids[*i as usize]).collect();
            self.local_component(&members);
            let changed: Vec<usize> = component.iter().map(|i| *i as usize).collect();
            changed.into_iter().for_each(|i| self.define_closures(&funs[i..=i], &ids[i..=i]));
        }
    }

    /// Which functions of a group a function mentions, by their places; ids of a group ascend.
    fn mentions_among(&self, id: FnId, ids: &[FnId]) -> Vec<u32> {
        let mentioned = self.table.siblings.get(&id).map_or(&[][..], |m| m);
        mentioned.iter().filter_map(|m| ids.binary_search(m).ok()).map(|i| i as u32).collect()
    }

    /// Solves local functions that call each other.
    fn local_component(&mut self, members: &[FnId]) {
        let outer = (self.recursive, self.grown);
        loop {
            let mark = self.findings.len();
            (self.recursive, self.grown) = (false, false);
            self.group(members);
            if !self.grown || self.given_up || self.settled {
                break;
            }
            self.findings.truncate(mark);
        }
        self.recursive |= outer.0;
        self.grown = outer.1;
    }

    /// The closures as they are known now: with the variables around them.
    fn define_closures(&mut self, funs: &[LocalFun], ids: &[FnId]) {
        for (fun, id) in funs.iter().zip(ids) {
            let free = self.schemes[id.index()].free.clone();
            let env = free.into_iter().map(|v| (v, self.types.of_var(v, Types::ANY))).collect();
            let ty = self.types.of_part(Part::Fn(*id, env));
            self.define(fun.var, ty);
        }
    }
}
