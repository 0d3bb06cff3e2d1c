//! What conditions and uses tell of variables (occurrence typing).

use super::Analysis;
use crate::prims;
use crate::scheme::Why;
use crate::types::{FnId, Kinds, Part, Ty, Types};
use cl_abi::prims::PrimId;
use cl_core::ir::{Atom, Cond, CtorId, VarId};
use cl_text::Span;
use std::rc::Rc;

/// What a variable's value says about others when it is true or false.
#[derive(Debug)]
pub(super) enum Fact {
    Cond(Cond),
    Equal(Atom, Atom, Span),
    NotEqual(Atom, Atom, Span),
    Not(Atom),
    /// The result of a function that is known by its scheme.
    Call(FnId, Vec<Atom>, Span),
}

impl<'p> Analysis<'p> {
    pub(super) fn set_fact(&mut self, var: VarId, fact: Fact) {
        self.facts[var.index()] = Some(Rc::new(fact));
    }

    /// Takes a condition to hold or not to; whether that is possible.
    pub(super) fn assume_cond(&mut self, cond: &Cond, truth: bool) -> bool {
        match cond {
            Cond::Truthy(a) => self.assume_truth(*a, truth),
            Cond::IsCtor(ctor, a) => {
                let test = self.ctor_test(*ctor);
                self.assume_test(*a, test, truth, None)
            }
            Cond::IsTuple(size, a) => {
                let test = self.types.of_part(Part::Tuple(vec![Types::ANY; *size].into()));
                self.assume_test(*a, test, truth, None)
            }
            Cond::Prim(prim, args, span) => self.assume_prim(*prim, args, truth, *span),
        }
    }

    /// The test for values of a constructor.
    pub(super) fn ctor_test(&mut self, ctor: CtorId) -> Ty {
        let args = vec![Types::ANY; self.hir.ctors[ctor.index()].type_params.len()];
        let ty = self.data_types[ctor.index()];
        self.types.of_part(Part::Data { ty, ctors: [ctor].into(), args: args.into() })
    }

    pub(super) fn assume_truth(&mut self, atom: Atom, truth: bool) -> bool {
        let falsy = self.types.of_kinds(Kinds::FALSY);
        self.assume_test(atom, falsy, !truth, None)
    }

    fn assume_prim(&mut self, prim: PrimId, args: &[Atom], truth: bool, span: Span) -> bool {
        if let Some(kinds) = prims::test_of(prim) {
            let test = self.types.of_kinds(kinds);
            return self.assume_test(args[0], test, truth, Some(Why::Test(span)));
        }
        match prim.get().name {
            "%not" => self.assume_truth(args[0], !truth),
            "%same" | "%eq" => self.assume_equal(args[0], args[1], truth, span),
            _ => true,
        }
    }

    /// Equal to a constant: of its kind. Not equal: not it, where it is the only value of its kind.
    fn assume_equal(&mut self, a: Atom, b: Atom, truth: bool, span: Span) -> bool {
        if a == Atom::Undef || b == Atom::Undef {
            return true;
        }
        let (var, constant) = match (a, b) {
            (Atom::Var(_), Atom::Var(_)) => return true,
            (Atom::Var(_), constant) => (a, constant),
            (constant, _) => (b, constant),
        };
        match constant {
            Atom::Nil | Atom::Bool(_) | Atom::EmptyList => {
                let test = self.constant(constant);
                self.assume_test(var, test, truth, Some(Why::Test(span)))
            }
            Atom::Ctor(ctor) => {
                let test = self.ctor_test(ctor);
                self.assume_test(var, test, truth, Some(Why::Test(span)))
            }
            _ if !truth => true,
            _ => {
                let ty = self.constant(constant);
                let mut kinds = self.types.kinds(ty);
                if kinds.meets(Kinds::NUMBER) {
                    kinds = kinds.or(Kinds::NUMBER);
                }
                let test = self.types.of_kinds(kinds);
                self.assume_test(var, test, truth, Some(Why::Test(span)))
            }
        }
    }

    fn assume_test(&mut self, atom: Atom, test: Ty, truth: bool, why: Option<Why>) -> bool {
        let before = self.atom(atom);
        let after = if truth { self.types.meet(before, test) } else { self.types.subtract(before, test) };
        self.assume(atom, before, after, why)
    }

    /// Takes a value to be of a narrower type, with what follows from that; whether that is possible.
    fn assume(&mut self, atom: Atom, before: Ty, after: Ty, why: Option<Why>) -> bool {
        if after == Types::NEVER {
            return before == Types::NEVER;
        }
        let Atom::Var(var) = atom else { return true };
        if after == before {
            return true;
        }
        self.narrow(var, after, why);
        let kinds = self.types.kinds(after);
        let Some(fact) = self.facts[var.index()].clone() else { return true };
        if Kinds::FALSY.has(kinds) {
            self.assume_fact(&fact, false)
        } else if !kinds.meets(Kinds::FALSY) {
            self.assume_fact(&fact, true)
        } else {
            true
        }
    }

    fn assume_fact(&mut self, fact: &Fact, truth: bool) -> bool {
        match fact {
            Fact::Cond(cond) => self.assume_cond(cond, truth),
            Fact::Equal(a, b, span) => self.assume_equal(*a, *b, truth, *span),
            Fact::NotEqual(a, b, span) => self.assume_equal(*a, *b, !truth, *span),
            Fact::Not(a) => self.assume_truth(*a, !truth),
            Fact::Call(id, args, span) => {
                if self.active[id.index()] && !self.settled {
                    return true;
                }
                let Some(scheme) = self.scheme(*id) else { return true };
                let known = if truth { &scheme.when_true } else { &scheme.when_false };
                args.iter().zip(known).all(|(arg, ty)| self.assume_test(*arg, *ty, true, Some(Why::Test(*span))))
            }
        }
    }

    /// An operation has taken the value: it is what the operation needs.
    pub(super) fn used_as(&mut self, atom: Atom, need: Ty, why: Why) {
        if let Atom::Var(var) = atom {
            let before = self.env[var.index()];
            let after = self.types.meet(before, need);
            if after != before && after != Types::NEVER {
                self.narrow(var, after, Some(why));
            }
        }
    }
}
