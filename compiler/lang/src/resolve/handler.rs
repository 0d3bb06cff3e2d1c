//! `handler` forms: their clauses, and what each does with `resume`.
//!
//! In the function of a clause `resume` is a variable. Where every mention of it is a call in tail position, these calls and
//! the other ends of the function become [`ExprKind::Resume`] and [`ExprKind::Leave`], and the variable is gone. Otherwise the
//! function gets the request of the operation as its first parameter, and calls of `resume` become the library's with it.

use super::{Arity, Form, Resolver, Tail, Top, report, words};
use crate::hir::{self, Clause, ExprId, ExprKind, Handler, Item, Mode, OpId, Target, Type, VarId};
use crate::names::{FxMap, Name};
use crate::operations;
use crate::scope::{Binder, ScopeKind};
use crate::stx::{Seq, Stx, StxId, StxKind};
use cl_text::codes::{e0401, e0402, e0403, e0404};
use cl_text::{Span, near};
use std::rc::Rc;

/// The functions of the library that handlers and operations become calls of.
const FUNCTIONS: hir::EffectFunctions<&str> = hir::EffectFunctions {
    handled: "%handled",
    perform: ["%perform0", "%perform1", "%perform2", "%perform3"],
    perform_list: "%perform-list",
    perform_error: "%perform-error",
    landed: "%landed",
    landed_error: "%landed-error",
};

/// A clause as it is written.
struct Written {
    name: Name,
    name_span: Span,
    func: StxId,
}

/// How the function of a clause uses `resume`.
struct Uses {
    resume: VarId,
    /// The continuation may be called more than once.
    many: bool,
    /// The first of the function's expressions.
    first: usize,
    /// Something assigns the variable.
    assigned: bool,
}

impl Resolver<'_> {
    /// `(handler ((operation function) …) body …)`
    pub fn handler_form(&mut self, form: Form) -> ExprId {
        let list = self.stx.first(form.args).map(|x| self.stx.get(x));
        // `(handler (operation function) …)` lacks the brackets around the clauses.
        let is_list = |l: &Stx| matches!(l.kind, StxKind::Paren | StxKind::Bracket);
        let is_clause = |l: &Stx| self.stx.first(l.items).is_some_and(|x| self.stx.symbol(x).is_some());
        let Some(list) = list.filter(|l| is_list(l) && !is_clause(l)) else {
            self.report(e0401::no_clauses(list.map_or(form.span, |l| l.span)));
            return self.body(form.args.skip(1), form.span, None);
        };
        let (mut clauses, mut ret, mut finally) = (Vec::new(), None, None);
        let mut seen: FxMap<Rc<str>, Span> = FxMap::default();
        for i in 0..list.items.len() {
            let x = self.stx.at(list.items, i);
            let Some(written) = self.written_clause(x) else { continue };
            let text = self.names.text(self.names.base(written.name)).clone();
            let text: Rc<str> = operations::canonical(&text).into();
            if let Some(first) = seen.insert(text.clone(), written.name_span) {
                self.report(e0404::duplicate(written.name_span, &text, first));
            }
            match &*text {
                "return" => ret = Some(self.named(written.func, "return", None)),
                "finally" => finally = Some(self.named(written.func, "finally", None)),
                _ => clauses.extend(self.clause(&text, written)),
            }
        }
        let catches = clauses.iter().any(|c| self.takes_errors(&c.target));
        if !clauses.is_empty() {
            self.demand_effect_functions();
        }
        let outer = self.in_try;
        self.in_try |= catches;
        let body = self.body(form.args.skip(1), form.span, None);
        self.in_try = outer;
        let handler = self.mk(form.span, ExprKind::Handle(Handler { clauses, ret, body }));
        match finally {
            Some(finally) => self.with_finally(form.span, handler, finally),
            None => handler,
        }
    }

    /// The clause of a handler for `finally` is evaluated first and called when the rest has ended.
    fn with_finally(&mut self, span: Span, body: ExprId, finally: ExprId) -> ExprId {
        let var = self.temp("finally", span);
        let callee = self.local(span, var);
        let call = self.mk(span, ExprKind::Call { callee, args: vec![] });
        let guarded = self.mk(span, ExprKind::Try { body, catch: None, finally: Some(call) });
        self.mk(span, ExprKind::Block(vec![Item::Bind { var, value: finally }, Item::Do(guarded)]))
    }

    fn written_clause(&mut self, x: StxId) -> Option<Written> {
        let node = self.stx.get(x);
        let shaped = matches!(node.kind, StxKind::Paren | StxKind::Bracket) && node.items.len() == 2;
        let name = if shaped { self.stx.symbol(self.stx.at(node.items, 0)) } else { None };
        let Some(name) = name else {
            if node.kind != StxKind::Error {
                self.report(e0401::bad_clause(node.span));
            }
            return None;
        };
        let name_span = self.stx.span(self.stx.at(node.items, 0));
        Some(Written { name, name_span, func: self.stx.at(node.items, 1) })
    }

    /// Whether a clause sees errors, those of the language included.
    fn takes_errors(&self, target: &Target) -> bool {
        match target {
            Target::Op(op) => &*self.hir.ops[op.0 as usize].name == "error:raise",
            Target::Kind(kind) => &**kind == "error",
        }
    }

    fn clause(&mut self, text: &str, written: Written) -> Option<Clause> {
        let target = self.target(text, written.name_span);
        let span = written.name_span;
        let func = self.expand_head(written.func)?;
        if !matches!(self.special_of(func), Some(words::LAMBDA | words::FN)) {
            let func = self.value(func);
            return target.map(|target| Clause { target, func, mode: Mode::Aborts, span });
        }
        let form = self.form_of(func);
        if let (Some(target), Some(params)) = (&target, self.param_list(form.args)) {
            let arity = self.arity_of(params);
            self.check_clause_arity(text, target, arity, form.span);
        }
        let (func, mode) = self.clause_function(text, form);
        target.map(|target| Clause { target, func, mode, span })
    }

    // ---------------------------------------------------------------- targets

    fn target(&mut self, text: &str, span: Span) -> Option<Target> {
        let Some((kind, name)) = super::qualified(text) else {
            if self.kinds.contains_key(text) || operations::of_kind(text).is_some() {
                return Some(Target::Kind(text.into()));
            }
            if !self.module(self.module).lost {
                let mut kinds: Vec<Rc<str>> = self.kinds.keys().cloned().collect();
                kinds.sort_unstable();
                kinds.extend(operations::kinds().map(Rc::from));
                let close = near(text, kinds.iter().map(|k| &**k));
                self.report(e0402::unknown_kind(span, text, &close));
            }
            return None;
        };
        if let Some(op) = self.operation(text) {
            return Some(Target::Op(op));
        }
        let lost = self.module(self.module).lost;
        match self.operations_of(kind) {
            Some(ops) => self.report(e0402::unknown_operation(span, kind, name, &near(name, ops.iter().map(|o| &**o)))),
            None if lost => {}
            None => self.report(e0402::unknown_kind(span, kind, &[])),
        }
        None
    }

    /// The operation of a name without aliases, if there is such a one.
    pub fn operation(&mut self, name: &str) -> Option<OpId> {
        if let Some(op) = self.ops.get(name) {
            return Some(*op);
        }
        let (kind, op) = super::qualified(name)?;
        if !operations::of_kind(kind)?.contains(&op) {
            return None;
        }
        let variadic = operations::is_variadic(name);
        let (name, kind) = (name.into(), kind.into());
        let op = hir::Op { name, kind, declared: false, params: Vec::new(), variadic, result: Type::Any };
        let nowhere = Span { file: cl_text::FileId(0), start: 0, end: 0 };
        Some(self.add_op(op, nowhere))
    }

    pub fn operations_of(&self, kind: &str) -> Option<Vec<Rc<str>>> {
        if let Some(kind) = self.kinds.get(kind) {
            let mut ops: Vec<Rc<str>> = kind.ops.keys().cloned().collect();
            ops.sort_unstable();
            return Some(ops);
        }
        Some(operations::of_kind(kind)?.iter().map(|op| (*op).into()).collect())
    }

    /// Reports a clause whose function cannot take what it is called with.
    fn check_clause_arity(&mut self, text: &str, target: &Target, arity: Arity, span: Span) {
        let expected = match target {
            Target::Kind(kind) if &**kind == "error" => Some((1, 1)),
            Target::Kind(_) => Some((2, 2)),
            Target::Op(op) => self.argument_counts(*op),
        };
        let Some((least, most)) = expected else { return };
        if (least..=most).any(|n| arity.accepts(n)) {
            return;
        }
        let shape = match target {
            Target::Kind(kind) if &**kind == "error" => "err".to_string(),
            Target::Kind(_) => "operation arguments".to_string(),
            Target::Op(_) if text == "error:raise" => "type message data".to_string(),
            Target::Op(_) => (0..least).map(|i| format!("argument{i}")).collect::<Vec<_>>().join(" "),
        };
        self.report(e0403::wrong_parameters(span, text, (least, most), &shape));
    }

    /// How many arguments a clause for the operation may be called with, where that is bounded.
    fn argument_counts(&mut self, op: OpId) -> Option<(usize, usize)> {
        let op = &self.hir.ops[op.0 as usize];
        if op.declared {
            return Some((op.params.len(), op.params.len()));
        }
        if &*op.name == "error:raise" {
            return Some((3, 3));
        }
        let name = self.names.find(&op.name)?;
        let Some(Top::Lib(index)) = self.module(super::PRELUDE).names.get(&name).copied() else { return None };
        let arities = self.library_arities(index);
        if arities.iter().any(|a| a.rest) {
            return None;
        }
        let counts = || arities.iter().map(|a| a.min as usize);
        Some((counts().min()?, counts().max()?))
    }

    // ---------------------------------------------------------------- functions

    /// The function of a clause, and what it does with `resume`.
    fn clause_function(&mut self, name: &str, form: Form) -> (ExprId, Mode) {
        let Some(params) = self.param_list(form.args) else {
            return (self.bad_form(form.span, "lambda", "(lambda (parameter …) expression …)"), Mode::Aborts);
        };
        let resume = self.temp("resume", form.span);
        self.scopes.push(ScopeKind::Plain);
        for name in self.spellings(form.args, words::RESUME) {
            self.scopes.declare(name, Binder::Var(resume), false);
        }
        self.vars[resume.0 as usize].called_in = Some(self.scopes.lambda + 1);
        let (body, many) = self.without_resume_many(form.args.skip(1), resume);
        let first = self.hir.exprs.len();
        let mut lambda = self.lambda(&name.into(), params, body, form.span, None);
        self.scopes.pop();
        let uses = Uses { resume, many, first, assigned: self.hir.vars[resume.0 as usize].assigned };
        if !uses.assigned {
            self.check_resume_calls(&uses);
        }
        let mode = match self.vars[resume.0 as usize].mentions {
            0 if !uses.assigned => Mode::Aborts,
            mentions => match self.end_in_resume(lambda.body, &uses, mentions) {
                Some(always) => Mode::TailResumes { always },
                None => {
                    self.capture(&mut lambda, &uses, form.span);
                    Mode::General
                }
            },
        };
        (self.mk(form.span, ExprKind::Lambda(lambda)), mode)
    }

    /// The names in some forms that are written as `word`: those that a macro's template brought in are names of their own.
    fn spellings(&self, forms: Seq, word: Name) -> Vec<Name> {
        let mut found = vec![word];
        if self.origins.is_empty() {
            return found;
        }
        let mut work = self.stx.slice(forms).to_vec();
        while let Some(x) = work.pop() {
            match self.stx.symbol(x) {
                Some(name) if self.names.base(name) == word && !found.contains(&name) => found.push(name),
                Some(_) => {}
                None => work.extend(self.stx.slice(self.stx.items(x))),
            }
        }
        found
    }

    /// Takes `(resume-many k)` out of a clause's body; `k` is then a name of `resume`. Whether it stood there.
    fn without_resume_many(&mut self, body: Seq, resume: VarId) -> (Seq, bool) {
        let mut kept = Vec::new();
        let mut many = false;
        for x in self.stx.slice(body).to_vec() {
            let items = self.stx.items(x);
            let is_many = self.stx.head(x).is_some_and(|h| self.names.base(h) == words::RESUME_MANY);
            if !is_many {
                kept.push(x);
                continue;
            }
            many = true;
            let name = if items.len() == 2 { self.stx.symbol(self.stx.at(items, 1)) } else { None };
            let span = self.stx.span(x);
            match name {
                Some(name) => {
                    self.scopes.declare(name, Binder::Var(resume), false);
                }
                None => self.report(e0401::bad_resume_many(span)),
            }
        }
        if !many {
            return (body, false);
        }
        let span =
            self.stx.first(body).map_or(Span { file: cl_text::FileId(0), start: 0, end: 0 }, |x| self.stx.span(x));
        let nil = self.stx.atom(StxKind::Nil, span);
        kept.extend([nil].into_iter().take(usize::from(kept.is_empty())));
        let list = self.stx.list(StxKind::Paren, span, &kept);
        (self.stx.items(list), true)
    }

    /// The argument of a call of `resume`.
    fn resumed_with(&mut self, e: ExprId, resume: VarId) -> Option<ExprId> {
        let expr = &self.hir.exprs[e.0 as usize];
        let span = expr.span;
        let ExprKind::Call { callee, args } = &expr.kind else { return None };
        if !matches!(self.hir.exprs[callee.0 as usize].kind, ExprKind::Local(v) if v == resume) {
            return None;
        }
        let value = args.first().copied();
        Some(value.unwrap_or_else(|| self.nil(span)))
    }

    /// Reports calls of `resume` with more than one argument.
    fn check_resume_calls(&mut self, uses: &Uses) {
        for e in uses.first..self.hir.exprs.len() {
            let expr = &self.hir.exprs[e];
            let ExprKind::Call { callee, args } = &expr.kind else { continue };
            let (count, span) = (args.len(), expr.span);
            if count > 1 && matches!(self.hir.exprs[callee.0 as usize].kind, ExprKind::Local(v) if v == uses.resume) {
                let arities = [Arity { min: 0, rest: false }, Arity { min: 1, rest: false }];
                self.report(report::arity(span, "resume", &arities, count, None));
            }
        }
    }

    /// If all mentions of `resume` are calls that a clause's body ends in: makes all its ends say how the operation goes on.
    /// Gives whether all of them resume.
    fn end_in_resume(&mut self, body: ExprId, uses: &Uses, mentions: u32) -> Option<bool> {
        let ends: Vec<(ExprId, Option<ExprId>)> =
            self.ends(body).into_iter().map(|e| (e, self.resumed_with(e, uses.resume))).collect();
        let calls = ends.iter().filter(|(_, value)| value.is_some()).count();
        if calls as u32 != mentions || uses.many || uses.assigned {
            return None;
        }
        for (end, value) in &ends {
            let (end, span) = (*end, self.hir.exprs[end.0 as usize].span);
            let kind = match *value {
                Some(value) => ExprKind::Resume(value),
                None => {
                    let kind =
                        std::mem::replace(&mut self.hir.exprs[end.0 as usize].kind, ExprKind::Const(hir::Const::Nil));
                    ExprKind::Leave(self.mk(span, kind))
                }
            };
            self.hir.exprs[end.0 as usize].kind = kind;
        }
        Some(calls == ends.len())
    }

    /// Makes the function of a clause one that needs the continuation: its first parameter is the operation's request.
    ///
    /// Where the continuation cannot outlive the clause, the clause ends by saying how it goes on, if it resumes then; and
    /// if it has not resumed, the body is left.
    fn capture(&mut self, lambda: &mut hir::Lambda, uses: &Uses, span: Span) {
        self.demand_fibers(uses.many);
        let request = self.temp("request", span);
        let info = &self.vars[uses.resume.0 as usize];
        let stays = info.direct_calls == info.mentions && !uses.assigned;
        if stays && !uses.many {
            for end in self.ends(lambda.body) {
                if let Some(value) = self.resumed_with(end, uses.resume) {
                    self.hir.exprs[end.0 as usize].kind = ExprKind::Leave(value);
                }
            }
        }
        let function = if uses.many { "%resume-copy" } else { "%resume" };
        if !uses.assigned {
            for e in (uses.first..self.hir.exprs.len()).map(|e| ExprId(e as u32)) {
                if let Some(value) = self.resumed_with(e, uses.resume) {
                    let span = self.hir.exprs[e.0 as usize].span;
                    let the_request = self.local(span, request);
                    let mut call = self.effect_call(function, vec![the_request, value], span);
                    if !stays {
                        call = self.after_resumption(request, call, span);
                    }
                    self.hir.exprs.swap(e.0 as usize, call.0 as usize);
                }
            }
        }
        lambda.params.insert(0, request);
        lambda.body = if stays {
            self.drop_at_end(lambda.body, request, span)
        } else {
            let value = self.resume_as_value(function, request, span);
            let items = vec![Item::Bind { var: uses.resume, value }, Item::Do(lambda.body)];
            self.mk(span, ExprKind::Block(items))
        };
    }

    /// `(%clause-done request (%try body (catch (e) (%abandon request) (%rethrow e))))`
    fn drop_at_end(&mut self, body: ExprId, request: VarId, span: Span) -> ExprId {
        let var = self.temp("err", span);
        let the_request = self.local(span, request);
        let drop = self.effect_call("%abandon", vec![the_request], span);
        let error = self.local(span, var);
        let again = self.prim(span, "%rethrow", vec![error]);
        let failed = self.mk(span, ExprKind::Block(vec![Item::Do(drop), Item::Do(again)]));
        let catch = Some(hir::Catch { var, body: failed, all: true });
        let attempt = self.mk(span, ExprKind::Try { body, catch, finally: None });
        let the_request = self.local(span, request);
        self.effect_call("%clause-done", vec![the_request, attempt], span)
    }

    /// `(lambda (...arguments) (%resume request (%resumed-with arguments)))`
    fn resume_as_value(&mut self, function: &str, request: VarId, span: Span) -> ExprId {
        let arguments = self.temp("arguments", span);
        let list = self.local(span, arguments);
        let value = self.effect_call("%resumed-with", vec![list], span);
        let the_request = self.local(span, request);
        let call = self.effect_call(function, vec![the_request, value], span);
        let body = self.after_resumption(request, call, span);
        self.mk(
            span,
            ExprKind::Lambda(hir::Lambda { name: "resume".into(), params: vec![], rest: Some(arguments), body }),
        )
    }

    /// A resumption that may come after the handler has ended has the effects of its body and its clauses.
    fn after_resumption(&mut self, request: VarId, call: ExprId, span: Span) -> ExprId {
        let effects = self.mk(span, ExprKind::Resumption(request));
        self.mk(span, ExprKind::Block(vec![Item::Do(effects), Item::Do(call)]))
    }

    fn effect_call(&mut self, function: &str, args: Vec<ExprId>, span: Span) -> ExprId {
        let global = self.effect_function(function);
        let callee = self.mk(span, ExprKind::Global(global));
        self.mk(span, ExprKind::Call { callee, args })
    }

    fn effect_function(&mut self, name: &str) -> hir::GlobalId {
        match self.prelude_global(name) {
            Some(global) => global,
            None => unreachable!("the library has {name}"),
        }
    }

    /// Makes what runs bodies in fibers part of the program.
    fn demand_fibers(&mut self, many: bool) {
        self.hir.resumes_many |= many;
        if self.hir.in_fiber.is_none() {
            self.hir.in_fiber = Some(self.effect_function("%in-fiber"));
        }
    }

    /// The expressions that give an expression's value, but for `recur`.
    fn ends(&mut self, body: ExprId) -> Vec<ExprId> {
        let mut ends = Vec::new();
        let mut work = vec![body];
        while let Some(e) = work.pop() {
            match &self.hir.exprs[e.0 as usize].kind {
                ExprKind::If { cond: _, then, otherwise } => work.extend([*then, *otherwise]),
                ExprKind::Match { scrutinee: _, arms } => work.extend(arms.iter().map(|a| a.body)),
                ExprKind::Loop { id: _, vars: _, body } => work.push(*body),
                ExprKind::Recur { .. } => {}
                ExprKind::Block(items) => match items.last() {
                    Some(Item::Do(last)) => work.push(*last),
                    Some(Item::Bind { .. } | Item::Destructure { .. }) | None => {
                        let nil = self.nil(self.hir.exprs[e.0 as usize].span);
                        if let ExprKind::Block(items) = &mut self.hir.exprs[e.0 as usize].kind {
                            items.push(Item::Do(nil));
                        }
                        ends.push(nil);
                    }
                },
                _ => ends.push(e),
            }
        }
        ends
    }

    /// Makes the library's functions for effects part of the program.
    fn demand_effect_functions(&mut self) {
        if self.hir.effects.is_some() {
            return;
        }
        self.hir.effects = Some(FUNCTIONS.map(|name| self.effect_function(name)));
    }

    // ---------------------------------------------------------------- uncertain

    /// `(uncertain (weight expression …) …)`: one branch at random, drawn by the operation random:float. The weights are evaluated
    /// first, in order.
    pub fn uncertain(&mut self, form: Form, tail: Tail) -> ExprId {
        const SHAPE: &str = "(uncertain (weight expression …) …)";
        let branches = self.stx.slice(form.args).to_vec();
        let shaped = |r: &Self, x: &StxId| {
            matches!(r.stx.kind(*x), StxKind::Paren | StxKind::Bracket) && r.stx.items(*x).len() >= 2
        };
        if branches.is_empty() || !branches.iter().all(|x| shaped(self, x)) {
            return self.bad_form(form.span, "uncertain", SHAPE);
        }
        let mut items = Vec::new();
        let mut bounds: Vec<VarId> = Vec::new();
        for x in &branches {
            let weight = self.stx.at(self.stx.items(*x), 0);
            let (span, mut value) = (self.stx.span(weight), self.value(weight));
            if let Some(before) = bounds.last().copied() {
                let before = self.local(span, before);
                value = self.prim(span, "%add", vec![before, value]);
            }
            let var = self.temp("bound", span);
            items.push(Item::Bind { var, value });
            bounds.push(var);
        }
        let drawn = self.temp("drawn", form.span);
        let value = self.draw(form.span, bounds[bounds.len() - 1]);
        items.push(Item::Bind { var: drawn, value });
        let mut chosen = None;
        for (x, bound) in branches.iter().zip(bounds).rev() {
            let (span, body) = (self.stx.span(*x), self.stx.items(*x).skip(1));
            let branch = self.body(body, span, tail);
            chosen = Some(match chosen {
                None => branch,
                Some(otherwise) => {
                    let (drawn, bound) = (self.local(span, drawn), self.local(span, bound));
                    let cond = self.prim(span, "%lt", vec![drawn, bound]);
                    self.mk(span, ExprKind::If { cond, then: branch, otherwise })
                }
            });
        }
        items.extend(chosen.map(Item::Do));
        self.mk(form.span, ExprKind::Block(items))
    }

    /// A random number from 0 up to the value of a variable.
    fn draw(&mut self, span: Span, total: VarId) -> ExprId {
        let Some(random) = self.prelude_global("random:float") else { unreachable!("the library has random:float") };
        let callee = self.mk(span, ExprKind::Global(random));
        let drawn = self.mk(span, ExprKind::Call { callee, args: vec![] });
        let total = self.local(span, total);
        self.prim(span, "%mul", vec![drawn, total])
    }

    // ---------------------------------------------------------------- the library's own forms

    /// `(%op operation argument … default)`: performs the operation if a handler takes it, else evaluates `default`, its built-in
    /// work. The last argument may be `...xs`, the List of further arguments.
    pub fn built_in_operation(&mut self, form: Form) -> ExprId {
        const SHAPE: &str = "(%op operation argument … default)";
        let op = self.stx.first(form.args).and_then(|x| self.stx.symbol(x));
        let op = op.map(|name| self.names.text(name).clone()).and_then(|text| self.operation(&text));
        let (Some(op), true) = (op, form.args.len() >= 2) else { return self.bad_form(form.span, "%op", SHAPE) };
        let last = form.args.len() - 1;
        let default = self.value(self.stx.at(form.args, last));
        let mut args: Vec<ExprId> = (1..last).map(|i| self.operation_argument(self.stx.at(form.args, i))).collect();
        let spread = last > 1 && self.rest_name(self.stx.at(form.args, last - 1)).is_some();
        if self.hir.ops[op.0 as usize].variadic && !spread {
            args = vec![self.mk(form.span, ExprKind::List(args))];
        }
        let cond = self.mk(form.span, ExprKind::Handled(op));
        let then = self.mk(form.span, ExprKind::Perform { op, args });
        self.mk(form.span, ExprKind::If { cond, then, otherwise: default })
    }

    fn operation_argument(&mut self, x: StxId) -> ExprId {
        match self.rest_name(x) {
            Some(name) => self.mention(name, self.stx.span(x)),
            None => self.value(x),
        }
    }

    /// `(%try expression (catch (e) expression …))`: `e` is an error, or what leaves the body of a handler around.
    pub fn try_all(&mut self, form: Form) -> ExprId {
        let shaped = form.args.len() == 2;
        let clause = if shaped { Some(self.stx.at(form.args, 1)) } else { None };
        let Some(clause) = clause else { return self.bad_form(form.span, "%try", "(%try expression (catch (e) …))") };
        let body = self.value(self.stx.at(form.args, 0));
        let catch = self.catch_clause(clause).map(|(var, body)| hir::Catch { var, body, all: true });
        self.mk(form.span, ExprKind::Try { body, catch, finally: None })
    }
}
