//! Fuses tests with branches: where a Bool is computed only for the `If` that ends its block, the `If` tests directly and
//! no Bool is made.

use cl_abi::prims::flags;
use cl_core::ir::{Atom, Block, Cond, Program, Rhs, Stmt, Term, VarId};

use crate::visit::{is_droppable, rhs_atoms, term_atoms, term_blocks, term_blocks_mut};

/// Fuses all tests that can be. The simplifier sees more in them then, so it should come again where it was at work.
pub fn fuse_tests(mut program: Program) -> Program {
    let mut uses = vec![0; program.vars.len()];
    program.funcs.iter().for_each(|f| count(&f.body, &mut uses));
    program.funcs.iter_mut().for_each(|f| fuse(&mut f.body, &uses));
    program
}

fn count(block: &Block, uses: &mut [u32]) {
    let mut note = |a: &Atom| {
        if let Atom::Var(v) = a {
            uses[v.index()] += 1;
        }
    };
    term_atoms(&block.term, &mut note);
    for stmt in &block.stmts {
        match stmt {
            Stmt::Let { rhs, .. } => rhs_atoms(rhs, &mut note),
            Stmt::Join(_) | Stmt::Funs(_) => {}
        }
    }
    for stmt in &block.stmts {
        match stmt {
            Stmt::Let { .. } => {}
            Stmt::Join(join) => count(&join.body, uses),
            Stmt::Funs(funs) => funs.iter().for_each(|f| count(&f.func.body, uses)),
        }
    }
    term_blocks(&block.term).into_iter().flatten().for_each(|b| count(b, uses));
}

fn fuse(block: &mut Block, uses: &[u32]) {
    for stmt in &mut block.stmts {
        match stmt {
            Stmt::Let { .. } => {}
            Stmt::Join(join) => fuse(&mut join.body, uses),
            Stmt::Funs(funs) => funs.iter_mut().for_each(|f| fuse(&mut f.func.body, uses)),
        }
    }
    if let Term::If { cond, .. } = &mut block.term
        && let Cond::Truthy(Atom::Var(v)) = cond
        && uses[v.index()] == 1
        && let Some(position) = movable(&block.stmts, *v)
        && let Stmt::Let { var: _, rhs, span } = block.stmts.remove(position)
    {
        *cond = match rhs {
            Rhs::Prim(prim, args) => Cond::Prim(prim, args, span),
            Rhs::IsCtor(ctor, a) => Cond::IsCtor(ctor, a),
            Rhs::IsTuple(size, a) => Cond::IsTuple(size, a),
            _ => unreachable!("only tests are movable"),
        };
    }
    term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| fuse(b, uses));
}

/// Where the test that computes `var` stands, if doing it at the end of the block instead makes no difference.
fn movable(stmts: &[Stmt], var: VarId) -> Option<usize> {
    for (i, stmt) in stmts.iter().enumerate().rev() {
        match stmt {
            Stmt::Let { var: v, rhs, span: _ } if *v == var => {
                let last = stmts[i + 1..].iter().all(|s| !matches!(s, Stmt::Let { .. }));
                let is_test = match rhs {
                    Rhs::Prim(prim, _) => {
                        let row = prim.get();
                        row.is_test() && (last || row.is(flags::PURE))
                    }
                    Rhs::IsCtor(..) | Rhs::IsTuple(..) => true,
                    _ => false,
                };
                return is_test.then_some(i);
            }
            Stmt::Let { rhs, .. } if !is_droppable(rhs) => return None,
            Stmt::Let { .. } | Stmt::Join(_) | Stmt::Funs(_) => {}
        }
    }
    None
}
