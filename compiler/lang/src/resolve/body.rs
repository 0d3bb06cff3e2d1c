//! Bodies with definitions between their expressions, `let`, and `set!`.

use super::contract::{Contract, ContractIx, Definition};
use super::{Form, Meaning, Resolver, Tail, report, words};
use crate::hir::{ContractOf, ExprId, ExprKind, Item, PatId, VarId};
use crate::names::Name;
use crate::scope::{Binder, ScopeKind};
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use cl_text::codes::w0006::What;
use std::rc::Rc;

/// A form of a body after its macros are expanded.
enum BodyForm {
    Expr(StxId),
    Define(Define),
    DefinePattern {
        pat: PatId,
        names: Vec<Name>,
        value: StxId,
    },
    Catch(Form),
    /// A form that is used up, with the value nil.
    Nothing,
}

/// A definition taken apart.
pub struct Define {
    pub name: Name,
    pub name_span: Span,
    pub span: Span,
    pub value: DefineValue,
    pub contract: Option<ContractIx>,
    /// The form itself.
    form: StxId,
}

pub enum DefineValue {
    /// `(define (f params …) body …)`
    Function {
        params: Seq,
        body: Seq,
    },
    Expr {
        ty: Option<StxId>,
        value: StxId,
    },
    /// Malformed, reported.
    Missing,
}

/// What stands in the place of the name of a `define`.
pub enum DefineTarget {
    One(Define),
    Pattern { pattern: StxId, value: StxId },
}

impl Resolver<'_> {
    /// A body: definitions scope over all of it. Its value is that of the last form.
    pub fn body(&mut self, forms: Seq, span: Span, tail: Tail) -> ExprId {
        if forms.is_empty() {
            return self.nil(span);
        }
        if forms.len() == 1 && self.stx.kind(self.stx.at(forms, 0)) != StxKind::Paren {
            return self.expr(self.stx.at(forms, 0), tail);
        }
        self.style_of_body(forms);
        self.scopes.push(ScopeKind::Body);
        let items = self.body_forms(forms);
        let id = match items.as_slice() {
            [] => self.nil(span),
            [BodyForm::Expr(x)] => self.expr(*x, tail),
            _ => {
                let mut out = Vec::with_capacity(items.len());
                self.body_items(&items, span, tail, &mut out);
                self.mk(span, ExprKind::Block(out))
            }
        };
        self.scopes.pop();
        id
    }

    /// Expands macros at the heads of a body's forms and declares what the forms define.
    fn body_forms(&mut self, forms: Seq) -> Vec<BodyForm> {
        let mut out = Vec::with_capacity(forms.len());
        let (mut defined, mut contracts) = (Vec::new(), Vec::new());
        for i in 0..forms.len() {
            let Some(x) = self.expand_head(self.stx.at(forms, i)) else { continue };
            let form = self.form_of(x);
            match self.special_of(x) {
                Some(words::DEFINE) => match self.define_target(x) {
                    Some(DefineTarget::One(define)) => {
                        defined.push(out.len());
                        out.push(BodyForm::Define(define));
                    }
                    Some(DefineTarget::Pattern { pattern, value }) => {
                        let (pat, bound) = self.pattern(pattern);
                        for (name, var) in &bound {
                            self.declare_var(*name, *var, true);
                            self.watch_var(*name, *var, What::Part);
                        }
                        let names = bound.into_iter().map(|(name, _)| name).collect();
                        out.push(BodyForm::DefinePattern { pat, names, value });
                    }
                    None => {}
                },
                Some(words::DEFINE_SYNTAX) => self.define_local_macro(form),
                Some(words::ERROR_CATCH) => out.push(BodyForm::Catch(form)),
                Some(words::CONTRACT) => {
                    if !self.is_contract_of_let(x) {
                        contracts.extend(self.contract_form(form));
                    }
                    out.push(BodyForm::Nothing);
                }
                _ => out.push(BodyForm::Expr(x)),
            }
        }
        for index in defined {
            if let BodyForm::Define(define) = &out[index] {
                self.declare_local(define);
            }
        }
        if !contracts.is_empty() {
            self.body_contracts(contracts, &mut out);
        }
        out
    }

    /// Gives the contracts in a body to the functions that the body defines.
    fn body_contracts(&mut self, contracts: Vec<Contract>, forms: &mut [BodyForm]) {
        let mut defines: Vec<&mut Define> = forms
            .iter_mut()
            .filter_map(|form| match form {
                BodyForm::Define(define) => Some(define),
                BodyForm::Expr(_) | BodyForm::DefinePattern { .. } | BodyForm::Catch(_) | BodyForm::Nothing => None,
            })
            .collect();
        let definitions: Vec<Definition> = defines.iter().map(|d| self.definition(d)).collect();
        for (index, contract) in self.attach_contracts(contracts, &definitions) {
            let define = &mut defines[index];
            if let Some(Binder::Var(var)) = self.scopes.here(define.name)
                && self.enter_contract(ContractOf::Local(var), contract)
            {
                define.contract = Some(contract);
            }
        }
    }

    /// A definition as contracts see it.
    pub fn definition(&mut self, define: &Define) -> Definition {
        let params = match define.value {
            DefineValue::Function { params, .. } => Some(params),
            DefineValue::Expr { value, .. } => self.lambda_params(value),
            DefineValue::Missing => None,
        };
        Definition { name: define.name, span: define.name_span, params }
    }

    fn declare_local(&mut self, define: &Define) {
        let text = self.names.text(define.name).clone();
        let var = self.new_var(text, define.name_span);
        self.vars[var.0 as usize].arity = self.define_arity(define);
        self.watch_var(define.name, var, What::Variable);
        self.declare_var(define.name, var, true);
    }

    pub fn define_arity(&mut self, define: &Define) -> Option<super::Arity> {
        match define.value {
            DefineValue::Function { params, .. } => Some(self.arity_of(params)),
            DefineValue::Expr { value, ty: None } => self.lambda_arity(value),
            DefineValue::Expr { ty: Some(_), .. } | DefineValue::Missing => None,
        }
    }

    fn body_items(&mut self, forms: &[BodyForm], span: Span, tail: Tail, out: &mut Vec<Item>) {
        for (i, form) in forms.iter().enumerate() {
            let last = i + 1 == forms.len();
            match form {
                BodyForm::Expr(x) => {
                    let value = self.expr(*x, if last { tail } else { None });
                    if !last {
                        self.drop_value(value);
                    }
                    out.push(Item::Do(value));
                }
                BodyForm::Define(define) => {
                    let value = self.define_value(define);
                    let bound = match self.scopes.here(define.name) {
                        Some(Binder::Var(var)) if self.hir.vars[var.0 as usize].span == define.name_span => Some(var),
                        _ => None,
                    };
                    self.scopes.done(define.name);
                    // a second definition of the name was reported; its value is only looked at
                    out.push(bound.map_or(Item::Do(value), |var| Item::Bind { var, value }));
                }
                BodyForm::DefinePattern { pat, names, value } => {
                    let value = self.value(*value);
                    for name in names {
                        self.scopes.done(*name);
                    }
                    out.push(Item::Destructure { pat: *pat, value });
                }
                BodyForm::Nothing if last => {
                    let value = self.nil(span);
                    out.push(Item::Do(value));
                }
                BodyForm::Nothing => {}
                BodyForm::Catch(form) => {
                    self.body_catch(*form, &forms[i + 1..], out);
                    return;
                }
            }
        }
    }

    /// Notes that nothing takes the value of an expression that the user wrote.
    pub fn drop_value(&mut self, value: ExprId) {
        if !self.is_std() && self.expansions.is_empty() {
            self.dropped.push(value);
        }
    }

    fn body_catch(&mut self, form: Form, rest: &[BodyForm], out: &mut Vec<Item>) {
        self.check_catch_scope(form, rest);
        let items = self.error_catch(form, |r| {
            let mut inner = Vec::new();
            r.body_items(rest, form.span, None, &mut inner);
            r.mk(form.span, ExprKind::Block(inner))
        });
        out.extend(items);
    }

    /// The rest of the body becomes a block of its own, so nothing before `error:catch` may know its definitions.
    fn check_catch_scope(&mut self, form: Form, rest: &[BodyForm]) {
        for later in rest {
            let names: &[Name] = match later {
                BodyForm::Define(define) => &[define.name],
                BodyForm::DefinePattern { names, .. } => names,
                BodyForm::Expr(_) | BodyForm::Catch(_) | BodyForm::Nothing => &[],
            };
            for name in names {
                if let Some(Binder::Var(var)) = self.scopes.here(*name)
                    && self.vars[var.0 as usize].mentioned
                {
                    let text = self.names.text(*name).clone();
                    let span = self.hir.vars[var.0 as usize].span;
                    self.report(report::defined_behind_catch(span, &text, form.span));
                }
            }
        }
    }

    // ---------------------------------------------------------------- definitions

    /// Takes a `define` form apart; `None` if that is not possible, which is then reported.
    pub fn define_target(&mut self, x: StxId) -> Option<DefineTarget> {
        let form = self.form_of(x);
        const SHAPE: &str = "(define name expression) or (define (name parameter …) expression …)";
        let Some(target) = self.stx.first(form.args) else {
            self.bad_form(form.span, "define", SHAPE);
            return None;
        };
        let node = self.stx.get(target);
        let rest = form.args.skip(1);
        match node.kind {
            StxKind::Symbol(name) => {
                let value = self.define_expr(rest, form.span);
                Some(DefineTarget::One(Define {
                    name,
                    name_span: node.span,
                    span: form.span,
                    value,
                    contract: None,
                    form: x,
                }))
            }
            StxKind::Paren => {
                let name = self.stx.first(node.items).and_then(|f| Some((self.stx.symbol(f)?, self.stx.span(f))));
                let Some((name, name_span)) = name else {
                    self.bad_form(node.span, "define", SHAPE);
                    return None;
                };
                let body = self.without_documentation(rest);
                let value = DefineValue::Function { params: node.items.skip(1), body };
                Some(DefineTarget::One(Define { name, name_span, span: form.span, value, contract: None, form: x }))
            }
            StxKind::Bracket | StxKind::Brace if rest.len() == 1 => {
                Some(DefineTarget::Pattern { pattern: target, value: self.stx.at(rest, 0) })
            }
            StxKind::Error => None,
            _ => {
                self.bad_form(form.span, "define", SHAPE);
                None
            }
        }
    }

    /// What follows the name: an expression, after an optional documentation and type.
    fn define_expr(&mut self, rest: Seq, span: Span) -> DefineValue {
        let rest = self.without_documentation(rest);
        let colon = rest.len() == 3 && self.stx.symbol(self.stx.at(rest, 0)) == Some(words::COLON);
        match rest.len() {
            1 => DefineValue::Expr { ty: None, value: self.stx.at(rest, 0) },
            3 if colon => DefineValue::Expr { ty: Some(self.stx.at(rest, 1)), value: self.stx.at(rest, 2) },
            _ => {
                let first = self.stx.first(rest).map(|x| (self.stx.kind(x), self.stx.symbol(x)));
                self.report(match first {
                    Some((StxKind::Paren | StxKind::Bracket, _)) => report::parameters_outside(span),
                    Some((_, Some(name))) if &**self.names.text(name) == "=" => report::define_with_equals(span),
                    _ => report::bad_form(span, "define", "one expression after the name: (define name expression)"),
                });
                DefineValue::Missing
            }
        }
    }

    /// A String first with more behind it is documentation, also behind a result type.
    pub fn without_documentation(&self, body: Seq) -> Seq {
        if body.len() > 1 && self.stx.kind(self.stx.at(body, 0)) == StxKind::String { body.skip(1) } else { body }
    }

    /// The value that a definition gives to its name.
    pub fn define_value(&mut self, define: &Define) -> ExprId {
        let outer = self.enter_expansion(define.form);
        let value = self.defined_value(define);
        self.leave_expansion(outer);
        value
    }

    fn defined_value(&mut self, define: &Define) -> ExprId {
        let text: Rc<str> = self.names.text(define.name).clone();
        match define.value {
            DefineValue::Function { params, body } => self.function(&text, params, body, define.span, define.contract),
            DefineValue::Expr { ty: None, value } => self.named(value, &text, define.contract),
            DefineValue::Expr { ty: Some(ty), value } => {
                let value = self.named(value, &text, define.contract);
                let ty = self.ty(ty);
                let blame = format!("variable {text}").into();
                self.mk(define.span, ExprKind::Ascribe { value, ty, blame })
            }
            DefineValue::Missing => self.nil(define.span),
        }
    }

    // ---------------------------------------------------------------- let

    pub fn let_form(&mut self, form: Form, tail: Tail) -> ExprId {
        let Some(bindings) = self.param_list(form.args) else {
            return self.bad_form(form.span, "let", "(let ((name value) …) expression …)");
        };
        self.scopes.push(ScopeKind::Let);
        let mut bindings = self.let_bindings(self.stx.at(form.args, 0), bindings);
        self.let_contracts(form.args.skip(1), &mut bindings);
        let mut items = Vec::with_capacity(bindings.len() + 1);
        for binding in bindings {
            items.push(self.let_item(binding));
        }
        let body = self.body(form.args.skip(1), form.span, tail);
        self.scopes.pop();
        items.push(Item::Do(body));
        self.mk(form.span, ExprKind::Block(items))
    }

    /// The bindings in `list`; a binding that stands alone without brackets around it is taken for one, and reported.
    fn let_bindings(&mut self, list: StxId, items: Seq) -> Vec<LetBinding> {
        let is_one = items.len() == 2 && self.stx.symbol(self.stx.at(items, 0)).is_some();
        if is_one && self.stx.items(self.stx.at(items, 1)).is_empty() {
            self.report(report::let_without_list(self.stx.span(list)));
            return self.let_binding(list).into_iter().collect();
        }
        (0..items.len()).filter_map(|i| self.let_binding(self.stx.at(items, i))).collect()
    }

    /// What a malformed binding binds, so that its name is known, to nil.
    fn malformed_binding(&mut self, x: StxId) -> Option<LetBinding> {
        let node = self.stx.get(x);
        self.bad_form(node.span, "let", "(name value)");
        let name = if node.items.is_empty() { x } else { self.stx.at(node.items, 0) };
        self.stx.symbol(name)?;
        let nil = self.stx.atom(StxKind::Nil, node.span);
        let binding = self.stx.list(StxKind::Paren, node.span, &[name, nil]);
        self.let_binding(binding)
    }

    /// Takes `(name value)`, `(name : Type value)` or `(pattern value)` apart and declares what it binds.
    fn let_binding(&mut self, x: StxId) -> Option<LetBinding> {
        let node = self.stx.get(x);
        let len = node.items.len();
        let typed = len == 4 && self.stx.symbol(self.stx.at(node.items, 1)) == Some(words::COLON);
        if node.kind == StxKind::Error {
            return None;
        }
        if !matches!(node.kind, StxKind::Paren | StxKind::Bracket) || !(len == 2 || typed) {
            return self.malformed_binding(x);
        }
        let (mut target, value) = (self.stx.at(node.items, 0), self.stx.at(node.items, len - 1));
        let mut ty = typed.then(|| self.stx.at(node.items, 2));
        if let Some((inner, annotation)) = self.annotated(target) {
            (target, ty) = (inner, Some(annotation));
        }
        let span = self.stx.span(target);
        let target = match self.stx.symbol(target) {
            Some(name) => {
                let var = self.new_var(self.names.text(name).clone(), span);
                self.vars[var.0 as usize].arity = if ty.is_none() { self.lambda_arity(value) } else { None };
                self.declare_var(name, var, true);
                self.watch_var(name, var, What::Variable);
                LetTarget::Name(name, var)
            }
            None => {
                let (pat, bound) = self.binding_pattern(target, "let");
                for (name, var) in &bound {
                    self.declare_var(*name, *var, true);
                    self.watch_var(*name, *var, What::Part);
                }
                LetTarget::Pattern(pat, bound.into_iter().map(|(name, _)| name).collect())
            }
        };
        Some(LetBinding { target, ty, value, span: node.span, contract: None })
    }

    /// A `let` and its body count as one scope for contracts: those in the body that name what the `let` binds.
    fn let_contracts(&mut self, body: Seq, bindings: &mut [LetBinding]) {
        let forms: Vec<StxId> = (0..body.len()).map(|i| self.stx.at(body, i)).collect();
        let forms: Vec<StxId> = forms.into_iter().filter(|x| self.special_of(*x) == Some(words::CONTRACT)).collect();
        if forms.is_empty() {
            return;
        }
        let mut functions = Vec::new();
        for (i, binding) in bindings.iter().enumerate() {
            if let LetTarget::Name(name, var) = binding.target {
                let params = self.lambda_params(binding.value);
                functions.push((i, var, Definition { name, span: self.hir.vars[var.0 as usize].span, params }));
            }
        }
        let inner = self.names_defined_in(body);
        let mut contracts = Vec::new();
        for x in forms {
            let named = self.stx.first(self.form_of(x).args).and_then(|n| self.stx.symbol(n));
            let of_let = named.filter(|n| !inner.contains(n) && functions.iter().any(|(_, _, d)| d.name == *n));
            if of_let.is_some() {
                self.note_contract_of_let(x);
                contracts.extend(self.contract_form(self.form_of(x)));
            }
        }
        let (places, definitions): (Vec<(usize, VarId)>, Vec<Definition>) =
            functions.into_iter().map(|(i, var, d)| ((i, var), d)).unzip();
        for (index, contract) in self.attach_contracts(contracts, &definitions) {
            let (binding, var) = places[index];
            if self.enter_contract(ContractOf::Local(var), contract) {
                bindings[binding].contract = Some(contract);
            }
        }
    }

    /// The names of the definitions in a body, as they stand there.
    fn names_defined_in(&mut self, body: Seq) -> Vec<Name> {
        let mut out = Vec::new();
        for i in 0..body.len() {
            let x = self.stx.at(body, i);
            if self.special_of(x) != Some(words::DEFINE) {
                continue;
            }
            let Some(target) = self.stx.first(self.form_of(x).args) else { continue };
            out.extend(self.stx.symbol(target).or_else(|| self.stx.head(target)));
        }
        out
    }

    fn let_item(&mut self, binding: LetBinding) -> Item {
        let name = match binding.target {
            LetTarget::Name(name, _) => self.names.text(name).clone(),
            LetTarget::Pattern(..) => "pattern".into(),
        };
        let mut value = self.named(binding.value, &name, binding.contract);
        if let Some(ty) = binding.ty {
            let ty = self.ty(ty);
            let blame = format!("variable {name}").into();
            value = self.mk(binding.span, ExprKind::Ascribe { value, ty, blame });
        }
        match binding.target {
            LetTarget::Name(name, var) => {
                self.scopes.done(name);
                Item::Bind { var, value }
            }
            LetTarget::Pattern(pat, names) => {
                for name in names {
                    self.scopes.done(name);
                }
                Item::Destructure { pat, value }
            }
        }
    }

    // ---------------------------------------------------------------- set!

    pub fn set_form(&mut self, form: Form) -> ExprId {
        let target = self.stx.first(form.args).and_then(|t| Some((self.stx.symbol(t)?, self.stx.span(t))));
        let (Some((name, span)), 2) = (target, form.args.len()) else {
            return self.bad_form(form.span, "set!", "(set! name expression)");
        };
        let meaning = self.lookup(name);
        let value = self.value(self.stx.at(form.args, 1));
        match meaning {
            Meaning::Var(var, found) => {
                self.vars[var.0 as usize].mentioned = true;
                let hir_var = &mut self.hir.vars[var.0 as usize];
                hir_var.assigned = true;
                hir_var.captured |= found.crossed;
                let (text, defined) = (hir_var.name.clone(), hir_var.span);
                if found.early {
                    return self.too_early(&text, span, defined);
                }
                self.mk(form.span, ExprKind::SetLocal { var, value })
            }
            Meaning::Global(global) if self.info(global).module == self.module => {
                self.hir.globals[global.0 as usize].assigned = true;
                if self.is_early(global) {
                    return self.mention_global(global, span);
                }
                self.mk(form.span, ExprKind::SetGlobal { global, value })
            }
            Meaning::Poison => self.nil(form.span),
            Meaning::Unbound | Meaning::NotExported(_) => {
                self.report_unbound(name, span, meaning);
                self.nil(form.span)
            }
            _ => {
                let text = self.names.text(name).clone();
                let what = self.not_assignable(meaning);
                self.report(report::not_assignable(span, &text, &what));
                self.nil(form.span)
            }
        }
    }

    /// What something is that is bound, but no variable of this module.
    fn not_assignable(&self, meaning: Meaning) -> String {
        match meaning {
            Meaning::Global(global) => {
                let module = self.module(self.info(global).module);
                if module.is_std { "a name of the library".into() } else { format!("imported from {}", module.name) }
            }
            Meaning::Ctor(_) => "a constructor".into(),
            Meaning::Op(_) => "an operation".into(),
            Meaning::Special(_) => "a special form".into(),
            _ => "a macro".into(),
        }
    }
}

struct LetBinding {
    target: LetTarget,
    ty: Option<StxId>,
    value: StxId,
    span: Span,
    contract: Option<ContractIx>,
}

enum LetTarget {
    Name(Name, VarId),
    Pattern(PatId, Vec<Name>),
}
