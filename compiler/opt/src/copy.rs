//! Copies of code with fresh variables and labels, and the change from returning to jumping that inlining needs.

use cl_core::ir::{
    Atom, Block, Cond, Func, INLINED_FILES, Inlined, Join, LabelId, LocalFun, Program, Rhs, Stmt, Term, VarId, VarInfo,
    inlined_from, source_file,
};
use cl_text::{FileId, Span};
use std::collections::HashMap;
use std::rc::Rc;

use crate::visit::{rhs_atoms_mut, term_atoms_mut, term_blocks_mut};

/// Hands out variables and labels that are new in the program.
#[derive(Default)]
pub struct Names {
    pub vars: Vec<VarInfo>,
    pub label_count: u32,
    /// Calls that inlining replaced, [`cl_core::ir::Program::inlined`].
    pub inlined: Vec<Inlined>,
}

impl Names {
    /// Takes the program's; [`Names::give_back`] returns them with what is new.
    pub fn of(program: &mut Program) -> Names {
        Names {
            vars: std::mem::take(&mut program.vars),
            label_count: program.label_count,
            inlined: std::mem::take(&mut program.inlined),
        }
    }

    pub fn give_back(self, program: &mut Program) {
        program.vars = self.vars;
        program.label_count = self.label_count;
        program.inlined = self.inlined;
    }

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

/// A copy of a function's body with arguments for its parameters, to stand where a call at `site` stood. Its places
/// remember the function and the call, for traces. What comes from another file than the call (from the library, mostly)
/// is said to be at the call: that is where the user looks.
pub fn copy_body(names: &mut Names, func: &Func, args: &[Atom], site: Span) -> Block {
    let mut copy = func.body.clone();
    let vars = func.params.iter().copied().zip(args.iter().copied()).collect();
    let site = Site { call: site, function: func.name.clone(), files: HashMap::new() };
    Copier { names, vars, labels: HashMap::new(), site: Some(site) }.block(&mut copy);
    copy
}

struct Copier<'n> {
    names: &'n mut Names,
    vars: HashMap<VarId, Atom>,
    labels: HashMap<LabelId, LabelId>,
    site: Option<Site>,
}

/// The call that a copy replaces.
struct Site {
    call: Span,
    function: Rc<str>,
    /// Files of the original and those that stand for them in the copy.
    files: HashMap<FileId, FileId>,
}

impl Copier<'_> {
    fn bind(&mut self, var: &mut VarId) {
        let fresh = self.names.var_like(*var);
        self.vars.insert(*var, Atom::Var(fresh));
        *var = fresh;
    }

    fn span(&mut self, span: &mut Span) {
        let Some(site) = &self.site else { return };
        let real = |file| source_file(&self.names.inlined, file);
        if real(site.call.file) == real(span.file) {
            span.file = self.inlined_file(span.file);
        } else {
            *span = site.call;
        }
    }

    /// The file that stands for `file` in the copy.
    fn inlined_file(&mut self, file: FileId) -> FileId {
        let site = self.site.as_ref().expect("only asked for copies of bodies");
        if let Some(known) = site.files.get(&file) {
            return *known;
        }
        let entry = match inlined_from(&self.names.inlined, file).cloned() {
            // Inlined into the original before: its call is in the original.
            Some(mut inner) => {
                self.span(&mut inner.call);
                inner
            }
            None => Inlined { file, function: site.function.clone(), call: site.call },
        };
        let id = FileId(INLINED_FILES + self.names.inlined.len() as u32);
        self.names.inlined.push(entry);
        self.site.as_mut().expect("as above").files.insert(file, id);
        id
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
