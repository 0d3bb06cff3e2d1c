//! Written types as run-time tests. An annotation is checked by the outermost kind only; a type in a pattern through and
//! through, by a generated function for each type that has parts.

use cl_lang::hir::Type;
use cl_text::Span;
use std::fmt::Write;
use std::rc::Rc;

use super::Lower;
use super::build::prim;
use crate::ir::{Atom, Block, Cond, CtorId, Datum, Func, FuncId, Join, LabelId, Rhs, Stmt, Term};
use cl_abi::prims::{self, Result as Kind};

/// Types nested deeper are tested by their outermost kind: a type whose parts grow (`Nest a` with a field
/// `Nest (List a)`) would need infinitely many functions.
const MAX_DEPTH: usize = 16;

impl Lower<'_> {
    /// Raises unless the value is of the outermost kind of the type.
    pub(super) fn ascribe(&mut self, value: Atom, ty: &Type, blame: &str, span: Span) {
        if self.accepts_all(ty) || self.certainly_is(value, ty) {
            return;
        }
        let expected = self.string(&text(ty));
        let blame = self.string(blame);
        let conds = self.outermost(value, ty, span);
        self.continue_at(vec![], |s, fits| {
            let fail = s.block_of(|s| s.raise_prim("%annotation-error", vec![value, expected, blame], span));
            let Block { stmts, term } = any_of(conds, fits, fail);
            s.open.stmts.extend(stmts);
            term
        });
    }

    /// Whether what made the value says that it is of the outermost kind.
    fn certainly_is(&self, value: Atom, ty: &Type) -> bool {
        if let Type::Or(types) = ty {
            return types.iter().any(|t| self.certainly_is(value, t));
        }
        match value {
            Atom::Int(_) => matches!(ty, Type::Int | Type::Number),
            Atom::Nil => matches!(ty, Type::Nil),
            Atom::Bool(_) => matches!(ty, Type::Bool),
            Atom::EmptyList => matches!(ty, Type::List(_)),
            Atom::Keyword(_) => matches!(ty, Type::Keyword),
            Atom::Symbol(_) => matches!(ty, Type::Symbol),
            Atom::Func(_) | Atom::Multi(_) => matches!(ty, Type::Function { .. }),
            Atom::Ctor(ctor) => self.is_of_type(ctor, ty),
            Atom::Data(data) => match (&self.pool.data[data.index()], ty) {
                (Datum::String(_), Type::String) | (Datum::Float(_), Type::Float | Type::Number) => true,
                (Datum::BigInt { .. }, Type::Int | Type::Number) | (Datum::Cons(..), Type::List(_)) => true,
                (Datum::Tuple(items), Type::Tuple(types)) => items.len() == types.len(),
                _ => false,
            },
            Atom::Var(var) => match self.open.stmts.last() {
                Some(Stmt::Let { var: last, rhs, span: _ }) if *last == var => self.makes(rhs, ty),
                _ => false,
            },
            Atom::Undef => false,
        }
    }

    fn makes(&self, rhs: &Rhs, ty: &Type) -> bool {
        match rhs {
            Rhs::Construct(ctor, _) => self.is_of_type(*ctor, ty),
            Rhs::Tuple(items) => matches!(ty, Type::Tuple(types) if types.len() == items.len()),
            Rhs::Prim(prim, _) => match prim.get().result {
                Kind::Fixnum | Kind::Int => matches!(ty, Type::Int | Type::Number),
                Kind::Float => matches!(ty, Type::Float | Type::Number),
                Kind::Number => matches!(ty, Type::Number),
                Kind::Bool => matches!(ty, Type::Bool),
                Kind::Nil => matches!(ty, Type::Nil),
                Kind::String => matches!(ty, Type::String),
                Kind::List | Kind::Cons => matches!(ty, Type::List(_)),
                Kind::Array => matches!(ty, Type::Array(_)),
                Kind::Dict => matches!(ty, Type::Dict(..)),
                Kind::Set => matches!(ty, Type::Set(_)),
                Kind::Never => true,
                Kind::Tuple | Kind::Any => false,
            },
            _ => false,
        }
    }

    fn is_of_type(&self, ctor: CtorId, ty: &Type) -> bool {
        matches!(ty, Type::Data(name, _) if *name == self.hir.ctors[ctor.index()].type_name)
    }

    /// Whether nothing is to be checked.
    pub(super) fn accepts_all(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Var(_) => true,
            Type::Or(types) => types.iter().any(|t| self.accepts_all(t)),
            _ => false,
        }
    }

    /// The conditions of which one holds for a value of the type's outermost kind.
    fn outermost(&self, value: Atom, ty: &Type, span: Span) -> Vec<Cond> {
        let kind = |name| {
            // A kind that no primitive knows has no values.
            prims::by_name(name).map(|p| Cond::Prim(p, vec![value], span)).into_iter().collect()
        };
        match ty {
            Type::Int => kind("%is-int"),
            Type::Float => kind("%is-float"),
            Type::Number => kind("%is-number"),
            Type::Bool => kind("%is-bool"),
            Type::Nil => kind("%is-nil"),
            Type::String => kind("%is-string"),
            Type::Symbol => kind("%is-symbol"),
            Type::Keyword => kind("%is-keyword"),
            Type::Bytes => kind("%is-bytes"),
            Type::DateTime => kind("%is-datetime"),
            Type::VNode => kind("%is-vnode"),
            Type::List(_) => kind("%is-list"),
            Type::Array(_) => kind("%is-array"),
            Type::Dict(..) => kind("%is-dict"),
            Type::Set(_) => kind("%is-set"),
            Type::Function { .. } => kind("%is-function"),
            Type::Promise(_) => kind("%is-promise"),
            Type::Channel(_) => kind("%is-channel"),
            Type::Tuple(items) => vec![Cond::IsTuple(items.len(), value)],
            Type::Or(types) => types.iter().flat_map(|t| self.outermost(value, t, span)).collect(),
            Type::Data(name, _) => self.ctors_of(name).map(|c| self.is_ctor(c, value, span)).collect(),
            Type::Never => vec![],
            Type::Any | Type::Var(_) | Type::Kind(..) => vec![Cond::Truthy(Atom::Bool(true))],
        }
    }

    fn ctors_of(&self, type_name: &str) -> impl Iterator<Item = CtorId> {
        self.types.get(type_name).into_iter().flatten().copied()
    }

    /// Whether the value was made by the constructor.
    pub(super) fn is_ctor(&self, ctor: CtorId, value: Atom, span: Span) -> Cond {
        if self.hir.ctors[ctor.index()].fields.is_empty() {
            Cond::Prim(prim("%same"), vec![value, Atom::Ctor(ctor)], span)
        } else {
            Cond::IsCtor(ctor, value)
        }
    }

    /// Tests a type through and through; none if every value is of the type.
    pub(super) fn deep_cond(&mut self, value: Atom, ty: &Type, span: Span) -> Option<Cond> {
        if self.accepts_all(ty) {
            return None;
        }
        let parts = depth(ty) > 0 && depth(ty) < MAX_DEPTH;
        if !parts {
            let mut conds = self.outermost(value, ty, span);
            if conds.len() == 1 {
                return conds.pop();
            }
        }
        let test = self.type_test(ty, span);
        Some(Cond::Truthy(self.emit(Rhs::Call(crate::ir::Callee::Func(test), vec![value]), span)))
    }

    /// The function of the program that tests a type, made at the first use.
    fn type_test(&mut self, ty: &Type, span: Span) -> FuncId {
        let name = text(ty);
        if let Some(id) = self.type_tests.get(&name) {
            return *id;
        }
        let id = self.declare_shape(super::Shape { fixed: 1, variadic: false });
        self.type_tests.insert(name.clone(), id);
        let param = self.fresh_temp();
        let value = Atom::Var(param);
        let no = self.fresh_label();
        let body = self.block_of(|s| {
            let block = Block { stmts: vec![], term: Term::Return(Atom::Bool(false)) };
            s.push_join(no, vec![], block);
            s.test_parts(value, ty, no, span)
        });
        let (name, params, captures) = (name.into(), vec![param], Vec::new());
        self.funcs[id.index()] = Some(Func { name, span, params, variadic: false, captures, body, inline: false });
        id
    }

    /// Returns whether the value is of the type; where it is not, also by a jump to `no`.
    fn test_parts(&mut self, value: Atom, ty: &Type, no: LabelId, span: Span) -> Term {
        match ty {
            Type::Or(types) => {
                for t in types {
                    if let Some(cond) = self.deep_cond(value, t, span) {
                        self.continue_at(vec![], |s, next| {
                            s.branch_on(cond, |_| Term::Return(Atom::Bool(true)), |_| Term::Jump(next, vec![]))
                        });
                    }
                }
                return Term::Jump(no, vec![]);
            }
            Type::Data(name, args) => {
                let args = if depth(ty) < MAX_DEPTH { &args[..] } else { &[] };
                return self.test_data(value, name, args, no, span);
            }
            _ => {}
        }
        for cond in self.outermost(value, ty, span) {
            self.require(cond, no);
        }
        match ty {
            Type::List(item) => self.require_all(value, item, no, span),
            Type::Array(item) => self.require_items("%array->list", value, item, no, span),
            Type::Set(item) => self.require_items("%set-to-list", value, item, no, span),
            Type::Dict(key, item) => {
                self.require_items("%dict-keys", value, key, no, span);
                self.require_items("%dict-values", value, item, no, span);
            }
            Type::Tuple(items) => self.require_fields(value, items.iter(), no, span),
            _ => {}
        }
        Term::Return(Atom::Bool(true))
    }

    fn test_data(&mut self, value: Atom, name: &str, args: &[Type], no: LabelId, span: Span) -> Term {
        let hir = self.hir;
        let ctors: Vec<_> = self.ctors_of(name).collect();
        for ctor in ctors {
            let cond = self.is_ctor(ctor, value, span);
            self.continue_at(vec![], |s, next| {
                let fits = |s: &mut Self| {
                    // Without arguments the type says nothing of the fields.
                    if !args.is_empty() {
                        let info = &hir.ctors[ctor.index()];
                        let fields: Vec<_> =
                            info.fields.iter().map(|f| substitute(&f.ty, &info.type_params, args)).collect();
                        s.require_fields(value, fields.iter(), no, span);
                    }
                    Term::Return(Atom::Bool(true))
                };
                s.branch_on(cond, fits, |_| Term::Jump(next, vec![]))
            });
        }
        Term::Jump(no, vec![])
    }

    fn require(&mut self, cond: Cond, no: LabelId) {
        self.continue_at(vec![], |s, yes| s.branch_on(cond, |_| Term::Jump(yes, vec![]), |_| Term::Jump(no, vec![])));
    }

    fn require_fields<'t>(&mut self, value: Atom, types: impl Iterator<Item = &'t Type>, no: LabelId, span: Span) {
        for (i, ty) in types.enumerate() {
            if !self.accepts_all(ty) {
                let field = self.emit(Rhs::Field(i, value), span);
                if let Some(cond) = self.deep_cond(field, ty, span) {
                    self.require(cond, no);
                }
            }
        }
    }

    /// All items of the List that a primitive makes of the value are of the type.
    fn require_items(&mut self, list_of: &'static str, value: Atom, ty: &Type, no: LabelId, span: Span) {
        if !self.accepts_all(ty) {
            let list = self.emit_prim(list_of, vec![value], span);
            self.require_all(list, ty, no, span);
        }
    }

    /// A loop over a List.
    fn require_all(&mut self, list: Atom, ty: &Type, no: LabelId, span: Span) {
        if self.accepts_all(ty) {
            return;
        }
        self.continue_at(vec![], |s, done| {
            let (label, param) = (s.fresh_label(), s.fresh_temp());
            let rest = Atom::Var(param);
            let more = Cond::Prim(prim("%is-cons"), vec![rest], span);
            let body = s.block_of(|s| {
                let turn = |s: &mut Self| {
                    let item = s.emit_prim("%head-unchecked", vec![rest], span);
                    if let Some(cond) = s.deep_cond(item, ty, span) {
                        s.require(cond, no);
                    }
                    let tail = s.emit_prim("%tail-unchecked", vec![rest], span);
                    Term::Jump(label, vec![tail])
                };
                s.branch_on(more, turn, |_| Term::Jump(done, vec![]))
            });
            s.push(Stmt::Join(Join { label, params: vec![param], body, recursive: true }));
            Term::Jump(label, vec![list])
        });
    }
}

/// Jumps to `yes` if one of the conditions holds, else runs `otherwise`.
fn any_of(conds: Vec<Cond>, yes: LabelId, otherwise: Block) -> Block {
    conds.into_iter().rev().fold(otherwise, |otherwise, cond| {
        let then = Box::new(Block { stmts: vec![], term: Term::Jump(yes, vec![]) });
        Block { stmts: vec![], term: Term::If { cond, then, otherwise: Box::new(otherwise) } }
    })
}

/// The type with its variables replaced by arguments.
fn substitute(ty: &Type, params: &[Rc<str>], args: &[Type]) -> Type {
    let sub = |t: &Type| substitute(t, params, args);
    let boxed = |t: &Type| Box::new(sub(t));
    match ty {
        Type::Var(name) => {
            let found = params.iter().position(|p| p == name).and_then(|i| args.get(i));
            found.unwrap_or(ty).clone()
        }
        Type::List(t) => Type::List(boxed(t)),
        Type::Array(t) => Type::Array(boxed(t)),
        Type::Set(t) => Type::Set(boxed(t)),
        Type::Promise(t) => Type::Promise(boxed(t)),
        Type::Channel(t) => Type::Channel(boxed(t)),
        Type::Dict(k, v) => Type::Dict(boxed(k), boxed(v)),
        Type::Tuple(types) => Type::Tuple(types.iter().map(sub).collect()),
        Type::Or(types) => Type::Or(types.iter().map(sub).collect()),
        Type::Data(name, types) => Type::Data(name.clone(), types.iter().map(sub).collect()),
        // Tested by the outermost kind only, or without parts, or in signatures only.
        Type::Function { .. }
        | Type::Kind(..)
        | Type::Int
        | Type::Float
        | Type::Number
        | Type::Bool
        | Type::Nil
        | Type::String
        | Type::Symbol
        | Type::Keyword
        | Type::Bytes
        | Type::DateTime
        | Type::VNode
        | Type::Any
        | Type::Never => ty.clone(),
    }
}

/// The types that a type is made of.
fn parts(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::List(t) | Type::Array(t) | Type::Set(t) | Type::Promise(t) | Type::Channel(t) => vec![t],
        Type::Dict(k, v) => vec![k, v],
        Type::Tuple(types) | Type::Or(types) | Type::Data(_, types) | Type::Kind(_, types) => types.iter().collect(),
        Type::Function { params, rest, result, effects: _ } => {
            params.iter().chain(rest.as_deref()).chain([&**result]).collect()
        }
        Type::Int
        | Type::Float
        | Type::Number
        | Type::Bool
        | Type::Nil
        | Type::String
        | Type::Symbol
        | Type::Keyword
        | Type::Bytes
        | Type::DateTime
        | Type::VNode
        | Type::Any
        | Type::Never
        | Type::Var(_) => vec![],
    }
}

/// How deep the parts of a type nest that a test looks into; 0 if its outermost kind is all.
fn depth(ty: &Type) -> usize {
    match ty {
        Type::Function { .. } | Type::Promise(_) | Type::Channel(_) => 0,
        _ => parts(ty).into_iter().map(|t| depth(t) + 1).max().unwrap_or(0),
    }
}

/// A type as it is written.
pub(super) fn text(ty: &Type) -> String {
    let atom = match ty {
        Type::Int => "Int",
        Type::Float => "Float",
        Type::Number => "Number",
        Type::Bool => "Bool",
        Type::Nil => "Nil",
        Type::String => "String",
        Type::Symbol => "Symbol",
        Type::Keyword => "Keyword",
        Type::Bytes => "Bytes",
        Type::DateTime => "DateTime",
        Type::VNode => "VNode",
        Type::Any => "Any",
        Type::Never => "Never",
        Type::Var(name) => name,
        Type::Data(name, args) | Type::Kind(name, args) if args.is_empty() => name,
        Type::List(_) => "List",
        Type::Array(_) => "Array",
        Type::Dict(..) => "Dict",
        Type::Set(_) => "Set",
        Type::Tuple(_) => "Tuple",
        Type::Function { .. } => "Function",
        Type::Promise(_) => "Promise",
        Type::Channel(_) => "Channel",
        Type::Or(_) => "or",
        Type::Data(name, _) | Type::Kind(name, _) => name,
    };
    let mut types: Vec<_> = parts(ty).into_iter().map(text).collect();
    if let Type::Function { effects: Some(effects), .. } = ty {
        let at = types.len() - 1;
        types.splice(at..at, ["!".to_owned()].into_iter().chain(effects.iter().map(|e| e.to_string())));
    }
    if types.is_empty() && !matches!(ty, Type::Tuple(_)) {
        return atom.to_owned();
    }
    let mut out = format!("({atom}");
    for t in types {
        let _ = write!(out, " {t}");
    }
    out + ")"
}
