//! Branches, loops and `try`.

use cl_lang::hir::{self, Const, ExprId, ExprKind, Item, LoopId};
use cl_text::Span;

use std::rc::Rc;

use super::{Dest, Lower};
use crate::ir::{Atom, Block, Cond, Join, LabelId, Rhs, Stmt, Term, VarId};

impl<'h> Lower<'h> {
    /// Ends the block with a branch on the truth of `cond`.
    pub(super) fn branch(
        &mut self,
        cond: ExprId,
        then: impl FnOnce(&mut Self) -> Term,
        otherwise: impl FnOnce(&mut Self) -> Term,
    ) -> Term {
        if self.is_branching(cond) {
            let (yes, no) = (self.fresh_label(), self.fresh_label());
            let block = self.block_of(then);
            self.push_join(yes, vec![], block);
            let block = self.block_of(otherwise);
            self.push_join(no, vec![], block);
            return self.branch_labels(cond, yes, no);
        }
        let cond = self.cond(cond);
        self.branch_on(cond, then, otherwise)
    }

    /// Ends the block with a branch on a condition that is evaluated.
    pub(super) fn branch_on(
        &mut self,
        cond: Cond,
        then: impl FnOnce(&mut Self) -> Term,
        otherwise: impl FnOnce(&mut Self) -> Term,
    ) -> Term {
        let then = Box::new(self.block_of(then));
        let otherwise = Box::new(self.block_of(otherwise));
        Term::If { cond, then, otherwise }
    }

    /// Whether a condition is itself decided by branches, as `and` and `or` are.
    fn is_branching(&self, cond: ExprId) -> bool {
        match &self.expr(cond).kind {
            ExprKind::If { .. } => true,
            ExprKind::Block(items) => matches!(items.last(), Some(Item::Do(last)) if self.is_branching(*last)),
            _ => false,
        }
    }

    /// Branches to labels; no truth value is made for `and`, `or` and `if` in a condition.
    fn branch_labels(&mut self, cond: ExprId, yes: LabelId, no: LabelId) -> Term {
        match &self.expr(cond).kind {
            ExprKind::If { cond: test, then, otherwise } => {
                let (test, then, otherwise) = (*test, *then, *otherwise);
                let known = self.same_variable(test, then);
                self.branch(
                    test,
                    |s| if known { Term::Jump(yes, vec![]) } else { s.branch_labels(then, yes, no) },
                    |s| s.branch_labels(otherwise, yes, no),
                )
            }
            ExprKind::Block(items) => match self.block_items(items) {
                Some(last) => self.branch_labels(last, yes, no),
                None => Term::Jump(no, vec![]),
            },
            ExprKind::Const(c) => {
                let label = if matches!(c, Const::Nil | Const::Bool(false)) { no } else { yes };
                Term::Jump(label, vec![])
            }
            _ => {
                let cond = self.cond(cond);
                self.branch_on(cond, |_| Term::Jump(yes, vec![]), |_| Term::Jump(no, vec![]))
            }
        }
    }

    /// Whether both are mentions of one variable that nothing assigns, as in the expansion of `or`.
    fn same_variable(&self, a: ExprId, b: ExprId) -> bool {
        match (&self.expr(a).kind, &self.expr(b).kind) {
            (ExprKind::Local(a), ExprKind::Local(b)) => a == b && !self.hir_var(*a).assigned,
            _ => false,
        }
    }

    fn cond(&mut self, e: ExprId) -> Cond {
        let hir::Expr { kind, span } = self.expr(e);
        match kind {
            ExprKind::Prim { prim, args } if prim.get().is_test() => Cond::Prim(*prim, self.values(args), *span),
            _ => Cond::Truthy(self.value(e)),
        }
    }

    /// A loop is a join that its body jumps to.
    pub(super) fn loop_to(&mut self, id: LoopId, vars: &[(hir::VarId, ExprId)], body: ExprId, dest: Dest) -> Term {
        let initial = vars.iter().map(|(_, init)| self.value(*init)).collect();
        let label = self.fresh_label();
        let vars: Vec<_> = vars.iter().map(|(var, _)| *var).collect();
        let params: Vec<_> = vars.iter().map(|v| self.param(*v)).collect();
        self.frame.loops.push((id, label));
        let body = self.block_of(|s| {
            s.bind_params(&vars, &params);
            s.to(body, dest)
        });
        self.frame.loops.pop();
        self.push(Stmt::Join(Join { label, params, body, recursive: true }));
        Term::Jump(label, initial)
    }

    pub(super) fn recur(&mut self, id: LoopId, args: &[ExprId]) -> Term {
        let args = self.values(args);
        let found = self.frame.loops.iter().rev().find(|(l, _)| *l == id);
        let (_, label) = found.unwrap_or_else(|| unreachable!("recur stands in its loop"));
        Term::Jump(*label, args)
    }

    /// `finally` stands once, in a join that both ways out of the rest of the `try` jump to.
    pub(super) fn try_to(
        &mut self,
        body: ExprId,
        catch: Option<hir::Catch>,
        finally: Option<ExprId>,
        span: Span,
        dest: Dest,
    ) -> Term {
        let Some(finally) = finally else { return self.catch_to(body, catch, span, dest) };
        let first = self.hir.resumes_many.then(|| self.emit(Rhs::NewCell(Atom::Bool(true)), span));
        let (failed, outcome) = (self.fresh_temp(), self.fresh_temp());
        let code = self.block_of(|s| s.finish_try((finally, first), Atom::Var(failed), Atom::Var(outcome), span, dest));
        let end = self.fresh_label();
        self.push_join(end, vec![failed, outcome], code);
        let (done, value, error) = (self.fresh_label(), self.fresh_temp(), self.fresh_temp());
        let leave = Term::Jump(end, vec![Atom::Bool(false), Atom::Var(value)]);
        self.push_join(done, vec![value], Block { stmts: vec![], term: leave });
        let body = self.block_of(|s| s.catch_to(body, catch, span, Dest::Value(done)));
        try_term(body, error, Term::Jump(end, vec![Atom::Bool(true), Atom::Var(error)]))
    }

    /// After the rest of a `try`: runs `finally`, then raises the error again or goes on with the value.
    fn finish_try(
        &mut self,
        (finally, first): (ExprId, Option<Atom>),
        failed: Atom,
        outcome: Atom,
        span: Span,
        dest: Dest,
    ) -> Term {
        match first {
            None => self.effect(finally),
            Some(first) => self.finally_once(finally, first, span),
        }
        self.branch_on(
            Cond::Truthy(failed),
            |s| s.raise_prim("%rethrow", vec![outcome], span),
            |s| s.give(dest, outcome),
        )
    }

    /// Where a continuation may be resumed more than once, what is left of a `try` may run more than once, but `finally` does
    /// not: the cell `first`, which all copies share, says whether it has yet to run.
    fn finally_once(&mut self, finally: ExprId, first: Atom, span: Span) {
        self.continue_at(vec![], |s, after| {
            let is_first = s.emit(Rhs::GetCell(first), span);
            s.branch_on(
                Cond::Truthy(is_first),
                |s| {
                    s.emit(Rhs::SetCell(first, Atom::Bool(false)), span);
                    s.to(finally, Dest::Drop(after))
                },
                |_| Term::Jump(after, vec![]),
            )
        });
    }

    /// `try` with at most a catch clause. The clause stands outside of what it guards, so that its tail calls are tail
    /// calls; the guarded body may not return, it jumps.
    fn catch_to(&mut self, body: ExprId, catch: Option<hir::Catch>, span: Span, dest: Dest) -> Term {
        let Some(catch) = catch else { return self.to(body, dest) };
        let barrier = (self.unwinds.resumes_errors && !catch.all).then(|| self.enter_catch(span));
        let label = self.fresh_label();
        let param = self.param(catch.var);
        let code = self.block_of(|s| {
            s.leave_catch(barrier, span);
            s.pass_on_unless_error(param, catch.all, span);
            s.bind_params(&[catch.var], &[param]);
            s.to(catch.body, dest)
        });
        self.push_join(label, vec![param], code);
        let inside = match barrier {
            Some(_) => self.dest_after(dest, |s| s.leave_catch(barrier, span)),
            None => self.dest_inside(dest),
        };
        let error = self.fresh_temp();
        let body = self.block_of(|s| s.to(body, inside));
        try_term(body, error, Term::Jump(label, vec![Atom::Var(error)]))
    }

    /// What is thrown is an error, or else leaves the body of a handler: then a catch clause does not see it.
    fn pass_on_unless_error(&mut self, thrown: VarId, all: bool, span: Span) {
        if all || !self.unwinds.handlers {
            return;
        }
        let thrown = Atom::Var(thrown);
        self.continue_at(vec![], |s, error| {
            let then = Box::new(s.block_of(|s| s.raise_prim("%rethrow", vec![thrown], span)));
            let otherwise = Box::new(s.block_of(|_| Term::Jump(error, vec![])));
            Term::If { cond: Cond::IsTuple(2, thrown), then, otherwise }
        });
    }

    /// Where errors may be resumed, `error:raise` looks for the innermost clause that takes them, so the handlers in force must
    /// show that this one is a `catch`. Gives the handlers outside.
    fn enter_catch(&mut self, span: Span) -> Atom {
        let outside = self.emit_prim("%handlers", vec![], span);
        let kind = Atom::Keyword(self.pool.name(&Rc::from("error")));
        let (mode, none) = (Atom::Int(CATCH), Atom::Nil);
        let entry = self.emit(Rhs::Tuple(vec![outside, kind, none, mode, none, none]), span);
        self.emit_prim("%set-handlers", vec![entry], span);
        outside
    }

    fn leave_catch(&mut self, outside: Option<Atom>, span: Span) {
        if let Some(outside) = outside {
            self.emit_prim("%set-handlers", vec![outside], span);
        }
    }

    /// A destination that does something before the value goes to `dest`.
    fn dest_after(&mut self, dest: Dest, first: impl FnOnce(&mut Self)) -> Dest {
        let (label, value) = (self.fresh_label(), self.fresh_temp());
        let code = self.block_of(|s| {
            first(s);
            s.give(dest, Atom::Var(value))
        });
        self.push_join(label, vec![value], code);
        Dest::Value(label)
    }

    /// Where a guarded body puts its value: a join outside returns it.
    fn dest_inside(&mut self, dest: Dest) -> Dest {
        match dest {
            Dest::Return => self.dest_after(dest, |_| ()),
            Dest::Value(_) | Dest::Drop(_) => dest,
        }
    }
}

/// The mode of an entry of the handlers in force that stands for a `catch`; see `stdlib/prelude/effects.cl`.
const CATCH: i64 = 1;

/// What handlers a program has anywhere, by which `try` forms are simpler.
#[derive(Clone, Copy)]
pub(super) struct Unwinds {
    /// There is a handler, so that more than errors may unwind the stack.
    pub handlers: bool,
    /// A clause may resume an error.
    pub resumes_errors: bool,
}

impl Unwinds {
    pub(super) fn of(hir: &hir::Program) -> Unwinds {
        let mut found = Unwinds { handlers: false, resumes_errors: false };
        for expr in &hir.exprs {
            let ExprKind::Handle(handler) = &expr.kind else { continue };
            found.handlers = true;
            found.resumes_errors |= handler.clauses.iter().any(|c| {
                let errors = match &c.target {
                    hir::Target::Op(op) => &*hir.ops[op.0 as usize].name == "error:raise",
                    hir::Target::Kind(kind) => &**kind == "error",
                };
                errors && c.mode != hir::Mode::Aborts
            });
        }
        found
    }
}

/// Runs `body`; an error in it takes the way of `leave`.
fn try_term(body: Block, error: VarId, leave: Term) -> Term {
    let handler = Box::new(Block { stmts: vec![], term: leave });
    Term::Try { body: Box::new(body), error, handler }
}
