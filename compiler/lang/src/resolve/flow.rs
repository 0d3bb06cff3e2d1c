//! Conditionals, threading, `match`, and the forms that handle errors.

use super::{Form, Resolver, Tail, report, words};
use crate::hir::{Arm, Catch, Const, ExprId, ExprKind, Item, VarId};
use crate::scope::ScopeKind;
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use cl_text::codes::w0006::What;

impl Resolver<'_> {
    pub fn if_of(&mut self, span: Span, cond: ExprId, then: ExprId, otherwise: ExprId) -> ExprId {
        self.mk(span, ExprKind::If { cond, then, otherwise })
    }

    pub fn if_form(&mut self, form: Form, tail: Tail) -> ExprId {
        if !(2..=3).contains(&form.args.len()) {
            return self.bad_form(form.span, "if", "(if condition then else) or (if condition then)");
        }
        self.style_of_if(form);
        let cond = self.test(self.stx.at(form.args, 0));
        let then = self.expr(self.stx.at(form.args, 1), tail);
        let otherwise = match form.args.len() {
            3 => self.expr(self.stx.at(form.args, 2), tail),
            _ => self.nil(form.span),
        };
        self.if_of(form.span, cond, then, otherwise)
    }

    /// An expression of which only the truth matters: `and`, `or` and `not` in it need no temporary variables.
    pub fn test(&mut self, x: StxId) -> ExprId {
        let form = self.form_of(x);
        match self.special_of(x) {
            Some(words::AND) if !form.args.is_empty() => self.test_all(form.args, form.span, true),
            Some(words::OR) if !form.args.is_empty() => self.test_all(form.args, form.span, false),
            Some(words::NOT) if form.args.len() == 1 => self.not_form(form),
            _ => self.value(x),
        }
    }

    fn test_all(&mut self, items: Seq, span: Span, all: bool) -> ExprId {
        let first = self.stx.at(items, 0);
        if items.len() == 1 {
            return self.deeper(span, |r| r.test(first));
        }
        let cond = self.deeper(span, |r| r.test(first));
        let rest = self.deeper(span, |r| r.test_all(items.skip(1), span, all));
        let decided = self.constant(span, Const::Bool(!all));
        if all { self.if_of(span, cond, rest, decided) } else { self.if_of(span, cond, decided, rest) }
    }

    pub fn not_form(&mut self, form: Form) -> ExprId {
        self.style_of_not(form);
        let first = self.stx.at(form.args, 0);
        let value = self.deeper(form.span, |r| r.test(first));
        self.prim(form.span, "%not", vec![value])
    }

    /// `and` and `or` give the deciding value.
    pub fn and_or(&mut self, form: Form, all: bool, tail: Tail) -> ExprId {
        if form.args.is_empty() {
            return self.constant(form.span, Const::Bool(all));
        }
        self.and_or_items(form.args, form.span, all, tail)
    }

    fn and_or_items(&mut self, items: Seq, span: Span, all: bool, tail: Tail) -> ExprId {
        let first = self.stx.at(items, 0);
        if items.len() == 1 {
            return self.expr(first, tail);
        }
        let value = self.value(first);
        let span_first = self.stx.span(first);
        let var = self.temp(if all { "and" } else { "or" }, span_first);
        let rest = self.deeper(span, |r| r.and_or_items(items.skip(1), span, all, tail));
        let (cond, decided) = (self.local(span_first, var), self.local(span_first, var));
        let (then, otherwise) = if all { (rest, decided) } else { (decided, rest) };
        let choice = self.if_of(span, cond, then, otherwise);
        self.mk(span, ExprKind::Block(vec![Item::Bind { var, value }, Item::Do(choice)]))
    }

    pub fn when_form(&mut self, form: Form, wanted: bool, tail: Tail) -> ExprId {
        let name = if wanted { "when" } else { "unless" };
        let Some(cond) = self.stx.first(form.args) else {
            return self.bad_form(form.span, name, &format!("({name} condition expression …)"));
        };
        self.style_of_when(form, wanted);
        let cond = self.test(cond);
        let body = self.body(form.args.skip(1), form.span, tail);
        let nil = self.nil(form.span);
        if wanted { self.if_of(form.span, cond, body, nil) } else { self.if_of(form.span, cond, nil, body) }
    }

    pub fn cond_form(&mut self, form: Form, tail: Tail) -> ExprId {
        self.cond_clauses(form.args, form.span, tail)
    }

    fn cond_clauses(&mut self, clauses: Seq, span: Span, tail: Tail) -> ExprId {
        let Some(clause) = self.stx.first(clauses) else { return self.nil(span) };
        let node = self.stx.get(clause);
        let test = match node.kind {
            StxKind::Paren | StxKind::Bracket => self.stx.first(node.items),
            _ => None,
        };
        let Some(test) = test else {
            if node.kind != StxKind::Error {
                self.bad_form(node.span, "cond", "(condition expression …) or (else expression …)");
            }
            return self.deeper(span, |r| r.cond_clauses(clauses.skip(1), span, tail));
        };
        let body = node.items.skip(1);
        if self.is_word(test, words::ELSE) {
            if clauses.len() > 1 {
                let next = self.stx.span(self.stx.at(clauses, 1));
                self.report(report::else_not_last(node.span, next));
            }
            return self.body(body, node.span, tail);
        }
        if body.is_empty() {
            return self.cond_value(test, clauses, span, tail);
        }
        let cond = self.test(test);
        let then = self.body(body, node.span, tail);
        let otherwise = self.deeper(span, |r| r.cond_clauses(clauses.skip(1), span, tail));
        self.if_of(node.span, cond, then, otherwise)
    }

    /// A clause of a condition alone gives the condition's value.
    fn cond_value(&mut self, test: StxId, clauses: Seq, span: Span, tail: Tail) -> ExprId {
        let at = self.stx.span(test);
        let value = self.value(test);
        let var = self.temp("cond", at);
        let otherwise = self.deeper(span, |r| r.cond_clauses(clauses.skip(1), span, tail));
        let (cond, then) = (self.local(at, var), self.local(at, var));
        let choice = self.if_of(at, cond, then, otherwise);
        self.mk(at, ExprKind::Block(vec![Item::Bind { var, value }, Item::Do(choice)]))
    }

    /// Is the node that word, and not a name that the program binds?
    pub fn is_word(&mut self, x: StxId, word: crate::names::Name) -> bool {
        let Some(name) = self.stx.symbol(x) else { return false };
        if self.names.base(name) != word {
            return false;
        }
        matches!(self.lookup_bound(name), (None, _, _))
    }

    /// `->` and `->>`: puts each value into the next form, then resolves what comes out.
    pub fn thread(&mut self, form: Form, last: bool, tail: Tail) -> ExprId {
        let Some(mut value) = self.stx.first(form.args) else {
            let name = if last { "->>" } else { "->" };
            return self.bad_form(form.span, name, &format!("({name} value form …)"));
        };
        for i in 1..form.args.len() {
            let step = self.stx.at(form.args, i);
            let node = self.stx.get(step);
            let mut items = Vec::new();
            if node.kind == StxKind::Paren && !node.items.is_empty() {
                items.extend_from_slice(self.stx.slice(node.items));
                items.insert(if last { items.len() } else { 1 }, value);
            } else {
                items.extend([step, value]);
            }
            value = self.stx.list(StxKind::Paren, node.span, &items);
            if self.stx.too_deep(value) {
                self.report(report::too_deep(node.span));
                return self.nil(form.span);
            }
        }
        self.expr(value, tail)
    }

    // ---------------------------------------------------------------- match

    pub fn match_form(&mut self, form: Form, tail: Tail) -> ExprId {
        let Some(subject) = self.stx.first(form.args) else {
            return self.bad_form(form.span, "match", "(match value (pattern expression …) …)");
        };
        let scrutinee = self.value(subject);
        let mut arms = Vec::new();
        for i in 1..form.args.len() {
            let arm = self.stx.at(form.args, i);
            arms.extend(self.match_arm(arm, tail));
        }
        let id = self.mk(form.span, ExprKind::Match { scrutinee, arms });
        if !self.is_std() {
            self.matches.push(id);
        }
        id
    }

    fn match_arm(&mut self, x: StxId, tail: Tail) -> Option<Arm> {
        let node = self.stx.get(x);
        if node.kind == StxKind::Error {
            return None;
        }
        if !matches!(node.kind, StxKind::Paren | StxKind::Bracket) || node.items.len() < 2 {
            self.report(report::bad_arm(node.span));
            return None;
        }
        let (pat, bound) = self.pattern(self.stx.at(node.items, 0));
        self.scopes.push(ScopeKind::Plain);
        for (name, var) in bound {
            self.scopes.declare(name, crate::scope::Binder::Var(var), false);
            self.watch_var(name, var, What::Part);
        }
        let mut body = node.items.skip(1);
        let mut guard = None;
        if self.stx.kind(self.stx.at(body, 0)) == StxKind::Keyword(words::WHEN) {
            match body.len() {
                1 => self.report(report::bad_arm(node.span)),
                _ => guard = Some(self.test(self.stx.at(body, 1))),
            }
            body = body.skip(2);
            if body.is_empty() && guard.is_some() {
                self.report(report::bad_arm(node.span));
            }
        }
        let body = self.body(body, node.span, tail);
        self.scopes.pop();
        Some(Arm { pat, guard, body })
    }

    // ---------------------------------------------------------------- errors

    /// `(try e … (catch (err) e …) (finally e …))`
    pub fn try_form(&mut self, form: Form) -> ExprId {
        let (mut catch, mut finally) = (None, None);
        let mut body_len = 0;
        for i in 0..form.args.len() {
            let part = self.stx.at(form.args, i);
            let head = self.stx.first(self.stx.items(part)).filter(|_| self.stx.kind(part) == StxKind::Paren);
            let is = |r: &mut Self, word| head.is_some_and(|h| r.is_word(h, word));
            if is(self, words::CATCH) && catch.is_none() && finally.is_none() {
                catch = Some(part);
            } else if is(self, words::FINALLY) && finally.is_none() {
                finally = Some(part);
            } else if catch.is_none() && finally.is_none() {
                body_len += 1;
            } else {
                let at = self.stx.span(part);
                self.bad_form(at, "try", "(try expression … (catch (err) expression …) (finally expression …))");
            }
        }
        let outer = self.in_try;
        self.in_try |= catch.is_some();
        let body = self.body(form.args.take(body_len), form.span, None);
        self.in_try = outer;
        let catch = catch.and_then(|part| self.catch_clause(part));
        let catch = catch.map(|(var, body)| Catch { var, body, all: false });
        let finally = finally.map(|part| {
            let node = self.stx.get(part);
            self.body(node.items.skip(1), node.span, None)
        });
        if catch.is_none() && finally.is_none() {
            return body;
        }
        self.mk(form.span, ExprKind::Try { body, catch, finally })
    }

    pub fn catch_clause(&mut self, part: StxId) -> Option<(VarId, ExprId)> {
        let node = self.stx.get(part);
        let params = node.items.len().checked_sub(1).filter(|n| *n > 0).map(|_| self.stx.at(node.items, 1));
        let param = params
            .filter(|p| matches!(self.stx.kind(*p), StxKind::Paren | StxKind::Bracket))
            .map(|p| self.stx.items(p))
            .filter(|items| items.len() == 1)
            .map(|items| self.stx.at(items, 0));
        let Some(param) = param else {
            self.bad_form(node.span, "catch", "(catch (err) expression …)");
            return None;
        };
        self.scopes.push(ScopeKind::Plain);
        let mut items = Vec::new();
        let (var, _) = self.parameter(param, "catch", &mut items);
        let body = self.body(node.items.skip(2), node.span, None);
        self.scopes.pop();
        Some((var, self.after_checks(items, body, node.span)))
    }

    /// `(error:handle expr fn)`: calls `fn` with the error that `expr` raises.
    pub fn error_handle(&mut self, form: Form) -> ExprId {
        if form.args.len() != 2 {
            return self.bad_form(form.span, "error:handle", "(error:handle expression function)");
        }
        let outer = std::mem::replace(&mut self.in_try, true);
        let body = self.value(self.stx.at(form.args, 0));
        self.in_try = outer;
        let var = self.temp("err", form.span);
        let callee = self.value(self.stx.at(form.args, 1));
        let err = self.local(form.span, var);
        let handler = self.mk(form.span, ExprKind::Call { callee, args: vec![err] });
        self.mk(form.span, ExprKind::Try { body, catch: Some(Catch { var, body: handler, all: false }), finally: None })
    }

    /// `(error:catch type fn)` with the rest of the body: errors of that type go to `fn`, whose value is the body's.
    pub fn error_catch(&mut self, form: Form, rest: impl FnOnce(&mut Self) -> ExprId) -> Vec<Item> {
        let span = form.span;
        if form.args.len() != 2 {
            self.bad_form(span, "error:catch", "(error:catch type function)");
            return vec![Item::Do(rest(self))];
        }
        let (wanted, handler) = (self.temp("type", span), self.temp("handler", span));
        let wanted_value = self.value(self.stx.at(form.args, 0));
        let handler_value = self.value(self.stx.at(form.args, 1));
        let outer = std::mem::replace(&mut self.in_try, true);
        let body = rest(self);
        self.in_try = outer;
        let err = self.temp("err", span);
        let cond = self.error_matches(span, err, wanted, wanted_value);
        let callee = self.local(span, handler);
        let arg = self.local(span, err);
        let then = self.mk(span, ExprKind::Call { callee, args: vec![arg] });
        let again = self.local(span, err);
        let otherwise = self.raise_again(span, again);
        let clause = self.if_of(span, cond, then, otherwise);
        let attempt = self
            .mk(span, ExprKind::Try { body, catch: Some(Catch { var: err, body: clause, all: false }), finally: None });
        vec![
            Item::Bind { var: wanted, value: wanted_value },
            Item::Bind { var: handler, value: handler_value },
            Item::Do(attempt),
        ]
    }

    /// As `(error:raise err)`: a handler further out may resume it.
    fn raise_again(&mut self, span: Span, err: ExprId) -> ExprId {
        match self.prelude_global("error:raise") {
            Some(raise) => {
                let callee = self.mk(span, ExprKind::Global(raise));
                self.mk(span, ExprKind::Call { callee, args: vec![err] })
            }
            None => self.prim(span, "%reraise", vec![err]),
        }
    }

    /// Is the error of the wanted type? Types are Strings or Keywords; `:any`, `:all`, `"any"`, `"*"` and nil take all.
    fn error_matches(&mut self, span: Span, err: VarId, wanted: VarId, wanted_value: ExprId) -> ExprId {
        let known = match self.as_const(wanted_value) {
            Some(Const::String(s) | Const::Keyword(s)) => Some(s.clone()),
            Some(Const::Nil) => Some("any".into()),
            _ => None,
        };
        if let Some(name) = known {
            if takes_all(&name) {
                return self.constant(span, Const::Bool(true));
            }
            let name = self.constant(span, Const::String(name));
            return self.error_type_is(span, err, name);
        }
        let mut cond = self.local(span, wanted);
        cond = self.prim(span, "%is-nil", vec![cond]);
        for all in ["any", "*"] {
            let (value, text) = (self.local(span, wanted), self.string(span, all));
            let same = self.prim(span, "%eq", vec![value, text]);
            let yes = self.constant(span, Const::Bool(true));
            cond = self.if_of(span, cond, yes, same);
        }
        let name = self.wanted_name(span, wanted);
        let same = self.error_type_is(span, err, name);
        let yes = self.constant(span, Const::Bool(true));
        self.if_of(span, cond, yes, same)
    }

    fn wanted_name(&mut self, span: Span, wanted: VarId) -> ExprId {
        let value = self.local(span, wanted);
        let Some(convert) = self.prelude_global("keyword->string") else { return value };
        let test = self.local(span, wanted);
        let cond = self.prim(span, "%is-keyword", vec![test]);
        let callee = self.mk(span, ExprKind::Global(convert));
        let arg = self.local(span, wanted);
        let then = self.mk(span, ExprKind::Call { callee, args: vec![arg] });
        self.if_of(span, cond, then, value)
    }

    fn error_type_is(&mut self, span: Span, err: VarId, name: ExprId) -> ExprId {
        let dict = self.local(span, err);
        let field = self.string(span, "type");
        let ty = match self.prelude_global("get") {
            Some(get) => {
                let callee = self.mk(span, ExprKind::Global(get));
                self.mk(span, ExprKind::Call { callee, args: vec![dict, field] })
            }
            None => self.nil(span),
        };
        self.prim(span, "%eq", vec![ty, name])
    }
}

fn takes_all(name: &str) -> bool {
    matches!(name, "any" | "all" | "*")
}
