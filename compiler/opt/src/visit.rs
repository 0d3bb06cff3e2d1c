//! Walking over Core: the atoms, blocks and functions that a node mentions directly, for reading and for rewriting.
//! Each pass has its own recursion over blocks; this is the shared knowledge of where atoms stand, and of which right
//! sides may be dropped or moved.

use cl_abi::prims::{PrimId, flags};
use cl_core::ir::{Atom, Block, Callee, Cond, Effect, FuncId, Handle, Rhs, Stmt, Term};

/// Defines the atom walks twice: by shared and by mutable reference.
macro_rules! atom_walks {
    ($rhs:ident, $callee:ident, $cond:ident, $term:ident, $atom:ty, [& $($m:tt)?]) => {
        /// Calls `f` on each atom of a right side, in evaluation order.
        pub fn $rhs(rhs: &$($m)? Rhs, f: &mut impl FnMut($atom)) {
            match rhs {
                Rhs::Atom(a)
                | Rhs::IsCtor(_, a)
                | Rhs::IsTuple(_, a)
                | Rhs::Field(_, a)
                | Rhs::NewCell(a)
                | Rhs::GetCell(a)
                | Rhs::SetGlobal(_, a)
                | Rhs::Effect(Effect::Resume(a) | Effect::Leave(a) | Effect::Resumption(a)) => f(a),
                Rhs::Effect(Effect::Perform(_, args)) | Rhs::Prim(_, args) | Rhs::Construct(_, args) | Rhs::Tuple(args) => args.into_iter().for_each(f),
                Rhs::Call(callee, args) => {
                    $callee(callee, f);
                    args.into_iter().for_each(f);
                }
                Rhs::Apply(a, b) | Rhs::SetCell(a, b) => {
                    f(a);
                    f(b);
                }
                Rhs::Closures { funcs, rest: _ } => {
                    for (_, captures) in funcs {
                        captures.into_iter().for_each(&mut *f);
                    }
                }
                Rhs::GetGlobal(_) | Rhs::Effect(Effect::Handled(_)) => {}
                Rhs::Effect(Effect::Handle(handle)) => {
                    let Handle { clauses, ret, body } = &$($m)? **handle;
                    clauses.into_iter().for_each(|c| f(&$($m)? c.func));
                    ret.into_iter().for_each(&mut *f);
                    f(body);
                }
            }
        }

        fn $callee(callee: &$($m)? Callee, f: &mut impl FnMut($atom)) {
            match callee {
                Callee::Func(_) => {}
                Callee::Known(_, a) | Callee::Value(a) => f(a),
            }
        }

        /// Calls `f` on each atom of a condition.
        pub fn $cond(cond: &$($m)? Cond, f: &mut impl FnMut($atom)) {
            match cond {
                Cond::Truthy(a) | Cond::IsCtor(_, a) | Cond::IsTuple(_, a) => f(a),
                Cond::Prim(_, args, _) => args.into_iter().for_each(f),
            }
        }

        /// Calls `f` on each atom of a terminator itself, not on those of its blocks.
        pub fn $term(term: &$($m)? Term, f: &mut impl FnMut($atom)) {
            match term {
                Term::Return(a) => f(a),
                Term::TailCall(callee, args, _) => {
                    $callee(callee, f);
                    args.into_iter().for_each(f);
                }
                Term::TailApply(a, b, _) => {
                    f(a);
                    f(b);
                }
                Term::Jump(_, args) => args.into_iter().for_each(f),
                Term::If { cond, then: _, otherwise: _ } => $cond(cond, f),
                Term::Try { .. } | Term::Unreachable => {}
            }
        }
    };
}
atom_walks!(rhs_atoms, callee_atoms, cond_atoms, term_atoms, &Atom, [&]);
atom_walks!(rhs_atoms_mut, callee_atoms_mut, cond_atoms_mut, term_atoms_mut, &mut Atom, [&mut]);

/// The blocks directly inside a terminator.
pub fn term_blocks(term: &Term) -> [Option<&Block>; 2] {
    match term {
        Term::If { cond: _, then, otherwise } => [Some(then), Some(otherwise)],
        Term::Try { body, error: _, handler } => [Some(body), Some(handler)],
        Term::Return(_) | Term::TailCall(..) | Term::TailApply(..) | Term::Jump(..) | Term::Unreachable => [None, None],
    }
}

/// The blocks directly inside a terminator.
pub fn term_blocks_mut(term: &mut Term) -> [Option<&mut Block>; 2] {
    match term {
        Term::If { cond: _, then, otherwise } => [Some(then), Some(otherwise)],
        Term::Try { body, error: _, handler } => [Some(body), Some(handler)],
        Term::Return(_) | Term::TailCall(..) | Term::TailApply(..) | Term::Jump(..) | Term::Unreachable => [None, None],
    }
}

/// The function of a direct call.
pub fn callee_func(callee: &Callee) -> Option<FuncId> {
    match callee {
        Callee::Func(f) | Callee::Known(f, _) => Some(*f),
        Callee::Value(_) => None,
    }
}

/// Whether a primitive neither has an effect nor raises: it may be dropped, repeated and moved.
pub fn prim_is_pure(prim: PrimId) -> bool {
    prim.get().flags & (flags::PURE | flags::FALLIBLE) == flags::PURE
}

/// Whether the statement may be dropped when nothing uses its variable.
pub fn is_droppable(rhs: &Rhs) -> bool {
    match rhs {
        Rhs::Prim(p, _) => prim_is_pure(*p),
        Rhs::Call(..)
        | Rhs::Apply(..)
        | Rhs::SetCell(..)
        | Rhs::SetGlobal(..)
        | Rhs::Effect(Effect::Perform(..) | Effect::Handle(_)) => false,
        Rhs::Atom(_)
        | Rhs::Construct(..)
        | Rhs::Tuple(_)
        | Rhs::IsCtor(..)
        | Rhs::IsTuple(..)
        | Rhs::Field(..)
        | Rhs::Closures { .. }
        | Rhs::NewCell(_)
        | Rhs::GetCell(_)
        | Rhs::GetGlobal(_)
        | Rhs::Effect(Effect::Handled(_) | Effect::Resume(_) | Effect::Leave(_) | Effect::Resumption(_)) => true,
    }
}

/// Calls `f` on a block and all blocks in it, those of local functions included.
pub fn each_block<'b>(block: &'b Block, f: &mut impl FnMut(&'b Block)) {
    let mut work = vec![block];
    while let Some(block) = work.pop() {
        f(block);
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { .. } => {}
                Stmt::Join(join) => work.push(&join.body),
                Stmt::Funs(funs) => work.extend(funs.iter().map(|f| &f.func.body)),
            }
        }
        work.extend(term_blocks(&block.term).into_iter().flatten());
    }
}

/// Calls `f` on all atoms in a block, local functions included.
pub fn each_atom(block: &Block, f: &mut impl FnMut(&Atom)) {
    each_block(block, &mut |block| {
        for stmt in &block.stmts {
            if let Stmt::Let { rhs, .. } = stmt {
                rhs_atoms(rhs, f);
            }
        }
        term_atoms(&block.term, f);
    });
}

/// Calls `f` on all calls in a block, local functions included.
pub fn each_call(block: &Block, f: &mut impl FnMut(&Callee, &[Atom])) {
    each_block(block, &mut |block| {
        for stmt in &block.stmts {
            if let Stmt::Let { var: _, rhs: Rhs::Call(callee, args), span: _ } = stmt {
                f(callee, args);
            }
        }
        if let Term::TailCall(callee, args, _) = &block.term {
            f(callee, args);
        }
    });
}

/// Number of statements and terminators of a block, nested ones (of local functions too) included; counting stops soon
/// after `limit`.
pub fn size(block: &Block, limit: usize) -> usize {
    let mut total = 0;
    let mut work = vec![block];
    while let Some(block) = work.pop() {
        total += block.stmts.len() + 1;
        if total > limit {
            return total;
        }
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { .. } => {}
                Stmt::Join(join) => work.push(&join.body),
                Stmt::Funs(funs) => work.extend(funs.iter().map(|f| &f.func.body)),
            }
        }
        work.extend(term_blocks(&block.term).into_iter().flatten());
    }
    total
}
