//! Written types: aliases are expanded, declared types are found by name.

use super::{ModIx, Resolver, qualified, words};
use crate::hir::Type;
use crate::names::{FxMap, Name};
use crate::stx::{Seq, StxId, StxKind};
use cl_text::codes::{e0113, w0009};
use cl_text::{Diagnostic, Span, near};
use std::rc::Rc;

/// One written type may expand to so many parts; beyond, an alias doubles itself again and again.
const MAX_PARTS: usize = 10_000;

/// A declared type.
pub struct TypeDef {
    pub name: Rc<str>,
    /// Where it is declared; the names in an alias mean what they mean there.
    pub module: ModIx,
    pub span: Span,
    pub params: Vec<Name>,
    pub kind: TypeKind,
}

pub enum TypeKind {
    Data,
    Alias { body: StxId },
}

/// What other languages call built-in types.
const OTHER_SPELLINGS: &[(&str, &str)] = &[
    ("boolean", "Bool"),
    ("integer", "Int"),
    ("str", "String"),
    ("double", "Float"),
    ("num", "Number"),
    ("void", "Nil"),
];

/// Shorter type variables are not compared with the names of types, which they resemble by chance.
const NEAR_FROM: usize = 4;

/// A type variable that a user's type mentions, in a top-level form.
pub struct TypeVariable {
    name: Name,
    span: Span,
    place: (ModIx, u32),
}

/// Values of type parameters while an alias is expanded.
type Env = FxMap<Name, Type>;

/// Expansion of one written type.
struct Walk {
    parts: usize,
    /// Aliases that are being expanded.
    open: Vec<usize>,
}

const BUILT_IN: &[&str] = &[
    "Int", "Float", "Number", "Bool", "Nil", "String", "Symbol", "Keyword", "Bytes", "Any", "Never", "List", "Array",
    "Dict", "Set", "Tuple", "Function", "Promise", "Channel",
];

impl Resolver<'_> {
    /// Resolves a written type; after an error it is `Any`.
    pub fn ty(&mut self, x: StxId) -> Type {
        let mut walk = Walk { parts: MAX_PARTS, open: Vec::new() };
        self.type_in(x, &Env::default(), &mut walk)
    }

    /// The same in the declaration of a type, whose parameters are type variables that were asked for.
    pub fn ty_with_params(&mut self, x: StxId, declaration: usize) -> Type {
        let noted = self.type_variables.len();
        let ty = self.ty(x);
        let params = &self.types[declaration].params;
        let mut index = 0;
        self.type_variables.retain(|v| {
            index += 1;
            index <= noted || !params.contains(&v.name)
        });
        ty
    }

    fn type_in(&mut self, x: StxId, env: &Env, walk: &mut Walk) -> Type {
        let node = self.stx.get(x);
        if walk.parts == 0 {
            return Type::Any;
        }
        walk.parts -= 1;
        if walk.parts == 0 {
            self.bad_form(node.span, "type", "a smaller type: its aliases expand without end");
            return Type::Any;
        }
        match node.kind {
            StxKind::Nil => Type::Nil,
            StxKind::Symbol(name) => self.named_type(name, Seq::EMPTY, node.span, env, walk),
            StxKind::Paren => match self.stx.head(x) {
                Some(head) => self.named_type(head, node.items.skip(1), node.span, env, walk),
                None => self.bad_type(node.span),
            },
            StxKind::Error => Type::Any,
            _ => self.bad_type(node.span),
        }
    }

    fn bad_type(&mut self, span: Span) -> Type {
        self.bad_form(span, "type", "a type such as Int, (List Int) or a");
        Type::Any
    }

    fn types_in(&mut self, args: Seq, env: &Env, walk: &mut Walk) -> Vec<Type> {
        (0..args.len()).map(|i| self.type_in(self.stx.at(args, i), env, walk)).collect()
    }

    fn named_type(&mut self, name: Name, args: Seq, span: Span, env: &Env, walk: &mut Walk) -> Type {
        if let Some(ty) = env.get(&name) {
            return ty.clone();
        }
        if let Some(index) = self.find_type(name) {
            return self.declared_type(index, args, span, env, walk);
        }
        let base = self.names.base(name);
        let text = self.names.text(base).clone();
        if &*text == "or" {
            return Type::Or(self.types_in(args, env, walk));
        }
        if let Some(ty) = self.built_in(&text, args, span, env, walk) {
            return ty;
        }
        if let (true, Some(kind)) = (self.in_signature, text.strip_prefix('%')) {
            return Type::Kind(kind.into(), self.types_in(args, env, walk));
        }
        let variable = text.chars().next().is_some_and(char::is_lowercase) && !text.contains(':');
        if variable && args.is_empty() {
            self.note_type_variable(name, span);
            return Type::Var(text);
        }
        let module = self.module(self.module);
        if !(module.poisoned || module.lost) {
            let diagnostic = e0113::unknown(span, &text, &near(&text, self.known_types(self.module)));
            self.report(diagnostic);
        }
        self.types_in(args, env, walk);
        Type::Any
    }

    /// The names of the types that a module may speak of.
    fn known_types(&self, module: ModIx) -> Vec<&str> {
        let mut known: Vec<&str> = self.module(module).types.keys().map(|n| &**self.names.text(*n)).collect();
        known.extend(BUILT_IN);
        known.sort_unstable();
        known
    }

    fn note_type_variable(&mut self, name: Name, span: Span) {
        if !self.is_std() && self.names.alias(name).is_none() {
            self.type_variables.push(TypeVariable { name, span, place: (self.module, self.form) });
        }
    }

    /// Warnings about type variables that look like types.
    pub fn doubtful_type_variables(&self) -> Vec<Diagnostic> {
        let mut uses: FxMap<(Name, (ModIx, u32)), Vec<Span>> = FxMap::default();
        let mut seen: FxMap<Span, ()> = FxMap::default();
        // macros and aliases lead to the same text more than once
        let once: Vec<&TypeVariable> =
            self.type_variables.iter().filter(|v| seen.insert(v.span, ()).is_none()).collect();
        once.iter().for_each(|v| uses.entry((v.name, v.place)).or_default().push(v.span));
        let warn = |v: &&TypeVariable| self.doubtful(v, uses[&(v.name, v.place)].len() == 1);
        once.iter().filter_map(warn).collect()
    }

    fn doubtful(&self, v: &TypeVariable, used_once: bool) -> Option<Diagnostic> {
        let text: &str = self.names.text(v.name);
        let like = |known: &&&str| known.eq_ignore_ascii_case(text);
        let other = OTHER_SPELLINGS.iter().find(|(other, _)| *other == text).map(|(_, name)| name);
        if let Some(known) = BUILT_IN.iter().find(like).or(other) {
            return Some(w0009::spelling(v.span, text, known));
        }
        if !used_once {
            return None;
        }
        let known = self.known_types(v.place.0);
        if let Some(known) = known.iter().find(like) {
            return Some(w0009::spelling(v.span, text, known));
        }
        let small: Vec<String> = known.iter().map(|k| k.to_lowercase()).collect();
        let is_near = |near: &&&str| text.len() >= NEAR_FROM && near.len().abs_diff(text.len()) <= 1;
        let found = *near(text, small.iter().map(|k| &**k)).iter().find(is_near)?;
        let index = small.iter().position(|k| k == found)?;
        Some(w0009::near(v.span, text, known[index]))
    }

    /// A declared type that a name means.
    pub fn find_type(&mut self, name: Name) -> Option<usize> {
        let (mut name, mut module) = (name, self.module);
        loop {
            if let Some(index) = self.module(module).types.get(&name) {
                return Some(*index);
            }
            match self.names.alias(name) {
                Some(alias) => (name, module) = (alias.base, alias.module),
                None => break,
            }
        }
        let (prefix, rest) = qualified(self.names.text(name))?;
        let (prefix, rest) = (self.names.find(prefix)?, self.names.find(rest)?);
        let (target, _) = *self.module(module).aliases.get(&prefix)?;
        self.mark_used(prefix, module);
        self.module(target).exported_types.get(&rest).copied()
    }

    fn declared_type(&mut self, index: usize, args: Seq, span: Span, env: &Env, walk: &mut Walk) -> Type {
        let args = self.types_in(args, env, walk);
        let def = &self.types[index];
        let (body, module) = match def.kind {
            TypeKind::Data => return Type::Data(def.name.clone(), args),
            TypeKind::Alias { body } => (body, def.module),
        };
        if walk.open.contains(&index) {
            let text = def.name.clone();
            self.bad_form(span, "type", &format!("an alias that does not contain itself: `{text}` does"));
            return Type::Any;
        }
        let mut inner = Env::default();
        for (i, param) in def.params.iter().enumerate() {
            inner.insert(*param, args.get(i).cloned().unwrap_or(Type::Any));
        }
        walk.open.push(index);
        let outer = std::mem::replace(&mut self.module, module);
        let ty = self.type_in(body, &inner, walk);
        self.module = outer;
        walk.open.pop();
        ty
    }

    /// A built-in type; arguments that are left out are `Any`.
    fn built_in(&mut self, text: &str, args: Seq, span: Span, env: &Env, walk: &mut Walk) -> Option<Type> {
        if text == "Function" {
            return Some(self.function_type(args, env, walk));
        }
        let simple = match text {
            "Int" => Some(Type::Int),
            "Float" => Some(Type::Float),
            "Number" => Some(Type::Number),
            "Bool" => Some(Type::Bool),
            "Nil" => Some(Type::Nil),
            "String" => Some(Type::String),
            "Symbol" => Some(Type::Symbol),
            "Keyword" => Some(Type::Keyword),
            "Bytes" => Some(Type::Bytes),
            "DateTime" => Some(Type::DateTime),
            "VNode" => Some(Type::VNode),
            "Any" => Some(Type::Any),
            "Never" => Some(Type::Never),
            _ => None,
        };
        let count = match text {
            _ if simple.is_some() => Some(0),
            "List" | "Array" | "Set" | "Promise" | "Channel" => Some(1),
            "Dict" => Some(2),
            "Tuple" => None,
            _ => return None,
        };
        if count.is_some_and(|n| args.len() > n) {
            self.bad_form(span, "type", &format!("at most {} argument(s) for {text}", count.unwrap_or(0)));
        }
        if let Some(simple) = simple {
            return Some(simple);
        }
        let mut args = self.types_in(args, env, walk).into_iter();
        if text == "Tuple" {
            return Some(Type::Tuple(args.collect()));
        }
        let mut next = || Box::new(args.next().unwrap_or(Type::Any));
        Some(match text {
            "List" => Type::List(next()),
            "Array" => Type::Array(next()),
            "Set" => Type::Set(next()),
            "Promise" => Type::Promise(next()),
            "Channel" => Type::Channel(next()),
            _ => Type::Dict(next(), next()),
        })
    }

    /// `(Function A B R)`, `(Function A ! io network R)`; in signatures `(Function A R ! io network)`
    fn function_type(&mut self, args: Seq, env: &Env, walk: &mut Walk) -> Type {
        if self.in_signature {
            return self.signature_function_type(args, env, walk);
        }
        let Some(last) = args.len().checked_sub(1) else {
            return Type::Function { params: Vec::new(), rest: None, result: Box::new(Type::Any), effects: None };
        };
        let result = Box::new(self.type_in(self.stx.at(args, last), env, walk));
        let before = args.take(last);
        let bang = self
            .stx
            .slice(before)
            .iter()
            .position(|x| self.stx.symbol(*x).is_some_and(|n| self.names.base(n) == words::BANG));
        let params = self.types_in(before.take(bang.unwrap_or(last)), env, walk);
        let effects = bang.map(|at| {
            let names = self.stx.slice(before.skip(at + 1)).iter().filter_map(|x| self.stx.symbol(*x));
            names.map(|n| self.names.text(n).clone()).collect()
        });
        Type::Function { params, rest: None, result, effects }
    }

    fn signature_function_type(&mut self, args: Seq, env: &Env, walk: &mut Walk) -> Type {
        let (types, effects) = self.split_effects(args);
        let span = self.stx.first(args).map(|x| self.stx.span(x));
        let effects = effects.zip(span).map(|(names, span)| self.effect_names(names, span));
        let last = types.len().saturating_sub(1);
        let (params, rest) = self.split_rest(types.take(last));
        let result = self.types_in(types.skip(last), env, walk).pop().unwrap_or(Type::Any);
        let rest = rest.map(|t| Box::new(self.type_in(t, env, walk)));
        Type::Function { params: self.types_in(params, env, walk), rest, result: Box::new(result), effects }
    }
}
