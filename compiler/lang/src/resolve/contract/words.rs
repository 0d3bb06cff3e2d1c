//! The words that mean something in clauses only: `result`, `old`, `decreasing`.

use super::super::{Form, Meaning, Resolver, words};
use super::OpenClause;
use crate::hir::ExprId;
use crate::names::Name;
use crate::scope::Binder;
use cl_text::Span;
use cl_text::codes::e0606;

impl Resolver<'_> {
    /// The place is in a clause of a contract.
    pub fn in_clause(&self) -> bool {
        self.contracts.clause.is_some()
    }

    /// Notes that the clause, if the place is in one, may call a function of the program's.
    pub fn note_user_function(&mut self) {
        if let Some(clause) = self.contracts.clause.as_mut() {
            clause.calls = true;
        }
    }

    /// A name in a clause that nothing binds, as far as the clause sees.
    pub fn unbound_in_clause(&mut self, name: Name, span: Span) -> ExprId {
        if self.hidden_by_old(name, span) {
            return self.nil(span);
        }
        if self.names.base(name) == words::RESULT {
            return self.result_word(span);
        }
        self.report_unbound(name, span, Meaning::Unbound);
        self.nil(span)
    }

    /// `result` where no scope has it: in a clause that a macro wrote, or a mistake.
    fn result_word(&mut self, span: Span) -> ExprId {
        match &self.contracts.clause {
            Some(clause) if clause.in_old => self.report(e0606::inside_old(span, "result")),
            Some(OpenClause { result: Some(result), lambda, .. }) => {
                let (result, crossed) = (*result, *lambda < self.scopes.lambda);
                self.hir.vars[result.0 as usize].captured |= crossed;
                return self.local(span, result);
            }
            _ => self.report(e0606::only_in_ensures(span, "result")),
        }
        self.nil(span)
    }

    /// `(decreasing e)` that is not a clause itself.
    pub fn misplaced_measure(&mut self, form: Form) -> ExprId {
        self.report(e0606::misplaced_decreasing(form.span));
        self.nil(form.span)
    }

    /// `(old e)`: e is resolved as on entry, where the clause's own names do not exist.
    pub fn old_form(&mut self, form: Form) -> ExprId {
        let span = form.span;
        let Some(clause) = self.contracts.clause.as_mut().filter(|c| c.result.is_some()) else {
            self.report(e0606::only_in_ensures(span, "(old …)"));
            return self.nil(span);
        };
        if clause.in_old {
            self.report(e0606::inside_old(span, "(old …)"));
            return self.nil(span);
        }
        let (base, lambda) = (clause.base, clause.lambda);
        if form.args.len() != 1 {
            return self.bad_form(span, "old", "(old expression)");
        }
        clause.in_old = true;
        self.scopes.hidden.push(base..self.scopes.depth());
        let value = self.value(self.stx.at(form.args, 0));
        self.scopes.hidden.pop();
        let var = self.temp("old", span);
        self.hir.vars[var.0 as usize].captured = lambda < self.scopes.lambda;
        if let Some(clause) = self.contracts.clause.as_mut() {
            clause.in_old = false;
            clause.olds.push((var, value));
        }
        self.local(span, var)
    }

    /// Whether the name is one that `old` may not see, since the clause binds it; then that is reported.
    fn hidden_by_old(&mut self, name: Name, span: Span) -> bool {
        if !self.contracts.clause.as_ref().is_some_and(|c| c.in_old) {
            return false;
        }
        let hidden = std::mem::take(&mut self.scopes.hidden);
        let found = self.scopes.find(name, u32::MAX);
        self.scopes.hidden = hidden;
        let Some(Binder::Var(var)) = found.map(|f| f.binder) else { return false };
        let (text, binder) = (self.names.text(name).clone(), self.hir.vars[var.0 as usize].span);
        if self.names.base(name) == words::RESULT {
            self.report(e0606::inside_old(span, "result"));
        } else {
            self.report(e0606::bound_in_clause(span, &text, binder));
        }
        true
    }
}
