//! Expressions by kind: as a value, for effect, or into a destination.

use cl_abi::prims::{PrimId, Result as Kind};
use cl_lang::hir::{self, ExprId, ExprKind};
use cl_text::Span;
use std::rc::Rc;

use super::build::prim;
use super::result::is_result;
use super::{Dest, GlobalUse, Lower, Place};
use crate::ir::{Atom, Callee, Clause, Cond, CtorId, Effect, GlobalId, Handle, OpId, Rhs, Target, Term};

impl<'h> Lower<'h> {
    /// Evaluates an expression in the open block, which goes on.
    pub(super) fn value(&mut self, e: ExprId) -> Atom {
        let hir::Expr { kind, span } = self.expr(e);
        let span = *span;
        match kind {
            ExprKind::Const(c) => self.constant(c, span),
            ExprKind::Local(var) => self.local(*var, span),
            ExprKind::Global(global) => self.global(*global, span),
            ExprKind::Ctor(ctor) => self.ctor_value(*ctor),
            ExprKind::Lambda(lambda) => self.lambda(lambda, span),
            ExprKind::CaseLambda(_) => unreachable!("case-lambda stands only at the top level"),
            ExprKind::Call { callee, args } => self.call(*callee, args, span),
            ExprKind::Prim { prim, args } => self.prim_call(*prim, args, span),
            ExprKind::Block(items) => match self.block_items(items) {
                Some(last) => self.value(last),
                None => Atom::Nil,
            },
            ExprKind::If { .. } | ExprKind::Loop { .. } | ExprKind::Match { .. } | ExprKind::Try { .. } => {
                self.value_at(|s, label| s.to(e, Dest::Value(label)))
            }
            ExprKind::Recur { .. } => unreachable!("recur stands in tail position of its loop"),
            ExprKind::SetLocal { var, value } => self.set_local(*var, *value, span),
            ExprKind::SetGlobal { global, value } => {
                let value = self.value(*value);
                self.emit(Rhs::SetGlobal(GlobalId(global.0), value), span)
            }
            ExprKind::List(items) => {
                let items = self.values(items);
                self.list(&items, span)
            }
            ExprKind::Dict(entries) => {
                let entries: Vec<_> = entries.iter().map(|(k, v)| (self.value(*k), self.value(*v))).collect();
                self.dict(&entries, span)
            }
            ExprKind::Set(items) => {
                let items = self.values(items);
                self.set(&items, span)
            }
            ExprKind::Ascribe { value, ty, blame } => {
                let value = self.value(*value);
                self.ascribe(value, ty, blame, span);
                value
            }
            ExprKind::Perform { op, args } => {
                let args = self.values(args);
                self.emit(Rhs::Effect(Effect::Perform(OpId(op.0), args)), span)
            }
            ExprKind::Handled(op) => self.emit(Rhs::Effect(Effect::Handled(OpId(op.0))), span),
            ExprKind::Handle(handler) => self.handle(handler, span),
            ExprKind::Resume(value) => {
                let value = self.value(*value);
                self.emit(Rhs::Effect(Effect::Resume(value)), span)
            }
            ExprKind::Leave(value) => {
                let value = self.value(*value);
                self.emit(Rhs::Effect(Effect::Leave(value)), span)
            }
            ExprKind::Resumption(request) => match self.handler_functions.get(request) {
                Some(function) => self.emit(Rhs::Effect(Effect::Resumption(*function)), span),
                None => Atom::Nil,
            },
        }
    }

    pub(super) fn values(&mut self, es: &[ExprId]) -> Vec<Atom> {
        es.iter().map(|e| self.value(*e)).collect()
    }

    /// Evaluates an expression whose value nothing uses.
    pub(super) fn effect(&mut self, e: ExprId) {
        match &self.expr(e).kind {
            ExprKind::If { .. } | ExprKind::Loop { .. } | ExprKind::Match { .. } | ExprKind::Try { .. } => {
                self.continue_at(vec![], |s, label| s.to(e, Dest::Drop(label)));
            }
            ExprKind::Block(items) => {
                if let Some(last) = self.block_items(items) {
                    self.effect(last);
                }
            }
            ExprKind::Const(_) | ExprKind::Lambda(_) => {}
            ExprKind::Local(_)
            | ExprKind::Global(_)
            | ExprKind::Ctor(_)
            | ExprKind::CaseLambda(_)
            | ExprKind::Call { .. }
            | ExprKind::Prim { .. }
            | ExprKind::SetLocal { .. }
            | ExprKind::SetGlobal { .. }
            | ExprKind::Recur { .. }
            | ExprKind::List(_)
            | ExprKind::Dict(_)
            | ExprKind::Set(_)
            | ExprKind::Ascribe { .. }
            | ExprKind::Perform { .. }
            | ExprKind::Handled(_)
            | ExprKind::Handle(_)
            | ExprKind::Resume(_)
            | ExprKind::Leave(_)
            | ExprKind::Resumption(_) => {
                self.value(e);
            }
        }
    }

    /// Ends the open block with an expression whose value goes to `dest`.
    pub(super) fn to(&mut self, e: ExprId, dest: Dest) -> Term {
        let hir::Expr { kind, span } = self.expr(e);
        match kind {
            ExprKind::Call { callee, args } => self.call_to(*callee, args, *span, dest),
            ExprKind::If { cond, then, otherwise } => {
                self.branch(*cond, |s| s.to(*then, dest), |s| s.to(*otherwise, dest))
            }
            ExprKind::Block(items) => match self.block_items(items) {
                Some(last) => self.to(last, dest),
                None => self.give(dest, Atom::Nil),
            },
            ExprKind::Loop { id, vars, body } => self.loop_to(*id, vars, *body, dest),
            ExprKind::Recur { id, args } => self.recur(*id, args),
            ExprKind::Match { scrutinee, arms } => self.match_to(*scrutinee, arms, *span, dest),
            ExprKind::Try { body, catch, finally } => self.try_to(*body, *catch, *finally, *span, dest),
            ExprKind::Prim { prim, args } if prim.get().result == Kind::Never => {
                self.prim_call(*prim, args, *span);
                Term::Unreachable
            }
            ExprKind::Prim { prim, args } if is_apply(*prim) && self.tail_position(dest) => {
                let args = self.values(args);
                Term::TailApply(args[0], args[1], *span)
            }
            ExprKind::Ascribe { value, ty, blame } if is_result(blame) && matches!(dest, Dest::Return) => {
                self.result_to(*value, ty, blame)
            }
            ExprKind::Const(_)
            | ExprKind::Local(_)
            | ExprKind::Global(_)
            | ExprKind::Ctor(_)
            | ExprKind::Lambda(_)
            | ExprKind::CaseLambda(_)
            | ExprKind::Prim { .. }
            | ExprKind::SetLocal { .. }
            | ExprKind::SetGlobal { .. }
            | ExprKind::List(_)
            | ExprKind::Dict(_)
            | ExprKind::Set(_)
            | ExprKind::Ascribe { .. }
            | ExprKind::Perform { .. }
            | ExprKind::Handled(_)
            | ExprKind::Handle(_)
            | ExprKind::Resume(_)
            | ExprKind::Leave(_)
            | ExprKind::Resumption(_) => {
                let value = self.value(e);
                self.give(dest, value)
            }
        }
    }

    /// The value of a binding: what it computes carries the binding's name.
    pub(super) fn named_value(&mut self, e: ExprId, name: &Rc<str>) -> Atom {
        let first_new = self.out.vars.len();
        let value = self.value(e);
        if let Atom::Var(v) = value
            && v.index() >= first_new
        {
            self.out.vars[v.index()].name = name.clone();
        }
        value
    }

    fn local(&mut self, var: hir::VarId, span: Span) -> Atom {
        match self.place(var) {
            Place::Value(atom) => atom,
            Place::Cell(cell) => self.emit(Rhs::GetCell(cell), span),
            Place::Early(cell) => {
                let value = self.emit(Rhs::GetCell(cell), span);
                self.check_defined(value, &self.hir_var(var).name, span);
                value
            }
        }
    }

    fn set_local(&mut self, var: hir::VarId, value: ExprId, span: Span) -> Atom {
        let value = self.value(value);
        match self.place(var) {
            Place::Cell(cell) | Place::Early(cell) => self.emit(Rhs::SetCell(cell, value), span),
            Place::Value(_) => unreachable!("an assigned variable lives in a cell"),
        }
    }

    pub(super) fn global(&mut self, global: hir::GlobalId, span: Span) -> Atom {
        let g = global.0 as usize;
        match self.globals[g] {
            GlobalUse::Func(f) => Atom::Func(f),
            GlobalUse::Multi(g) => Atom::Multi(g),
            GlobalUse::Const(atom) => atom,
            GlobalUse::Slot => self.emit(Rhs::GetGlobal(GlobalId(global.0)), span),
            GlobalUse::EarlySlot => {
                let value = self.emit(Rhs::GetGlobal(GlobalId(global.0)), span);
                if !(self.frame.top_level && self.defined[g]) {
                    self.check_defined(value, &self.hir.globals[g].name, span);
                }
                value
            }
        }
    }

    /// Raises if the value is what a variable holds before its initialiser ran.
    fn check_defined(&mut self, value: Atom, name: &Rc<str>, span: Span) {
        let name = self.pool.string(name);
        let cond = Cond::Prim(prim("%same"), vec![value, Atom::Undef], span);
        self.continue_at(vec![], |s, defined| {
            let then = Box::new(s.block_of(|s| s.raise_prim("%used-before-definition", vec![name], span)));
            let otherwise = Box::new(s.block_of(|_| Term::Jump(defined, vec![])));
            Term::If { cond, then, otherwise }
        });
    }

    fn ctor_value(&mut self, ctor: hir::CtorId) -> Atom {
        if self.hir.ctors[ctor.0 as usize].fields.is_empty() {
            Atom::Ctor(CtorId(ctor.0))
        } else {
            Atom::Func(self.ctor_func(ctor))
        }
    }

    /// A call of a primitive from the library. Some stand for an operation of Core.
    fn prim_call(&mut self, prim: PrimId, args: &[ExprId], span: Span) -> Atom {
        let args = self.values(args);
        match prim.get().name {
            "%apply" => self.emit(Rhs::Apply(args[0], args[1]), span),
            "%undef" => Atom::Undef,
            _ => self.emit(Rhs::Prim(prim, args), span),
        }
    }

    /// Whether a call whose value goes there may replace the function's frame.
    fn tail_position(&self, dest: Dest) -> bool {
        matches!(dest, Dest::Return) && self.frame.results.check.is_none()
    }

    /// With a clause that needs the continuation, in a function that the library calls in a fiber.
    fn handle(&mut self, handler: &'h hir::Handler, span: Span) -> Atom {
        let captures = handler.clauses.iter().any(|c| c.mode == hir::Mode::General);
        let function = self.hir.in_fiber.map(|g| self.globals[g.0 as usize]);
        let Some(GlobalUse::Func(in_fiber)) = function.filter(|_| captures) else {
            return self.handle_here(handler, span);
        };
        let start = self.fresh_temp();
        let body = self.local_function("%handler of", vec![start], span, |s, function| {
            for clause in handler.clauses.iter().filter(|c| c.mode == hir::Mode::General) {
                if let ExprKind::Lambda(lambda) = &s.expr(clause.func).kind {
                    s.handler_functions.insert(lambda.params[0], function);
                }
            }
            Term::Return(s.handle_here(handler, span))
        });
        self.emit(Rhs::Call(Callee::Func(in_fiber), vec![body]), span)
    }

    /// The body becomes a function, which the handler calls.
    fn handle_here(&mut self, handler: &'h hir::Handler, span: Span) -> Atom {
        let clause = |s: &mut Self, c: &hir::Clause| Clause {
            target: match &c.target {
                hir::Target::Op(op) => Target::Op(OpId(op.0)),
                hir::Target::Kind(kind) => Target::Kind(kind.clone()),
            },
            func: s.value(c.func),
            mode: c.mode,
            span: c.span,
        };
        let clauses = handler.clauses.iter().map(|c| clause(self, c)).collect();
        let ret = handler.ret.map(|f| self.value(f));
        let body = self.thunk(handler.body, span);
        self.emit(Rhs::Effect(Effect::Handle(Box::new(Handle { clauses, ret, body }))), span)
    }
}

/// Whether a primitive stands for the operation of Core that calls a function with the items of a List.
fn is_apply(prim: PrimId) -> bool {
    prim.get().name == "%apply"
}
