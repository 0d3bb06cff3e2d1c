//! The logical forms of contracts, which are forms like all others: `forall`, `exists`, `implies`, `iff`. Each gives true
//! or false.

use super::{Form, Resolver};
use crate::hir::{Const, ExprId, ExprKind, Item, Lambda};
use crate::scope::ScopeKind;
use crate::stx::{Seq, StxKind};
use cl_text::Span;

/// Which of the quantifiers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    Forall,
    Exists,
}

impl Quantifier {
    fn name(self) -> &'static str {
        match self {
            Quantifier::Forall => "forall",
            Quantifier::Exists => "exists",
        }
    }

    /// The function of the library that does the same for a sequence.
    fn function(self) -> &'static str {
        match self {
            Quantifier::Forall => "all?",
            Quantifier::Exists => "any?",
        }
    }

    /// The value when no item decides.
    fn otherwise(self) -> bool {
        self == Quantifier::Forall
    }
}

impl Resolver<'_> {
    /// `(forall (i low high) e)`, without `high` itself, or `(forall (x items) e)`; likewise `exists`.
    pub fn quantifier(&mut self, form: Form, which: Quantifier) -> ExprId {
        let spec = self.param_list(form.args).filter(|_| form.args.len() == 2);
        match spec.map(|spec| (spec, spec.len())) {
            Some((spec, 3)) if matches!(self.stx.kind(self.stx.at(spec, 0)), StxKind::Symbol(_)) => {
                self.over_range(form, spec, which)
            }
            Some((spec, 2)) => self.over_items(form, spec, which),
            _ => {
                let name = which.name();
                self.bad_form(
                    form.span,
                    name,
                    &format!("({name} (name low high) condition) or ({name} (name items) condition)"),
                )
            }
        }
    }

    /// A loop over the Ints from `low` to before `high`; each turn has a variable of its own.
    fn over_range(&mut self, form: Form, spec: Seq, which: Quantifier) -> ExprId {
        let span = form.span;
        let (low, high) = (self.temp("low", span), self.temp("high", span));
        let mut items = Vec::new();
        for (i, var) in [(1, low), (2, high)] {
            let value = self.value(self.stx.at(spec, i));
            items.push(Item::Bind { var, value });
        }
        items.extend([(1, low), (2, high)].map(|(i, var)| self.expect_int(span, which, i, var)));
        let (id, counter) = (self.new_loop(), self.temp("i", span));
        let target = self.stx.at(spec, 0);
        self.scopes.push(ScopeKind::Plain);
        let (own, _) = self.parameter(target, which.name(), &mut Vec::new());
        let holds = self.test(self.stx.at(form.args, 1));
        self.scopes.pop();
        let value = self.local(span, counter);
        let (left, one) = (self.local(span, counter), self.constant(span, Const::Int(1.into())));
        let next = self.prim(span, "%add", vec![left, one]);
        let again = self.mk(span, ExprKind::Recur { id, args: vec![next] });
        let decided = self.constant(span, Const::Bool(!which.otherwise()));
        let (then, otherwise) = if which == Quantifier::Forall { (again, decided) } else { (decided, again) };
        let choice = self.mk(span, ExprKind::If { cond: holds, then, otherwise });
        let turn = self.mk(span, ExprKind::Block(vec![Item::Bind { var: own, value }, Item::Do(choice)]));
        let (left, right) = (self.local(span, counter), self.local(span, high));
        let cond = self.prim(span, "%lt", vec![left, right]);
        let end = self.constant(span, Const::Bool(which.otherwise()));
        let body = self.mk(span, ExprKind::If { cond, then: turn, otherwise: end });
        let first = self.local(span, low);
        let looped = self.mk(span, ExprKind::Loop { id, vars: vec![(counter, first)], body });
        items.push(Item::Do(looped));
        self.mk(span, ExprKind::Block(items))
    }

    /// Raises `type-error` unless the bound of a range is an Int.
    fn expect_int(&mut self, span: Span, which: Quantifier, position: i64, var: crate::hir::VarId) -> Item {
        let value = self.local(span, var);
        let cond = self.prim(span, "%is-int", vec![value]);
        let (name, expected) = (self.string(span, which.name()), self.string(span, "an Int"));
        let position = self.constant(span, Const::Int((position + 1).into()));
        let value = self.local(span, var);
        let error = self.prim(span, "%argument-error", vec![name, position, expected, value]);
        let fine = self.nil(span);
        Item::Do(self.mk(span, ExprKind::If { cond, then: fine, otherwise: error }))
    }

    /// A call of the library's `all?` or `any?` with the condition as a function.
    fn over_items(&mut self, form: Form, spec: Seq, which: Quantifier) -> ExprId {
        let span = form.span;
        let Some(function) = self.prelude_global(which.function()) else {
            return self.bad_form(span, which.name(), "a library with all? and any?");
        };
        let (outer, mut checks) = (self.enter_function(), Vec::new());
        let (param, _) = self.parameter(self.stx.at(spec, 0), which.name(), &mut checks);
        let body = self.value(self.stx.at(form.args, 1));
        self.leave_function(outer);
        let body = self.after_checks(checks, body, span);
        let name = format!("{} condition", which.name()).into();
        let lambda = self.mk(span, ExprKind::Lambda(Lambda { name, params: vec![param], rest: None, body }));
        let over = self.value(self.stx.at(spec, 1));
        let callee = self.mk(span, ExprKind::Global(function));
        self.mk(span, ExprKind::Call { callee, args: vec![lambda, over] })
    }

    /// `(implies a b)`: b need not hold, and is not evaluated, where a does not.
    pub fn implies_form(&mut self, form: Form) -> ExprId {
        let span = form.span;
        if form.args.len() != 2 {
            return self.bad_form(span, "implies", "(implies condition conclusion)");
        }
        let cond = self.test(self.stx.at(form.args, 0));
        let then = self.truth(form, 1);
        let otherwise = self.constant(span, Const::Bool(true));
        self.mk(span, ExprKind::If { cond, then, otherwise })
    }

    /// `(iff a b)`: both hold or neither.
    pub fn iff_form(&mut self, form: Form) -> ExprId {
        let span = form.span;
        if form.args.len() != 2 {
            return self.bad_form(span, "iff", "(iff condition condition)");
        }
        let (a, b) = (self.truth(form, 0), self.truth(form, 1));
        self.prim(span, "%same", vec![a, b])
    }

    /// Argument `i` as true or false.
    fn truth(&mut self, form: Form, i: usize) -> ExprId {
        let cond = self.test(self.stx.at(form.args, i));
        let (then, otherwise) =
            (self.constant(form.span, Const::Bool(true)), self.constant(form.span, Const::Bool(false)));
        self.mk(form.span, ExprKind::If { cond, then, otherwise })
    }
}
