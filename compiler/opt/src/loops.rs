//! Self tail calls become loops: the function's body becomes a recursive join that its parameters enter, and a tail call
//! of itself a jump to it. Afterwards the function is not recursive (if these were its only calls of itself) and may be
//! inlined with its loop.

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, Join, LabelId, LocalFun, Program, Stmt, Term, VarId};

use crate::copy::Names;
use crate::visit::term_blocks_mut;

/// Turns the self tail calls of all functions, local ones too, into jumps.
pub fn make_loops(mut program: Program) -> Program {
    let names = Names::of(&mut program);
    let mut maker = Maker { names };
    for (i, func) in program.funcs.iter_mut().enumerate() {
        maker.func(func, Itself::Top(FuncId(i as u32)));
    }
    maker.names.give_back(&mut program);
    program
}

/// How a function calls itself.
#[derive(Clone, Copy)]
enum Itself {
    Top(FuncId),
    Local(VarId),
}

impl Itself {
    fn is(self, callee: &Callee) -> bool {
        match (self, callee) {
            (Itself::Top(f), Callee::Func(g)) => f == *g,
            (Itself::Local(v), Callee::Value(Atom::Var(w))) => v == *w,
            _ => false,
        }
    }
}

struct Maker {
    names: Names,
}

impl Maker {
    fn func(&mut self, func: &mut Func, itself: Itself) {
        self.local_funs(&mut func.body);
        // A direct call passes the List of a variadic function; a call of a local one does not yet.
        if func.variadic && matches!(itself, Itself::Local(_)) {
            return;
        }
        let label = LabelId(self.names.label_count);
        if !jump_instead(&mut func.body, itself, func.params.len(), label) {
            return;
        }
        self.names.label_count += 1;
        let entry = func.params.iter().map(|p| self.names.var_like(*p)).collect();
        let params = std::mem::replace(&mut func.params, entry);
        let enter = Term::Jump(label, func.params.iter().map(|p| Atom::Var(*p)).collect());
        let body = std::mem::replace(&mut func.body, Block { stmts: Vec::new(), term: enter });
        func.body.stmts.push(Stmt::Join(Join { label, params, body, recursive: true }));
    }

    fn local_funs(&mut self, block: &mut Block) {
        for stmt in &mut block.stmts {
            match stmt {
                Stmt::Let { .. } => {}
                Stmt::Join(join) => self.local_funs(&mut join.body),
                Stmt::Funs(funs) => {
                    funs.iter_mut().for_each(|LocalFun { var, func }| self.func(func, Itself::Local(*var)));
                }
            }
        }
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.local_funs(b));
    }
}

/// Replaces the self tail calls of a body by jumps; whether there were any.
fn jump_instead(block: &mut Block, itself: Itself, params: usize, label: LabelId) -> bool {
    let mut found = false;
    for stmt in &mut block.stmts {
        if let Stmt::Join(join) = stmt {
            found |= jump_instead(&mut join.body, itself, params, label);
        }
    }
    match &mut block.term {
        Term::TailCall(callee, args, _) if itself.is(callee) && args.len() == params => {
            block.term = Term::Jump(label, std::mem::take(args));
            return true;
        }
        _ => {}
    }
    for inner in term_blocks_mut(&mut block.term).into_iter().flatten() {
        found |= jump_instead(inner, itself, params, label);
    }
    found
}
