//! Calls as they stand in the program: arguments are checked and known better afterwards, effects are entered.

use super::Analysis;
use super::refine::Fact;
use crate::effects::Eff;
use crate::findings::{Argument, Finding};
use crate::scheme::{Callee as Who, Proj, Scheme, Why};
use crate::types::{FnId, Kinds, Part, Ty, TyVar, Types};
use cl_core::ir::{Atom, Callee, Datum};
use cl_text::Span;
use std::rc::Rc;

/// What a call gives.
pub(super) struct Outcome {
    pub result: Ty,
    /// What the result says of the arguments.
    pub fact: Option<Fact>,
    /// The function's name, where it is known.
    pub name: Option<Rc<str>>,
}

impl Outcome {
    fn of(result: Ty) -> Outcome {
        Outcome { result, fact: None, name: None }
    }
}

/// Arguments of a call: those that are there one by one, and the type of further ones that are in a List.
pub(super) struct Args {
    pub atoms: Vec<Atom>,
    pub types: Vec<Ty>,
    pub spread: Option<Ty>,
    pub span: Span,
}

impl<'p> Analysis<'p> {
    pub(super) fn call(&mut self, callee: &Callee, args: &[Atom], span: Span) -> Outcome {
        match callee {
            Callee::Func(f) => {
                let id = FnId(f.0);
                let args = self.unpacked(id, args, span);
                self.call_known(id, &[], &args)
            }
            Callee::Known(_, f) | Callee::Value(f) => self.call_atom(*f, args, span),
        }
    }

    fn args(&mut self, atoms: Vec<Atom>, spread: Option<Ty>, span: Span) -> Args {
        let types = atoms.iter().map(|a| self.atom(*a)).collect();
        Args { atoms, types, spread, span }
    }

    /// The arguments of a direct call, further ones of a variadic function taken out of their List.
    fn unpacked(&mut self, id: FnId, args: &[Atom], span: Span) -> Args {
        let variadic = self.table.get(id).func.variadic;
        let Some((last, fixed)) = args.split_last().filter(|_| variadic) else {
            return self.args(args.to_vec(), None, span);
        };
        let mut atoms = fixed.to_vec();
        let mut at = *last;
        loop {
            let cons = match at {
                Atom::Var(v) => self.conses.get(&v).copied(),
                Atom::Data(d) => match &self.core.data[d.index()] {
                    Datum::Cons(head, tail) => Some((*head, *tail)),
                    _ => None,
                },
                _ => None,
            };
            let Some((head, tail)) = cons else { break };
            atoms.push(head);
            at = tail;
        }
        let spread = match at {
            Atom::EmptyList => None,
            _ => {
                let rest = self.atom(at);
                Some(self.project(rest, Proj::Item))
            }
        };
        self.args(atoms, spread, span)
    }

    fn call_atom(&mut self, f: Atom, args: &[Atom], span: Span) -> Outcome {
        let value = self.atom(f);
        let args = self.args(args.to_vec(), None, span);
        if !self.types.kinds(value).meets(Kinds::FUN) {
            return self.not_function(f, value, span);
        }
        let node = self.types.node(value).clone();
        if let (true, [Part::Fn(id, env)]) = (node.vars.is_empty(), &node.parts[..])
            && node.kinds.meets(Kinds::FUN)
        {
            let outcome = if self.takes(*id, args.types.len()) {
                self.call_known(*id, env, &args)
            } else {
                self.wrong_count(*id, &args)
            };
            self.used_as_function(f, span);
            return outcome;
        }
        self.fuel = FUEL;
        let used = self.call_value(value, &args.types, None);
        let mut reached = args.types.clone();
        reached.push(value);
        self.add_effects(used.eff, span, None, &reached);
        self.used_as_function(f, span);
        let result = self.of_these_arguments(used.result, value);
        self.ended(result, used.raises);
        Outcome::of(result)
    }

    /// The result of a call that never returns for its arguments, by functions that return for others: it fails in a way that
    /// is not told, so nothing is said of what follows.
    fn of_these_arguments(&self, result: Ty, callee: Ty) -> Ty {
        let returns = |f: &FnId| self.signature(*f).is_some() || self.schemes[f.index()].result != Types::NEVER;
        let node = self.types.node(callee);
        let mut functions = node.parts.iter().filter_map(|p| if let Part::Fn(f, _) = p { Some(*f) } else { None });
        if result == Types::NEVER && functions.any(|f| returns(&f)) { Types::ANY } else { result }
    }

    fn used_as_function(&mut self, f: Atom, span: Span) {
        let need = self.types.of_kinds(Kinds::FUN);
        self.used_as(f, need, Why::Made { span, by: None });
    }

    fn not_function(&mut self, f: Atom, value: Ty, span: Span) -> Outcome {
        if value == Types::NEVER {
            return Outcome::of(Types::NEVER);
        }
        let why = self.why(f);
        self.report(|in_try| Finding::NotFunction { span, value, why, in_try });
        // Should it be reached all the same, nothing is known of it.
        self.add_effects(Eff::UNKNOWN, span, None, &[]);
        Outcome::of(Types::ANY)
    }

    fn wrong_count(&mut self, id: FnId, args: &Args) -> Outcome {
        let (span, count) = (args.span, args.types.len());
        self.report(|in_try| Finding::Arity { span, callee: Who::Fn(id), count, in_try });
        Outcome::of(Types::ANY)
    }

    /// A call whose function may raise on purpose, or never returns, may be where this function ends.
    fn ended(&mut self, result: Ty, raises: bool) {
        if raises {
            self.exit_by_raise();
        } else if result == Types::NEVER {
            self.exit();
        }
    }

    fn call_known(&mut self, id: FnId, env: &[(TyVar, Ty)], args: &Args) -> Outcome {
        if self.signature(id).is_some() {
            return self.call_signed(id, args);
        }
        let Some(scheme) = self.scheme(id) else {
            self.add_effects(Eff::UNKNOWN, args.span, None, &[]);
            self.ended(Types::ANY, true);
            return Outcome::of(Types::ANY);
        };
        let open = self.active[id.index()] && !self.settled;
        self.recursive |= open;
        let failed = !open && args.spread.is_none() && self.check_args(id, &scheme, args);
        self.fuel = FUEL;
        let used = self.instantiate(id, env, &args.types, args.spread);
        if !open && !failed && args.spread.is_none() {
            for (i, atom) in args.atoms.iter().enumerate().take(scheme.needs.len()) {
                if self.is_rest(id, i) {
                    break;
                }
                let why = Why::Argument { span: args.span, callee: Who::Fn(id), index: i as u32 };
                self.used_as(*atom, scheme.needs[i], why);
            }
        }
        let mut reached = args.types.clone();
        reached.extend(env.iter().map(|(_, t)| *t));
        self.add_effects(used.eff, args.span, Some(id), &reached);
        if failed {
            return Outcome::of(Types::ANY);
        }
        // As above.
        let result = if scheme.result == Types::NEVER || open { used.result } else { self.or_any(used.result) };
        self.ended(result, used.raises);
        let fact = Some(Fact::Call(id, args.atoms.clone(), args.span)).filter(|_| args.spread.is_none());
        Outcome { result, fact, name: Some(self.name(id)) }
    }

    pub(super) fn or_any(&self, result: Ty) -> Ty {
        if result == Types::NEVER { Types::ANY } else { result }
    }

    fn is_rest(&self, id: FnId, index: usize) -> bool {
        let func = self.table.get(id).func;
        func.variadic && index + 1 >= func.params.len()
    }

    /// Finds the first argument that a function certainly fails on.
    fn check_args(&mut self, id: FnId, scheme: &Scheme, args: &Args) -> bool {
        for (i, value) in args.types.iter().enumerate() {
            if *value == Types::NEVER || i >= scheme.needs.len() && !self.table.get(id).func.variadic {
                return false;
            }
            let need = if self.is_rest(id, i) {
                match scheme.needs.last() {
                    Some(list) => self.project(*list, Proj::Item),
                    None => Types::ANY,
                }
            } else {
                scheme.needs[i]
            };
            if need != Types::NEVER && self.types.disjoint(*value, need) {
                let slot = i.min(scheme.whys.len().saturating_sub(1));
                self.wrong_argument(Who::Fn(id), args, i, need, scheme.whys[slot].clone());
                return true;
            }
        }
        false
    }

    pub(super) fn wrong_argument(&mut self, callee: Who, args: &Args, i: usize, need: Ty, need_why: Option<Why>) {
        let value_why = args.atoms.get(i).and_then(|a| self.why(*a));
        let (span, value, index) = (args.span, args.types[i], i as u32);
        self.report(|in_try| {
            Finding::Argument(Box::new(Argument { span, callee, index, value, need, value_why, need_why, in_try }))
        });
    }

    /// An argument is a function that does not take as many arguments as it is called with.
    pub(super) fn wrong_function(&mut self, callee: Who, args: &Args, i: usize, called_with: usize) {
        let functions = self.types.functions(args.types[i]);
        let (span, index) = (args.span, i as u32);
        if let [function] = functions[..] {
            self.report(|in_try| Finding::Callback { span, callee, index, function, called_with, in_try });
        }
    }

    /// Calls a function with the items of a List.
    pub(super) fn apply(&mut self, f: Atom, list: Atom, span: Span) -> Ty {
        let (value, list) = (self.atom(f), self.atom(list));
        if !self.types.kinds(value).meets(Kinds::FUN) {
            return self.not_function(f, value, span).result;
        }
        let item = self.project(list, Proj::Item);
        self.fuel = FUEL;
        let used = self.call_value(value, &[], Some(item));
        self.add_effects(used.eff, span, None, &[value, item]);
        self.ended(used.result, used.raises);
        used.result
    }
}

/// Uses of schemes that the evaluation of one call may make; beyond, nothing is known of its result.
pub(super) const FUEL: u32 = 400;
