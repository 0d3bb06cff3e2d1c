//! Terminators, conditions, and what a branch teaches.

use cl_core::ir::{Atom, Block, Callee, Cond, Rhs, Stmt, Term};

use super::Simplifier;
use super::block::Work;
use super::fold::{self, Folded};
use crate::kinds::{Bits, KindSet, refine};
use crate::ops::Op;
use crate::visit::{is_droppable, prim_is_pure, term_atoms_mut};

/// A condition after simplification.
enum Test {
    Known(bool),
    Open(Cond),
    /// The branches change places.
    Negated(Cond),
}

impl Simplifier {
    /// Simplifies a terminator; `None` if the work goes on with a block in its place.
    pub(super) fn term(&mut self, mut term: Term, work: &mut Work) -> Option<Term> {
        term_atoms_mut(&mut term, &mut |a| *a = self.facts.resolve(*a));
        match term {
            Term::Return(_) | Term::Unreachable => Some(term),
            Term::TailCall(callee, args, span) => self.tail_call(callee, args, span, work),
            Term::TailApply(f, list, span) => match self.list_items(list) {
                Some(args) => self.tail_call(Callee::Value(f), args, span, work),
                None => Some(Term::TailApply(f, list, span)),
            },
            Term::Jump(label, args) => self.jump(label, args, work),
            Term::If { cond, then, otherwise } => self.branch(cond, then, otherwise, work),
            Term::Try { body, error, handler } => {
                let body = self.region_block(*body);
                if body.stmts.iter().all(never_raises) && matches!(body.term, Term::Jump(..)) {
                    work.out.extend(body.stmts);
                    return Some(body.term);
                }
                let handler = Box::new(self.region_block(*handler));
                Some(Term::Try { body: Box::new(body), error, handler })
            }
        }
    }

    fn region_block(&mut self, block: Block) -> Block {
        self.regions += 1;
        let outer = std::mem::replace(&mut self.region, self.regions);
        self.depth += 1;
        let block = self.scoped_block(block);
        self.depth -= 1;
        self.region = outer;
        block
    }

    fn branch(&mut self, cond: Cond, mut then: Box<Block>, mut otherwise: Box<Block>, work: &mut Work) -> Option<Term> {
        let cond = match self.test(cond) {
            Test::Known(taken) => {
                self.change();
                work.go_on_with(if taken { *then } else { *otherwise });
                return None;
            }
            Test::Open(cond) => cond,
            Test::Negated(cond) => {
                std::mem::swap(&mut then, &mut otherwise);
                cond
            }
        };
        *then = self.arm(&cond, true, *then);
        *otherwise = self.arm(&cond, false, *otherwise);
        Some(Term::If { cond, then, otherwise })
    }

    fn arm(&mut self, cond: &Cond, taken: bool, block: Block) -> Block {
        let mark = self.facts.mark();
        self.learn(cond, taken);
        let block = self.block(block);
        self.facts.forget(mark);
        block
    }

    fn test(&self, cond: Cond) -> Test {
        let known = match &cond {
            Cond::Truthy(a) => match fold::truth(&self.facts, *a) {
                Some(known) => Some(known),
                None => return self.truth_test(*a),
            },
            Cond::IsCtor(ctor, a) => fold::is_ctor(&self.facts, *ctor, *a),
            Cond::IsTuple(size, a) => fold::is_tuple(&self.facts, *size, *a),
            Cond::Prim(prim, args, span) => match fold::prim(&self.facts, *prim, args) {
                Folded::Atom(a) => return self.test(Cond::Truthy(a)),
                Folded::Prim(prim, args) => return Test::Open(Cond::Prim(prim, args, *span)),
                Folded::No => match (Op::of(*prim), args.as_slice(), self.facts.available(*prim, args)) {
                    (_, _, Some(Atom::Bool(b))) => Some(b),
                    (Op::Not, [a], _) => return negated(self.test(Cond::Truthy(*a))),
                    (_, _, Some(value)) => return Test::Open(Cond::Truthy(value)),
                    (_, _, None) => None,
                },
            },
        };
        known.map_or(Test::Open(cond), Test::Known)
    }

    /// The test that a Bool was computed by, if it costs nothing to do it again.
    fn truth_test(&self, value: Atom) -> Test {
        match self.facts.def(value) {
            Some(Rhs::IsCtor(ctor, a)) => Test::Open(Cond::IsCtor(*ctor, self.facts.resolve(*a))),
            Some(Rhs::IsTuple(size, a)) => Test::Open(Cond::IsTuple(*size, self.facts.resolve(*a))),
            Some(Rhs::Prim(p, args)) if Op::of(*p) == Op::Not => {
                negated(self.test(Cond::Truthy(self.facts.resolve(args[0]))))
            }
            _ => Test::Open(Cond::Truthy(value)),
        }
    }

    /// Takes in that a condition turned out so.
    fn learn(&mut self, cond: &Cond, taken: bool) {
        if let Cond::Prim(prim, args, _) = cond
            && Op::of(*prim).is_repeatable()
        {
            self.facts.make_available(*prim, args, Atom::Bool(taken));
        }
        let mut learnt = Vec::new();
        let mut note = |atom: Atom, set: KindSet| learnt.push((atom, set));
        let kinds = |atom: Atom| self.facts.kinds(self.facts.resolve(atom));
        refine::by_condition(self.ctors, cond, taken, &kinds, &mut note);
        if let Cond::Truthy(value) = cond
            && let Some(Rhs::Prim(prim, args)) = self.facts.def(*value)
        {
            refine::by_prim(self.ctors, *prim, args, taken, &kinds, &mut note);
        }
        learnt.into_iter().for_each(|(atom, set)| self.narrow(atom, set));
    }

    /// Narrows the set of a variable; if only one value is left, it stands for the variable.
    fn narrow(&mut self, atom: Atom, set: KindSet) {
        let Atom::Var(var) = self.facts.resolve(atom) else { return };
        let set = self.facts.kinds(Atom::Var(var)).intersection(set);
        self.facts.narrow(var, set);
        if let Some(value) = only_value(set.bits) {
            self.facts.replace(var, value);
        }
    }
}

fn never_raises(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Let { var: _, rhs, span: _ } => is_droppable(rhs),
        Stmt::Join(_) => false,
        Stmt::Funs(_) => true,
    }
}

fn negated(test: Test) -> Test {
    match test {
        Test::Known(known) => Test::Known(!known),
        Test::Open(cond) => Test::Negated(cond),
        Test::Negated(cond) => Test::Open(cond),
    }
}

/// The value of a kind that has but one.
fn only_value(kinds: Bits) -> Option<Atom> {
    match kinds {
        Bits::NIL => Some(Atom::Nil),
        Bits::FALSE => Some(Atom::Bool(false)),
        Bits::TRUE => Some(Atom::Bool(true)),
        Bits::EMPTY_LIST => Some(Atom::EmptyList),
        Bits::UNDEF => Some(Atom::Undef),
        _ => None,
    }
}

/// Whether testing has no effect and cannot raise.
pub(super) fn is_pure(cond: &Cond) -> bool {
    match cond {
        Cond::Truthy(_) | Cond::IsCtor(..) | Cond::IsTuple(..) => true,
        Cond::Prim(prim, ..) => prim_is_pure(*prim),
    }
}
