//! Signatures of library functions: `(%sig name clause …)`, directly before the definition of `name`.
//!
//! A value that is no function has its type in the place of the clauses. A clause is `((type …) result)` or `((type …) result ! effect …)`; the last parameter may be `(Rest type)`. Function
//! types inside are written likewise, with the effects at the end: `(Function a b ! e)`. An effect is an operation
//! (`io:print`), a kind of operations (`error`) or a variable that a parameter's function type binds.

use super::{Resolver, words};
use crate::hir::{SigClause, Signature, Type};
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use std::rc::Rc;

const SHAPE: &str = "((type …) result ! effect …)";

impl Resolver<'_> {
    /// Resolves a whole `%sig` form.
    pub fn signature(&mut self, x: StxId) -> Signature {
        let clauses = self.form_of(x).args.skip(1);
        let outer = std::mem::replace(&mut self.in_signature, true);
        let value = self.stx.first(clauses).filter(|x| clauses.len() == 1 && self.is_type(*x)).map(|x| self.ty(x));
        let clauses = if value.is_some() { Seq::EMPTY } else { clauses };
        let clauses = (0..clauses.len()).filter_map(|i| self.signature_clause(self.stx.at(clauses, i))).collect();
        self.in_signature = outer;
        Signature { clauses, value }
    }

    /// A type is a name or starts with one; a clause starts with the list of its parameters.
    fn is_type(&self, x: StxId) -> bool {
        self.stx.symbol(x).is_some() || self.stx.head(x).is_some()
    }

    fn signature_clause(&mut self, x: StxId) -> Option<SigClause> {
        let node = self.stx.get(x);
        let (types, effects) = self.split_effects(node.items);
        let params = self.stx.first(types).and_then(|p| self.param_list(types.take(1)).map(|_| self.stx.items(p)));
        let (StxKind::Paren, Some(params), 2) = (node.kind, params, types.len()) else {
            self.bad_form(node.span, "%sig", SHAPE);
            return None;
        };
        let (params, rest) = self.signature_params(params);
        let result = self.ty(self.stx.at(types, 1));
        let effects = self.effect_names(effects.unwrap_or(Seq::EMPTY), node.span);
        let clause = SigClause { params, rest, result, effects };
        self.check_effect_variables(&clause, node.span);
        Some(clause)
    }

    /// The fixed parameters and the type of further ones.
    fn signature_params(&mut self, params: Seq) -> (Vec<Type>, Option<Type>) {
        let (fixed, rest) = self.split_rest(params);
        let fixed = (0..fixed.len()).map(|i| self.ty(self.stx.at(fixed, i))).collect();
        (fixed, rest.map(|t| self.ty(t)))
    }

    /// The parameters before a last `(Rest type)`, and that type.
    pub fn split_rest(&self, params: Seq) -> (Seq, Option<StxId>) {
        let Some(last) = params.len().checked_sub(1) else { return (params, None) };
        let x = self.stx.at(params, last);
        let items = self.stx.items(x);
        let is_rest = self.stx.head(x).is_some_and(|h| &**self.names.text(h) == "Rest") && items.len() == 2;
        if is_rest { (params.take(last), Some(self.stx.at(items, 1))) } else { (params, None) }
    }

    /// What stands before and after the `!` among some items.
    pub fn split_effects(&self, items: Seq) -> (Seq, Option<Seq>) {
        let is_bang = |x: &StxId| self.stx.symbol(*x).is_some_and(|n| self.names.base(n) == words::BANG);
        match self.stx.slice(items).iter().position(is_bang) {
            Some(at) => (items.take(at), Some(items.skip(at + 1))),
            None => (items, None),
        }
    }

    /// Names after `!`.
    pub fn effect_names(&mut self, effects: Seq, span: Span) -> Vec<Rc<str>> {
        let mut names = Vec::new();
        for i in 0..effects.len() {
            match self.stx.symbol(self.stx.at(effects, i)) {
                Some(name) => names.push(self.names.text(name).clone()),
                None => {
                    self.bad_form(span, "type", "only names of effects after !");
                }
            }
        }
        names
    }

    /// No name is an effect in one place and a type in another: that is a result written behind the effects.
    fn check_effect_variables(&mut self, clause: &SigClause, span: Span) {
        let mut effects: Vec<Rc<str>> = clause.effects.clone();
        let mut types: Vec<Rc<str>> = Vec::new();
        let mut work: Vec<&Type> = clause.params.iter().chain(&clause.rest).chain([&clause.result]).collect();
        while let Some(ty) = work.pop() {
            match ty {
                Type::Var(name) => types.push(name.clone()),
                Type::Function { params, rest, result, effects: names } => {
                    effects.extend(names.iter().flatten().cloned());
                    work.extend(params.iter().chain(rest.as_deref()));
                    work.push(result);
                }
                Type::List(t) | Type::Array(t) | Type::Set(t) | Type::Promise(t) | Type::Channel(t) => work.push(t),
                Type::Dict(k, v) => work.extend([&**k, v]),
                Type::Tuple(ts) | Type::Or(ts) | Type::Data(_, ts) | Type::Kind(_, ts) => work.extend(ts),
                Type::Int | Type::Float | Type::Number | Type::Bool | Type::Nil | Type::String | Type::Symbol => {}
                Type::Keyword | Type::Bytes | Type::DateTime | Type::VNode | Type::Any | Type::Never => {}
            }
        }
        let wrong = |e: &Rc<str>| types.contains(e) || e.chars().next().is_some_and(char::is_uppercase);
        if let Some(name) = effects.iter().find(|e| wrong(e)) {
            let text = format!("effects last, as in (Function a b ! e): `{name}` is a type");
            self.bad_form(span, "%sig", &text);
        }
    }
}
