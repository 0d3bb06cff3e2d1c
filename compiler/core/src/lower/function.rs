//! Functions: parameters, variables and their cells.

use cl_lang::hir::{self, ExprId, ExprKind};
use cl_text::Span;
use std::mem;
use std::rc::Rc;

use super::{Dest, Frame, Lower, Place};
use crate::ir::{Atom, Func, FuncId, LocalFun, Rhs, Stmt, Term, VarId};

/// Largest body, in expressions, of a library function that is inlined wherever it is called.
const THIN: usize = 12;

impl<'h> Lower<'h> {
    /// Lowers a local function; the variables around it are visible.
    pub(super) fn function(&mut self, lambda: &'h hir::Lambda, span: Span) -> Func {
        self.function_in(Frame::default(), lambda, span, |_| {})
    }

    /// Lowers a function of the program, or a version of it, with what `start` puts first.
    pub(super) fn function_with(
        &mut self,
        lambda: &'h hir::Lambda,
        span: Span,
        source: FuncId,
        start: impl FnOnce(&mut Self),
    ) -> Func {
        self.function_in(Frame { source: Some(source), ..Frame::default() }, lambda, span, start)
    }

    fn function_in(
        &mut self,
        frame: Frame<'h>,
        lambda: &'h hir::Lambda,
        span: Span,
        start: impl FnOnce(&mut Self),
    ) -> Func {
        let outer = mem::replace(&mut self.frame, frame);
        let all: Vec<_> = lambda.params.iter().chain(&lambda.rest).copied().collect();
        let params: Vec<_> = all.iter().map(|v| self.param(*v)).collect();
        let body = self.block_of(|s| {
            start(s);
            s.bind_params(&all, &params);
            s.to(lambda.body, Dest::Return)
        });
        self.frame = outer;
        let (name, variadic) = (lambda.name.clone(), lambda.rest.is_some());
        Func { name, span, params, variadic, captures: Vec::new(), body, inline: false }
    }

    /// A lambda that is no binding's value.
    pub(super) fn lambda(&mut self, lambda: &'h hir::Lambda, span: Span) -> Atom {
        let var = self.fresh_var(&lambda.name);
        let func = self.function(lambda, span);
        self.push(Stmt::Funs(vec![LocalFun { var, func }]));
        Atom::Var(var)
    }

    /// An expression as a local function without parameters, which runs where it stands.
    pub(super) fn thunk(&mut self, body: ExprId, span: Span) -> Atom {
        self.local_function("body", vec![], span, |s, _| s.to(body, Dest::Return))
    }

    /// A local function that no source text names, which runs where it stands. `body` is given the function itself.
    pub(super) fn local_function(
        &mut self,
        name: &str,
        params: Vec<VarId>,
        span: Span,
        body: impl FnOnce(&mut Self, Atom) -> Term,
    ) -> Atom {
        let name = Rc::from(name);
        let var = self.fresh_var(&name);
        let frame = Frame { top_level: self.frame.top_level, ..Frame::default() };
        let outer = mem::replace(&mut self.frame, frame);
        let body = self.block_of(|s| body(s, Atom::Var(var)));
        self.frame = outer;
        let captures = Vec::new();
        let func = Func { name, span, params, variadic: false, captures, body, inline: false };
        self.push(Stmt::Funs(vec![LocalFun { var, func }]));
        Atom::Var(var)
    }

    /// A parameter for a source variable.
    pub(super) fn param(&mut self, var: hir::VarId) -> VarId {
        self.fresh_var(&self.hir_var(var).name)
    }

    /// Makes parameters known, in the block that they are parameters of.
    pub(super) fn bind_params(&mut self, vars: &[hir::VarId], params: &[VarId]) {
        for (var, param) in vars.iter().zip(params) {
            self.bind(*var, Atom::Var(*param));
        }
    }

    /// Gives a variable its value; in a cell of its own if it is assigned later.
    pub(super) fn bind(&mut self, var: hir::VarId, value: Atom) {
        let info = self.hir_var(var);
        let place = if info.assigned {
            let cell = self.fresh_var(&info.name);
            self.push(Stmt::Let { var: cell, rhs: Rhs::NewCell(value), span: info.span });
            Place::Cell(Atom::Var(cell))
        } else {
            Place::Value(value)
        };
        self.places[var.0 as usize] = Some(place);
    }

    pub(super) fn place(&self, var: hir::VarId) -> Place {
        self.places[var.0 as usize].unwrap_or_else(|| unreachable!("{} is bound", self.hir_var(var).name))
    }

    /// Whether the body of a library function is a few primitives and calls of others, so that a call costs more than it.
    pub(super) fn is_thin(&self, function: hir::GlobalId, body: ExprId) -> bool {
        let mut budget = THIN;
        let mut work = vec![body];
        while let Some(e) = work.pop() {
            let Some(left) = budget.checked_sub(1) else { return false };
            budget = left;
            match &self.expr(e).kind {
                ExprKind::Global(g) if *g == function => return false,
                ExprKind::Const(_)
                | ExprKind::Local(_)
                | ExprKind::Global(_)
                | ExprKind::Ctor(_)
                | ExprKind::Handled(_) => {}
                ExprKind::Prim { prim: _, args } | ExprKind::Perform { op: _, args } | ExprKind::List(args) => {
                    work.extend(args)
                }
                ExprKind::If { cond, then, otherwise } => work.extend([*cond, *then, *otherwise]),
                ExprKind::Call { callee, args } => {
                    work.push(*callee);
                    work.extend(args);
                }
                ExprKind::Lambda(_)
                | ExprKind::CaseLambda(_)
                | ExprKind::Block(_)
                | ExprKind::SetLocal { .. }
                | ExprKind::SetGlobal { .. }
                | ExprKind::Loop { .. }
                | ExprKind::Recur { .. }
                | ExprKind::Match { .. }
                | ExprKind::Try { .. }
                | ExprKind::Dict(_)
                | ExprKind::Set(_)
                | ExprKind::Ascribe { .. }
                | ExprKind::Handle(_)
                | ExprKind::Resume(_)
                | ExprKind::Leave(_)
                | ExprKind::Resumption(_) => return false,
            }
        }
        true
    }
}
