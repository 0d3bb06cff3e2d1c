//! Which code cannot tell what handlers are in force: it performs nothing, calls nothing unknown, lets no other fiber run, and does
//! not look at the list of handlers. Functions that only call such functions are found as a greatest fixed point.

use cl_abi::prims::{PrimId, flags};
use cl_core::ir::{Block, Callee, Cond, Effect, Program, Rhs, Term};
use std::collections::HashSet;

use super::exposed::{Part, each_part};

/// Primitives that give away what handlers are in force, or change it.
const HANDLERS: [&str; 6] =
    ["%handlers", "%set-handlers", "%find-outside", "%handlers-in-force", "%running-fiber", "%captures"];

/// What is known of the top-level functions of a program.
pub(super) struct Simple {
    funcs: Vec<bool>,
    handlers: HashSet<PrimId>,
}

impl Simple {
    pub fn of(program: &Program) -> Simple {
        let handlers = HANDLERS.iter().filter_map(|name| cl_abi::prims::by_name(name)).collect();
        let mut simple = Simple { funcs: vec![true; program.funcs.len()], handlers };
        let mut callers: Vec<Vec<usize>> = vec![Vec::new(); program.funcs.len()];
        let mut work = Vec::new();
        for (i, func) in program.funcs.iter().enumerate() {
            // Every function is taken for simple still: what is found is what the function does itself.
            let is_simple = all_in(&func.body, &mut |part| {
                if let Some(callee) = part.direct_call() {
                    callers[callee.index()].push(i);
                }
                simple.part(part)
            });
            if !is_simple {
                work.push(i);
            }
        }
        while let Some(i) = work.pop() {
            if std::mem::replace(&mut simple.funcs[i], false) {
                work.append(&mut callers[i]);
            }
        }
        simple
    }

    /// Whether a block is simple; what is in local functions that it makes does not run.
    pub fn block(&self, block: &Block) -> bool {
        all_in(block, &mut |part| self.part(part))
    }

    /// Whether a part of a block, without the blocks in it, is simple.
    pub fn part(&self, part: Part) -> bool {
        match part {
            Part::Rhs(Rhs::Prim(p, _)) | Part::Cond(Cond::Prim(p, _, _)) => self.prim(*p),
            Part::Rhs(Rhs::Call(callee, _)) | Part::Term(Term::TailCall(callee, _, _)) => match callee {
                Callee::Func(f) => self.funcs[f.index()],
                Callee::Known(..) | Callee::Value(_) => false,
            },
            Part::Rhs(rhs) => match rhs {
                Rhs::Apply(..) | Rhs::Effect(Effect::Perform(..) | Effect::Handled(_) | Effect::Handle(_)) => false,
                Rhs::Prim(..)
                | Rhs::Call(..)
                | Rhs::Atom(_)
                | Rhs::Construct(..)
                | Rhs::Tuple(_)
                | Rhs::IsCtor(..)
                | Rhs::IsTuple(..)
                | Rhs::Field(..)
                | Rhs::Closures { .. }
                | Rhs::NewCell(_)
                | Rhs::GetCell(_)
                | Rhs::SetCell(..)
                | Rhs::GetGlobal(_)
                | Rhs::SetGlobal(..)
                | Rhs::Effect(Effect::Resume(_) | Effect::Leave(_) | Effect::Resumption(_)) => true,
            },
            Part::Cond(Cond::Truthy(_) | Cond::IsCtor(..) | Cond::IsTuple(..)) => true,
            Part::Term(term) => !matches!(term, Term::TailApply(..)),
        }
    }

    fn prim(&self, prim: PrimId) -> bool {
        !prim.get().is(flags::SWITCH) && !self.handlers.contains(&prim)
    }
}

/// Whether `f` holds for all parts of a block and the blocks in it, but for those in local functions. It is called for all of them.
fn all_in<'b>(block: &'b Block, f: &mut impl FnMut(Part<'b>) -> bool) -> bool {
    let mut all = true;
    each_part(block, &HashSet::new(), &mut |part, _| all &= f(part));
    all
}
