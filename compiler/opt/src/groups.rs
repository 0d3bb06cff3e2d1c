//! Splits groups of local functions into their strongly connected components: a function that merely stood in one `let`
//! with others becomes a group of its own, so that it can be inlined or become a loop.

use cl_core::ir::{Atom, Block, Func, LocalFun, Program, Stmt, VarId};
use std::collections::HashMap;

use crate::visit::{each_atom, term_blocks_mut};
use cl_core::scc::components;

/// Splits all groups; a group's functions come after those that they use.
pub fn split_groups(mut program: Program) -> Program {
    program.funcs.iter_mut().for_each(|f| split_block(&mut f.body));
    program
}

fn split_block(block: &mut Block) {
    let mut out = Vec::with_capacity(block.stmts.len());
    for mut stmt in block.stmts.drain(..) {
        match &mut stmt {
            Stmt::Let { .. } => {}
            Stmt::Join(join) => split_block(&mut join.body),
            Stmt::Funs(funs) => {
                funs.iter_mut().for_each(|f| split_block(&mut f.func.body));
                if funs.len() > 1 {
                    out.extend(split(std::mem::take(funs)).map(Stmt::Funs));
                    continue;
                }
            }
        }
        out.push(stmt);
    }
    block.stmts = out;
    term_blocks_mut(&mut block.term).into_iter().flatten().for_each(split_block);
}

fn split(funs: Vec<LocalFun>) -> impl Iterator<Item = Vec<LocalFun>> {
    let members: HashMap<VarId, u32> = funs.iter().enumerate().map(|(i, f)| (f.var, i as u32)).collect();
    let graph: Vec<Vec<u32>> = funs.iter().map(|f| mentions(&f.func, &members)).collect();
    let mut funs: Vec<Option<LocalFun>> = funs.into_iter().map(Some).collect();
    components(&graph).into_iter().map(move |mut group| {
        group.sort_unstable();
        group.iter().map(|i| funs[*i as usize].take().expect("a node is in one component")).collect()
    })
}

/// Which of the members a function mentions, in any depth.
fn mentions(func: &Func, members: &HashMap<VarId, u32>) -> Vec<u32> {
    let mut found = Vec::new();
    each_atom(&func.body, &mut |a| {
        if let Atom::Var(v) = a
            && let Some(i) = members.get(v)
        {
            found.push(*i);
        }
    });
    found.sort_unstable();
    found.dedup();
    found
}
