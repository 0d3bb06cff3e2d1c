//! Expressions: dispatch on what a node is, mentions of names, literals and collections.

use super::logic::Quantifier;
use super::report::Literal;
use super::{Callee, Form, Meaning, Resolver, Tail, report, words};
use crate::hir::{Const, ExprId, ExprKind, GlobalId, Lambda, OpId, VarId};
use crate::names::Name;
use crate::scope::Found;
use crate::stx::{MAX_NESTING, Seq, StxId, StxKind};
use cl_text::Span;

/// Expressions nest deeper than source where forms such as `cond` or macros unfold; each source level costs a few.
const MAX_DEPTH: usize = 2 * MAX_NESTING;

impl Resolver<'_> {
    /// Resolves an expression that is not in tail position of a loop.
    pub fn value(&mut self, x: StxId) -> ExprId {
        self.expr(x, None)
    }

    /// Resolves an expression; `tail` is the loop in whose tail position it stands.
    pub fn expr(&mut self, x: StxId, tail: Tail) -> ExprId {
        let outer = self.enter_expansion(x);
        let id = self.deeper(self.stx.span(x), |r| r.expr_here(x, tail));
        self.leave_expansion(outer);
        id
    }

    /// Runs `f` one level deeper, or reports that it is too deep.
    pub fn deeper(&mut self, span: Span, f: impl FnOnce(&mut Self) -> ExprId) -> ExprId {
        if self.depth >= MAX_DEPTH {
            self.report(report::too_deep(span));
            return self.nil(span);
        }
        self.depth += 1;
        let id = f(self);
        self.depth -= 1;
        id
    }

    fn expr_here(&mut self, x: StxId, tail: Tail) -> ExprId {
        let node = self.stx.get(x);
        match node.kind {
            StxKind::Paren => self.paren(x, tail),
            StxKind::Symbol(name) => self.mention(name, node.span),
            StxKind::Bracket => {
                let items = self.values(node.items);
                self.mk(node.span, ExprKind::List(items))
            }
            StxKind::Brace => self.dict_literal(node.items, node.span),
            StxKind::HashBrace => self.set_literal(node.items, node.span),
            StxKind::Error => self.nil(node.span),
            StxKind::Quote
            | StxKind::Keyword(_)
            | StxKind::Int
            | StxKind::Float
            | StxKind::Bool
            | StxKind::Nil
            | StxKind::String => {
                let datum = self.literal(x);
                self.constant(node.span, datum)
            }
        }
    }

    /// Expressions from left to right.
    pub fn values(&mut self, items: Seq) -> Vec<ExprId> {
        (0..items.len()).map(|i| self.value(self.stx.at(items, i))).collect()
    }

    fn paren(&mut self, x: StxId, tail: Tail) -> ExprId {
        let form = self.form_of(x);
        let Some(head) = self.stx.first(self.stx.items(x)) else {
            self.report(report::empty_form(form.span));
            return self.nil(form.span);
        };
        let StxKind::Symbol(name) = self.stx.kind(head) else {
            return self.call_value(head, form);
        };
        match self.lookup(name) {
            Meaning::Macro(index) => match self.expand(index, x) {
                Some(out) => self.expr(out, tail),
                None => self.nil(form.span),
            },
            Meaning::Special(word) => self.special(word, form, tail),
            Meaning::Word(word) => self.test_word(word, form),
            Meaning::Unbound if self.in_clause() => match self.names.base(name) {
                words::OLD => self.old_form(form),
                words::DECREASING => self.misplaced_measure(form),
                _ => self.call_meaning(Meaning::Unbound, name, head, form),
            },
            meaning => self.call_meaning(meaning, name, head, form),
        }
    }

    /// One of the special forms (`word` is a base name for which `words::is_special` holds).
    fn special(&mut self, word: Name, form: Form, tail: Tail) -> ExprId {
        match word {
            words::LAMBDA | words::FN => self.lambda_form(form, super::lambda::ANONYMOUS, None),
            words::IF => self.if_form(form, tail),
            words::COND => self.cond_form(form, tail),
            words::WHEN => self.when_form(form, true, tail),
            words::UNLESS => self.when_form(form, false, tail),
            words::AND => self.and_or(form, true, tail),
            words::OR => self.and_or(form, false, tail),
            words::NOT if form.args.len() == 1 => self.not_form(form),
            words::DO | words::BEGIN => {
                self.style_of_do(word, form);
                self.body(form.args, form.span, tail)
            }
            words::LET | words::LET_STAR | words::LETREC => self.let_form(form, tail),
            words::SET => self.set_form(form),
            words::LOOP => self.loop_form(form),
            words::RECUR => self.recur_form(form, tail),
            words::WHILE => self.while_form(form),
            words::DOTIMES => self.dotimes_form(form),
            words::FOR_EACH if self.is_for_each_loop(form) => self.for_each_form(form),
            words::NOT | words::FOR_EACH => self.library_call(word, form),
            words::ARROW => self.thread(form, false, tail),
            words::ARROW_LAST => self.thread(form, true, tail),
            words::QUOTE => self.quote_form(form),
            words::MATCH => self.match_form(form, tail),
            words::COLON => self.ascription(form),
            words::TRY => self.try_form(form),
            words::ERROR_HANDLE => self.error_handle(form),
            words::EFFECT => self.effect_form(form),
            words::HANDLER => self.handler_form(form),
            words::FORALL => self.quantifier(form, Quantifier::Forall),
            words::EXISTS => self.quantifier(form, Quantifier::Exists),
            words::IMPLIES => self.implies_form(form),
            words::IFF => self.iff_form(form),
            words::CONTRACT => self.misplaced(form, word),
            words::UNCERTAIN => self.uncertain(form, tail),
            words::GO => self.go_form(form),
            words::ASYNC => self.async_form(form, "async"),
            words::PARALLEL => self.parallel_form(form),
            words::SCOPE => self.scope_form(form),
            words::WITH_LOCK | words::WITH_LOCK_LONG => self.with_lock_form(form),
            words::SELECT => self.select_form(form),
            words::DEFINE | words::ERROR_CATCH | words::DEFINE_SYNTAX => self.misplaced(form, word),
            words::DATA | words::DEFINE_EFFECT | words::TYPE | words::IMPORT | words::MODULE => {
                self.misplaced(form, word)
            }
            _ => {
                let text = self.names.text(word).clone();
                self.report(report::unsupported(form.span, &text));
                self.nil(form.span)
            }
        }
    }

    fn misplaced(&mut self, form: Form, word: Name) -> ExprId {
        let text = self.names.text(word).clone();
        let in_body = matches!(word, words::DEFINE | words::ERROR_CATCH | words::DEFINE_SYNTAX | words::CONTRACT);
        self.report(report::misplaced(form.span, &text, in_body));
        self.nil(form.span)
    }

    // ---------------------------------------------------------------- names

    pub fn mention(&mut self, name: Name, span: Span) -> ExprId {
        let meaning = self.lookup(name);
        match self.present_meaning(name, span, meaning) {
            Meaning::Var(var, found) => self.mention_var(var, found, span),
            Meaning::Global(global) => self.mention_global(global, span),
            Meaning::Ctor(ctor) => self.ctor_value(ctor, span),
            Meaning::Op(op) => self.op_value(op, span),
            Meaning::Special(word) => {
                let text = self.names.text(word).clone();
                match self.prelude_global(&text) {
                    Some(global) => self.mention_global(global, span),
                    None => self.no_value(&text, "a special form", span),
                }
            }
            Meaning::Macro(_) | Meaning::Word(_) => {
                let text = self.names.text(name).clone();
                self.no_value(&text, "a macro", span)
            }
            Meaning::Poison => self.nil(span),
            Meaning::Unbound if self.in_clause() => self.unbound_in_clause(name, span),
            meaning @ (Meaning::Unbound | Meaning::NotExported(_)) => {
                self.report_unbound(name, span, meaning);
                self.nil(span)
            }
        }
    }

    fn no_value(&mut self, text: &str, what: &str, span: Span) -> ExprId {
        self.report(report::not_a_value(span, text, what));
        self.nil(span)
    }

    /// A mention of a local variable; one that certainly comes too early becomes the failure itself.
    pub fn mention_var(&mut self, var: VarId, found: Found, span: Span) -> ExprId {
        self.vars[var.0 as usize].mentioned = true;
        self.vars[var.0 as usize].mentions += 1;
        if found.crossed {
            self.hir.vars[var.0 as usize].captured = true;
        }
        if !found.early {
            return self.local(span, var);
        }
        let hir_var = &self.hir.vars[var.0 as usize];
        let (name, defined) = (hir_var.name.clone(), hir_var.span);
        self.too_early(&name, span, defined)
    }

    pub fn mention_global(&mut self, global: GlobalId, span: Span) -> ExprId {
        if self.is_early(global) {
            let defined = &self.hir.globals[global.0 as usize];
            let (name, defined) = (defined.name.clone(), defined.span);
            return self.too_early(&name, span, defined);
        }
        let info = self.info(global);
        if !info.arities.is_empty() && !self.module(info.module).is_std {
            self.note_user_function();
        }
        self.mk(span, ExprKind::Global(global))
    }

    /// Is the place evaluated before the global's definition, whenever it is evaluated?
    pub fn is_early(&self, global: GlobalId) -> bool {
        let info = self.info(global);
        self.scopes.lambda == 0 && info.module == self.module && !self.is_std() && info.form >= self.form
    }

    pub fn too_early(&mut self, name: &str, span: Span, defined: Span) -> ExprId {
        self.report(report::used_before_definition(span, name, defined));
        let name = self.string(span, name);
        self.prim(span, "%used-before-definition", vec![name])
    }

    /// An operation as a function value.
    fn op_value(&mut self, op: OpId, span: Span) -> ExprId {
        let info = &self.hir.ops[op.0 as usize];
        let (name, count) = (info.name.clone(), info.params.len());
        let params: Vec<VarId> = (0..count).map(|i| self.temp(&format!("argument{i}"), span)).collect();
        let args = params.iter().map(|p| self.local(span, *p)).collect();
        let body = self.mk(span, ExprKind::Perform { op, args });
        self.mk(span, ExprKind::Lambda(Lambda { name, params, rest: None, body }))
    }

    // ---------------------------------------------------------------- collections and small forms

    fn dict_literal(&mut self, items: Seq, span: Span) -> ExprId {
        if !items.len().is_multiple_of(2) {
            let last = self.stx.span(self.stx.at(items, items.len() - 1));
            self.report(report::odd_dict(last, span));
        }
        self.check_keys((0..items.len()).step_by(2).map(|i| self.stx.at(items, i)).collect(), Literal::Dict);
        let mut pairs = Vec::with_capacity(items.len() / 2);
        for i in (0..items.len() - items.len() % 2).step_by(2) {
            let key = self.value(self.stx.at(items, i));
            pairs.push((key, self.value(self.stx.at(items, i + 1))));
        }
        self.mk(span, ExprKind::Dict(pairs))
    }

    fn set_literal(&mut self, items: Seq, span: Span) -> ExprId {
        self.check_keys(self.stx.slice(items).to_vec(), Literal::Set);
        let items = self.values(items);
        self.mk(span, ExprKind::Set(items))
    }

    fn ascription(&mut self, form: Form) -> ExprId {
        if form.args.len() != 2 {
            return self.bad_form(form.span, ":", "(: expression Type)");
        }
        let value = self.value(self.stx.at(form.args, 0));
        let ty = self.ty(self.stx.at(form.args, 1));
        self.mk(form.span, ExprKind::Ascribe { value, ty, blame: "expression".into() })
    }

    /// `(effect op args …)` is `(op args …)`.
    fn effect_form(&mut self, form: Form) -> ExprId {
        let Some(op) = self.stx.first(form.args) else {
            return self.bad_form(form.span, "effect", "(effect operation argument …)");
        };
        let call = Form { args: form.args.skip(1), ..form };
        match self.stx.kind(op) {
            StxKind::Symbol(name) => {
                let meaning = self.lookup(name);
                match meaning {
                    Meaning::Special(words::ERROR_HANDLE) => self.error_handle(call),
                    Meaning::Special(_) | Meaning::Macro(_) | Meaning::Word(_) => {
                        self.bad_form(form.span, "effect", "(effect operation argument …)")
                    }
                    meaning => {
                        self.warn_about_effect(form.span, self.stx.span(op));
                        self.call_meaning(meaning, name, op, call)
                    }
                }
            }
            _ => self.bad_form(form.span, "effect", "(effect operation argument …)"),
        }
    }

    fn quote_form(&mut self, form: Form) -> ExprId {
        if form.args.len() != 1 {
            return self.bad_form(form.span, "quote", "(quote datum)");
        }
        let datum = self.datum(self.stx.at(form.args, 0));
        self.constant(form.span, datum)
    }

    /// Reports that a special form is not written as `expected` shows.
    pub fn bad_form(&mut self, span: Span, what: &str, expected: &str) -> ExprId {
        self.report(report::bad_form(span, what, expected));
        self.nil(span)
    }

    /// The constant that an expression is.
    pub fn as_const(&self, id: ExprId) -> Option<&Const> {
        match &self.hir.exprs[id.0 as usize].kind {
            ExprKind::Const(value) => Some(value),
            _ => None,
        }
    }

    /// A call of the library's function of a name that is also a special form.
    fn library_call(&mut self, word: Name, form: Form) -> ExprId {
        let text = self.names.text(word).clone();
        match self.prelude_global(&text) {
            Some(global) => {
                let callee = self.mk(form.span, ExprKind::Global(global));
                self.finish_call(callee, Callee::Global(global), &text, form)
            }
            None => self.no_value(&text, "a special form", form.span),
        }
    }
}
