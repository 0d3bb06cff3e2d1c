//! Declarations at the top level: `data`, `type`, `define-effect`.

use super::types::{TypeDef, TypeKind};
use super::{CtorInfo, Form, Kind, Resolver, Top, words};
use crate::hir::{self, CtorId, Field, OpId, Type};
use crate::names::{FxMap, Name};
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use cl_text::codes::e0102::{self, Place};
use cl_text::codes::w0010;
use std::rc::Rc;

/// A field whose type is resolved when all types of the module are known.
pub struct PendingField {
    ctor: CtorId,
    index: usize,
    ty: StxId,
}

impl Resolver<'_> {
    /// `Name` or `(Name a b)`: name, its span, parameters.
    fn type_head(&self, x: StxId) -> Option<(Name, Span, Vec<Name>)> {
        let node = self.stx.get(x);
        if let StxKind::Symbol(name) = node.kind {
            return Some((name, node.span, Vec::new()));
        }
        let name = self.stx.head(x)?;
        let params = self.stx.slice(node.items.skip(1)).iter().filter_map(|p| self.stx.symbol(*p)).collect();
        Some((name, self.stx.span(self.stx.at(node.items, 0)), params))
    }

    /// `(data Name a … (Constructor field …) …)`
    pub fn declare_data(&mut self, form: Form, pending: &mut Vec<PendingField>) {
        const SHAPE: &str = "(data Name variable … (Constructor field …) …)";
        let Some((name, span, mut params)) = self.stx.first(form.args).and_then(|x| self.type_head(x)) else {
            self.bad_form(form.span, "data", SHAPE);
            return;
        };
        let mut rest = form.args.skip(1);
        while let Some(param) = self.stx.first(rest).and_then(|x| self.stx.symbol(x)) {
            params.push(param);
            rest = rest.skip(1);
        }
        let unique = self.unique_type_name(self.names.text(name).clone());
        self.data_names.insert(unique.clone(), ());
        let def = TypeDef { name: unique.clone(), module: self.module, span, params, kind: TypeKind::Data };
        let index = self.declare_type_name(name, span, def);
        for i in 0..rest.len() {
            let ctor = self.stx.at(rest, i);
            match self.stx.head(ctor) {
                Some(head) => self.declare_ctor(head, ctor, &unique, index, pending),
                None if self.stx.kind(ctor) == StxKind::Error => {}
                None => {
                    let at = self.stx.span(ctor);
                    self.bad_form(at, "data", "a constructor with its fields: (Name field …)");
                }
            }
        }
    }

    /// The name under which the type's constructors are known in the whole program: other modules may have a type of
    /// the same name.
    fn unique_type_name(&self, text: Rc<str>) -> Rc<str> {
        let taken = |name: &str| self.data_names.contains_key(name);
        if !taken(&text) {
            return text;
        }
        let module = &self.module(self.module).name;
        let mut candidate = format!("{module}:{text}");
        while taken(&candidate) {
            candidate.push('\'');
        }
        candidate.into()
    }

    fn declare_type_name(&mut self, name: Name, span: Span, def: TypeDef) -> usize {
        self.check_capital(name, span, "type");
        let index = self.types.len();
        let text = self.names.text(name).clone();
        let module = self.module;
        self.types.push(def);
        match self.module(module).types.get(&name).copied() {
            Some(first) if self.types[first].module == module => {
                let first = self.types[first].span;
                self.report(e0102::duplicate(span, &text, first, Place::TopLevel));
            }
            _ => {
                self.module_mut(module).types.insert(name, index);
                self.module_mut(module).own_types.push(index);
            }
        }
        index
    }

    fn declare_ctor(
        &mut self,
        name: Name,
        x: StxId,
        type_name: &Rc<str>,
        type_def: usize,
        pending: &mut Vec<PendingField>,
    ) {
        let node = self.stx.get(x);
        let span = self.stx.span(self.stx.at(node.items, 0));
        let ctor = CtorId(self.hir.ctors.len() as u32);
        let mut fields = Vec::new();
        let mut seen: FxMap<Name, Span> = FxMap::default();
        for index in 0..node.items.len() - 1 {
            let field = self.stx.at(node.items, index + 1);
            let (field_name, ty) = self.field(field);
            if let Some(field_name) = field_name
                && let Some(first) = seen.insert(field_name, self.stx.span(field))
            {
                let text = self.names.text(field_name).clone();
                let at = self.stx.span(field);
                self.report(e0102::duplicate(at, &text, first, Place::Declaration));
            }
            let field_name = field_name.map(|n| self.names.text(n).clone());
            fields.push(Field { name: field_name, ty: Type::Any });
            pending.push(PendingField { ctor, index, ty });
        }
        self.check_capital(name, span, "constructor");
        let text = self.names.text(name).clone();
        let type_params = &self.types[type_def].params;
        let type_params = type_params.iter().map(|n| self.names.text(self.names.base(*n)).clone()).collect();
        self.hir.ctors.push(hir::Ctor { name: text, type_name: type_name.clone(), type_params, fields, span });
        self.ctors.push(CtorInfo { function: None, type_def });
        self.declare_top(name, Top::Ctor(ctor), span);
    }

    /// Warns about a user's type or constructor that begins in lower case.
    fn check_capital(&mut self, name: Name, span: Span, what: &str) {
        let text = self.names.text(self.names.base(name)).clone();
        if !self.is_std() && text.starts_with(char::is_lowercase) {
            self.report(w0010::begins_small(span, what, &text));
        }
    }

    /// `(name Type)` or just a type.
    fn field(&self, x: StxId) -> (Option<Name>, StxId) {
        let node = self.stx.get(x);
        let named = node.kind == StxKind::Paren && node.items.len() == 2;
        match self.stx.head(x) {
            Some(name) if named && self.names.text(name).chars().next().is_some_and(char::is_lowercase) => {
                // `(or A)` is a type
                if self.names.base(name) == words::OR { (None, x) } else { (Some(name), self.stx.at(node.items, 1)) }
            }
            _ => (None, x),
        }
    }

    /// Resolves the types of fields and of aliases, now that every type of the module is declared.
    pub fn finish_types(&mut self, pending: Vec<PendingField>) {
        for field in pending {
            let ty = self.ty_with_params(field.ty, self.ctors[field.ctor.0 as usize].type_def);
            self.hir.ctors[field.ctor.0 as usize].fields[field.index].ty = ty;
        }
        for index in self.module(self.module).own_types.clone() {
            if let TypeKind::Alias { body, .. } = self.types[index].kind {
                self.ty_with_params(body, index);
            }
        }
    }

    /// `(type Name T)`, `(type (Name a) T)`
    pub fn declare_alias(&mut self, form: Form) {
        let head = self.stx.first(form.args).and_then(|x| self.type_head(x));
        let (Some((name, span, params)), 2) = (head, form.args.len()) else {
            self.bad_form(form.span, "type", "(type Name Type)");
            return;
        };
        let kind = TypeKind::Alias { body: self.stx.at(form.args, 1) };
        let def = TypeDef { name: self.names.text(name).clone(), module: self.module, span, params, kind };
        self.declare_type_name(name, span, def);
    }

    /// `(define-effect kind (op Type … -> Type) …)`
    pub fn declare_effect(&mut self, form: Form) {
        let head = self.stx.first(form.args).and_then(|x| Some((self.stx.symbol(x)?, self.stx.span(x))));
        let Some((name, span)) = head else {
            self.bad_form(form.span, "define-effect", "(define-effect kind (operation Type … -> Type) …)");
            return;
        };
        let kind = self.names.text(name).clone();
        if let Some(first) = self.kinds.get(&kind).map(|k| k.span) {
            self.report(e0102::duplicate(span, &kind, first, Place::TopLevel));
            return;
        }
        if super::report::is_built_in_kind(&kind) {
            self.bad_form(span, "define-effect", "a name of its own: this effect kind is built in");
            return;
        }
        let mut ops: FxMap<Rc<str>, OpId> = FxMap::default();
        for i in 1..form.args.len() {
            let x = self.stx.at(form.args, i);
            self.declare_op(x, &kind, &mut ops);
        }
        self.kinds.insert(kind, Kind { span, ops });
    }

    fn declare_op(&mut self, x: StxId, kind: &Rc<str>, ops: &mut FxMap<Rc<str>, OpId>) {
        let node = self.stx.get(x);
        let arrow = |r: &Self, items: Seq| {
            r.stx.slice(items).iter().position(|i| r.stx.symbol(*i).is_some_and(|n| r.names.base(n) == words::ARROW))
        };
        let (Some(name), Some(at)) = (self.stx.head(x), arrow(self, node.items)) else {
            if node.kind != StxKind::Error {
                self.bad_form(node.span, "define-effect", "(operation Type … -> Type)");
            }
            return;
        };
        if at + 2 != node.items.len() || at == 0 {
            self.bad_form(node.span, "define-effect", "one result type behind `->`");
        }
        let params: Vec<Type> = (1..at.max(1)).map(|i| self.ty(self.stx.at(node.items, i))).collect();
        let results: Vec<Type> = (at + 1..node.items.len()).map(|i| self.ty(self.stx.at(node.items, i))).collect();
        let result = results.into_iter().next().unwrap_or(Type::Any);
        let text = self.names.text(name).clone();
        if let Some(first) = ops.get(&text) {
            let first = self.op_spans[first.0 as usize];
            self.report(e0102::duplicate(node.span, &text, first, Place::Declaration));
            return;
        }
        let name: Rc<str> = format!("{kind}:{text}").into();
        let op = self
            .add_op(hir::Op { name, kind: kind.clone(), declared: true, params, variadic: false, result }, node.span);
        ops.insert(text, op);
    }
}
