//! Calls of values that are known functions of the program become direct calls, where the number of arguments fits. The
//! others stay calls of values: they raise `arity-error` when they run.

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, GlobalKind, Program, Rhs, Stmt, Term, VarId, VarInfo};
use cl_text::Span;

use crate::visit::term_blocks_mut;

/// What a direct call needs to know of a function.
#[derive(Clone, Copy)]
pub struct Arity {
    /// Parameters without the collecting one.
    pub fixed: usize,
    pub variadic: bool,
}

impl Arity {
    pub fn of(func: &Func) -> Arity {
        Arity { fixed: func.params.len() - usize::from(func.variadic), variadic: func.variadic }
    }

    pub fn accepts(self, args: usize) -> bool {
        args == self.fixed || self.variadic && args > self.fixed
    }
}

/// Signatures of top-level functions and multi-clause globals.
pub struct Signatures {
    pub funcs: Vec<Arity>,
    /// By global; empty for one that is not multi-clause.
    pub clauses: Vec<Vec<FuncId>>,
}

impl Signatures {
    pub fn of(program: &Program) -> Signatures {
        let funcs = program.funcs.iter().map(Arity::of).collect();
        let clauses = program.globals.iter().map(|g| match &g.kind {
            GlobalKind::Multi(clauses) => clauses.clone(),
            GlobalKind::Slot | GlobalKind::Func(_) => Vec::new(),
        });
        Signatures { funcs, clauses: clauses.collect() }
    }

    /// The function that a call of `callee` with so many arguments enters.
    pub fn target(&self, callee: Atom, args: usize) -> Option<FuncId> {
        let accepts = |f: &FuncId| self.funcs[f.index()].accepts(args);
        match callee {
            Atom::Func(f) => Some(f).filter(accepts),
            Atom::Multi(g) => {
                let clauses = &self.clauses[g.index()];
                let exact =
                    clauses.iter().find(|f| self.funcs[f.index()].fixed == args && !self.funcs[f.index()].variadic);
                exact.or_else(|| clauses.iter().find(|f| accepts(f))).copied()
            }
            _ => None,
        }
    }
}

/// Appends statements that make a List of `args[fixed..]` and replaces these by it: the argument convention of a direct
/// call of a variadic function.
pub fn collect_rest(vars: &mut Vec<VarInfo>, fixed: usize, args: &mut Vec<Atom>, span: Span, out: &mut Vec<Stmt>) {
    let cons = cl_abi::prims::by_name("%cons-unchecked").expect("the table has %cons-unchecked");
    let mut list = Atom::EmptyList;
    for item in args.drain(fixed..).rev() {
        let var = VarId(vars.len() as u32);
        vars.push(VarInfo { name: "rest".into() });
        out.push(Stmt::Let { var, rhs: Rhs::Prim(cons, vec![item, list]), span });
        list = Atom::Var(var);
    }
    args.push(list);
}

/// Makes the calls of known functions direct.
pub fn resolve_calls(mut program: Program) -> Program {
    let signatures = Signatures::of(&program);
    let mut resolver = Resolver { signatures, vars: std::mem::take(&mut program.vars) };
    for func in &mut program.funcs {
        resolver.block(&mut func.body);
    }
    program.vars = resolver.vars;
    program
}

struct Resolver {
    signatures: Signatures,
    vars: Vec<VarInfo>,
}

impl Resolver {
    fn block(&mut self, block: &mut Block) {
        let mut out = Vec::with_capacity(block.stmts.len());
        for mut stmt in block.stmts.drain(..) {
            match &mut stmt {
                Stmt::Let { var: _, rhs: Rhs::Call(callee, args), span } => self.call(callee, args, *span, &mut out),
                Stmt::Let { .. } => {}
                Stmt::Join(join) => self.block(&mut join.body),
                Stmt::Funs(funs) => funs.iter_mut().for_each(|f| self.block(&mut f.func.body)),
            }
            out.push(stmt);
        }
        if let Term::TailCall(callee, args, span) = &mut block.term {
            self.call(callee, args, *span, &mut out);
        }
        block.stmts = out;
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    fn call(&mut self, callee: &mut Callee, args: &mut Vec<Atom>, span: Span, out: &mut Vec<Stmt>) {
        let Callee::Value(value) = callee else { return };
        let Some(target) = self.signatures.target(*value, args.len()) else { return };
        let arity = self.signatures.funcs[target.index()];
        if arity.variadic {
            collect_rest(&mut self.vars, arity.fixed, args, span, out);
        }
        *callee = Callee::Func(target);
    }
}
