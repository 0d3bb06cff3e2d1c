//! Calls: which functions they enter, and inlining.

use cl_core::ir::{Atom, Block, Callee, FuncId, Join, Rhs, Stmt, Term, VarId};
use cl_text::Span;

use super::Simplifier;
use super::block::Work;
use crate::copy::{copy_body, return_to};
use crate::kinds::{Bits, KindSet};
use crate::resolve::{Arity, collect_rest};
use crate::visit::size;

/// A function of at most this size is inlined wherever it is called.
const SMALL: usize = 10;
/// One that calls a parameter is inlined up to this size where a known function is passed for it.
const HIGHER_ORDER: usize = 80;
/// One that is mentioned once in the program is inlined up to this size.
const CALLED_ONCE: usize = 150;
/// `inline` functions may exceed the budget by so much: a bound against endless unfolding only.
const INLINE_EXTRA: i64 = 5_000;

impl Simplifier {
    /// A call whose value is `var`.
    pub(super) fn call(&mut self, var: VarId, callee: Callee, mut args: Vec<Atom>, span: Span, work: &mut Work) {
        let (callee, body) = self.enter(callee, &mut args, span, work);
        match body {
            Some(body) => self.splice(var, body, span, work),
            None => work.out.push(Stmt::Let { var, rhs: Rhs::Call(callee, args), span }),
        }
    }

    pub(super) fn tail_call(
        &mut self,
        callee: Callee,
        mut args: Vec<Atom>,
        span: Span,
        work: &mut Work,
    ) -> Option<Term> {
        let (callee, body) = self.enter(callee, &mut args, span, work);
        match body {
            Some(body) => {
                work.go_on_with(body);
                None
            }
            None => Some(Term::TailCall(callee, args, span)),
        }
    }

    /// Makes a call as direct as can be; gives the callee, and the body of the function called if it is to be inlined,
    /// with the arguments in place of the parameters.
    fn enter(&mut self, callee: Callee, args: &mut Vec<Atom>, span: Span, work: &mut Work) -> (Callee, Option<Block>) {
        match callee {
            Callee::Value(Atom::Var(v)) => {
                let body = self.local_body_of(v, args, span, work);
                (callee, body)
            }
            Callee::Value(value) => {
                let Some(target) = self.signatures.target(value, args.len()) else { return (callee, None) };
                let arity = self.signatures.funcs[target.index()];
                if arity.variadic {
                    self.collect(arity, args, span, work);
                }
                (Callee::Func(target), self.top_body_of(target, args, span))
            }
            Callee::Func(target) => (callee, self.top_body_of(target, args, span)),
            Callee::Known(..) => (callee, None),
        }
    }

    /// Makes the List of a variadic call; what is known of it may help the body.
    fn collect(&mut self, arity: Arity, args: &mut Vec<Atom>, span: Span, work: &mut Work) {
        let mut stmts = Vec::new();
        collect_rest(&mut self.names.vars, arity.fixed, args, span, &mut stmts);
        for stmt in stmts {
            if let Stmt::Let { var, rhs, span: _ } = &stmt {
                self.facts.define(*var, rhs.clone());
                self.facts.set_kinds(*var, KindSet::of(Bits::CONS));
            }
            work.out.push(stmt);
        }
    }

    fn local_body_of(&mut self, var: VarId, args: &mut Vec<Atom>, span: Span, work: &mut Work) -> Option<Block> {
        if let Some(func) = self.held_funs.remove(&var) {
            let arity = Arity::of(&func);
            if arity.variadic {
                self.collect(arity, args, span, work);
            }
            for (param, arg) in func.params.iter().zip(args.iter()) {
                self.facts.replace(*param, *arg);
            }
            return Some(func.body);
        }
        let func = self.small_funs.get(&var)?;
        let arity = Arity::of(func);
        if !arity.accepts(args.len()) || !self.spend(size(&func.body, usize::MAX), false) {
            return None;
        }
        if arity.variadic {
            self.collect(arity, args, span, work);
        }
        let func = self.small_funs.get(&var)?;
        Some(copy_body(&mut self.names, func, args, span))
    }

    fn top_body_of(&mut self, target: FuncId, args: &[Atom], span: Span) -> Option<Block> {
        let summary = self.summaries.get(&target)?;
        let inline = self.funcs[target.index()].as_ref()?.inline;
        let known_function_passed = || {
            let mut pairs = summary.calls_param.iter().zip(args);
            pairs.any(|(called, arg)| *called && self.is_function(*arg))
        };
        let once = self.occurrences.func(target) == 1 && Some(self.current) != self.entry;
        let limit = if once { CALLED_ONCE } else { SMALL };
        let wanted = inline
            || summary.size <= limit && !summary.raises
            || summary.size <= HIGHER_ORDER && known_function_passed();
        let size = summary.size;
        if !wanted || !self.spend(size, inline) {
            return None;
        }
        let func = self.funcs[target.index()].as_ref()?;
        Some(copy_body(&mut self.names, func, args, span))
    }

    fn is_function(&self, atom: Atom) -> bool {
        match atom {
            Atom::Func(_) | Atom::Multi(_) => true,
            Atom::Var(v) => self.known_funs.contains(&v),
            _ => false,
        }
    }

    /// Takes `size` from the budget, if it has as much.
    fn spend(&mut self, size: usize, must: bool) -> bool {
        let floor = if must { -INLINE_EXTRA } else { 0 };
        let rest = self.budgets[self.current.index()] - size as i64;
        if rest >= floor {
            self.budgets[self.current.index()] = rest;
            self.change();
        }
        rest >= floor
    }

    /// Puts a function's body in the place of a call: what follows the call becomes a join that the body's returns jump
    /// to, unless the body is a straight line.
    fn splice(&mut self, var: VarId, mut body: Block, span: Span, work: &mut Work) {
        let value = match &mut body.term {
            Term::Return(a) => Rhs::Atom(*a),
            Term::TailCall(callee, args, _) => Rhs::Call(callee.clone(), std::mem::take(args)),
            Term::TailApply(f, list, _) => Rhs::Apply(*f, *list),
            Term::Unreachable => {
                work.cut();
                body.stmts.retain(|s| !matches!(s, Stmt::Join(_)));
                work.term = work.push_front(body);
                return;
            }
            Term::Jump(..) | Term::If { .. } | Term::Try { .. } => return self.splice_branching(var, body, work),
        };
        let span = match body.term {
            Term::TailCall(_, _, span) | Term::TailApply(_, _, span) => span,
            _ => span,
        };
        body.stmts.retain(|s| !matches!(s, Stmt::Join(_)));
        body.stmts.push(Stmt::Let { var, rhs: value, span });
        work.push_front(body);
    }

    /// What follows the call is simplified first, as it stands: it is not moved statement by statement, so that a long
    /// block with many such calls costs no more than it should.
    fn splice_branching(&mut self, var: VarId, mut body: Block, work: &mut Work) {
        let label = self.names.label();
        return_to(&mut self.names, &mut body, label);
        let pending = std::mem::take(&mut work.pending);
        let term = std::mem::replace(&mut work.term, Term::Unreachable);
        let mark = self.facts.mark();
        let rest = self.run(Work { out: Vec::new(), pending, term });
        self.facts.forget(mark);
        self.finish_join(Join { label, params: vec![var], body: rest, recursive: false }, work);
        work.go_on_with(body);
    }
}
