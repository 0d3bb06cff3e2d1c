//! Uses of schemes: what a function gives and does for arguments of some types.

use super::Analysis;
use super::call::FUEL;
use crate::effects::Eff;
use crate::scheme::{Def, Derive, Scheme};
use crate::types::{FnId, Kinds, Part, Subst, Ty, TyVar, Types};
use cl_lang::hir::SigClause;
use std::rc::Rc;

/// Rounds over the definitions of a scheme, after which results of calls that still grow may be anything.
const MAX_ROUNDS: usize = 4;

/// What using a function value comes to.
#[derive(Clone, Copy)]
pub(super) struct Used {
    pub result: Ty,
    pub eff: Eff,
    /// It may end by raising on purpose.
    pub raises: bool,
}

impl Used {
    const NOTHING: Used = Used { result: Types::NEVER, eff: Eff::NONE, raises: false };
    pub const UNKNOWN: Used = Used { result: Types::ANY, eff: Eff::UNKNOWN, raises: true };
}

/// A use of a scheme that depends on nothing around it, for the memory of these.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Use {
    id: FnId,
    version: u32,
    env: Box<[(TyVar, Ty)]>,
    args: Box<[Ty]>,
    spread: Option<Ty>,
}

/// The values of a scheme's variables, while they are computed.
struct Values {
    types: Vec<(TyVar, Ty)>,
    effects: Vec<(TyVar, Eff)>,
    raises: bool,
}

impl<'p> Analysis<'p> {
    /// Whether a function takes so many arguments.
    pub(super) fn takes(&self, id: FnId, count: usize) -> bool {
        if let Some(signature) = self.signature(id) {
            return signature
                .clauses
                .iter()
                .any(|c| count == c.params.len() || (c.rest.is_some() && count > c.params.len()));
        }
        self.clauses(id).iter().any(|f| self.clause_takes(*f, count))
    }

    /// The least and the largest number of arguments that a function takes.
    pub fn counts(&self, id: FnId) -> (usize, Option<usize>) {
        let counts: Vec<(usize, Option<usize>)> = match self.signature(id) {
            Some(signature) => {
                let count = |c: &SigClause| (c.params.len(), c.rest.is_none().then_some(c.params.len()));
                signature.clauses.iter().map(count).collect()
            }
            None => self
                .clauses(id)
                .iter()
                .map(|f| self.table.get(*f).func)
                .map(|f| {
                    let count = f.params.len();
                    if f.variadic { (count - 1, None) } else { (count, Some(count)) }
                })
                .collect(),
        };
        let least = counts.iter().map(|c| c.0).min().unwrap_or(0);
        let most = counts.iter().map(|c| c.1).try_fold(0, |most, c| c.map(|c| c.max(most)));
        (least, most)
    }

    fn clause_takes(&self, id: FnId, count: usize) -> bool {
        let func = self.table.get(id).func;
        if func.variadic { count + 1 >= func.params.len() } else { count == func.params.len() }
    }

    /// Calls a function value. All functions that it may be contribute.
    pub(super) fn call_value(&mut self, callee: Ty, args: &[Ty], spread: Option<Ty>) -> Used {
        let node = self.types.node(callee).clone();
        let mut all = Used::NOTHING;
        let known = node.parts.iter().any(|p| p.kind() == Kinds::FUN);
        let nothing = !node.kinds.meets(Kinds::FUN) && node.vars.is_empty();
        if (node.kinds.meets(Kinds::FUN) && !known) || nothing {
            return Used { result: if nothing { Types::NEVER } else { Types::ANY }, ..Used::UNKNOWN };
        }
        for part in &node.parts {
            let used = match part {
                Part::Fn(id, env) => self.use_function(*id, env, args, spread),
                Part::Arrow(arrow) => Used { result: arrow.result, eff: arrow.eff, raises: true },
                _ => continue,
            };
            all = self.join_used(all, used);
        }
        for (var, bound) in &node.vars {
            if self.types.kinds(*bound).meets(Kinds::FUN) {
                let used = self.call_variable(*var, args, spread);
                all = self.join_used(all, used);
            }
        }
        all
    }

    fn join_used(&mut self, a: Used, b: Used) -> Used {
        Used {
            result: self.types.union(a.result, b.result),
            eff: self.types.effects.union(a.eff, b.eff),
            raises: a.raises || b.raises,
        }
    }

    fn use_function(&mut self, id: FnId, env: &[(TyVar, Ty)], args: &[Ty], spread: Option<Ty>) -> Used {
        if self.signature(id).is_some() {
            return self.use_signature(id, args, spread).used;
        }
        let mut all = Used::NOTHING;
        for clause in self.clauses(id) {
            if spread.is_some() || self.clause_takes(clause, args.len()) {
                let used = self.instantiate(clause, env, args, spread);
                all = self.join_used(all, used);
                if spread.is_none() {
                    break;
                }
            }
        }
        all
    }

    /// A call of what a caller passes: its result is a variable, its effects are named by that.
    fn call_variable(&mut self, callee: TyVar, args: &[Ty], spread: Option<Ty>) -> Used {
        let how = Derive::Apply(callee, args.len() as u32, spread.is_some());
        let Some(var) = self.derived_var(how, callee) else { return Used::UNKNOWN };
        let id = self.frame.id;
        let given: Vec<Ty> = args.iter().copied().chain(spread).collect();
        self.widen_call(id, self.definitions[&var], &given);
        Used { result: self.types.of_var(var, Types::ANY), eff: self.types.effects.of_call(var), raises: true }
    }

    /// Adds arguments to those of a scheme's call.
    fn widen_call(&mut self, id: FnId, position: usize, given: &[Ty]) {
        let scheme = self.schemes[id.index()].clone();
        let Def::Apply { var, callee, args, spread } = &scheme.defs[position] else { return };
        let mut args = args.clone();
        args.resize(given.len(), Types::NEVER);
        let before = args.clone();
        for (arg, ty) in args.iter_mut().zip(given) {
            *arg = self.types.union(*arg, *ty);
        }
        if args == before {
            return;
        }
        let def = Def::Apply { var: *var, callee: *callee, args, spread: *spread };
        let scheme = Rc::make_mut(&mut self.schemes[id.index()]);
        Rc::make_mut(&mut scheme.defs)[position] = def;
        scheme.version += 1;
        self.grown |= self.recursive;
    }

    /// What a function's scheme says for arguments. With `spread`, further arguments of that type come in any number.
    pub(super) fn instantiate(&mut self, id: FnId, env: &[(TyVar, Ty)], args: &[Ty], spread: Option<Ty>) -> Used {
        let Some(scheme) = self.scheme(id) else { return Used::UNKNOWN };
        if self.active[id.index()] && !self.settled {
            self.recursive = true;
        }
        if self.given_up && self.active[id.index()] {
            return Used::UNKNOWN;
        }
        let Some(fuel) = self.fuel.checked_sub(1) else { return Used::UNKNOWN };
        self.fuel = fuel;
        let raises = scheme.raises;
        if scheme.defs.is_empty() && !self.types.is_open(scheme.result) {
            let eff = scheme.eff;
            if self.types.effects.set(eff).calls.is_empty() {
                return Used { result: scheme.result, eff, raises };
            }
        }
        let closed = args.iter().chain(&spread).chain(env.iter().map(|(_, t)| t)).all(|t| !self.types.is_open(*t));
        let key = Use { id, version: scheme.version, env: env.into(), args: args.into(), spread };
        if closed && let Some((result, eff)) = self.memo.get(&key) {
            return Used { result: *result, eff: *eff, raises };
        }
        let used = self.evaluate(id, &scheme, env, args, spread);
        // What ran out of fuel half-way may be known better another time.
        if closed && self.fuel > 0 {
            self.memo.insert(key, (used.result, used.eff));
        }
        used
    }

    fn evaluate(&mut self, id: FnId, scheme: &Scheme, env: &[(TyVar, Ty)], args: &[Ty], spread: Option<Ty>) -> Used {
        let mut values = Values { types: env.to_vec(), effects: Vec::new(), raises: scheme.raises };
        self.bind_arguments(id, scheme, args, spread, &mut values);
        for def in scheme.defs.iter() {
            values.types.push((def.var(), Types::NEVER));
            values.effects.push((def.var(), Eff::NONE));
        }
        let first = values.types.len() - scheme.defs.len();
        for round in 0.. {
            let mut grown = false;
            for (i, def) in scheme.defs.iter().enumerate() {
                grown |= self.evaluate_def(def, first + i, i, &mut values);
            }
            if !grown {
                break;
            }
            if round >= MAX_ROUNDS {
                self.give_up_calls(scheme, first, &mut values);
                break;
            }
        }
        let with = Subst { types: &values.types, effects: &values.effects };
        let result = self.types.subst(scheme.result, &with);
        let eff = self.types.effects.subst(scheme.eff, &values.effects);
        Used { result, eff, raises: values.raises }
    }

    fn bind_arguments(&mut self, id: FnId, scheme: &Scheme, args: &[Ty], spread: Option<Ty>, values: &mut Values) {
        let variadic = self.table.get(id).func.variadic;
        let fixed = scheme.params.len() - usize::from(variadic);
        for (i, param) in scheme.params.iter().enumerate().take(fixed) {
            let value = args.get(i).copied().or(spread).unwrap_or(Types::NEVER);
            values.types.push((*param, value));
        }
        if let (true, Some(rest)) = (variadic, scheme.params.last()) {
            let further = args.iter().skip(fixed).copied().chain(spread);
            let item = self.types.union_all(further.collect::<Vec<_>>());
            let list = self.types.list(item);
            values.types.push((*rest, list));
        }
    }

    /// Evaluates a definition once more; whether its value has grown.
    fn evaluate_def(&mut self, def: &Def, at: usize, call: usize, values: &mut Values) -> bool {
        let used = match def {
            Def::Project { of, proj, .. } => {
                let of = self.value_of(*of, values);
                Used { result: self.project(of, *proj), ..Used::NOTHING }
            }
            Def::Apply { callee, args, spread, .. } => {
                let callee = self.value_of(*callee, values);
                let with = Subst { types: &values.types, effects: &values.effects };
                let mut given: Vec<Ty> = args.iter().map(|t| self.types.subst(*t, &with)).collect();
                let spread = if *spread { given.pop() } else { None };
                self.call_value(callee, &given, spread)
            }
        };
        let result = self.types.union(values.types[at].1, used.result);
        let eff = self.types.effects.union(values.effects[call].1, used.eff);
        let grown = result != values.types[at].1 || eff != values.effects[call].1;
        values.types[at].1 = result;
        values.effects[call].1 = eff;
        values.raises |= used.raises;
        grown
    }

    fn value_of(&mut self, var: TyVar, values: &Values) -> Ty {
        match values.types.iter().find(|(v, _)| *v == var) {
            Some((_, ty)) => *ty,
            None => self.types.of_var(var, Types::ANY),
        }
    }

    /// Results of calls may be anything, which may do more; parts of them too.
    fn give_up_calls(&mut self, scheme: &Scheme, first: usize, values: &mut Values) {
        for (i, def) in scheme.defs.iter().enumerate() {
            values.types[first + i].1 = Types::ANY;
            if matches!(def, Def::Apply { .. }) {
                values.effects[i].1 = Eff::UNKNOWN;
            }
        }
    }

    /// A call by someone of whose arguments nothing is known.
    pub(super) fn call_with_any(&mut self, callee: Ty) -> Used {
        self.fuel = FUEL;
        self.call_value(callee, &[], Some(Types::ANY))
    }
}
