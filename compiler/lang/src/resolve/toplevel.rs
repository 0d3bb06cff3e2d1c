//! The top level of a module: first everything is declared, so that functions see each other, then the forms are
//! resolved in order.

use super::body::{Define, DefineTarget};
use super::{Arity, Form, GlobalInfo, Meaning, ModIx, Resolver, Top, report, words};
use crate::hir::{self, Arm, ContractOf, ExprId, ExprKind, GlobalId, Pat, PatId, PatKind, VarId};
use crate::names::Name;
use crate::stx::{Seq, StxId};
use cl_text::Span;
use cl_text::codes::e0102::{self, Place};
use cl_text::codes::{e0107, e0109};

/// A top-level form that runs.
enum TopForm {
    Expr(StxId),
    /// Without a global: the name is taken, which was reported.
    Define(Define, Option<GlobalId>),
    /// The pattern is resolved when all constructors are declared.
    Pattern {
        pattern: StxId,
        value: StxId,
        bound: Option<BoundPattern>,
    },
}

/// A resolved pattern with the global and the variable of each name.
type BoundPattern = (PatId, Vec<(GlobalId, VarId)>);

impl Resolver<'_> {
    /// Declares and resolves the forms of the current module; appends them to the program.
    pub fn module_body(&mut self, forms: Seq, exports: Option<(Span, Seq)>) {
        let mut tops = Vec::new();
        let mut own = Vec::new();
        let (mut fields, mut contracts) = (Vec::new(), Vec::new());
        self.expansion_failed = false;
        for i in 0..forms.len() {
            let x = self.stx.at(forms, i);
            self.declare_form(x, &mut tops, &mut fields, &mut contracts);
        }
        self.finish_types(fields);
        self.top_contracts(&contracts, &mut tops);
        for (i, top) in tops.iter_mut().enumerate() {
            if let TopForm::Pattern { pattern, bound, .. } = top {
                *bound = Some(self.declare_pattern(*pattern, i));
            }
        }
        let tuple = self.tuple_exports(&tops, exports);
        own.extend(self.own_names());
        self.export(exports, own);
        let start = self.hir.forms.len();
        self.is_resolving = true;
        for (i, top) in tops.into_iter().enumerate() {
            self.form = i as u32;
            self.expansion_failed = false;
            self.resolve_form(top, &tuple);
        }
        self.is_resolving = false;
        let lifted = std::mem::take(&mut self.lifted);
        self.hir.forms.splice(start..start, lifted);
    }

    /// The names that the module itself defines, for export.
    fn own_names(&self) -> Vec<(Name, Top)> {
        let module = self.module(self.module);
        let own = module.names.iter().filter(|(name, top)| {
            self.names.alias(**name).is_none() && module.own.contains_key(name) && **top != Top::Poison
        });
        own.map(|(name, top)| (*name, *top)).collect()
    }

    fn declare_form(
        &mut self,
        x: StxId,
        tops: &mut Vec<TopForm>,
        fields: &mut Vec<super::data::PendingField>,
        contracts: &mut Vec<Form>,
    ) {
        let Some(x) = self.expand_head(x) else { return };
        let form = self.form_of(x);
        match self.special_of(x) {
            Some(words::IMPORT) => {
                if self.origins.contains_key(&x) {
                    self.report(report::unsupported(form.span, "import from a macro"));
                }
            }
            Some(words::DEFINE_SYNTAX) => {
                if let Some((name, span, index)) = self.macro_of(form) {
                    self.declare_top(name, Top::Macro(index), span);
                }
            }
            Some(words::DATA) => self.declare_data(form, fields),
            Some(words::TYPE) => self.declare_alias(form),
            Some(words::DEFINE_EFFECT) => self.declare_effect(form),
            Some(words::CONTRACT) => contracts.push(form),
            Some(words::ERROR_CATCH) => self.report(report::unsupported(form.span, "error:catch at the top level")),
            Some(words::DEFINE) => match self.define_target(x) {
                Some(DefineTarget::One(define)) => {
                    let arities: Vec<Arity> = self.define_arity(&define).into_iter().collect();
                    let global = self.declare_global(define.name, define.name_span, arities, tops.len());
                    tops.push(TopForm::Define(define, global));
                }
                Some(DefineTarget::Pattern { pattern, value }) => {
                    tops.push(TopForm::Pattern { pattern, value, bound: None });
                }
                None => {}
            },
            _ => tops.push(TopForm::Expr(x)),
        }
    }

    /// Gives the contracts of a module to its functions, now that all names and effects are declared.
    fn top_contracts(&mut self, forms: &[Form], tops: &mut [TopForm]) {
        let contracts: Vec<_> = forms.iter().filter_map(|form| self.contract_form(*form)).collect();
        if contracts.is_empty() {
            return;
        }
        let mut defines: Vec<(&mut Define, GlobalId)> = tops
            .iter_mut()
            .filter_map(|top| match top {
                TopForm::Define(define, Some(global)) => Some((define, *global)),
                TopForm::Define(_, None) | TopForm::Expr(_) | TopForm::Pattern { .. } => None,
            })
            .collect();
        let definitions: Vec<_> = defines.iter().map(|(d, _)| self.definition(d)).collect();
        for (index, contract) in self.attach_contracts(contracts, &definitions) {
            let (define, global) = &mut defines[index];
            if self.enter_contract(ContractOf::Global(*global), contract) {
                define.contract = Some(contract);
            }
        }
    }

    fn declare_global(&mut self, name: Name, span: Span, arities: Vec<Arity>, form: usize) -> Option<GlobalId> {
        let info = GlobalInfo { module: self.module, form: form as u32, arities, span };
        let global = GlobalId(self.hir.globals.len() as u32);
        if !self.declare_top(name, Top::Global(global), span) {
            return None;
        }
        let text = self.names.text(name).clone();
        Some(self.new_global(text, span, info))
    }

    fn declare_pattern(&mut self, pattern: StxId, form: usize) -> BoundPattern {
        let (pat, bound) = self.pattern(pattern);
        let mut names = Vec::new();
        for (name, var) in bound {
            let span = self.hir.vars[var.0 as usize].span;
            if let Some(global) = self.declare_global(name, span, Vec::new(), form) {
                names.push((global, var));
            }
        }
        (pat, names)
    }

    /// Binds a top-level name, or reports that the module has it already.
    pub fn declare_top(&mut self, name: Name, top: Top, span: Span) -> bool {
        let module = &mut self.modules[self.module.0 as usize];
        let (taken, first) = (module.names.get(&name).copied(), module.sites.get(&name).copied());
        match taken {
            None | Some(Top::Poison) => {
                module.names.insert(name, top);
                module.sites.insert(name, span);
                module.own.insert(name, ());
                true
            }
            Some(_) => {
                let text = self.names.text(name).clone();
                let first = first.unwrap_or(span);
                let own = self.module(self.module).own.contains_key(&name);
                self.report(if own {
                    e0102::duplicate(span, &text, first, Place::TopLevel)
                } else {
                    e0107::clash(span, &text, first)
                });
                false
            }
        }
    }

    /// Where a top-level name is defined.
    pub fn top_span(&self, top: Top) -> Option<Span> {
        match top {
            Top::Global(global) => Some(self.hir.globals[global.0 as usize].span),
            Top::Ctor(ctor) => Some(self.hir.ctors[ctor.0 as usize].span),
            Top::Macro(index) => Some(self.macros[index as usize].span),
            Top::Lib(_) | Top::Word(_) | Top::Poison => None,
        }
    }

    // ---------------------------------------------------------------- resolving

    fn resolve_form(&mut self, top: TopForm, tuple: &[GlobalId]) {
        match top {
            TopForm::Expr(x) => {
                self.check_main_call(x);
                let value = self.value(x);
                if tuple.is_empty() {
                    self.drop_value(value);
                    self.hir.forms.push(hir::Form::Expr(value));
                } else {
                    let span = self.stx.span(x);
                    self.define_from_tuple(value, tuple, span);
                }
            }
            TopForm::Define(define, global) => {
                let value = self.define_value(&define);
                let span = define.span;
                self.hir.forms.push(match global {
                    Some(global) => hir::Form::Define { global, value, span },
                    None => hir::Form::Expr(value),
                });
            }
            TopForm::Pattern { value, bound, .. } => {
                let span = self.stx.span(value);
                let value = self.value(value);
                if let Some((pat, names)) = bound {
                    self.define_from_pattern(pat, &names, value, span);
                }
            }
        }
    }

    /// A hidden global holds the pattern's variables in a List; each name's definition takes its own out of it.
    fn define_from_pattern(&mut self, pat: PatId, names: &[(GlobalId, VarId)], value: ExprId, span: Span) {
        let items = names.iter().map(|(_, var)| self.local(span, *var)).collect();
        let body = self.mk(span, ExprKind::List(items));
        let arms = vec![Arm { pat, guard: None, body }];
        let all = self.mk(span, ExprKind::Match { scrutinee: value, arms });
        let globals: Vec<GlobalId> = names.iter().map(|(global, _)| *global).collect();
        self.define_parts(all, &globals, span, |items| PatKind::List { items, rest: None });
    }

    /// The module's body gives its exports as a Tuple.
    fn define_from_tuple(&mut self, value: ExprId, globals: &[GlobalId], span: Span) {
        self.define_parts(value, globals, span, PatKind::Tuple);
    }

    fn define_parts(
        &mut self,
        value: ExprId,
        globals: &[GlobalId],
        span: Span,
        pattern: impl Fn(Vec<PatId>) -> PatKind,
    ) {
        let info = GlobalInfo { module: self.module, form: self.form, arities: Vec::new(), span };
        let whole = self.new_global("parts".into(), span, info);
        self.hir.forms.push(hir::Form::Define { global: whole, value, span });
        for (i, global) in globals.iter().enumerate() {
            let name = self.hir.globals[global.0 as usize].name.clone();
            let var = self.new_var(name, span);
            let parts = (0..globals.len()).map(|j| if i == j { PatKind::Bind(var) } else { PatKind::Wild });
            let parts: Vec<PatKind> = parts.collect();
            let parts = parts.into_iter().map(|kind| self.top_pat(kind, span)).collect();
            let pat = self.top_pat(pattern(parts), span);
            let body = self.local(span, var);
            let scrutinee = self.mk(span, ExprKind::Global(whole));
            let arms = vec![Arm { pat, guard: None, body }];
            let value = self.mk(span, ExprKind::Match { scrutinee, arms });
            self.hir.forms.push(hir::Form::Define { global: *global, value, span });
        }
    }

    fn top_pat(&mut self, kind: PatKind, span: Span) -> PatId {
        self.hir.pats.push(Pat { kind, span });
        PatId(self.hir.pats.len() as u32 - 1)
    }

    /// The globals for the exports of a module whose body is one expression that ends in a Tuple of their values.
    fn tuple_exports(&mut self, tops: &[TopForm], exports: Option<(Span, Seq)>) -> Vec<GlobalId> {
        let (Some((_, items)), [TopForm::Expr(_)]) = (exports, tops) else { return Vec::new() };
        let names: Vec<(Name, Span)> =
            self.stx.slice(items).iter().filter_map(|x| Some((self.stx.symbol(*x)?, self.stx.span(*x)))).collect();
        let module = self.module(self.module);
        if names.iter().any(|(name, _)| module.names.contains_key(name)) {
            return Vec::new();
        }
        names.into_iter().filter_map(|(name, span)| self.declare_global(name, span, Vec::new(), 0)).collect()
    }

    // ---------------------------------------------------------------- main

    /// `main` runs by itself: calling it at the top level would run it twice.
    fn check_main_call(&mut self, x: StxId) {
        if self.stx.head(x) != Some(words::MAIN) || !self.in_root() {
            return;
        }
        if let Meaning::Global(global) = self.lookup(words::MAIN)
            && self.info(global).module == self.module
        {
            let defined = self.hir.globals[global.0 as usize].span;
            let span = self.stx.span(x);
            self.report(e0109::called(span, defined));
        }
    }

    fn in_root(&self) -> bool {
        self.units.depth() == 1
    }

    pub fn find_main(&mut self, root: ModIx) {
        let Some(Top::Global(global)) = self.module(root).names.get(&words::MAIN).copied() else { return };
        if self.info(global).module != root {
            return;
        }
        let params = match self.info(global).arities.first().copied() {
            None => 0,
            Some(arity) if arity.accepts(1) => 1,
            Some(arity) if arity.accepts(0) => 0,
            Some(_) => {
                let span = self.hir.globals[global.0 as usize].span;
                self.bad_form(span, "main", "no parameter, or one for the List of arguments");
                return;
            }
        };
        self.hir.main = Some((global, params));
    }
}
