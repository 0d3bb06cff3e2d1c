//! Unrolls small recursive functions once: where such a function calls itself, not in tail position, a copy of its body
//! stands instead. A call then does the work of several, and costs are mostly those of calls.

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, Join, Program, Rhs, Stmt, Term, VarId};
use cl_text::Span;

use crate::copy::{Names, copy_body, return_to};
use crate::visit::{each_block, size, term_blocks_mut};

/// Larger functions are not unrolled.
const MAX_SIZE: usize = 24;
/// Nor are those that call themselves more often.
const MAX_CALLS: usize = 3;

/// Unrolls the functions of a flat program for which it pays.
pub fn unroll_recursion(mut program: Program) -> Program {
    let names = Names::of(&mut program);
    let mut unroller = Unroller { names, itself: FuncId(0) };
    for (i, func) in program.funcs.iter_mut().enumerate() {
        unroller.itself = FuncId(i as u32);
        if unroller.pays(func) {
            let original = func.clone();
            unroller.block(&mut func.body, &original);
        }
    }
    unroller.names.give_back(&mut program);
    program
}

struct Unroller {
    names: Names,
    itself: FuncId,
}

impl Unroller {
    fn pays(&self, func: &Func) -> bool {
        if size(&func.body, MAX_SIZE) > MAX_SIZE {
            return false;
        }
        let (mut calls, mut tries) = (0, false);
        each_block(&func.body, &mut |block| {
            calls += block.stmts.iter().filter(|s| self.recursive_call(s).is_some()).count();
            tries |= matches!(block.term, Term::Try { .. });
        });
        (1..=MAX_CALLS).contains(&calls) && !tries
    }

    fn recursive_call<'s>(&self, stmt: &'s Stmt) -> Option<(VarId, &'s [Atom], Span)> {
        match stmt {
            Stmt::Let { var, rhs: Rhs::Call(Callee::Func(f), args), span } if *f == self.itself => {
                Some((*var, args, *span))
            }
            Stmt::Let { .. } | Stmt::Join(_) | Stmt::Funs(_) => None,
        }
    }

    fn block(&mut self, block: &mut Block, original: &Func) {
        let mut call = None;
        for (i, stmt) in block.stmts.iter_mut().enumerate() {
            if let Some((var, args, span)) = self.recursive_call(stmt) {
                let copy = copy_body(&mut self.names, original, args, span);
                call = Some((i, var, copy));
                break;
            }
            if let Stmt::Join(join) = stmt {
                self.block(&mut join.body, original);
            }
        }
        match call {
            Some((i, var, copy)) => self.replace(block, i, var, copy, original),
            None => term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b, original)),
        }
    }

    /// Puts a copy of the function in the place of statement `i`; what follows becomes a join that the copy returns to.
    fn replace(&mut self, block: &mut Block, i: usize, var: VarId, mut copy: Block, original: &Func) {
        let label = self.names.label();
        return_to(&mut self.names, &mut copy, label);
        let stmts = block.stmts.split_off(i + 1);
        block.stmts.pop();
        let mut rest = Block { stmts, term: std::mem::replace(&mut block.term, copy.term) };
        self.block(&mut rest, original);
        block.stmts.push(Stmt::Join(Join { label, params: vec![var], body: rest, recursive: false }));
        block.stmts.extend(copy.stmts);
    }
}
