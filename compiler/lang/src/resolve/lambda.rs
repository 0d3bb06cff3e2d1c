//! Functions: parameters with annotations and patterns, results, names for traces.

use super::contract::{ContractIx, Given};
use super::report::Place;
use super::{Arity, Form, Resolver, report, words};
use crate::hir::{ExprId, ExprKind, Item, Lambda, VarId};
use crate::names::Name;
use crate::scope::{Binder, ScopeKind};
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use cl_text::codes::w0006::What;
use std::rc::Rc;

/// What a function is called that has no name.
pub const ANONYMOUS: &str = "lambda";

impl Resolver<'_> {
    /// `(lambda (a b ...rest) body …)`
    pub fn lambda_form(&mut self, form: Form, name: &str, contract: Option<ContractIx>) -> ExprId {
        let Some(params) = self.param_list(form.args) else {
            return self.bad_form(form.span, "lambda", "(lambda (parameter …) expression …)");
        };
        self.function(&name.into(), params, form.args.skip(1), form.span, contract)
    }

    /// The items of a parameter list that stands first.
    pub fn param_list(&self, items: Seq) -> Option<Seq> {
        let first = self.stx.get(self.stx.first(items)?);
        matches!(first.kind, StxKind::Paren | StxKind::Bracket).then_some(first.items)
    }

    /// An expression that is bound to a name: a lambda takes the name and the contract.
    pub fn named(&mut self, x: StxId, name: &str, contract: Option<ContractIx>) -> ExprId {
        match self.special_of(x) {
            Some(words::LAMBDA | words::FN) => {
                let form = self.form_of(x);
                self.lambda_form(form, name, contract)
            }
            Some(words::ASYNC) => {
                let form = self.form_of(x);
                self.async_form(form, name)
            }
            _ => self.value(x),
        }
    }

    /// A function with a body that may begin with `: Type`.
    pub fn function(
        &mut self,
        name: &Rc<str>,
        params: Seq,
        body: Seq,
        span: Span,
        contract: Option<ContractIx>,
    ) -> ExprId {
        // Whoever calls a function without a name, or a clause of a handler, says what it is given; and a contract may
        // speak of a parameter by its position.
        self.watched.parameters = &**name != ANONYMOUS && &**name != "return" && contract.is_none();
        let lambda = self.lambda(name, params, body, span, contract);
        self.mk(span, ExprKind::Lambda(lambda))
    }

    pub fn lambda(
        &mut self,
        name: &Rc<str>,
        params: Seq,
        body: Seq,
        span: Span,
        contract: Option<ContractIx>,
    ) -> Lambda {
        let outer = self.enter_function();
        let recursion = self.open_recursion(contract, params);
        self.scopes.push(ScopeKind::Plain);
        let mut checks = Vec::new();
        let (vars, rest) = self.parameters(params, name, &mut checks);
        if std::mem::take(&mut self.watched.parameters) {
            for (name, var) in self.scopes.innermost() {
                self.watch_var(name, var, What::Parameter);
            }
        }
        let (result, mut body) = self.result_type(body);
        if result.is_some() {
            body = self.without_documentation(body);
        }
        if body.is_empty() {
            self.bad_form(span, "function", "at least one expression as the body");
        }
        let value = |r: &mut Self| {
            let value = r.body(body, span, None);
            let Some(ty) = result else { return value };
            let blame = format!("result of {name}").into();
            r.mk(span, ExprKind::Ascribe { value, ty, blame })
        };
        let value = match contract {
            Some(contract) => {
                let all: Vec<VarId> = vars.iter().copied().chain(rest).collect();
                self.contracted(contract, Given { vars: &all, rest: rest.is_some(), recursion }, span, value)
            }
            None => value(self),
        };
        let body = self.after_checks(checks, value, span);
        self.scopes.pop();
        self.leave_function(outer);
        let lambda = Lambda { name: name.clone(), params: vars, rest, body };
        match recursion {
            Some(recursion) => self.close_recursion(recursion, lambda, span),
            None => lambda,
        }
    }

    /// A function with a body that is no text.
    pub fn lambda_around(
        &mut self,
        name: &Rc<str>,
        params: Seq,
        span: Span,
        body: impl FnOnce(&mut Self) -> ExprId,
    ) -> Lambda {
        let outer = self.enter_function();
        self.scopes.push(ScopeKind::Plain);
        let mut checks = Vec::new();
        let (params, rest) = self.parameters(params, name, &mut checks);
        let body = body(self);
        let body = self.after_checks(checks, body, span);
        self.scopes.pop();
        self.leave_function(outer);
        Lambda { name: name.clone(), params, rest, body }
    }

    /// Opens the scope of a function's parameters; gives what [`Self::leave_function`] puts back.
    pub fn enter_function(&mut self) -> (bool, Option<Span>) {
        self.scopes.lambda += 1;
        self.scopes.push(ScopeKind::Plain);
        (std::mem::replace(&mut self.in_try, false), self.enclosing_loop.take())
    }

    pub fn leave_function(&mut self, outer: (bool, Option<Span>)) {
        self.scopes.pop();
        self.scopes.lambda -= 1;
        (self.in_try, self.enclosing_loop) = outer;
    }

    /// Declares the parameters in the innermost scope; what takes them apart or checks them goes to `checks`.
    fn parameters(&mut self, params: Seq, name: &Rc<str>, checks: &mut Vec<Item>) -> (Vec<VarId>, Option<VarId>) {
        let (mut vars, mut rest) = (Vec::new(), None);
        let params = self.joined_rest(params);
        for i in 0..params.len() {
            let param = self.stx.at(params, i);
            let span = self.stx.span(param);
            if let Some(variable) = self.rest_name(param) {
                if i + 1 < params.len() {
                    self.report(report::rest_not_last(span));
                }
                rest = Some(self.declare_param(variable, span));
            } else {
                vars.push(self.parameter(param, name, checks).0);
            }
        }
        (vars, rest)
    }

    /// For `...x`: the name `x`.
    pub fn rest_name(&mut self, x: StxId) -> Option<Name> {
        let name = self.stx.symbol(x)?;
        self.names.rest(name)
    }

    /// Declares one parameter: a name, `(x : Type)` or a pattern. The flag tells whether it is a plain name.
    pub fn parameter(&mut self, param: StxId, function: &str, checks: &mut Vec<Item>) -> (VarId, bool) {
        let span = self.stx.span(param);
        if let Some(name) = self.stx.symbol(param) {
            if name == words::COLON || name == words::ELLIPSIS {
                self.bad_form(span, "parameter", "a name, (name : Type), or a pattern");
            }
            return (self.declare_param(name, span), true);
        }
        if let Some((target, ty)) = self.annotated(param) {
            let Some(name) = self.stx.symbol(target) else {
                return (self.checked_pattern(target, Some(ty), function, checks, span), false);
            };
            let text = self.names.text(name).clone();
            let ty = self.ty(ty);
            let given = self.new_var(text.clone(), span);
            let var = self.declare_param(name, self.stx.span(target));
            let value = self.local(span, given);
            let blame = format!("parameter {text} of {function}").into();
            let value = self.mk(span, ExprKind::Ascribe { value, ty, blame });
            checks.push(Item::Bind { var, value });
            return (given, false);
        }
        (self.checked_pattern(param, None, function, checks, span), false)
    }

    fn checked_pattern(
        &mut self,
        pattern: StxId,
        ty: Option<StxId>,
        function: &str,
        checks: &mut Vec<Item>,
        span: Span,
    ) -> VarId {
        let given = self.temp("argument", span);
        let (pat, bound) = self.binding_pattern(pattern, "parameter");
        for (name, var) in bound {
            self.declare_var(name, var, false);
        }
        let mut value = self.local(span, given);
        if let Some(ty) = ty {
            let ty = self.ty(ty);
            let blame = format!("parameter of {function}").into();
            value = self.mk(span, ExprKind::Ascribe { value, ty, blame });
        }
        checks.push(Item::Destructure { pat, value });
        given
    }

    /// `(x : Type)` as its two parts.
    pub fn annotated(&self, x: StxId) -> Option<(StxId, StxId)> {
        let node = self.stx.get(x);
        let colon = node.kind == StxKind::Paren
            && node.items.len() == 3
            && self.stx.symbol(self.stx.at(node.items, 1)).map(|n| self.names.base(n)) == Some(words::COLON);
        colon.then(|| (self.stx.at(node.items, 0), self.stx.at(node.items, 2)))
    }

    fn declare_param(&mut self, name: Name, span: Span) -> VarId {
        let var = self.new_var(self.names.text(name).clone(), span);
        self.declare_var(name, var, false);
        var
    }

    /// Binds a variable in the innermost scope, or reports that the scope has the name already.
    pub fn declare_var(&mut self, name: Name, var: VarId, pending: bool) {
        // `_` says that the value is not wanted, as often as one likes
        if self.scopes.declare(name, Binder::Var(var), pending) || self.names.base(name) == words::UNDERSCORE {
            return;
        }
        let span = self.hir.vars[var.0 as usize].span;
        let text = self.names.text(name).clone();
        let first = match self.scopes.here(name) {
            Some(Binder::Var(first)) => self.hir.vars[first.0 as usize].span,
            Some(Binder::Macro(first)) => self.macros[first as usize].span,
            None => span,
        };
        let place = match self.scopes.kind() {
            ScopeKind::Plain => Place::Parameters,
            ScopeKind::Let => Place::Let,
            ScopeKind::Body => Place::Body,
        };
        self.report_duplicate(span, &text, first, place);
    }

    /// A body that starts with `: Type`.
    pub fn result_type(&mut self, body: Seq) -> (Option<crate::hir::Type>, Seq) {
        let colon =
            body.len() >= 2 && self.stx.symbol(self.stx.at(body, 0)).map(|n| self.names.base(n)) == Some(words::COLON);
        if !colon {
            return (None, body);
        }
        let ty = self.ty(self.stx.at(body, 1));
        (Some(ty), body.skip(2))
    }

    /// The checks of parameters, then the body.
    pub fn after_checks(&mut self, mut checks: Vec<Item>, body: ExprId, span: Span) -> ExprId {
        if checks.is_empty() {
            return body;
        }
        checks.push(Item::Do(body));
        self.mk(span, ExprKind::Block(checks))
    }

    /// The arity of a parameter list, by its looks.
    pub fn arity_of(&mut self, params: Seq) -> Arity {
        let params = self.joined_rest(params);
        let rest = !params.is_empty() && self.rest_name(self.stx.at(params, params.len() - 1)).is_some();
        Arity { min: params.len() as u32 - u32::from(rest), rest }
    }

    /// The arity of the function that an expression certainly gives.
    pub fn lambda_arity(&mut self, x: StxId) -> Option<Arity> {
        let params = match self.special_of(x) {
            Some(words::ASYNC) => self.param_list(self.form_of(x).args),
            _ => self.lambda_params(x),
        };
        params.map(|params| self.arity_of(params))
    }

    /// The parameters of the function that an expression certainly gives, where that can have a contract.
    pub fn lambda_params(&mut self, x: StxId) -> Option<Seq> {
        match self.special_of(x) {
            Some(words::LAMBDA | words::FN) => self.param_list(self.form_of(x).args),
            _ => None,
        }
    }
}
