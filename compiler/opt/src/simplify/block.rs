//! Blocks and statements.

use cl_abi::prims::{self, PrimId, flags};
use cl_core::ir::{Atom, Block, Callee, Rhs, Stmt, Term, VarId};
use cl_text::Span;

use super::Simplifier;
use super::fold::{self, Folded};
use crate::kinds::{Bits, KindSet, transfer};
use crate::ops::{Op, result_bits};
use crate::visit::rhs_atoms_mut;

/// A block on the way: what is done, and what is still to do.
pub(super) struct Work {
    pub out: Vec<Stmt>,
    /// In reverse order.
    pub pending: Vec<Stmt>,
    pub term: Term,
}

impl Work {
    /// Puts a block's statements before what is pending; gives its terminator.
    pub fn push_front(&mut self, block: Block) -> Term {
        self.pending.extend(block.stmts.into_iter().rev());
        block.term
    }

    /// Goes on with a block instead of the terminator; nothing may be pending.
    pub fn go_on_with(&mut self, block: Block) {
        debug_assert!(self.pending.is_empty(), "the terminator is the last thing to do");
        self.term = self.push_front(block);
    }

    /// What follows is never reached.
    pub fn cut(&mut self) {
        self.pending.clear();
        self.term = Term::Unreachable;
    }
}

impl Simplifier {
    pub(super) fn block(&mut self, block: Block) -> Block {
        let mut work = Work { out: Vec::new(), pending: Vec::new(), term: Term::Unreachable };
        work.term = work.push_front(block);
        self.run(work)
    }

    pub(super) fn run(&mut self, mut work: Work) -> Block {
        loop {
            while let Some(stmt) = work.pending.pop() {
                self.statement(stmt, &mut work);
            }
            let term = std::mem::replace(&mut work.term, Term::Unreachable);
            if let Some(term) = self.term(term, &mut work) {
                return finish(work.out, term, self.region == 0);
            }
        }
    }

    fn statement(&mut self, stmt: Stmt, work: &mut Work) {
        match stmt {
            Stmt::Let { var, mut rhs, span } => {
                rhs_atoms_mut(&mut rhs, &mut |a| *a = self.facts.resolve(*a));
                self.binding(var, rhs, span, work);
            }
            Stmt::Join(join) => self.join(join, work),
            Stmt::Funs(funs) => self.funs(funs, work),
        }
    }

    fn binding(&mut self, var: VarId, rhs: Rhs, span: Span, work: &mut Work) {
        match rhs {
            Rhs::Atom(a) => self.facts.replace(var, a),
            Rhs::Prim(prim, args) => self.prim(var, prim, args, span, work),
            Rhs::Call(callee, args) => self.call(var, callee, args, span, work),
            Rhs::Apply(f, list) => match self.list_items(list) {
                Some(args) => self.call(var, Callee::Value(f), args, span, work),
                None => work.out.push(Stmt::Let { var, rhs: Rhs::Apply(f, list), span }),
            },
            Rhs::IsCtor(..) | Rhs::IsTuple(..) => match fold::shape_test(&self.facts, &rhs) {
                Some(known) => {
                    self.change();
                    self.facts.replace(var, Atom::Bool(known));
                }
                None => self.define(var, rhs, KindSet::of(Bits::BOOL), span, work),
            },
            Rhs::Field(index, value) => match self.facts.def(value) {
                Some(Rhs::Construct(_, items) | Rhs::Tuple(items)) if index < items.len() => {
                    let item = items[index];
                    self.change();
                    self.facts.replace(var, item);
                }
                _ => work.out.push(Stmt::Let { var, rhs, span }),
            },
            Rhs::Construct(ctor, _) => {
                self.define(var, rhs, KindSet::constructor(Bits::DATA, ctor), span, work);
            }
            Rhs::Tuple(_) => self.define(var, rhs, KindSet::of(Bits::TUPLE), span, work),
            Rhs::SetCell(..) | Rhs::SetGlobal(..) => {
                self.facts.replace(var, Atom::Nil);
                work.out.push(Stmt::Let { var, rhs, span });
            }
            Rhs::Closures { .. } | Rhs::NewCell(_) | Rhs::GetCell(_) | Rhs::GetGlobal(_) | Rhs::Effect(_) => {
                work.out.push(Stmt::Let { var, rhs, span });
            }
        }
    }

    /// Keeps a computation without effect and remembers it.
    fn define(&mut self, var: VarId, rhs: Rhs, known: KindSet, span: Span, work: &mut Work) {
        let telling = match &rhs {
            Rhs::Prim(prim, _) => Op::of(*prim).tells_of_arguments(),
            _ => true,
        };
        if telling {
            self.facts.define(var, rhs.clone());
        }
        self.facts.set_kinds(var, known);
        work.out.push(Stmt::Let { var, rhs, span });
    }

    fn prim(&mut self, var: VarId, prim: PrimId, args: Vec<Atom>, span: Span, work: &mut Work) {
        let (prim, args) = match fold::prim(&self.facts, prim, &args) {
            Folded::Atom(a) => {
                self.change();
                if let (Op::DictGet | Op::Get, Atom::Var(value)) = (Op::of(prim), a) {
                    // No Dict holds the mark of what is not there, which patterns ask for as the default.
                    let known = self.facts.kinds(a).limit(Bits::ALL.without(Bits::UNDEF));
                    self.facts.narrow(value, known);
                }
                return self.facts.replace(var, a);
            }
            Folded::Prim(prim, args) => (prim, args),
            Folded::No => (prim, args),
        };
        let row = prim.get();
        let known = self.result_kinds(prim, &args);
        if row.result == prims::Result::Never {
            work.out.push(Stmt::Let { var, rhs: Rhs::Prim(prim, args), span });
            return work.cut();
        }
        if !row.is(flags::PURE) {
            self.facts.set_kinds(var, known);
            work.out.push(Stmt::Let { var, rhs: Rhs::Prim(prim, args), span });
            return;
        }
        if Op::of(prim).is_repeatable() {
            if let Some(known) = self.facts.available(prim, &args) {
                self.change();
                return self.facts.replace(var, known);
            }
            self.facts.make_available(prim, &args, Atom::Var(var));
        }
        self.define(var, Rhs::Prim(prim, args), known, span, work);
    }

    fn result_kinds(&self, prim: PrimId, args: &[Atom]) -> KindSet {
        let mut kinds = [KindSet::ANY; 4];
        if args.len() > kinds.len() {
            return KindSet::of(result_bits(prim));
        }
        for (kind, arg) in kinds.iter_mut().zip(args) {
            *kind = self.facts.kinds(*arg);
        }
        transfer::result(prim, &kinds[..args.len()])
    }

    /// The items of a List that was just made from them.
    pub(super) fn list_items(&self, list: Atom) -> Option<Vec<Atom>> {
        let mut items = Vec::new();
        let mut list = list;
        while list != Atom::EmptyList {
            match self.facts.def(list) {
                Some(Rhs::Prim(p, args)) if matches!(Op::of(*p), Op::Cons | Op::ConsUnchecked) => {
                    items.push(args[0]);
                    list = args[1];
                }
                _ => return None,
            }
            if items.len() > cl_abi::layout::MAX_PARAMS {
                return None;
            }
        }
        Some(items)
    }
}

/// A call whose value is returned at once is a tail call.
fn finish(mut stmts: Vec<Stmt>, term: Term, may_return: bool) -> Block {
    let term = match (stmts.pop(), term) {
        (Some(Stmt::Let { var, rhs: Rhs::Call(callee, args), span }), Term::Return(Atom::Var(v)))
            if v == var && may_return =>
        {
            Term::TailCall(callee, args, span)
        }
        (Some(Stmt::Let { var, rhs: Rhs::Apply(f, list), span }), Term::Return(Atom::Var(v)))
            if v == var && may_return =>
        {
            Term::TailApply(f, list, span)
        }
        (last, term) => {
            stmts.extend(last);
            term
        }
    };
    Block { stmts, term }
}
