//! Calls: of functions, constructors, operations and, in the library, primitives; known arities.

use super::{Arity, ArityError, Callee, Form, GlobalInfo, Meaning, Resolver, report};
use crate::hir::{self, CtorId, ExprId, ExprKind, GlobalId, Item, Lambda, OpId, Type, VarId};
use crate::names::Name;
use crate::stx::{StxId, StxKind};
use cl_text::codes::e0102::Place;
use cl_text::codes::{e0114, e0303};
use cl_text::{Diagnostic, Span, near};
use std::rc::Rc;

/// Words that define something in other languages.
const DEFINERS: &[&str] = &["def", "defn", "defun", "defmacro", "var"];

impl Resolver<'_> {
    /// A call whose head is not a name.
    pub fn call_value(&mut self, head: StxId, form: Form) -> ExprId {
        let span = self.stx.span(head);
        let literal = match self.stx.kind(head) {
            StxKind::Paren | StxKind::Error | StxKind::Symbol(_) => false,
            StxKind::Bracket | StxKind::Brace | StxKind::HashBrace | StxKind::Quote => true,
            StxKind::Keyword(_) | StxKind::Int | StxKind::Float | StxKind::Bool | StxKind::Nil | StxKind::String => {
                true
            }
        };
        if literal {
            let text = self.text(span).to_string();
            let diagnostic = e0303::not_a_function(span, &format!("`{text}`"));
            self.report_failure(diagnostic);
        }
        let callee = self.value(head);
        self.finish_call(callee, Callee::Fixed, "lambda", form)
    }

    /// A call whose head is a name with that meaning, which is no macro and no special form.
    pub fn call_meaning(&mut self, meaning: Meaning, name: Name, head: StxId, form: Form) -> ExprId {
        let span = self.stx.span(head);
        match self.present_meaning(name, span, meaning) {
            Meaning::Ctor(ctor) => self.construct(ctor, form),
            Meaning::Op(op) => self.perform(op, form),
            Meaning::Global(global) => {
                let callee = self.mention_global(global, span);
                if self.module(self.info(global).module).is_std {
                    self.style_of_call(name, form);
                }
                let text = self.names.text(name).clone();
                if form.args.is_empty() && self.is_callable_constant(global, &text) {
                    return callee;
                }
                self.finish_call(callee, Callee::Global(global), &text, form)
            }
            Meaning::Var(var, found) => {
                self.check_shadowing(name, var, span);
                let callee = self.mention_var(var, found, span);
                if self.vars[var.0 as usize].called_in == Some(self.scopes.lambda) {
                    self.vars[var.0 as usize].direct_calls += 1;
                }
                let text = self.names.text(name).clone();
                self.finish_call(callee, Callee::Var(var), &text, form)
            }
            Meaning::Unbound if self.is_std() => self.library_form(name, head, form),
            meaning => {
                if !matches!(meaning, Meaning::Poison) {
                    self.report_unbound(name, span, meaning);
                }
                // What another language's word for a definition binds would only be unbound once more.
                if !DEFINERS.contains(&&**self.names.text(name)) {
                    self.values(form.args);
                }
                self.nil(form.span)
            }
        }
    }

    /// `(pi)` means the same as `pi`.
    fn is_callable_constant(&self, global: GlobalId, name: &str) -> bool {
        matches!(name, "pi" | "e" | "tau") && self.module(self.info(global).module).is_std
    }

    /// In the library: a primitive, or `%case-lambda` in a place where it is not allowed.
    fn library_form(&mut self, name: Name, head: StxId, form: Form) -> ExprId {
        let text = self.names.text(name).clone();
        match &*text {
            "%op" => return self.built_in_operation(form),
            "%try" => return self.try_all(form),
            _ => {}
        }
        let args = self.values(form.args);
        match self.library.prim(&text) {
            Some(prim) => {
                let expected = prim.get().arity as usize;
                if args.len() != expected {
                    let arities = [Arity { min: expected as u32, rest: false }];
                    self.report(report::arity(form.span, &text, &arities, args.len(), None));
                    return self.nil(form.span);
                }
                self.mk(form.span, ExprKind::Prim { prim, args })
            }
            None => {
                self.report_unbound(name, self.stx.span(head), Meaning::Unbound);
                self.nil(form.span)
            }
        }
    }

    /// Resolves the arguments and checks their number as far as the function is known.
    pub fn finish_call(&mut self, callee: ExprId, target: Callee, name: &str, form: Form) -> ExprId {
        let args = self.values(form.args);
        self.check_arity(callee, target, name, form.span, args.len());
        if !matches!(target, Callee::Global(global) if self.module(self.info(global).module).is_std) {
            self.note_user_function();
        }
        self.mk(form.span, ExprKind::Call { callee, args })
    }

    pub fn check_arity(&mut self, callee: ExprId, target: Callee, name: &str, span: Span, count: usize) {
        let (arities, defined): (Vec<Arity>, Option<Span>) = match target {
            Callee::Global(global) => {
                let info = self.info(global);
                let defined = (!self.module(info.module).is_std).then_some(info.span);
                (info.arities.clone(), defined)
            }
            Callee::Var(var) => {
                let arity = self.vars[var.0 as usize].arity;
                (arity.into_iter().collect(), Some(self.hir.vars[var.0 as usize].span))
            }
            Callee::Fixed => match &self.hir.exprs[callee.0 as usize].kind {
                ExprKind::Lambda(l) => (vec![Arity { min: l.params.len() as u32, rest: l.rest.is_some() }], None),
                _ => return,
            },
        };
        if arities.is_empty() || arities.iter().any(|a| a.accepts(count)) {
            return;
        }
        let diagnostic = report::arity(span, name, &arities, count, defined);
        let diagnostic = self.failure(diagnostic);
        self.arity_errors.push(ArityError { callee: target, diagnostic });
    }

    /// Reports the calls with a wrong number of arguments, now that it is known what is assigned.
    pub fn finish_arity_errors(&mut self) {
        for error in std::mem::take(&mut self.arity_errors) {
            let assigned = match error.callee {
                Callee::Var(var) => self.hir.vars[var.0 as usize].assigned,
                Callee::Global(global) => self.hir.globals[global.0 as usize].assigned,
                Callee::Fixed => false,
            };
            if !assigned {
                self.report(error.diagnostic);
            }
        }
    }

    /// A failure that is certain when reached: inside a `try` only a warning.
    pub fn failure(&self, diagnostic: Diagnostic) -> Diagnostic {
        if self.in_try { diagnostic.as_warning() } else { diagnostic }
    }

    pub fn report_failure(&mut self, diagnostic: Diagnostic) {
        let diagnostic = self.failure(diagnostic);
        self.report(diagnostic);
    }

    // ---------------------------------------------------------------- operations

    pub fn add_op(&mut self, op: hir::Op, span: Span) -> OpId {
        let id = OpId(self.hir.ops.len() as u32);
        self.ops.insert(op.name.clone(), id);
        self.op_spans.push(span);
        self.hir.ops.push(op);
        id
    }

    /// A call of a user-declared operation.
    fn perform(&mut self, op: OpId, form: Form) -> ExprId {
        let args = self.values(form.args);
        let info = &self.hir.ops[op.0 as usize];
        let (name, expected) = (info.name.clone(), info.params.len());
        if args.len() != expected {
            let arities = [Arity { min: expected as u32, rest: false }];
            let diagnostic = report::arity(form.span, &name, &arities, args.len(), None);
            self.report_failure(diagnostic);
        }
        self.mk(form.span, ExprKind::Perform { op, args })
    }

    // ---------------------------------------------------------------- constructors

    /// `(Circle 2.0)`, `(Circle :radius 2.0)`, `(None)`.
    fn construct(&mut self, ctor: CtorId, form: Form) -> ExprId {
        let info = &self.hir.ctors[ctor.0 as usize];
        let (name, count, defined) = (info.name.clone(), info.fields.len(), info.span);
        if count == 0 && form.args.is_empty() {
            return self.mk(form.span, ExprKind::Ctor(ctor));
        }
        if self.is_named_construction(ctor, form) {
            return self.construct_named(ctor, form);
        }
        let args = self.values(form.args);
        if args.len() != count {
            let arities = [Arity { min: count as u32, rest: false }];
            let diagnostic = report::arity(form.span, &name, &arities, args.len(), Some(defined));
            self.report_failure(diagnostic);
            let callee = self.mk(form.span, ExprKind::Ctor(ctor));
            return self.mk(form.span, ExprKind::Call { callee, args });
        }
        self.construct_checked(ctor, args, form.span)
    }

    /// Are the arguments keyword and value in turn, for a constructor with named fields?
    fn is_named_construction(&self, ctor: CtorId, form: Form) -> bool {
        let fields = &self.hir.ctors[ctor.0 as usize].fields;
        let count = form.args.len();
        let named = !fields.is_empty() && fields.iter().all(|f| f.name.is_some());
        let is_keyword = |i| matches!(self.stx.kind(self.stx.at(form.args, i)), StxKind::Keyword(_));
        // as many arguments as fields are the fields' values, also if some are keywords
        named && count >= 2 && count.is_multiple_of(2) && count != fields.len() && (0..count).step_by(2).all(is_keyword)
    }

    /// Values are evaluated as they are written, then put in the order of the fields.
    fn construct_named(&mut self, ctor: CtorId, form: Form) -> ExprId {
        let names: Vec<Rc<str>> =
            self.hir.ctors[ctor.0 as usize].fields.iter().filter_map(|f| f.name.clone()).collect();
        let mut slots: Vec<Option<VarId>> = vec![None; names.len()];
        let (mut items, mut spans) = (Vec::new(), vec![None; names.len()]);
        for i in (0..form.args.len()).step_by(2) {
            let key = self.stx.get(self.stx.at(form.args, i));
            let StxKind::Keyword(field) = key.kind else { continue };
            let value = self.value(self.stx.at(form.args, i + 1));
            let text = self.names.text(field).clone();
            let var = self.temp(&text, key.span);
            items.push(Item::Bind { var, value });
            match names.iter().position(|n| *n == text) {
                None => {
                    let close = near(&text, names.iter().map(|n| &**n));
                    let ctor_name = self.hir.ctors[ctor.0 as usize].name.clone();
                    self.report(e0114::unknown(key.span, &ctor_name, &text, &close));
                }
                Some(at) => match spans[at] {
                    Some(first) => self.report_duplicate(key.span, &text, first, Place::Declaration),
                    None => (slots[at], spans[at]) = (Some(var), Some(key.span)),
                },
            }
        }
        let missing: Vec<&Rc<str>> = names.iter().zip(&slots).filter(|(_, s)| s.is_none()).map(|(n, _)| n).collect();
        if let Some(field) = missing.first() {
            let ctor_name = self.hir.ctors[ctor.0 as usize].name.clone();
            self.report(e0114::missing(form.span, &ctor_name, field));
            return self.nil(form.span);
        }
        let args = slots.into_iter().flatten().map(|var| self.local(form.span, var)).collect();
        let built = self.construct_checked(ctor, args, form.span);
        items.push(Item::Do(built));
        self.mk(form.span, ExprKind::Block(items))
    }

    /// A construction with the right number of arguments: fields of a concrete type are checked.
    fn construct_checked(&mut self, ctor: CtorId, args: Vec<ExprId>, span: Span) -> ExprId {
        let args = args.into_iter().enumerate().map(|(i, value)| self.check_field(ctor, i, value, span)).collect();
        let callee = self.mk(span, ExprKind::Ctor(ctor));
        self.mk(span, ExprKind::Call { callee, args })
    }

    fn check_field(&mut self, ctor: CtorId, index: usize, value: ExprId, span: Span) -> ExprId {
        let info = &self.hir.ctors[ctor.0 as usize];
        let field = &info.fields[index];
        if !is_concrete(&field.ty) {
            return value;
        }
        let ty = field.ty.clone();
        let blame = match &field.name {
            Some(name) => format!("field {name} of {}", info.name),
            None => format!("field {} of {}", index + 1, info.name),
        };
        self.mk(span, ExprKind::Ascribe { value, ty, blame: blame.into() })
    }

    /// A constructor as a value. One that checks its fields is a function around the bare constructor, made once, so
    /// that it is the same function everywhere.
    pub fn ctor_value(&mut self, ctor: CtorId, span: Span) -> ExprId {
        let info = &self.hir.ctors[ctor.0 as usize];
        if !info.fields.iter().any(|f| is_concrete(&f.ty)) {
            return self.mk(span, ExprKind::Ctor(ctor));
        }
        let global = match self.ctors[ctor.0 as usize].function {
            Some(global) => global,
            None => self.ctor_function(ctor),
        };
        self.mk(span, ExprKind::Global(global))
    }

    fn ctor_function(&mut self, ctor: CtorId) -> GlobalId {
        let info = &self.hir.ctors[ctor.0 as usize];
        let (name, span, count) = (info.name.clone(), info.span, info.fields.len());
        let params: Vec<VarId> = (0..count).map(|i| self.temp(&format!("field{i}"), span)).collect();
        let args = params.iter().map(|p| self.local(span, *p)).collect();
        let body = self.construct_checked(ctor, args, span);
        let lambda = Lambda { name: name.clone(), params, rest: None, body };
        let value = self.mk(span, ExprKind::Lambda(lambda));
        let info = GlobalInfo { module: self.module, form: 0, arities: Vec::new(), span };
        let global = self.new_global(name, span, info);
        self.ctors[ctor.0 as usize].function = Some(global);
        self.lifted.push(hir::Form::Define { global, value, span });
        global
    }
}

/// Does a check of the outermost kind say anything about a value?
fn is_concrete(ty: &Type) -> bool {
    match ty {
        Type::Any | Type::Var(_) => false,
        Type::Or(parts) => parts.iter().all(is_concrete),
        _ => true,
    }
}
