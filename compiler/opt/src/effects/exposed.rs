//! What runs directly under the handler around a function's body: the code outside of `Try` bodies, and that of local functions
//! which are only called, and only from there.

use cl_core::ir::{Atom, Block, Callee, Cond, Func, FuncId, Rhs, Stmt, Term, VarId};
use std::collections::{HashMap, HashSet};

use crate::visit::{each_atom, each_block, size, term_blocks};

/// In code of more statements and terminators local functions are not looked at.
const MAX_SIZE: usize = 4000;

/// What does something in a block.
#[derive(Clone, Copy)]
pub(super) enum Part<'b> {
    Rhs(&'b Rhs),
    Cond(&'b Cond),
    Term(&'b Term),
}

impl<'b> Part<'b> {
    fn call(self) -> Option<(&'b Callee, usize)> {
        match self {
            Part::Rhs(Rhs::Call(callee, args)) | Part::Term(Term::TailCall(callee, args, _)) => {
                Some((callee, args.len()))
            }
            Part::Rhs(_) | Part::Cond(_) | Part::Term(_) => None,
        }
    }

    /// The top-level function that is called here.
    pub fn direct_call(self) -> Option<FuncId> {
        match self.call() {
            Some((Callee::Func(f), _)) => Some(*f),
            Some((Callee::Known(..) | Callee::Value(_), _)) | None => None,
        }
    }

    /// The variable whose value is called here, and the number of arguments.
    pub fn local_call(self) -> Option<(VarId, usize)> {
        match self.call() {
            Some((Callee::Value(Atom::Var(v)), args)) => Some((*v, args)),
            Some((Callee::Func(_) | Callee::Known(..) | Callee::Value(_), _)) | None => None,
        }
    }
}

/// Calls `f` on all parts of a block, the blocks in it and the local functions in `inner`, and says of each whether it is exposed:
/// outside of the bodies of `Try`s.
pub(super) fn each_part<'b>(block: &'b Block, inner: &HashSet<VarId>, f: &mut impl FnMut(Part<'b>, bool)) {
    let mut work = vec![(block, true)];
    while let Some((block, exposed)) = work.pop() {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var: _, rhs, span: _ } => f(Part::Rhs(rhs), exposed),
                Stmt::Join(join) => work.push((&join.body, exposed)),
                Stmt::Funs(funs) => {
                    work.extend(funs.iter().filter(|l| inner.contains(&l.var)).map(|l| (&l.func.body, true)));
                }
            }
        }
        f(Part::Term(&block.term), exposed);
        match &block.term {
            Term::Try { body, error: _, handler } => work.extend([(&**body, false), (&**handler, exposed)]),
            term => {
                if let Term::If { cond, .. } = term {
                    f(Part::Cond(cond), exposed);
                }
                work.extend(term_blocks(term).into_iter().flatten().map(|b| (b, exposed)));
            }
        }
    }
}

/// The local functions in a block that are mentioned only in exposed calls: in its own exposed code, or in that of each other.
pub(super) fn inner_functions(block: &Block) -> HashSet<VarId> {
    let mut funs: HashMap<VarId, &Func> = HashMap::new();
    if size(block, MAX_SIZE) > MAX_SIZE {
        return HashSet::new();
    }
    each_block(block, &mut |block| {
        for stmt in &block.stmts {
            if let Stmt::Funs(locals) = stmt {
                funs.extend(locals.iter().filter(|l| !l.func.variadic).map(|l| (l.var, &l.func)));
            }
        }
    });
    let mut others: HashMap<VarId, usize> = HashMap::new();
    each_atom(block, &mut |a| {
        if let Atom::Var(v) = a {
            *others.entry(*v).or_default() += 1;
        }
    });
    let mut calls_of = |block| {
        let mut calls = Vec::new();
        each_part(block, &HashSet::new(), &mut |part, exposed| {
            if let Some((v, args)) = part.local_call().filter(|_| exposed)
                && funs.get(&v).is_some_and(|f| f.params.len() == args)
            {
                calls.push(v);
                *others.entry(v).or_default() -= 1;
            }
        });
        calls
    };
    calls_of(block);
    let mut calls: HashMap<VarId, Vec<VarId>> = funs.iter().map(|(v, f)| (*v, calls_of(&f.body))).collect();
    // What is mentioned otherwise may run anywhere, and so may what it calls.
    let mut work: Vec<VarId> = funs.keys().copied().filter(|v| others.get(v).is_some_and(|n| *n > 0)).collect();
    while let Some(v) = work.pop() {
        work.append(&mut calls.remove(&v).unwrap_or_default());
    }
    calls.into_keys().collect()
}
