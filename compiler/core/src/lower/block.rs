//! Bodies: bindings in order, local functions that see each other, and variables that a lambda may read too early.
//!
//! Neighbouring bindings whose values are lambdas, constants or variables form a *run*: evaluating it calls nothing, so
//! the order within is free and its lambdas may see all its variables. A variable that a lambda before its run mentions
//! (or a lambda inside its own initialiser, if that is more than a lambda) gets a cell, made before that lambda, which
//! holds `Undef` until the binding has ended.

use cl_lang::hir::{self, ExprId, ExprKind, Item};
use cl_text::Span;
use std::mem;

use super::reach::{NONE, pattern_vars};
use super::{Lower, Place};
use crate::ir::{Atom, Bounded, LocalFun, Rhs, Stmt, VarId};

/// A variable that needs a cell before the item at `from`.
struct EarlyVar {
    from: usize,
    var: hir::VarId,
}

impl<'h> Lower<'h> {
    /// Evaluates all items but a last expression, which it returns: the block's value.
    pub(super) fn block_items(&mut self, items: &'h [Item]) -> Option<ExprId> {
        let (items, last) = match items.split_last() {
            Some((Item::Do(e), before)) => (before, Some(*e)),
            _ => (items, None),
        };
        let run_ends = self.run_ends(items);
        let early = self.early_vars(items, &run_ends);
        let mut early = early.into_iter().peekable();
        let mut i = 0;
        while i < items.len() {
            let end = run_ends[i].max(i + 1);
            while let Some(e) = early.next_if(|e| e.from < end) {
                self.early_cell(e.var);
            }
            if run_ends[i] > i {
                self.run(&items[i..end], i);
            } else {
                self.item(&items[i]);
            }
            i = end;
        }
        last
    }

    /// For each item the end of the run that it belongs to; for an item of no run, 0.
    fn run_ends(&self, items: &[Item]) -> Vec<usize> {
        let mut ends = vec![0; items.len()];
        let mut end = items.len();
        for (i, item) in items.iter().enumerate().rev() {
            if self.is_inert(item) {
                ends[i] = end;
            } else {
                end = i;
            }
        }
        ends
    }

    fn is_inert(&self, item: &Item) -> bool {
        let Item::Bind { var, value } = item else { return false };
        match &self.expr(*value).kind {
            ExprKind::Lambda(_) => true,
            ExprKind::Const(c) => !matches!(c, hir::Const::Dict(_) | hir::Const::Set(_) | hir::Const::List(_)),
            ExprKind::Local(v) => !self.hir_var(*v).assigned && !self.hir_var(*var).assigned,
            _ => false,
        }
    }

    /// The variables that need a cell before their binding, by the item that needs it.
    fn early_vars(&self, items: &[Item], run_ends: &[usize]) -> Vec<EarlyVar> {
        let mut early = Vec::new();
        for (k, item) in items.iter().enumerate() {
            let vars = match item {
                Item::Bind { var, value: _ } => vec![*var],
                Item::Destructure { pat, value: _ } => pattern_vars(self.hir, *pat),
                Item::Do(_) => vec![],
            };
            for var in vars {
                let from = self.reach.early_from[var.0 as usize];
                let same_run = from != NONE && run_ends[k] != 0 && run_ends[from as usize] == run_ends[k];
                if from != NONE && !same_run {
                    early.push(EarlyVar { from: from as usize, var });
                }
            }
        }
        early.sort_by_key(|e| e.from);
        early
    }

    fn early_cell(&mut self, var: hir::VarId) {
        let info = self.hir_var(var);
        let cell = self.fresh_var(&info.name);
        self.push(Stmt::Let { var: cell, rhs: Rhs::NewCell(Atom::Undef), span: info.span });
        self.places[var.0 as usize] = Some(Place::Early(Atom::Var(cell)));
    }

    fn item(&mut self, item: &'h Item) {
        match item {
            Item::Do(e) => self.effect(*e),
            Item::Bind { var, value } => {
                let value = self.named_value(*value, &self.hir_var(*var).name);
                self.end_binding(*var, value);
            }
            Item::Destructure { pat, value } => {
                let span = self.span(*value);
                let value = self.value(*value);
                self.destructure(*pat, value, span);
            }
        }
    }

    /// The variable has its value: the cell made for it gets it, or it is bound as usual.
    pub(super) fn end_binding(&mut self, var: hir::VarId, value: Atom) {
        let info = self.hir_var(var);
        match self.early_place(var) {
            Some(cell) => {
                self.emit(Rhs::SetCell(cell, value), info.span);
                let place = if info.assigned { Place::Cell(cell) } else { Place::Value(value) };
                self.places[var.0 as usize] = Some(place);
            }
            None => self.bind(var, value),
        }
    }

    /// The cell that was made for a variable before its binding.
    fn early_place(&self, var: hir::VarId) -> Option<Atom> {
        match self.places[var.0 as usize] {
            Some(Place::Early(cell)) => Some(cell),
            Some(Place::Value(_) | Place::Cell(_)) | None => None,
        }
    }

    /// Lowers a run: first the variables of the lambdas, then constants and other names for variables, then the
    /// functions; then cells get their functions.
    fn run(&mut self, items: &'h [Item], start: usize) {
        let mut closures = Vec::new();
        let mut fills = Vec::new();
        for (i, item) in items.iter().enumerate() {
            if let Some((var, lambda)) = self.bound_lambda(item) {
                if !self.hir_var(var).assigned {
                    self.local_lambdas.insert(var, lambda);
                }
                let closure = self.fresh_var(&self.hir_var(var).name);
                self.place_function(var, closure, &mut fills);
                self.keep_bound(hir::ContractOf::Local(var), Bounded::Local(closure));
                closures.push((i, closure));
            }
        }
        for item in items {
            if self.bound_lambda(item).is_none() {
                self.item(item);
            }
        }
        self.functions(items, start, closures);
        for (cell, closure, span) in fills {
            self.emit(Rhs::SetCell(cell, closure), span);
        }
    }

    fn bound_lambda(&self, item: &Item) -> Option<(hir::VarId, &'h hir::Lambda)> {
        let Item::Bind { var, value } = item else { return None };
        match &self.expr(*value).kind {
            ExprKind::Lambda(lambda) => Some((*var, lambda)),
            _ => None,
        }
    }

    /// Says how the variable of a local function is read; a cell of it is filled later.
    fn place_function(&mut self, var: hir::VarId, closure: VarId, fills: &mut Vec<(Atom, Atom, Span)>) {
        let info = self.hir_var(var);
        let early = self.early_place(var);
        let place = if info.assigned {
            let cell = early.unwrap_or_else(|| {
                let cell = self.fresh_var(&info.name);
                self.push(Stmt::Let { var: cell, rhs: Rhs::NewCell(Atom::Undef), span: info.span });
                Atom::Var(cell)
            });
            fills.push((cell, Atom::Var(closure), info.span));
            Place::Cell(cell)
        } else {
            fills.extend(early.map(|cell| (cell, Atom::Var(closure), info.span)));
            Place::Value(Atom::Var(closure))
        };
        self.places[var.0 as usize] = Some(place);
    }

    /// The functions of a run, in groups as small as can be told from where each is first mentioned: a group ends where
    /// no function before mentions one after.
    fn functions(&mut self, items: &'h [Item], start: usize, closures: Vec<(usize, VarId)>) {
        let cuts = self.cuts(items, start);
        let mut group = Vec::new();
        let mut done = 0;
        for (i, var) in closures {
            if cuts[done + 1..=i].contains(&true) && !group.is_empty() {
                self.push(Stmt::Funs(mem::take(&mut group)));
            }
            done = i;
            let Item::Bind { var: _, value } = &items[i] else { unreachable!("a run has bindings only") };
            let hir::Expr { kind: ExprKind::Lambda(lambda), span } = self.expr(*value) else {
                unreachable!("the value is a function")
            };
            let func = self.function(lambda, *span);
            group.push(LocalFun { var, func });
        }
        if !group.is_empty() {
            self.push(Stmt::Funs(group));
        }
    }

    /// For each item of a run whether no item before it mentions it or one after it.
    fn cuts(&self, items: &[Item], start: usize) -> Vec<bool> {
        let mut cuts = vec![true; items.len()];
        let mut first_mention = usize::MAX;
        for (i, item) in items.iter().enumerate().rev() {
            if let Item::Bind { var, value: _ } = item
                && let from = self.reach.early_from[var.0 as usize]
                && from != NONE
            {
                first_mention = first_mention.min((from as usize).saturating_sub(start));
            }
            cuts[i] = first_mention >= i;
        }
        cuts
    }
}
