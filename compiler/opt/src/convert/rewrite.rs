//! Moves local functions to the top and rewrites calls and values of them by the plan.

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, LocalFun, Program, Rhs, Stmt, Term, VarId, VarInfo};
use cl_text::Span;

use super::{Analysis, Plan, Shape};
use crate::resolve::collect_rest;
use crate::visit::{rhs_atoms_mut, term_atoms_mut, term_blocks_mut};

pub(super) fn rewrite(mut program: Program, analysis: &Analysis, plan: &Plan) -> Program {
    let mut funcs = std::mem::take(&mut program.funcs);
    let renamed = vec![None; program.vars.len()];
    let flat = (0..analysis.locals.len()).map(|_| None).collect();
    let mut rewriter = Rewriter { analysis, plan, vars: std::mem::take(&mut program.vars), renamed, flat };
    funcs.iter_mut().for_each(|f| rewriter.block(&mut f.body));
    funcs.extend(rewriter.flat.into_iter().map(|f| f.expect("the walk meets every local function")));
    Program { funcs, vars: rewriter.vars, ..program }
}

struct Rewriter<'a> {
    analysis: &'a Analysis,
    plan: &'a Plan,
    vars: Vec<VarInfo>,
    /// What an outer variable is called in the function that is being rewritten.
    renamed: Vec<Option<VarId>>,
    /// The local functions, by id from the first.
    flat: Vec<Option<Func>>,
}

impl Rewriter<'_> {
    fn shape(&self, func: FuncId) -> Shape {
        self.plan.shapes[func.index() - self.analysis.top_count]
    }

    fn local_of(&self, var: VarId) -> Option<FuncId> {
        self.analysis.local_of.get(var.index()).copied().flatten()
    }

    fn var(&self, var: VarId) -> Atom {
        Atom::Var(self.renamed.get(var.index()).copied().flatten().unwrap_or(var))
    }

    fn atom(&self, atom: &mut Atom) {
        if let Atom::Var(v) = *atom {
            *atom = match self.local_of(v) {
                Some(f) if self.shape(f) == Shape::Static => Atom::Func(f),
                _ => self.var(v),
            };
        }
    }

    fn block(&mut self, block: &mut Block) {
        let mut out = Vec::with_capacity(block.stmts.len());
        for mut stmt in block.stmts.drain(..) {
            match &mut stmt {
                Stmt::Let { var: _, rhs: Rhs::Call(callee, args), span } => self.call(callee, args, *span, &mut out),
                Stmt::Let { var: _, rhs, span: _ } => rhs_atoms_mut(rhs, &mut |a| self.atom(a)),
                Stmt::Join(join) => self.block(&mut join.body),
                Stmt::Funs(funs) => {
                    out.extend(self.funs(std::mem::take(funs)));
                    continue;
                }
            }
            out.push(stmt);
        }
        match &mut block.term {
            Term::TailCall(callee, args, span) => self.call(callee, args, *span, &mut out),
            term => term_atoms_mut(term, &mut |a| self.atom(a)),
        }
        block.stmts = out;
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    fn call(&mut self, callee: &mut Callee, args: &mut Vec<Atom>, span: Span, out: &mut Vec<Stmt>) {
        args.iter_mut().for_each(|a| self.atom(a));
        match callee {
            Callee::Func(_) => {}
            Callee::Known(_, a) => self.atom(a),
            Callee::Value(Atom::Var(v)) => match self.local_of(*v) {
                Some(f) if self.local_accepts(f, args.len()) => *callee = self.known_call(f, args, span, out),
                _ => {
                    let mut value = Atom::Var(*v);
                    self.atom(&mut value);
                    *callee = Callee::Value(value);
                }
            },
            Callee::Value(_) => {}
        }
    }

    fn local_accepts(&self, func: FuncId, args: usize) -> bool {
        self.analysis.local(func).is_some_and(|l| l.arity.accepts(args))
    }

    fn known_call(&mut self, func: FuncId, args: &mut Vec<Atom>, span: Span, out: &mut Vec<Stmt>) -> Callee {
        let local = self.analysis.local(func).expect("it is the function of a local variable");
        if local.arity.variadic {
            collect_rest(&mut self.vars, local.arity.fixed, args, span, out);
        }
        match self.shape(func) {
            Shape::Static => Callee::Func(func),
            Shape::Closure => Callee::Known(func, self.var(local.var)),
            Shape::Lifted => {
                args.splice(0..0, self.free_values(func));
                Callee::Func(func)
            }
        }
    }

    /// The free variables of a function as the current one calls them.
    fn free_values(&self, func: FuncId) -> Vec<Atom> {
        self.plan.free[func.index()].iter().map(|v| self.var(*v)).collect()
    }

    /// Moves the functions of a group away; gives the statement that makes their closures, if any has one.
    fn funs(&mut self, funs: Vec<LocalFun>) -> Option<Stmt> {
        let mut closures = Vec::new();
        let mut bound = Vec::new();
        let mut group_span = None;
        for LocalFun { var, func } in funs {
            let id = self.local_of(var).expect("the analysis saw every local function");
            if self.shape(id) == Shape::Closure {
                closures.push((id, self.free_values(id)));
                bound.push(var);
                group_span = group_span.or(Some(func.span));
            }
            let flat = self.func(id, func);
            self.flat[id.index() - self.analysis.top_count] = Some(flat);
        }
        let rhs = Rhs::Closures { funcs: closures, rest: bound.split_off(bound.len().min(1)) };
        group_span.map(|span| Stmt::Let { var: bound[0], rhs, span })
    }

    fn func(&mut self, id: FuncId, mut func: Func) -> Func {
        let free = &self.plan.free[id.index()];
        let mut saved = Vec::with_capacity(free.len());
        let mut fresh = Vec::with_capacity(free.len());
        for var in free {
            let inner = VarId(self.vars.len() as u32);
            self.vars.push(VarInfo { name: self.vars[var.index()].name.clone() });
            saved.push(self.renamed[var.index()].replace(inner));
            fresh.push(inner);
        }
        self.block(&mut func.body);
        for (var, outer) in free.iter().zip(saved) {
            self.renamed[var.index()] = outer;
        }
        match self.shape(id) {
            Shape::Closure => func.captures = fresh,
            Shape::Lifted => {
                func.params.splice(0..0, fresh);
                func.variadic = false;
            }
            Shape::Static => {}
        }
        func
    }
}
