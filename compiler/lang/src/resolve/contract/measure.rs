//! `(decreasing e)`: in each call of the function that stands in its own body, also in a lambda there, e is an Int of at
//! least 0 that is smaller than it was for the body that makes the call.
//!
//! So the measure is passed along with such calls, and nothing has to be undone when one ends: tail calls stay tail
//! calls, and calls from other fibers or after an error need no care.
//!
//! ```text
//! (define (f x ...r) body)   =>   (define (f x ...r)
//!                                   (let ((go (lambda (previous x r)
//!                                               (let ((measure e))
//!                                                 (if (and (int? measure) (<= 0 measure) (or (nil? previous) …)) nil …)
//!                                                 (let ((f (lambda (x ...r) (go measure x r)))) body)))))
//!                                     (go nil x r)))
//! ```

use super::super::Resolver;
use super::{ContractIx, Given};
use crate::hir::{ClauseKind, Const, ExprId, ExprKind, Item, Lambda, VarId};
use crate::scope::Binder;
use crate::stx::Seq;
use cl_text::Span;
use std::rc::Rc;

/// The variables of a function whose recursive calls are measured.
#[derive(Clone, Copy)]
pub struct Recursion {
    /// The function's own name in its body.
    own: VarId,
    go: VarId,
    previous: VarId,
    measure: VarId,
    /// The scope of `own`, which clauses do not see.
    pub scope: u32,
}

impl Resolver<'_> {
    /// If the contract has a measure that is checked: binds the function's name in the innermost scope, for its body.
    pub fn open_recursion(&mut self, contract: Option<ContractIx>, params: Seq) -> Option<Recursion> {
        let contract = self.contract(contract.filter(|_| self.contracts.checked)?);
        if contract.clauses.iter().all(|c| c.kind != ClauseKind::Decreasing) {
            return None;
        }
        let (name, span) = (contract.name, contract.name_span);
        let text = self.names.text(name).clone();
        let [own, go] = [text.clone(), text].map(|text| self.new_var(text, span));
        let [previous, measure] = ["previous", "measure"].map(|text| self.temp(text, span));
        self.vars[own.0 as usize].arity = Some(self.arity_of(params));
        for captured in [go, measure] {
            self.hir.vars[captured.0 as usize].captured = true;
        }
        self.scopes.declare(name, Binder::Var(own), false);
        Some(Recursion { own, go, previous, measure, scope: self.scopes.depth() - 1 })
    }

    /// Binds the measure, and gives the condition that it is one that gets smaller.
    pub fn measured(&mut self, recursion: Recursion, value: ExprId, span: Span, items: &mut Vec<Item>) -> ExprId {
        items.push(Item::Bind { var: recursion.measure, value });
        let measure = |r: &mut Self| r.local(span, recursion.measure);
        let previous = |r: &mut Self| r.local(span, recursion.previous);
        let (now, before) = (measure(self), previous(self));
        let smaller = self.prim(span, "%lt", vec![now, before]);
        let before = previous(self);
        let first = self.prim(span, "%is-nil", vec![before]);
        let holds = self.constant(span, Const::Bool(true));
        let smaller = self.mk(span, ExprKind::If { cond: first, then: holds, otherwise: smaller });
        let (zero, now) = (self.constant(span, Const::Int(0.into())), measure(self));
        let cond = self.prim(span, "%le", vec![zero, now]);
        let smaller = self.both(span, cond, smaller);
        let now = measure(self);
        let cond = self.prim(span, "%is-int", vec![now]);
        self.both(span, cond, smaller)
    }

    fn both(&mut self, span: Span, cond: ExprId, then: ExprId) -> ExprId {
        let otherwise = self.constant(span, Const::Bool(false));
        self.mk(span, ExprKind::If { cond, then, otherwise })
    }

    /// The measures of the calling body and of this one, in a List.
    pub fn measures(&mut self, recursion: Recursion, span: Span) -> ExprId {
        let values = [recursion.previous, recursion.measure].map(|var| self.local(span, var));
        self.mk(span, ExprKind::List(values.into()))
    }

    /// The binding of the function's name for its body, if the body mentions it.
    pub fn bind_own(&mut self, recursion: Recursion, given: &Given, span: Span) -> Option<Item> {
        if !self.vars[recursion.own.0 as usize].mentioned {
            return None;
        }
        let measure = self.local(span, recursion.measure);
        let name = self.hir.vars[recursion.own.0 as usize].name.clone();
        let lambda = self.entry_to(recursion, &name, measure, (given.vars.len(), given.rest), span);
        let value = self.mk(span, ExprKind::Lambda(lambda));
        Some(Item::Bind { var: recursion.own, value })
    }

    /// The function itself, from the one that gets the measure of the calling body.
    pub fn close_recursion(&mut self, recursion: Recursion, lambda: Lambda, span: Span) -> Lambda {
        let shape = (lambda.params.len() + usize::from(lambda.rest.is_some()), lambda.rest.is_some());
        let name = lambda.name.clone();
        let params = [recursion.previous].into_iter().chain(lambda.params).chain(lambda.rest).collect();
        let inner = Lambda { name: name.clone(), params, rest: None, body: lambda.body };
        let value = self.mk(span, ExprKind::Lambda(inner));
        let nothing = self.nil(span);
        let outer = self.entry_to(recursion, &name, nothing, shape, span);
        let items = vec![Item::Bind { var: recursion.go, value }, Item::Do(outer.body)];
        Lambda { body: self.mk(span, ExprKind::Block(items)), ..outer }
    }

    /// A function of so many parameters, the last one for a rest or not, that calls `go` with `measure` before its arguments.
    fn entry_to(
        &mut self,
        recursion: Recursion,
        name: &Rc<str>,
        measure: ExprId,
        (count, rest): (usize, bool),
        span: Span,
    ) -> Lambda {
        let mut params: Vec<VarId> = (0..count).map(|i| self.temp(&format!("argument{i}"), span)).collect();
        let callee = self.local(span, recursion.go);
        let args = params.iter().map(|var| self.local(span, *var));
        let args = [measure].into_iter().chain(args).collect();
        // an empty span: no trace shows a call that is in no source text
        let nowhere = Span { end: span.start, ..span };
        let body = self.mk(nowhere, ExprKind::Call { callee, args });
        let rest = if rest { params.pop() } else { None };
        Lambda { name: name.clone(), params, rest, body }
    }
}
