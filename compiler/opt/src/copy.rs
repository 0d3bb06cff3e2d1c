//! Copies of code with fresh variables and labels, and the change from returning to jumping that inlining needs.

use cl_core::ir::{Atom, Block, Cond, Func, Join, LabelId, LocalFun, Rhs, Stmt, Term, VarId, VarInfo};
use cl_text::Span;
use std::collections::HashMap;

use crate::visit::{rhs_atoms_mut, term_atoms_mut, term_blocks_mut};

/// Hands out variables and labels that are new in the program.
#[derive(Default)]
pub struct Names {
    pub vars: Vec<VarInfo>,
    pub label_count: u32,
}

impl Names {
    pub fn var(&mut self, name: &str) -> VarId {
        self.vars.push(VarInfo { name: name.into() });
        VarId(self.vars.len() as u32 - 1)
    }

    /// A variable with the name of another.
    pub fn var_like(&mut self, var: VarId) -> VarId {
        let name = self.vars[var.index()].name.clone();
        self.vars.push(VarInfo { name });
        VarId(self.vars.len() as u32 - 1)
    }

    pub fn label(&mut self) -> LabelId {
        self.label_count += 1;
        LabelId(self.label_count - 1)
    }
}

/// A copy of a block in which `replaced` stands for free variables (parameters, say) and everything bound is fresh.
pub fn copy_block(names: &mut Names, block: &Block, replaced: HashMap<VarId, Atom>) -> Block {
    let mut copy = block.clone();
    Copier { names, vars: replaced, labels: HashMap::new(), site: None }.block(&mut copy);
    copy
}

/// A copy of a function's body with arguments for its parameters, to stand where a call at `site` stood. What comes from
/// another file than the call (from the library, mostly) is said to be at the call: that is where the user looks.
pub fn copy_body(names: &mut Names, func: &Func, args: &[Atom], site: Span) -> Block {
    let mut copy = func.body.clone();
    let vars = func.params.iter().copied().zip(args.iter().copied()).collect();
    Copier { names, vars, labels: HashMap::new(), site: Some(site) }.block(&mut copy);
    copy
}

struct Copier<'n> {
    names: &'n mut Names,
    vars: HashMap<VarId, Atom>,
    labels: HashMap<LabelId, LabelId>,
    /// The call that the copy replaces.
    site: Option<Span>,
}

impl Copier<'_> {
    fn bind(&mut self, var: &mut VarId) {
        let fresh = self.names.var_like(*var);
        self.vars.insert(*var, Atom::Var(fresh));
        *var = fresh;
    }

    fn span(&self, span: &mut Span) {
        if let Some(site) = self.site
            && site.file != span.file
        {
            *span = site;
        }
    }

    fn atom(&self, atom: &mut Atom) {
        if let Atom::Var(v) = atom
            && let Some(new) = self.vars.get(v)
        {
            *atom = *new;
        }
    }

    fn block(&mut self, block: &mut Block) {
        for stmt in &mut block.stmts {
            match stmt {
                // Closures of a group capture each other.
                Stmt::Let { var, rhs: Rhs::Closures { funcs, rest }, span } => {
                    self.span(span);
                    self.bind(var);
                    rest.iter_mut().for_each(|v| self.bind(v));
                    funcs.iter_mut().flat_map(|(_, captured)| captured).for_each(|a| self.atom(a));
                }
                Stmt::Let { var, rhs, span } => {
                    self.span(span);
                    rhs_atoms_mut(rhs, &mut |a| self.atom(a));
                    self.bind(var);
                }
                Stmt::Join(join) => self.join(join),
                Stmt::Funs(funs) => {
                    funs.iter_mut().for_each(|LocalFun { var, func: _ }| self.bind(var));
                    funs.iter_mut().for_each(|f| self.func(&mut f.func));
                }
            }
        }
        self.term(&mut block.term);
    }

    fn join(&mut self, join: &mut Join) {
        let fresh = self.names.label();
        self.labels.insert(join.label, fresh);
        join.label = fresh;
        join.params.iter_mut().for_each(|p| self.bind(p));
        self.block(&mut join.body);
    }

    fn func(&mut self, func: &mut Func) {
        func.params.iter_mut().for_each(|p| self.bind(p));
        self.block(&mut func.body);
    }

    fn term(&mut self, term: &mut Term) {
        term_atoms_mut(term, &mut |a| self.atom(a));
        match term {
            Term::Jump(label, _) => *label = self.labels.get(label).copied().unwrap_or(*label),
            Term::Try { body: _, error, handler: _ } => self.bind(error),
            Term::TailCall(_, _, span) | Term::TailApply(_, _, span) => self.span(span),
            Term::If { cond: Cond::Prim(_, _, span), then: _, otherwise: _ } => self.span(span),
            Term::Return(_) | Term::If { .. } | Term::Unreachable => {}
        }
        term_blocks_mut(term).into_iter().flatten().for_each(|b| self.block(b));
    }
}

/// Makes the block of a function go on at `label`, with the function's value, instead of returning: `Return` becomes a
/// jump and a tail call an ordinary one.
pub fn return_to(names: &mut Names, block: &mut Block, label: LabelId) {
    for stmt in &mut block.stmts {
        match stmt {
            Stmt::Join(join) => return_to(names, &mut join.body, label),
            Stmt::Let { .. } | Stmt::Funs(_) => {}
        }
    }
    let call = match &mut block.term {
        Term::Return(a) => {
            block.term = Term::Jump(label, vec![*a]);
            return;
        }
        Term::TailCall(callee, args, span) => (Rhs::Call(callee.clone(), std::mem::take(args)), *span),
        Term::TailApply(f, list, span) => (Rhs::Apply(*f, *list), *span),
        term => {
            term_blocks_mut(term).into_iter().flatten().for_each(|b| return_to(names, b, label));
            return;
        }
    };
    let var = names.var("result");
    block.stmts.push(Stmt::Let { var, rhs: call.0, span: call.1 });
    block.term = Term::Jump(label, vec![Atom::Var(var)]);
}
