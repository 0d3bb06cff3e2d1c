//! The forms of goroutines and promises: `go`, `async`, `parallel`, `scope`, `with-lock`, `select`. Their bodies become functions without
//! parameters, and the forms calls of the library's functions (`stdlib/prelude/concurrent.cl`, `promises.cl`).

use super::{Callee, Form, Resolver, report, words};
use crate::hir::{Const, ExprId, ExprKind, Item, Lambda, VarId};
use crate::names::Name;
use crate::scope::ScopeKind;
use crate::stx::{Seq, StxId, StxKind};
use cl_text::{Span, near};
use std::rc::Rc;

/// What a clause of `select` may look like.
const CLAUSE: &str = "a clause with what it waits for and a function";

/// What a clause may wait for.
const WAITS: &[&str] = &["receive!", "send!", "timeout"];

/// Where the body of a form runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runs {
    /// In a goroutine of its own: a `try` around the form does not see its errors.
    Elsewhere,
    /// As part of the form, which raises the body's errors.
    Here,
}

/// A clause of `select` that waits for a channel.
struct Case {
    span: Span,
    channel: VarId,
    /// What it sends; none: it receives.
    sent: Option<VarId>,
    function: VarId,
}

/// The clauses of a `select`, as far as they are resolved.
#[derive(Default)]
struct Select {
    /// What is evaluated first, in order.
    items: Vec<Item>,
    cases: Vec<Case>,
    /// The seconds and the function.
    timeout: Option<(Span, VarId, VarId)>,
    default: Option<(Span, Seq)>,
}

impl Resolver<'_> {
    /// `(go e …)`
    pub fn go_form(&mut self, form: Form) -> ExprId {
        if form.args.is_empty() {
            return self.bad_form(form.span, "go", "(go expression …)");
        }
        let thunk = self.delayed("go", form.args, form.span, Runs::Elsewhere);
        self.prelude_call(form.span, "%start", vec![thunk])
    }

    /// `(async (a b ...rest) body …)`: a function whose body runs in a goroutine of its own.
    pub fn async_form(&mut self, form: Form, name: &str) -> ExprId {
        let body = form.args.skip(1);
        let params = self.param_list(form.args).filter(|_| !body.is_empty());
        let Some(params) = params else {
            return self.bad_form(form.span, "async", "(async (parameter …) expression …)");
        };
        let name: Rc<str> = name.into();
        let lambda = self.lambda_around(&name, params, form.span, |r| {
            let (result, body) = r.result_type(body);
            let thunk = match result {
                None => r.delayed(&name, body, form.span, Runs::Elsewhere),
                Some(ty) => r.delayed_around(&name, form.span, Runs::Elsewhere, |r| {
                    let value = r.body(body, form.span, None);
                    let blame = format!("result of {name}").into();
                    r.mk(form.span, ExprKind::Ascribe { value, ty, blame })
                }),
            };
            r.prelude_call(form.span, "%async", vec![thunk])
        });
        self.mk(form.span, ExprKind::Lambda(lambda))
    }

    /// `(parallel e …)`
    pub fn parallel_form(&mut self, form: Form) -> ExprId {
        let thunks = (0..form.args.len()).map(|i| {
            let branch = form.args.skip(i).take(1);
            let span = self.stx.span(self.stx.at(branch, 0));
            self.delayed("parallel", branch, span, Runs::Here)
        });
        let thunks = thunks.collect();
        self.prelude_call(form.span, "%parallel", thunks)
    }

    /// `(scope body …)`
    pub fn scope_form(&mut self, form: Form) -> ExprId {
        if form.args.is_empty() {
            return self.bad_form(form.span, "scope", "(scope expression …)");
        }
        let thunk = self.delayed("scope", form.args, form.span, Runs::Here);
        self.prelude_call(form.span, "%scope", vec![thunk])
    }

    /// `(with-lock mutex body …)`
    pub fn with_lock_form(&mut self, form: Form) -> ExprId {
        if form.args.len() < 2 {
            return self.bad_form(form.span, "with-lock", "(with-lock mutex expression …)");
        }
        let mutex = self.value(self.stx.at(form.args, 0));
        let thunk = self.delayed("with-lock", form.args.skip(1), form.span, Runs::Here);
        self.prelude_call(form.span, "%with-lock", vec![mutex, thunk])
    }

    // ---------------------------------------------------------------- select

    /// `(select ((receive! c) f) ((send! d x) f) ((timeout s) f) (default …))`: channels, values and functions are evaluated in order;
    /// `%select-one` chooses a clause, whose function is then called.
    pub fn select_form(&mut self, form: Form) -> ExprId {
        let mut select = Select::default();
        for i in 0..form.args.len() {
            let clause = self.stx.at(form.args, i);
            self.select_clause(clause, &mut select);
        }
        let cases = select.cases.iter().map(|case| {
            let vars = [Some(case.channel), case.sent];
            let parts = vars.iter().flatten().map(|var| self.local(case.span, *var)).collect();
            let function = if case.sent.is_some() { "%send!" } else { "%receive!" };
            self.prelude_call(case.span, function, parts)
        });
        let cases = cases.collect();
        let cases = self.mk(form.span, ExprKind::List(cases));
        let seconds = match (select.default, select.timeout) {
            (Some(_), _) => self.constant(form.span, Const::Bool(false)),
            (None, Some((span, seconds, _))) => self.local(span, seconds),
            (None, None) => self.nil(form.span),
        };
        let chosen = self.temp("chosen", form.span);
        let value = self.prelude_call(form.span, "%select-one", vec![cases, seconds]);
        select.items.push(Item::Bind { var: chosen, value });
        let outcome = self.select_outcome(&select, chosen, form.span);
        select.items.push(Item::Do(outcome));
        self.mk(form.span, ExprKind::Block(select.items))
    }

    fn select_clause(&mut self, clause: StxId, select: &mut Select) {
        let node = self.stx.get(clause);
        let is_list = |kind| matches!(kind, StxKind::Paren | StxKind::Bracket);
        let head = self.stx.first(node.items).filter(|_| is_list(node.kind));
        let Some(head) = head else {
            if node.kind != StxKind::Error {
                self.bad_form(node.span, "select", CLAUSE);
            }
            return;
        };
        if self.is_named(head, words::DEFAULT) || self.is_named(head, words::ELSE) {
            return self.select_default(node.span, node.items.skip(1), select);
        }
        let parts = self.stx.items(head);
        let word = self.stx.first(parts).filter(|_| is_list(self.stx.kind(head)));
        let word = word.and_then(|w| self.stx.symbol(w)).map(|name| self.names.base(name));
        match (word, parts.len(), node.items.len()) {
            (Some(words::RECEIVE), 2, 2) | (Some(words::SEND), 3, 2) => {
                self.select_case(node.span, parts, node.items, select)
            }
            (Some(words::TIMEOUT), 2, 2) => self.select_timeout(node.span, parts, node.items, select),
            (word, _, _) => self.bad_clause(node.span, word),
        }
    }

    fn bad_clause(&mut self, span: Span, word: Option<Name>) {
        let malformed = report::bad_form(span, "select", CLAUSE);
        let text = word.map(|name| self.names.text(name).clone()).unwrap_or_default();
        let close = near(&text, WAITS.iter().copied());
        self.report(match close.first() {
            Some(close) if **close != *text => malformed.help(format!("did you mean `{close}`?")),
            _ => malformed,
        });
    }

    fn select_default(&mut self, span: Span, body: Seq, select: &mut Select) {
        if body.is_empty() {
            self.bad_form(span, "select", "an expression after `default`");
        } else if select.default.replace((span, body)).is_some() {
            self.bad_form(span, "select", "one default clause");
        }
    }

    fn select_timeout(&mut self, span: Span, parts: Seq, clause: Seq, select: &mut Select) {
        let at = self.stx.span(self.stx.at(clause, 0));
        let given = self.value(self.stx.at(parts, 1));
        let value = self.prelude_call(at, "%timeout", vec![given]);
        let seconds = self.temp("seconds", at);
        select.items.push(Item::Bind { var: seconds, value });
        let function = self.bound("function", self.stx.at(clause, 1), &mut select.items);
        if select.timeout.replace((span, seconds, function)).is_some() {
            self.bad_form(span, "select", "one timeout clause");
        }
    }

    /// Whether a node is that word, whatever the program binds to the name: no expression can stand there.
    fn is_named(&self, x: StxId, word: Name) -> bool {
        self.stx.symbol(x).is_some_and(|name| self.names.base(name) == word)
    }

    fn select_case(&mut self, span: Span, parts: Seq, clause: Seq, select: &mut Select) {
        let channel = self.bound("channel", self.stx.at(parts, 1), &mut select.items);
        let sent = (parts.len() == 3).then(|| self.bound("sent", self.stx.at(parts, 2), &mut select.items));
        let function = self.bound("function", self.stx.at(clause, 1), &mut select.items);
        select.cases.push(Case { span, channel, sent, function });
    }

    /// A variable with the value of an expression.
    fn bound(&mut self, name: &str, x: StxId, items: &mut Vec<Item>) -> VarId {
        let arity = self.lambda_arity(x);
        let value = self.value(x);
        let var = self.temp(name, self.stx.span(x));
        self.vars[var.0 as usize].arity = arity;
        items.push(Item::Bind { var, value });
        var
    }

    /// What follows the choice, a Tuple of the number of the clause and the value: a chain of tests for the number.
    fn select_outcome(&mut self, select: &Select, chosen: VarId, span: Span) -> ExprId {
        let mut outcome = match (select.default, select.timeout) {
            (Some((at, body)), _) => self.body(body, at, None),
            (None, Some((at, _, function))) => self.call_clause(at, function, vec![]),
            (None, None) => self.nil(span),
        };
        for (i, case) in select.cases.iter().enumerate().rev() {
            let at = case.span;
            let received = match case.sent {
                None => vec![self.part_of(at, chosen, 1)],
                Some(_) => vec![],
            };
            let then = self.call_clause(at, case.function, received);
            let number = self.part_of(at, chosen, 0);
            let wanted = self.constant(at, Const::Int(i.into()));
            let cond = self.prim(at, "%same", vec![number, wanted]);
            outcome = self.if_of(at, cond, then, outcome);
        }
        outcome
    }

    fn call_clause(&mut self, span: Span, function: VarId, args: Vec<ExprId>) -> ExprId {
        let callee = self.local(span, function);
        self.check_arity(callee, Callee::Var(function), "lambda", span, args.len());
        self.note_user_function();
        self.mk(span, ExprKind::Call { callee, args })
    }

    /// A part of the Tuple that a variable holds.
    fn part_of(&mut self, span: Span, tuple: VarId, index: u8) -> ExprId {
        let tuple = self.local(span, tuple);
        let index = self.constant(span, Const::Int(index.into()));
        self.prim(span, "%tuple-ref", vec![tuple, index])
    }

    // ---------------------------------------------------------------- parts

    /// A body as a function without parameters.
    fn delayed(&mut self, name: &str, body: Seq, span: Span, runs: Runs) -> ExprId {
        self.delayed_around(name, span, runs, |r| r.body(body, span, None))
    }

    fn delayed_around(&mut self, name: &str, span: Span, runs: Runs, body: impl FnOnce(&mut Self) -> ExprId) -> ExprId {
        let in_try = self.in_try;
        let outer = self.enter_function();
        self.in_try = in_try && runs == Runs::Here;
        self.scopes.push(ScopeKind::Plain);
        let body = body(self);
        self.scopes.pop();
        self.leave_function(outer);
        self.mk(span, ExprKind::Lambda(Lambda { name: name.into(), params: vec![], rest: None, body }))
    }

    /// A call of a function of the prelude.
    fn prelude_call(&mut self, span: Span, name: &str, args: Vec<ExprId>) -> ExprId {
        let Some(function) = self.prelude_global(name) else { unreachable!("the library has {name}") };
        let callee = self.mk(span, ExprKind::Global(function));
        self.mk(span, ExprKind::Call { callee, args })
    }
}
