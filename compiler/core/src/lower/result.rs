//! Result annotations that keep tail calls. `(define (f …) : Int …)` promises an Int of whatever `f` returns; a check
//! after a call in tail position would keep `f`'s frame. So such a call remains a tail call where
//!
//! 1. the callee is known and makes the same promise itself, or
//! 2. the callee can come back to `f` by tail calls of known functions (it is in the same strongly connected component
//!    of these, Tarjan 1972): then a version of the callee is called that makes the promise too, and so on around the
//!    component.
//!
//! Any other call is no tail call and its result is checked: each function is left at most once for good, so known
//! functions use a bounded stack. What comes back through a function value does not: there a frame remains for each
//! turn.

use cl_lang::hir::{ExprId, ExprKind, Item, Lambda, Type};
use cl_text::Span;
use std::rc::Rc;

use super::types::text;
use super::{Dest, GlobalUse, Lower};
use crate::ir::{Atom, FuncId, GlobalKind, LabelId, Term};

/// What a function promises of its result.
#[derive(Clone)]
pub(super) struct Promise<'h> {
    ty: &'h Type,
    blame: Rc<str>,
}

impl PartialEq for Promise<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.ty == other.ty
    }
}

/// The promises of the function that is being lowered, and the join that checks them and returns its parameter.
#[derive(Clone, Default)]
pub(super) struct Results<'h> {
    promises: Vec<Promise<'h>>,
    pub check: Option<LabelId>,
}

/// A version of a function that makes more promises than are written.
pub(super) struct Version<'h> {
    func: FuncId,
    promises: Vec<Promise<'h>>,
    id: FuncId,
}

/// What is known of functions of the program for this.
#[derive(Default)]
pub(super) struct Functions<'h> {
    /// By function: its source, if it has one.
    pub lambdas: Vec<Option<&'h Lambda>>,
    versions: Vec<Version<'h>>,
    /// By function: its component, once that is wanted.
    components: Option<Vec<u32>>,
}

impl<'h> Lower<'h> {
    /// A result annotation in tail position of its function.
    pub(super) fn result_to(&mut self, value: ExprId, ty: &'h Type, blame: &Rc<str>) -> Term {
        let outer = self.frame.results.clone();
        self.add_promises(vec![Promise { ty, blame: blame.clone() }], self.span(value));
        let term = self.to(value, Dest::Return);
        self.frame.results = outer;
        term
    }

    /// Adds to what the function promises; tail positions lowered from now on keep it.
    fn add_promises(&mut self, new: Vec<Promise<'h>>, span: Span) {
        for promise in new {
            if self.accepts_all(promise.ty) || self.frame.results.promises.contains(&promise) {
                continue;
            }
            let label = self.fresh_label();
            let param = self.fresh_temp();
            let body = self.block_of(|s| {
                s.ascribe(Atom::Var(param), promise.ty, &promise.blame, span);
                s.give(Dest::Return, Atom::Var(param))
            });
            self.push_join(label, vec![param], body);
            self.frame.results.promises.push(promise);
            self.frame.results.check = Some(label);
        }
    }

    /// The function to call in tail position instead of a known function, if it can keep this function's promises.
    pub(super) fn tail_callee(&mut self, func: FuncId) -> Option<FuncId> {
        let mut missing = self.frame.results.promises.clone();
        if missing.is_empty() {
            return Some(func);
        }
        let lambda = self.functions.lambdas[func.index()]?;
        if let Some(own) = self.promise_of(lambda) {
            missing.retain(|p| *p != own);
        }
        if missing.is_empty() {
            return Some(func);
        }
        let caller = self.frame.source?;
        (self.component(caller) == self.component(func)).then(|| self.version(func, missing))
    }

    /// Whether a local function keeps this function's promises.
    pub(super) fn keeps_promises(&self, lambda: Option<&'h Lambda>) -> bool {
        let promises = &self.frame.results.promises;
        promises.is_empty()
            || lambda.and_then(|l| self.promise_of(l)).is_some_and(|own| promises.iter().all(|p| *p == own))
    }

    /// The result annotation of a function.
    fn promise_of(&self, lambda: &'h Lambda) -> Option<Promise<'h>> {
        let mut body = lambda.body;
        loop {
            match &self.expr(body).kind {
                ExprKind::Block(items) => match items.last()? {
                    Item::Do(last) => body = *last,
                    Item::Bind { .. } | Item::Destructure { .. } => return None,
                },
                ExprKind::Ascribe { value: _, ty, blame } if is_result(blame) => {
                    return Some(Promise { ty, blame: blame.clone() });
                }
                _ => return None,
            }
        }
    }

    /// The version of a function that makes these promises too; its body is lowered later.
    fn version(&mut self, func: FuncId, mut promises: Vec<Promise<'h>>) -> FuncId {
        promises.sort_by_cached_key(|p| text(p.ty));
        let known = self.functions.versions.iter().find(|v| v.func == func && v.promises == promises);
        if let Some(version) = known {
            return version.id;
        }
        let id = self.declare_shape(self.shapes[func.index()]);
        self.functions.versions.push(Version { func, promises, id });
        id
    }

    /// Lowers the versions of functions, after everything else: a version binds the same source variables again.
    pub(super) fn versions(&mut self) {
        let mut done = 0;
        while let Some(Version { func, promises, id }) = self.functions.versions.get(done) {
            let (func, promises, id) = (*func, promises.clone(), *id);
            done += 1;
            let lambda = self.functions.lambdas[func.index()].unwrap_or_else(|| unreachable!("it has a source"));
            let original = self.funcs[func.index()].as_ref();
            let span = original.map_or(self.span(lambda.body), |f| f.span);
            let body = self.function_with(lambda, span, func, |s| s.add_promises(promises, span));
            self.funcs[id.index()] = Some(body);
        }
    }

    fn component(&mut self, func: FuncId) -> u32 {
        if self.functions.components.is_none() {
            let edges = (0..self.functions.lambdas.len()).map(|f| self.tail_callees(f)).collect::<Vec<_>>();
            self.functions.components = Some(components(&edges));
        }
        let components = self.functions.components.as_deref().unwrap_or_default();
        // A function made later is in no cycle.
        components.get(func.index()).copied().unwrap_or(u32::MAX - func.0)
    }

    /// The known functions that a function calls in tail position.
    fn tail_callees(&self, func: usize) -> Vec<u32> {
        let mut found = Vec::new();
        let mut work: Vec<_> = self.functions.lambdas[func].map(|l| l.body).into_iter().collect();
        while let Some(e) = work.pop() {
            match &self.expr(e).kind {
                ExprKind::If { cond: _, then, otherwise } => work.extend([*then, *otherwise]),
                ExprKind::Block(items) => {
                    if let Some(Item::Do(last)) = items.last() {
                        work.push(*last);
                    }
                }
                ExprKind::Loop { id: _, vars: _, body } => work.push(*body),
                ExprKind::Match { scrutinee: _, arms } => work.extend(arms.iter().map(|a| a.body)),
                ExprKind::Try { body: _, catch: Some(catch), finally: None } => work.push(catch.body),
                ExprKind::Ascribe { value, ty: _, blame } if is_result(blame) => work.push(*value),
                ExprKind::Call { callee, args: _ } => match &self.expr(*callee).kind {
                    ExprKind::Lambda(lambda) => work.push(lambda.body),
                    ExprKind::Global(g) => match self.globals[g.0 as usize] {
                        GlobalUse::Func(f) => found.push(f.0),
                        GlobalUse::Multi(g) => {
                            if let GlobalKind::Multi(clauses) = &self.out.globals[g.index()].kind {
                                found.extend(clauses.iter().map(|f| f.0));
                            }
                        }
                        GlobalUse::Const(_) | GlobalUse::Slot | GlobalUse::EarlySlot => {}
                    },
                    _ => {}
                },
                _ => {}
            }
        }
        found
    }
}

/// Whether an annotation's blame says that it is a function's result that is annotated.
pub(super) fn is_result(blame: &str) -> bool {
    blame.starts_with("result of ")
}

/// Strongly connected components by Tarjan's algorithm, with a stack of its own; nodes of one component have the same
/// number.
fn components(edges: &[Vec<u32>]) -> Vec<u32> {
    const NEW: u32 = u32::MAX;
    let count = edges.len();
    let (mut order, mut low, mut component) = (vec![NEW; count], vec![NEW; count], vec![NEW; count]);
    let (mut open, mut next) = (Vec::new(), 0);
    for root in 0..count {
        let mut calls = vec![(root, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                if order[node] != NEW {
                    continue;
                }
                (order[node], low[node]) = (next, next);
                next += 1;
                open.push(node);
            }
            if edge > 0 {
                let child = edges[node][edge - 1] as usize;
                if component[child] == NEW {
                    low[node] = low[node].min(low[child]);
                }
            }
            match edges[node].get(edge) {
                Some(child) => {
                    calls.push((node, edge + 1));
                    if order[*child as usize] == NEW {
                        calls.push((*child as usize, 0));
                    }
                }
                None if low[node] == order[node] => {
                    while let Some(member) = open.pop() {
                        component[member] = node as u32;
                        if member == node {
                            break;
                        }
                    }
                }
                None => {}
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn components_are_the_cycles() {
        // 0 -> 1 -> 2 -> 0, 2 -> 3, 3 -> 3, 4 -> 3
        let c = components(&[vec![1], vec![2], vec![0, 3], vec![3], vec![3]]);
        assert!(c[0] == c[1] && c[1] == c[2]);
        assert!(c[3] != c[0] && c[4] != c[3] && c[4] != c[0]);
    }

    #[test]
    fn a_chain_of_many_functions_needs_no_stack() {
        let edges: Vec<_> = (1..200_000u32).map(|n| vec![n]).chain([vec![]]).collect();
        assert_eq!(components(&edges).len(), 200_000);
    }
}
