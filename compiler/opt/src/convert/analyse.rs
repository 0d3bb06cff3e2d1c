//! One walk over the program that finds who binds and who mentions what.

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, LocalFun, Program, Rhs, Stmt, Term, VarId};

use super::{Analysis, Local};
use crate::resolve::Arity;
use crate::visit::{rhs_atoms, term_atoms, term_blocks};

pub(super) fn analyse(program: &Program) -> Analysis {
    let top_count = program.funcs.len();
    let vars = program.vars.len();
    let mut walker = Walker {
        analysis: Analysis {
            top_count,
            locals: Vec::new(),
            owner: vec![FuncId(u32::MAX); vars],
            local_of: vec![None; vars],
            mentions: vec![Vec::new(); top_count],
        },
        current: FuncId(0),
    };
    for (i, func) in program.funcs.iter().enumerate() {
        walker.func(FuncId(i as u32), func);
    }
    walker.analysis
}

struct Walker {
    analysis: Analysis,
    current: FuncId,
}

impl Walker {
    fn func(&mut self, id: FuncId, func: &Func) {
        let outer = std::mem::replace(&mut self.current, id);
        func.params.iter().for_each(|p| self.bind(*p));
        self.block(&func.body);
        self.current = outer;
    }

    fn bind(&mut self, var: VarId) {
        self.analysis.owner[var.index()] = self.current;
    }

    fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span: _ } => {
                    match rhs {
                        Rhs::Call(callee, args) => self.call(callee, args),
                        _ => rhs_atoms(rhs, &mut |a| self.value(*a)),
                    }
                    self.bind(*var);
                }
                Stmt::Join(join) => {
                    join.params.iter().for_each(|p| self.bind(*p));
                    self.block(&join.body);
                }
                Stmt::Funs(funs) => self.funs(funs),
            }
        }
        match &block.term {
            Term::TailCall(callee, args, _) => self.call(callee, args),
            Term::Try { error, .. } => self.bind(*error),
            term => term_atoms(term, &mut |a| self.value(*a)),
        }
        term_blocks(&block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    fn funs(&mut self, funs: &[LocalFun]) {
        let first = self.analysis.mentions.len();
        for (i, fun) in funs.iter().enumerate() {
            self.bind(fun.var);
            self.analysis.local_of[fun.var.index()] = Some(FuncId((first + i) as u32));
            self.analysis.mentions.push(Vec::new());
            self.analysis.locals.push(Local {
                var: fun.var,
                parent: self.current,
                arity: Arity::of(&fun.func),
                params: fun.func.params.len(),
                escapes: false,
                users: Vec::new(),
            });
        }
        for (i, fun) in funs.iter().enumerate() {
            self.func(FuncId((first + i) as u32), &fun.func);
        }
    }

    fn call(&mut self, callee: &Callee, args: &[Atom]) {
        match callee {
            Callee::Value(Atom::Var(v)) => match self.analysis.local_of[v.index()] {
                Some(f) if self.analysis.locals[f.index() - self.analysis.top_count].arity.accepts(args.len()) => {
                    self.mention_local(f, false);
                }
                _ => self.value(Atom::Var(*v)),
            },
            Callee::Func(_) | Callee::Value(_) => {}
            Callee::Known(_, closure) => self.value(*closure),
        }
        args.iter().for_each(|a| self.value(*a));
    }

    fn value(&mut self, atom: Atom) {
        let Atom::Var(var) = atom else { return };
        match self.analysis.local_of[var.index()] {
            Some(f) => self.mention_local(f, true),
            None if self.analysis.owner_of(var) != self.current => {
                self.analysis.mentions[self.current.index()].push(var);
            }
            None => {}
        }
    }

    fn mention_local(&mut self, func: FuncId, as_value: bool) {
        let local = &mut self.analysis.locals[func.index() - self.analysis.top_count];
        local.escapes |= as_value;
        if local.users.last() != Some(&self.current) {
            local.users.push(self.current);
        }
    }
}
