//! Library functions that are known by their signatures. Clauses are tried in order; the types of arguments bind the type
//! variables of a clause, and functions among them are called with what the clause says that they are called with.

use super::Analysis;
use super::call::{Args, FUEL, Outcome};
use super::data::outer_kinds;
use super::instantiate::Used;
use super::refine::Fact;
use crate::effects::{Eff, starts_fibers};
use crate::findings::Finding;
use crate::scheme::{Callee as Who, Proj, Why};
use crate::types::{Arrow, FnId, Kinds, Part, Ty, Types};
use cl_core::ir::GlobalKind;
use cl_lang::hir::{SigClause, Signature, Type};
use std::rc::Rc;

/// Rounds over the functions among the arguments, after which what still grows is anything.
const MAX_ROUNDS: usize = 4;

/// Whether values of a type are accepted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    No,
    Maybe,
    Yes,
}

/// What using a signature comes to.
pub(super) struct SigUse {
    pub used: Used,
    /// By argument: what the clauses that may take the arguments accept there.
    accepted: Vec<Ty>,
    /// No clause takes the arguments.
    failed: bool,
}

/// Values of a clause's variables.
#[derive(Default)]
struct Bindings {
    types: Vec<(Rc<str>, Ty)>,
    effects: Vec<(Rc<str>, Eff)>,
    /// Of functions whose type in the signature leaves their effects open.
    open: Eff,
    raises: bool,
}

impl Bindings {
    fn get(&self, name: &str) -> Option<Ty> {
        self.types.iter().find(|(n, _)| **n == *name).map(|(_, t)| *t)
    }
}

impl<'p> Analysis<'p> {
    pub(super) fn signature(&self, id: FnId) -> Option<&'p Signature> {
        let core = self.core;
        let global = self.table.get(id).global?;
        core.globals[global.index()].signature.as_deref().filter(|s| !s.clauses.is_empty())
    }

    /// The functions that a function value may run: that of the name for any number of arguments.
    pub(super) fn clauses(&self, id: FnId) -> Vec<FnId> {
        match self.table.get(id).global.map(|g| &self.core.globals[g.index()].kind) {
            Some(GlobalKind::Multi(funcs)) => funcs.iter().map(|f| FnId(f.0)).collect(),
            _ => vec![id],
        }
    }

    pub(super) fn call_signed(&mut self, id: FnId, args: &Args) -> Outcome {
        self.fuel = FUEL;
        let name = self.name(id);
        let used = self.use_signature(id, &args.types, args.spread);
        self.add_effects(used.used.eff, args.span, Some(id), &args.types);
        if used.failed {
            self.no_clause(id, args);
            return Outcome { result: Types::ANY, fact: None, name: Some(name) };
        }
        for (i, atom) in args.atoms.iter().enumerate() {
            let why = Why::Argument { span: args.span, callee: Who::Fn(id), index: i as u32 };
            self.used_as(*atom, used.accepted[i], why);
        }
        let never = self.signature(id).is_some_and(|s| s.clauses.iter().all(|c| c.result == Type::Never));
        let result = if never { used.used.result } else { self.or_any(used.used.result) };
        if used.used.raises || result == Types::NEVER {
            self.exit_by_raise();
        }
        let fact = self.signed_fact(id, &name, args);
        Outcome { result, fact, name: Some(name) }
    }

    /// What the result of a library function says of the arguments.
    fn signed_fact(&mut self, id: FnId, name: &str, args: &Args) -> Option<Fact> {
        match (&args.atoms[..], name) {
            ([a, b], "=" | "==" | "not=" | "!=") => {
                let equal = matches!(name, "=" | "==");
                if self.unlike(args.types[0], args.types[1]) {
                    let (left, right, span) = (args.types[0], args.types[1], args.span);
                    self.report(|_| Finding::Unlike { span, left, right, result: !equal });
                }
                Some(if equal { Fact::Equal(*a, *b, args.span) } else { Fact::NotEqual(*a, *b, args.span) })
            }
            ([a], "not") => Some(Fact::Not(*a)),
            ([_], _) if name.ends_with('?') => Some(Fact::Call(id, args.atoms.clone(), args.span)),
            _ => None,
        }
    }

    /// Whether values of two types are never equal: numbers of both kinds may be.
    fn unlike(&mut self, a: Ty, b: Ty) -> bool {
        let widen = |k: Kinds| if k.meets(Kinds::NUMBER) { k.or(Kinds::NUMBER) } else { k };
        let (a, b) = (self.types.kinds(a), self.types.kinds(b));
        // Which Boolean it is, and whether a List is empty, is no matter of kind.
        let blur = |k: Kinds| {
            let k = if k.meets(Kinds::BOOL) { k.or(Kinds::BOOL) } else { k };
            widen(if k.meets(Kinds::LIST) { k.or(Kinds::LIST) } else { k })
        };
        !a.is_empty() && !b.is_empty() && !blur(a).meets(blur(b))
    }

    /// Says which argument no clause takes.
    fn no_clause(&mut self, id: FnId, args: &Args) {
        let Some(signature) = self.signature(id) else { return };
        // A handler that takes the operation takes whatever arguments it has.
        if self.table.is_handled(&self.name(id)) {
            return;
        }
        let count = args.types.len();
        let clauses: Vec<&SigClause> = signature.clauses.iter().filter(|c| takes(c, count)).collect();
        if clauses.is_empty() {
            let span = args.span;
            self.report(|in_try| Finding::Arity { span, callee: Who::Fn(id), count, in_try });
            return;
        }
        // The argument that all clauses refuse; else the first one that the last clause to fail refuses.
        let mut blamed = None;
        for (i, value) in args.types.iter().enumerate() {
            let fits =
                clauses.iter().map(|c| param(c, i).map_or(Fit::Yes, |p| self.fit(p, *value, &mut Bindings::default())));
            if fits.collect::<Vec<_>>().iter().all(|f| *f == Fit::No) {
                blamed = Some(i);
                break;
            }
        }
        let i = blamed.unwrap_or(count.saturating_sub(1));
        if i < count && self.types.within(args.types[i], Kinds::FUN) {
            let counts = clauses.iter().filter_map(|c| match param(c, i) {
                Some(Type::Function { params, rest: None, .. }) => Some(params.len()),
                _ => None,
            });
            if let Some(called_with) = counts.max() {
                return self.wrong_function(Who::Fn(id), args, i, called_with);
            }
        }
        let need = match blamed {
            Some(i) => clauses.iter().fold(Kinds::NONE, |k, c| k.or(param(c, i).map_or(Kinds::ALL, outer_kinds))),
            None => self.kinds_beside(&clauses, &args.types, i),
        };
        if i < count {
            let is_inside = blamed.is_some() && self.types.within(args.types[i], need);
            let need = if is_inside { self.parameter_types(&clauses, i) } else { self.types.of_kinds(need) };
            self.wrong_argument(Who::Fn(id), args, i, need, None);
        }
    }

    /// What the clauses take as argument `i`, where its kind alone does not tell what is wrong.
    fn parameter_types(&mut self, clauses: &[&SigClause], i: usize) -> Ty {
        let types: Vec<Ty> = clauses
            .iter()
            .map(|c| param(c, i).map_or(Types::ANY, |p| self.sig_type(p, &Bindings::default())))
            .collect();
        self.types.union_all(types)
    }

    /// The kinds of argument `i` in the clauses that take all others.
    fn kinds_beside(&mut self, clauses: &[&SigClause], args: &[Ty], i: usize) -> Kinds {
        let mut kinds = Kinds::NONE;
        for clause in clauses {
            let mut others = args.iter().enumerate().filter(|(j, _)| *j != i);
            let fits = others.all(|(j, value)| {
                param(clause, j).is_none_or(|p| self.fit(p, *value, &mut Bindings::default()) != Fit::No)
            });
            if fits {
                kinds = kinds.or(param(clause, i).map_or(Kinds::ALL, outer_kinds));
            }
        }
        kinds
    }

    pub(super) fn use_signature(&mut self, id: FnId, args: &[Ty], spread: Option<Ty>) -> SigUse {
        let mut all = SigUse {
            used: Used { result: Types::NEVER, eff: Eff::NONE, raises: false },
            accepted: vec![Types::NEVER; args.len()],
            failed: true,
        };
        let Some(signature) = self.signature(id) else { return all };
        let Some(fuel) = self.fuel.checked_sub(1) else {
            return SigUse { used: Used::UNKNOWN, accepted: vec![Types::ANY; args.len()], failed: false };
        };
        self.fuel = fuel;
        for clause in &signature.clauses {
            if !(takes(clause, args.len()) || spread.is_some() && args.len() <= clause.params.len()) {
                continue;
            }
            let mut bindings = Bindings::default();
            let fit = self.fit_clause(clause, args, spread, &mut bindings);
            if fit == Fit::No {
                continue;
            }
            all.failed = false;
            self.add_clause(clause, &bindings, &mut all);
            if fit == Fit::Yes && spread.is_none() {
                break;
            }
        }
        if spread.is_some() {
            all.failed = false;
        }
        all
    }

    /// The effects of a clause: what the function does itself, and what it is passed, which may run in a fiber.
    fn clause_effects(&mut self, clause: &SigClause, bindings: &Bindings) -> Eff {
        let (passed, own): (Vec<_>, Vec<_>) = clause.effects.iter().cloned().partition(|name| is_variable(name));
        let passed = self.sig_effects(&passed, bindings);
        let mut passed = self.types.effects.union(passed, bindings.open);
        if own.iter().any(|name| starts_fibers(name)) {
            passed = self.types.effects.in_fiber(passed);
        }
        let own = self.sig_effects(&own, bindings);
        self.types.effects.union(own, passed)
    }

    /// Adds what a clause gives for its bindings.
    fn add_clause(&mut self, clause: &SigClause, bindings: &Bindings, all: &mut SigUse) {
        // What ends in an operation alone gives whatever a handler resumes it with.
        let result = match clause.result {
            Type::Never if clause.effects.iter().any(|e| self.table.may_resume(e)) => Types::ANY,
            _ => self.sig_type(&clause.result, bindings),
        };
        all.used.result = self.types.union(all.used.result, result);
        let eff = self.clause_effects(clause, bindings);
        all.used.eff = self.types.effects.union(all.used.eff, eff);
        all.used.raises |= bindings.raises;
        for (i, accepted) in all.accepted.iter_mut().enumerate() {
            let kinds = param(clause, i).map_or(Kinds::ALL, outer_kinds);
            let ty = self.types.of_kinds(kinds);
            *accepted = self.types.union(*accepted, ty);
        }
    }

    fn fit_clause(&mut self, clause: &SigClause, args: &[Ty], spread: Option<Ty>, bindings: &mut Bindings) -> Fit {
        let mut fit = Fit::Yes;
        let mut functions: Vec<(&Type, Ty)> = Vec::new();
        let last = clause.params.len() + usize::from(clause.rest.is_some());
        let further = if spread.is_some() { last.saturating_sub(args.len()) } else { 0 };
        let given = args.iter().copied().chain(std::iter::repeat_n(spread.unwrap_or(Types::ANY), further));
        for (i, value) in given.enumerate() {
            let Some(ty) = param(clause, i) else { continue };
            if matches!(ty, Type::Function { .. }) {
                functions.push((ty, value));
            }
            fit = fit.min(self.fit(ty, value, bindings));
        }
        if fit != Fit::No {
            self.call_functions(&functions, bindings);
        }
        fit
    }

    /// Whether a parameter's type accepts a value; binds the type's variables, but for those of function types.
    fn fit(&mut self, ty: &Type, value: Ty, bindings: &mut Bindings) -> Fit {
        match ty {
            Type::Any => Fit::Yes,
            Type::Var(name) => {
                self.bind(name, value, bindings);
                Fit::Yes
            }
            Type::Or(types) => {
                let mut best = Fit::No;
                for t in types {
                    let part = self.types.of_kinds(outer_kinds(t));
                    let part = self.types.meet(value, part);
                    if part != Types::NEVER || value == Types::NEVER {
                        best = best.max(self.fit(t, part, bindings));
                    }
                }
                // All of it fits if every kind has its place.
                best.min(self.fit_kinds(value, outer_kinds(ty)))
            }
            Type::Function { params, rest, .. } => {
                let outer = self.fit_kinds(value, Kinds::FUN);
                if rest.is_some() { outer } else { outer.min(self.fit_count(value, params.len())) }
            }
            _ => {
                let outer = self.fit_kinds(value, outer_kinds(ty));
                if outer == Fit::No { outer } else { outer.min(self.fit_parts(ty, value, bindings)) }
            }
        }
    }

    /// Whether functions take so many arguments.
    fn fit_count(&self, value: Ty, count: usize) -> Fit {
        let node = self.types.node(value);
        let mut fits = node.parts.iter().filter_map(|part| match part {
            Part::Fn(id, _) => Some(self.takes(*id, count)),
            Part::Arrow(arrow) => Some(count == arrow.params.len() || arrow.rest.is_some()),
            _ => None,
        });
        let known = node.vars.is_empty() && node.parts.iter().any(|p| p.kind() == Kinds::FUN);
        match (known, fits.clone().all(|fit| fit), fits.any(|fit| fit)) {
            (true, true, _) => Fit::Yes,
            (true, _, false) => Fit::No,
            _ => Fit::Maybe,
        }
    }

    fn fit_kinds(&self, value: Ty, kinds: Kinds) -> Fit {
        let own = self.types.kinds(value);
        if kinds.has(own) {
            Fit::Yes
        } else if kinds.meets(own) {
            Fit::Maybe
        } else {
            Fit::No
        }
    }

    fn fit_parts(&mut self, ty: &Type, value: Ty, bindings: &mut Bindings) -> Fit {
        match ty {
            Type::List(t) => {
                let fit = self.fit_part(t, value, Proj::Item, bindings);
                // The empty List has no items to fail on.
                if self.types.kinds(value).meets(Kinds::EMPTY) { fit.max(Fit::Maybe) } else { fit }
            }
            Type::Set(t) => self.fit_part(t, value, Proj::Element, bindings).max(Fit::Maybe),
            Type::Promise(t) => self.fit_part(t, value, Proj::Promised, bindings).max(Fit::Maybe),
            Type::Channel(t) => self.fit_part(t, value, Proj::Message, bindings).max(Fit::Maybe),
            Type::Dict(k, v) => {
                let keys = self.fit_part(k, value, Proj::Key, bindings);
                keys.min(self.fit_part(v, value, Proj::Value, bindings)).max(Fit::Maybe)
            }
            Type::Tuple(items) => {
                let mut fit = Fit::Yes;
                for (i, t) in items.iter().enumerate() {
                    let proj = Proj::TupleItem { size: items.len() as u32, index: i as u32 };
                    let part = self.project(value, proj);
                    if part == Types::NEVER {
                        return Fit::No;
                    }
                    fit = fit.min(self.fit(t, part, bindings));
                }
                fit.min(Fit::Maybe)
            }
            Type::Data(name, args) => {
                let Some(data) = self.data_type(name) else { return Fit::Maybe };
                for (i, t) in args.iter().enumerate() {
                    self.fit_part(t, value, Proj::Arg { ty: data, index: i as u32 }, bindings);
                }
                Fit::Maybe
            }
            Type::Array(t) => {
                self.fit(t, Types::ANY, bindings);
                Fit::Yes
            }
            Type::Kind(_, args) => {
                args.iter().for_each(|t| {
                    self.fit(t, Types::ANY, bindings);
                });
                Fit::Maybe
            }
            _ => Fit::Yes,
        }
    }

    fn fit_part(&mut self, ty: &Type, value: Ty, proj: Proj, bindings: &mut Bindings) -> Fit {
        if matches!(ty, Type::Any) {
            return Fit::Yes;
        }
        let part = self.project(value, proj);
        self.fit(ty, part, bindings)
    }

    fn bind(&mut self, name: &Rc<str>, ty: Ty, bindings: &mut Bindings) -> bool {
        match bindings.types.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => {
                let new = self.types.union(*old, ty);
                std::mem::replace(old, new) != new
            }
            None => {
                bindings.types.push((name.clone(), ty));
                true
            }
        }
    }

    /// Calls the functions among the arguments with what the clause passes them, until their results say nothing new.
    fn call_functions(&mut self, functions: &[(&Type, Ty)], bindings: &mut Bindings) {
        for (ty, _) in functions {
            self.bind_results(ty, bindings);
        }
        for round in 0.. {
            let mut grown = false;
            for (ty, value) in functions {
                grown |= self.call_function(ty, *value, bindings);
            }
            if !grown || functions.is_empty() {
                return;
            }
            if round >= MAX_ROUNDS {
                bindings.types.iter_mut().for_each(|(_, t)| *t = Types::ANY);
                bindings.effects.iter_mut().for_each(|(_, e)| *e = Eff::UNKNOWN);
                return;
            }
        }
    }

    /// Variables that only results bind start empty; others that nothing binds are anything.
    fn bind_results(&mut self, ty: &Type, bindings: &mut Bindings) {
        if let Type::Function { result, .. } = ty {
            let mut work = vec![&**result];
            while let Some(t) = work.pop() {
                match t {
                    Type::Var(name) => {
                        self.bind(name, Types::NEVER, bindings);
                    }
                    Type::List(t) | Type::Set(t) | Type::Promise(t) => work.push(t),
                    Type::Tuple(ts) | Type::Or(ts) => work.extend(ts),
                    Type::Dict(k, v) => work.extend([&**k, v]),
                    _ => {}
                }
            }
        }
    }

    fn call_function(&mut self, ty: &Type, value: Ty, bindings: &mut Bindings) -> bool {
        let Type::Function { params, rest, result, effects } = ty else { return false };
        let args: Vec<Ty> = params.iter().map(|p| self.sig_type(p, bindings)).collect();
        let spread = rest.as_ref().map(|t| self.sig_type(t, bindings));
        let used = self.call_value(value, &args, spread);
        let before: Vec<Ty> = bindings.types.iter().map(|(_, t)| *t).collect();
        self.fit(result, used.result, bindings);
        let mut grown = bindings.types.iter().map(|(_, t)| *t).ne(before);
        bindings.raises |= used.raises;
        if effects.is_none() {
            bindings.open = self.types.effects.union(bindings.open, used.eff);
        }
        for name in effects.iter().flatten().filter(|n| is_variable(n)) {
            match bindings.effects.iter_mut().find(|(n, _)| n == name) {
                Some((_, old)) => {
                    let new = self.types.effects.union(*old, used.eff);
                    grown |= std::mem::replace(old, new) != new;
                }
                None => {
                    bindings.effects.push((name.clone(), used.eff));
                    grown = true;
                }
            }
        }
        grown
    }

    /// The type of a clause for its bindings.
    fn sig_type(&mut self, ty: &Type, bindings: &Bindings) -> Ty {
        let part = match ty {
            Type::Var(name) => return bindings.get(name).unwrap_or(Types::ANY),
            Type::Or(types) => {
                let types: Vec<Ty> = types.iter().map(|t| self.sig_type(t, bindings)).collect();
                return self.types.union_all(types);
            }
            Type::List(t) => {
                let item = self.sig_type(t, bindings);
                return self.types.list(item);
            }
            Type::Set(t) => Part::Set(self.sig_type(t, bindings)),
            Type::Promise(t) => Part::Promise(self.sig_type(t, bindings)),
            Type::Channel(t) => Part::Channel(self.sig_type(t, bindings)),
            Type::Dict(k, v) => Part::Dict(self.sig_type(k, bindings), self.sig_type(v, bindings)),
            Type::Tuple(items) => Part::Tuple(items.iter().map(|t| self.sig_type(t, bindings)).collect()),
            Type::Function { params, rest, result, effects } => Part::Arrow(Rc::new(Arrow {
                params: params.iter().map(|t| self.sig_type(t, bindings)).collect(),
                rest: rest.as_ref().map(|t| self.sig_type(t, bindings)),
                result: self.sig_type(result, bindings),
                eff: self.sig_effects(effects.as_deref().unwrap_or(&[]), bindings),
            })),
            Type::Data(name, args) => {
                let Some(data) = self.data_type(name) else { return Types::ANY };
                let mut args: Vec<Ty> = args.iter().map(|t| self.sig_type(t, bindings)).collect();
                args.resize(self.hir.ctors[data.index()].type_params.len(), Types::ANY);
                Part::Data { ty: data, ctors: self.ctors_of(data), args: args.into() }
            }
            _ => return self.types.of_kinds(outer_kinds(ty)),
        };
        self.types.of_part(part)
    }

    fn sig_effects(&mut self, names: &[Rc<str>], bindings: &Bindings) -> Eff {
        let mut all = Eff::NONE;
        for name in names {
            let bound = bindings.effects.iter().find(|(n, _)| n == name).map(|(_, e)| *e);
            let eff = match bound {
                Some(eff) => eff,
                // A variable that nothing binds stands for the effects of a function that was not seen.
                None if is_variable(name) => Eff::UNKNOWN,
                None => self.types.effects.of_name(name),
            };
            all = self.types.effects.union(all, eff);
        }
        all
    }

    /// All effects that a signature names, whatever it is called with.
    pub fn declared_effects(&mut self, id: FnId) -> Eff {
        let Some(signature) = self.signature(id) else { return Eff::NONE };
        let names: Vec<&Rc<str>> =
            signature.clauses.iter().flat_map(|c| &c.effects).filter(|n| !is_variable(n)).collect();
        names.into_iter().fold(Eff::NONE, |all, name| {
            let eff = self.types.effects.of_name(name);
            self.types.effects.union(all, eff)
        })
    }
}

fn takes(clause: &SigClause, count: usize) -> bool {
    count == clause.params.len() || (clause.rest.is_some() && count > clause.params.len())
}

/// The type of a clause's parameter, further ones included.
fn param(clause: &SigClause, index: usize) -> Option<&Type> {
    clause.params.get(index).or(clause.rest.as_ref())
}

/// Whether a name after `!` is a variable: neither an operation nor a built-in kind.
fn is_variable(name: &str) -> bool {
    const KINDS: [&str; 11] =
        ["io", "state", "error", "time", "random", "network", "async", "concurrent", "dom", "reactive", "gc"];
    !name.contains(':') && !KINDS.contains(&name)
}
