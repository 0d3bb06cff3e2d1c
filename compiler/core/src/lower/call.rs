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
        let known = self.local_callee(callee);
        let value = match self.target(callee, args, span) {
            Target::Call(callee, args) => match self.in_tail_position(&callee, known, dest) {
                Some(callee) => return Term::TailCall(callee, args, span),
                None => self.emit(Rhs::Call(callee, args), span),
            },
            Target::Construct(ctor, args) => self.emit(Rhs::Construct(ctor, args), span),
            Target::Value(value) => value,
        };
        self.give(dest, value)
    }

    /// The local function that is called, where that is known.
    fn local_callee(&self, callee: ExprId) -> Option<&'h hir::Lambda> {
        let ExprKind::Local(var) = &self.expr(callee).kind else { return None };
        self.local_lambdas.get(var).copied()
    }

    /// What a tail call calls; none if the call cannot be one.
    fn in_tail_position(&mut self, callee: &Callee, known: Option<&'h hir::Lambda>, dest: Dest) -> Option<Callee> {
        match (dest, callee) {
            (Dest::Value(_) | Dest::Drop(_), _) => None,
            (Dest::Return, Callee::Func(f)) => self.tail_callee(*f).map(Callee::Func),
            (Dest::Return, Callee::Value(_) | Callee::Known(..)) => self.keeps_promises(known).then(|| callee.clone()),
        }
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
                    if self.makes_tuple(func) {
                        return Target::Value(self.tuple(args, span));
                    }
                    return Target::Call(Callee::Func(func), self.pack_args(func, args, span));
                }
            }
            ExprKind::Ctor(ctor) if self.hir.ctors[ctor.0 as usize].fields.len() == args.len() => {
                let args = self.values(args);
                return self.construct(*ctor, args);
            }
            _ => {}
        }
        let callee = self.value(callee);
        let args = self.values(args);
        Target::Call(Callee::Value(callee), args)
    }

    /// Whether the function is the library's `tuple`, by what it does: no List of the arguments is made then.
    fn makes_tuple(&self, func: FuncId) -> bool {
        let Some(lambda) = self.functions.lambdas[func.index()] else { return false };
        match (&self.expr(lambda.body).kind, lambda.rest) {
            (ExprKind::Prim { prim, args }, Some(rest)) if prim.get().name == "%list->tuple" => {
                lambda.params.is_empty() && matches!(self.expr(args[0]).kind, ExprKind::Local(v) if v == rest)
            }
            _ => false,
        }
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

    fn construct(&mut self, ctor: hir::CtorId, args: Vec<Atom>) -> Target {
        let ctor = CtorId(ctor.0);
        if args.is_empty() { Target::Value(Atom::Ctor(ctor)) } else { Target::Construct(ctor, args) }
    }

    /// The constructor as a function.
    pub(super) fn ctor_func(&mut self, ctor: hir::CtorId) -> FuncId {
        if let Some(f) = self.ctor_funcs[ctor.0 as usize] {
            return f;
        }
        let info = &self.hir.ctors[ctor.0 as usize];
        let (name, span) = (info.name.clone(), info.span);
        let id = self.declare_shape(Shape { fixed: info.fields.len(), variadic: false });
        self.ctor_funcs[ctor.0 as usize] = Some(id);
        let params: Vec<VarId> = info.fields.iter().map(|_| self.fresh_temp()).collect();
        let fields = params.iter().map(|p| Atom::Var(*p)).collect();
        let body = self.block_of(|s| Term::Return(s.emit(Rhs::Construct(CtorId(ctor.0), fields), span)));
        let func = Func { name, span, params, variadic: false, captures: Vec::new(), body, inline: true };
        self.funcs[id.index()] = Some(func);
        id
    }
}
