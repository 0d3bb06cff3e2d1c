//! Calls. What is called is known for functions of the program, constructors and immediate lambdas; a known function
//! that is called with a wrong number of arguments is called as a value, which raises.

use cl_lang::hir::{self, ExprId, ExprKind};
use cl_text::Span;

use super::{Dest, GlobalUse, Lower, Shape};
use crate::ir::{Atom, Callee, CtorId, Func, FuncId, GlobalKind, Rhs, Term, VarId};

/// A call whose callee and arguments are evaluated.
enum Target {
    Call(Callee, Vec<Atom>),
    Construct(CtorId, Vec<Atom>),
    Value(Atom),
}

impl Shape {
    /// Whether it is called with just this many arguments, none of them in a List.
    pub(super) fn takes_exactly(self, count: usize) -> bool {
        !self.variadic && count == self.fixed
    }
}

impl<'h> Lower<'h> {
    pub(super) fn call(&mut self, callee: ExprId, args: &[ExprId], span: Span) -> Atom {
        if let Some(body) = self.immediate(callee, args, span) {
            return self.value(body);
        }
        match self.target(callee, args, span) {
            Target::Call(callee, args) => self.emit(Rhs::Call(callee, args), span),
            Target::Construct(ctor, args) => self.emit(Rhs::Construct(ctor, args), span),
            Target::Value(value) => value,
        }
    }

    pub(super) fn call_to(&mut self, callee: ExprId, args: &[ExprId], span: Span, dest: Dest) -> Term {
        if let Some(body) = self.immediate(callee, args, span) {
            return self.to(body, dest);
        }
        let value = match self.target(callee, args, span) {
            Target::Call(callee, args) if matches!(dest, Dest::Return) => return Term::TailCall(callee, args, span),
            Target::Call(callee, args) => self.emit(Rhs::Call(callee, args), span),
            Target::Construct(ctor, args) => self.emit(Rhs::Construct(ctor, args), span),
            Target::Value(value) => value,
        };
        self.give(dest, value)
    }

    /// Binds the parameters of a lambda that is called where it stands; its body is what remains to be evaluated.
    fn immediate(&mut self, callee: ExprId, args: &[ExprId], span: Span) -> Option<ExprId> {
        let ExprKind::Lambda(lambda) = &self.expr(callee).kind else { return None };
        let shape = Shape { fixed: lambda.params.len(), variadic: lambda.rest.is_some() };
        if !shape.takes(args.len()) {
            return None;
        }
        let values = self.values(args);
        let (fixed, rest) = values.split_at(shape.fixed);
        for (var, value) in lambda.params.iter().zip(fixed) {
            self.bind(*var, *value);
        }
        if let Some(var) = lambda.rest {
            let list = self.list(rest, span);
            self.bind(var, list);
        }
        Some(lambda.body)
    }

    /// Evaluates callee and arguments, in this order.
    fn target(&mut self, callee: ExprId, args: &[ExprId], span: Span) -> Target {
        match &self.expr(callee).kind {
            ExprKind::Global(global) => {
                if let Some(func) = self.known_func(*global, args.len()) {
                    let args = self.values(args);
                    return Target::Call(Callee::Func(func), self.pack_args(func, args, span));
                }
            }
            ExprKind::Ctor(ctor) if self.hir.ctors[ctor.0 as usize].fields.len() == args.len() => {
                let args = self.values(args);
                return self.construct(*ctor, args, span);
            }
            _ => {}
        }
        let callee = self.value(callee);
        let args = self.values(args);
        Target::Call(Callee::Value(callee), args)
    }

    /// The function that a call of the global with so many arguments reaches.
    fn known_func(&self, global: hir::GlobalId, count: usize) -> Option<FuncId> {
        match self.globals[global.0 as usize] {
            GlobalUse::Func(f) => self.shapes[f.index()].takes(count).then_some(f),
            GlobalUse::Multi(g) => {
                let GlobalKind::Multi(clauses) = &self.out.globals[g.index()].kind else { return None };
                let exact = clauses.iter().find(|f| self.shapes[f.index()].takes_exactly(count));
                exact.or_else(|| clauses.iter().find(|f| self.shapes[f.index()].takes(count))).copied()
            }
            GlobalUse::Const(_) | GlobalUse::Slot | GlobalUse::EarlySlot => None,
        }
    }

    /// Puts the further arguments of a variadic function into a List.
    fn pack_args(&mut self, func: FuncId, mut args: Vec<Atom>, span: Span) -> Vec<Atom> {
        let shape = self.shapes[func.index()];
        if shape.variadic {
            let rest = args.split_off(shape.fixed);
            args.push(self.list(&rest, span));
        }
        args
    }

    fn construct(&mut self, ctor: hir::CtorId, args: Vec<Atom>, span: Span) -> Target {
        if args.is_empty() {
            Target::Value(Atom::Ctor(CtorId(ctor.0)))
        } else if self.has_checked_fields(ctor) {
            Target::Call(Callee::Func(self.ctor_func(ctor, span)), args)
        } else {
            Target::Construct(CtorId(ctor.0), args)
        }
    }

    fn has_checked_fields(&self, ctor: hir::CtorId) -> bool {
        self.hir.ctors[ctor.0 as usize].fields.iter().any(|f| !self.accepts_all(&f.ty))
    }

    /// The constructor as a function, which checks the fields.
    pub(super) fn ctor_func(&mut self, ctor: hir::CtorId, span: Span) -> FuncId {
        if let Some(f) = self.ctor_funcs[ctor.0 as usize] {
            return f;
        }
        let info = &self.hir.ctors[ctor.0 as usize];
        let id = self.declare_shape(Shape { fixed: info.fields.len(), variadic: false });
        self.ctor_funcs[ctor.0 as usize] = Some(id);
        let params: Vec<VarId> = info.fields.iter().map(|_| self.fresh_temp()).collect();
        let body = self.block_of(|s| {
            let atoms: Vec<_> = params.iter().map(|p| Atom::Var(*p)).collect();
            for (i, field) in info.fields.iter().enumerate() {
                let blame = match &field.name {
                    Some(name) => format!("field {name} of {}", info.name),
                    None => format!("field {} of {}", i + 1, info.name),
                };
                s.ascribe(atoms[i], &field.ty, &blame, span);
            }
            Term::Return(s.emit(Rhs::Construct(CtorId(ctor.0), atoms), span))
        });
        let (name, captures) = (info.name.clone(), Vec::new());
        let inline = info.fields.len() <= 4;
        let func = Func { name, span: info.span, params, variadic: false, captures, body, inline };
        self.funcs[id.index()] = Some(func);
        id
    }
}
