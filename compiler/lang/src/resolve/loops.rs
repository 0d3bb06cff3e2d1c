//! Loops: `loop`/`recur`, `while`, `dotimes`, `for-each`.

use super::{Form, LoopRef, Resolver, Tail, words};
use crate::hir::{Const, ExprId, ExprKind, Item, Lambda, LoopId, VarId};
use crate::scope::ScopeKind;
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use cl_text::codes::e0202;
use cl_text::codes::w0006::What;

/// A variable of a `loop`.
struct LoopVar {
    var: VarId,
    /// The variable that the initial value is bound to while later initial values are evaluated.
    init: VarId,
    value: ExprId,
    destructure: Option<Item>,
}

impl Resolver<'_> {
    pub fn loop_form(&mut self, form: Form) -> ExprId {
        let Some(bindings) = self.param_list(form.args) else {
            return self.bad_form(form.span, "loop", "(loop ((name value) …) expression …)");
        };
        let id = self.new_loop();
        let vars = self.loop_bindings(bindings);
        let count = vars.len();
        let mut items: Vec<Item> = Vec::new();
        let mut loop_vars = Vec::new();
        // initial values see the earlier names, as in `let`; only if one does is there a need for variables of their own
        let needed = vars.iter().any(|v| self.vars[v.init.0 as usize].mentioned);
        let mut pre = Vec::new();
        for v in vars {
            // a later initial value uses the name too
            self.vars[v.var.0 as usize].mentioned |= self.vars[v.init.0 as usize].mentioned;
            if needed {
                pre.push(Item::Bind { var: v.init, value: v.value });
                let value = self.local(form.span, v.init);
                loop_vars.push((v.var, value));
            } else {
                loop_vars.push((v.var, v.value));
            }
            items.extend(v.destructure);
        }
        let outer = self.enclosing_loop.replace(form.span);
        let body = self.body(form.args.skip(1), form.span, Some(LoopRef { id, count, span: form.span }));
        self.enclosing_loop = outer;
        self.scopes.pop();
        self.scopes.pop();
        let body = self.after_checks(items, body, form.span);
        let looped = self.mk(form.span, ExprKind::Loop { id, vars: loop_vars, body });
        self.after_checks(pre, looped, form.span)
    }

    /// Resolves the bindings; leaves two scopes open: the initial values' and the loop's own.
    fn loop_bindings(&mut self, bindings: Seq) -> Vec<LoopVar> {
        self.scopes.push(ScopeKind::Let);
        let mut vars = Vec::new();
        let mut names = Vec::new();
        for i in 0..bindings.len() {
            let binding = self.stx.at(bindings, i);
            let node = self.stx.get(binding);
            let shaped = matches!(node.kind, StxKind::Paren | StxKind::Bracket) && node.items.len() == 2;
            if !shaped {
                if node.kind != StxKind::Error {
                    self.bad_form(node.span, "loop", "(name value)");
                }
                continue;
            }
            let (target, value) = (self.stx.at(node.items, 0), self.stx.at(node.items, 1));
            vars.push(self.loop_binding(target, value, &mut names));
        }
        self.scopes.push(ScopeKind::Plain);
        for (name, var) in names {
            self.declare_var(name, var, false);
            self.watch_var(name, var, What::Variable);
        }
        vars
    }

    fn loop_binding(&mut self, target: StxId, value: StxId, names: &mut Vec<(crate::names::Name, VarId)>) -> LoopVar {
        let span = self.stx.span(target);
        let Some(name) = self.stx.symbol(target) else {
            let mut checks = Vec::new();
            let value = self.value(value);
            // the pattern's names belong to the loop, not to the scope of the initial values
            self.scopes.push(ScopeKind::Plain);
            let (var, _) = self.parameter(target, "loop", &mut checks);
            names.extend(self.scopes.innermost());
            self.scopes.pop();
            let init = self.temp("initial", span);
            return LoopVar { var, init, value, destructure: checks.pop() };
        };
        let text = self.names.text(name).clone();
        let value = self.named(value, &text, None);
        let init = self.new_var(text.clone(), span);
        let var = self.new_var(text, span);
        self.scopes.declare(name, crate::scope::Binder::Var(init), false);
        names.push((name, var));
        LoopVar { var, init, value, destructure: None }
    }

    pub fn recur_form(&mut self, form: Form, tail: Tail) -> ExprId {
        let args = self.values(form.args);
        let Some(target) = tail else {
            self.report(match self.enclosing_loop {
                Some(around) => e0202::not_tail(form.span, around),
                None => e0202::no_loop(form.span),
            });
            return self.nil(form.span);
        };
        if args.len() != target.count {
            self.report(e0202::wrong_count(form.span, target.count, args.len(), target.span));
            return self.nil(form.span);
        }
        self.mk(form.span, ExprKind::Recur { id: target.id, args })
    }

    fn recur(&mut self, span: Span, id: LoopId, args: Vec<ExprId>) -> ExprId {
        self.mk(span, ExprKind::Recur { id, args })
    }

    /// `(while c e …)`: a loop without variables.
    pub fn while_form(&mut self, form: Form) -> ExprId {
        let Some(cond) = self.stx.first(form.args) else {
            return self.bad_form(form.span, "while", "(while condition expression …)");
        };
        let id = self.new_loop();
        let cond = self.test(cond);
        let body = self.body(form.args.skip(1), form.span, None);
        let again = self.recur(form.span, id, Vec::new());
        let then = self.mk(form.span, ExprKind::Block(vec![Item::Do(body), Item::Do(again)]));
        let otherwise = self.nil(form.span);
        let body = self.mk(form.span, ExprKind::If { cond, then, otherwise });
        self.mk(form.span, ExprKind::Loop { id, vars: Vec::new(), body })
    }

    /// `(dotimes (i n) e …)`; each turn has a variable of its own.
    pub fn dotimes_form(&mut self, form: Form) -> ExprId {
        let span = form.span;
        let spec = self.param_list(form.args).filter(|s| s.len() == 2);
        let Some((target, count)) = spec.map(|s| (self.stx.at(s, 0), self.stx.at(s, 1))) else {
            return self.bad_form(span, "dotimes", "(dotimes (name count) expression …)");
        };
        let Some(name) = self.stx.symbol(target) else {
            return self.bad_form(self.stx.span(target), "dotimes", "a name for the counter");
        };
        let count = self.value(count);
        let text = self.names.text(name).clone();
        let (id, n, i) = (self.new_loop(), self.temp("count", span), self.temp("i", span));
        self.scopes.push(ScopeKind::Plain);
        let own = self.new_var(text, self.stx.span(target));
        self.declare_var(name, own, false);
        let body = self.body(form.args.skip(1), span, None);
        self.scopes.pop();
        let value = self.local(span, i);
        let (left, one) = (self.local(span, i), self.constant(span, Const::Int(1.into())));
        let next = self.prim(span, "%add", vec![left, one]);
        let again = self.recur(span, id, vec![next]);
        let items = vec![Item::Bind { var: own, value }, Item::Do(body), Item::Do(again)];
        let then = self.mk(span, ExprKind::Block(items));
        let (left, right) = (self.local(span, i), self.local(span, n));
        let cond = self.prim(span, "%lt", vec![left, right]);
        let otherwise = self.nil(span);
        let turn = self.mk(span, ExprKind::If { cond, then, otherwise });
        let zero = self.constant(span, Const::Int(0.into()));
        let looped = self.mk(span, ExprKind::Loop { id, vars: vec![(i, zero)], body: turn });
        self.mk(span, ExprKind::Block(vec![Item::Bind { var: n, value: count }, Item::Do(looped)]))
    }

    /// `for-each` is the loop if its first argument is a two-item list that starts with a name or a pattern.
    pub fn is_for_each_loop(&self, form: Form) -> bool {
        if form.args.len() < 2 {
            return false;
        }
        let spec = self.stx.get(self.stx.at(form.args, 0));
        if spec.kind != StxKind::Paren || spec.items.len() != 2 {
            return false;
        }
        let target = self.stx.at(spec.items, 0);
        match self.stx.kind(target) {
            StxKind::Symbol(_) | StxKind::Bracket | StxKind::Brace => true,
            StxKind::Paren => self.starts_pattern(target),
            _ => false,
        }
    }

    /// `((f a) b)` may also be a call that gives the function: only heads of patterns count.
    fn starts_pattern(&self, x: StxId) -> bool {
        if self.annotated(x).is_some() {
            return true;
        }
        let Some(head) = self.stx.head(x) else { return false };
        let base = self.names.base(head);
        matches!(base, words::TUPLE | words::AS | words::COLON | words::OR)
            || self.names.text(base).chars().next().is_some_and(char::is_uppercase)
    }

    /// The loop form is a call of the library's `for-each` with the body as a function.
    pub fn for_each_form(&mut self, form: Form) -> ExprId {
        let span = form.span;
        let spec = self.stx.items(self.stx.at(form.args, 0));
        let (target, over) = (self.stx.at(spec, 0), self.stx.at(spec, 1));
        let Some(function) = self.prelude_global("for-each") else {
            return self.bad_form(span, "for-each", "a library with for-each");
        };
        let (outer, mut checks) = (self.enter_function(), Vec::new());
        let (param, _) = self.parameter(target, "for-each", &mut checks);
        let body = self.body(form.args.skip(1), span, None);
        self.leave_function(outer);
        let body = self.after_checks(checks, body, span);
        let lambda = Lambda { name: "for-each body".into(), params: vec![param], rest: None, body };
        let lambda = self.mk(span, ExprKind::Lambda(lambda));
        let over = self.value(over);
        let callee = self.mk(span, ExprKind::Global(function));
        self.mk(span, ExprKind::Call { callee, args: vec![lambda, over] })
    }
}
