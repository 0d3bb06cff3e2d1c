//! Reachability and dead-code removal in one mark and sweep over the whole program: a sparse mark from the entry's
//! effects through variables, join parameters, cells, globals and functions. What only dead code mentions dies with it,
//! so that a program holds nothing of the library that it does not use.
//!
//! A store to a global that nothing reads, or to a cell that nothing reads, is no effect. Functions, globals and data
//! get new ids, in the old order.

use cl_core::ir::{
    Atom, Block, Callee, Datum, Func, FuncId, GlobalId, GlobalKind, Join, Program, Rhs, Stmt, Term, VarId,
};

use crate::visit::{callee_func, cond_atoms, is_droppable, rhs_atoms, term_atoms, term_blocks};

mod sweep;

/// Removes all that the entry cannot reach, and dead code.
pub fn drop_unreachable(program: Program) -> Program {
    let live = mark(&program);
    sweep::sweep(program, &live, sweep::Ids::compact(&live))
}

/// Removes dead code, and empties functions that the entry cannot reach; all ids stay as they are.
pub fn drop_dead(program: Program) -> Program {
    let live = mark(&program);
    sweep::sweep(program, &live, sweep::Ids::same(&live))
}

fn mark(program: &Program) -> Live {
    let mut marker = Marker::new(program);
    if let Some(entry) = program.entry {
        marker.func_id(entry);
    }
    marker.run();
    marker.live
}

/// What survives.
struct Live {
    vars: Vec<bool>,
    labels: Vec<bool>,
    funcs: Vec<bool>,
    globals: Vec<bool>,
    data: Vec<bool>,
    /// Variables bound by `NewCell`: storing into one is no effect while the variable is dead.
    cells: Vec<bool>,
}

/// What defines a variable, to be marked when the variable is found live.
#[derive(Clone)]
enum Def<'p> {
    /// Nothing to mark: a parameter, or a statement that is marked anyway.
    Seen,
    Rhs(&'p Rhs),
    Fun(&'p Func),
    /// The arguments that jumps seen so far pass to a join parameter.
    Passed(Vec<Atom>),
}

struct Marker<'p> {
    program: &'p Program,
    live: Live,
    defs: Vec<Def<'p>>,
    joins: Vec<Option<&'p Join>>,
    /// Values stored into globals and cells not known to be read yet.
    global_stores: Vec<Vec<Atom>>,
    cell_stores: Vec<Vec<Atom>>,
    blocks: Vec<&'p Block>,
    atoms: Vec<Atom>,
}

impl<'p> Marker<'p> {
    fn new(program: &'p Program) -> Self {
        let (vars, globals) = (program.vars.len(), program.globals.len());
        Marker {
            program,
            live: Live {
                vars: vec![false; vars],
                labels: vec![false; program.label_count as usize],
                funcs: vec![false; program.funcs.len()],
                globals: vec![false; globals],
                data: vec![false; program.data.len()],
                cells: vec![false; vars],
            },
            defs: vec![Def::Seen; vars],
            joins: vec![None; program.label_count as usize],
            global_stores: vec![Vec::new(); globals],
            cell_stores: vec![Vec::new(); vars],
            blocks: Vec::new(),
            atoms: Vec::new(),
        }
    }

    fn run(&mut self) {
        loop {
            if let Some(atom) = self.atoms.pop() {
                self.atom(atom);
            } else if let Some(block) = self.blocks.pop() {
                self.block(block);
            } else {
                return;
            }
        }
    }

    fn atom(&mut self, atom: Atom) {
        match atom {
            Atom::Var(v) => self.var(v),
            Atom::Func(f) => self.func_id(f),
            Atom::Multi(g) => self.global(g),
            Atom::Data(d) => {
                if !std::mem::replace(&mut self.live.data[d.index()], true) {
                    match &self.program.data[d.index()] {
                        Datum::Cons(head, tail) => self.atoms.extend([*head, *tail]),
                        Datum::Tuple(items) => self.atoms.extend(items),
                        Datum::String(_) | Datum::Float(_) | Datum::BigInt { .. } => {}
                    }
                }
            }
            Atom::Int(_)
            | Atom::Nil
            | Atom::Bool(_)
            | Atom::EmptyList
            | Atom::Undef
            | Atom::Keyword(_)
            | Atom::Symbol(_)
            | Atom::Ctor(_) => {}
        }
    }

    fn func_id(&mut self, func: FuncId) {
        if !std::mem::replace(&mut self.live.funcs[func.index()], true) {
            self.blocks.push(&self.program.funcs[func.index()].body);
        }
    }

    fn global(&mut self, global: GlobalId) {
        if std::mem::replace(&mut self.live.globals[global.index()], true) {
            return;
        }
        match &self.program.globals[global.index()].kind {
            GlobalKind::Slot => self.atoms.append(&mut self.global_stores[global.index()]),
            GlobalKind::Func(f) => self.func_id(*f),
            GlobalKind::Multi(clauses) => clauses.iter().for_each(|f| self.func_id(*f)),
        }
    }

    fn var(&mut self, var: VarId) {
        if std::mem::replace(&mut self.live.vars[var.index()], true) {
            return;
        }
        self.atoms.append(&mut self.cell_stores[var.index()]);
        match std::mem::replace(&mut self.defs[var.index()], Def::Seen) {
            Def::Seen => {}
            Def::Rhs(rhs) => self.rhs(rhs),
            Def::Fun(func) => self.blocks.push(&func.body),
            Def::Passed(args) => self.atoms.extend(args),
        }
    }

    /// Marks what a live right side mentions.
    fn rhs(&mut self, rhs: &'p Rhs) {
        rhs_atoms(rhs, &mut |a| self.atoms.push(*a));
        match rhs {
            Rhs::Call(callee, _) => self.callee(callee),
            Rhs::GetGlobal(g) => self.global(*g),
            Rhs::Closures { funcs, rest } => {
                funcs.iter().for_each(|(f, _)| self.func_id(*f));
                self.atoms.extend(rest.iter().map(|v| Atom::Var(*v)));
            }
            _ => {}
        }
    }

    fn callee(&mut self, callee: &Callee) {
        if let Some(f) = callee_func(callee) {
            self.func_id(f);
        }
    }

    fn block(&mut self, block: &'p Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span: _ } => self.statement(*var, rhs),
                Stmt::Join(join) => {
                    self.joins[join.label.index()] = Some(join);
                    for p in &join.params {
                        self.define(*p, Def::Passed(Vec::new()));
                    }
                }
                Stmt::Funs(funs) => funs.iter().for_each(|f| self.define(f.var, Def::Fun(&f.func))),
            }
        }
        self.term(&block.term);
        self.blocks.extend(term_blocks(&block.term).into_iter().flatten());
    }

    fn define(&mut self, var: VarId, def: Def<'p>) {
        self.defs[var.index()] = def;
    }

    fn statement(&mut self, var: VarId, rhs: &'p Rhs) {
        match rhs {
            Rhs::SetGlobal(g, value) if !self.live.globals[g.index()] => self.global_stores[g.index()].push(*value),
            Rhs::SetCell(Atom::Var(c), value) if self.live.cells[c.index()] && !self.live.vars[c.index()] => {
                self.cell_stores[c.index()].push(*value);
            }
            Rhs::SetGlobal(..) | Rhs::SetCell(..) => self.rhs(rhs),
            _ if !is_droppable(rhs) => self.rhs(rhs),
            _ => {
                if matches!(rhs, Rhs::NewCell(_)) {
                    self.live.cells[var.index()] = true;
                }
                if let Rhs::Closures { funcs: _, rest } = rhs {
                    rest.iter().for_each(|v| self.define(*v, Def::Rhs(rhs)));
                }
                self.define(var, Def::Rhs(rhs));
            }
        }
    }

    fn term(&mut self, term: &'p Term) {
        match term {
            Term::Jump(label, args) => {
                let Some(join) = self.joins[label.index()] else { return };
                if !std::mem::replace(&mut self.live.labels[label.index()], true) {
                    self.blocks.push(&join.body);
                }
                for (param, arg) in join.params.iter().zip(args) {
                    match &mut self.defs[param.index()] {
                        Def::Passed(passed) if !self.live.vars[param.index()] => passed.push(*arg),
                        _ => self.atoms.push(*arg),
                    }
                }
            }
            Term::TailCall(callee, ..) => {
                self.callee(callee);
                term_atoms(term, &mut |a| self.atoms.push(*a));
            }
            Term::If { cond, .. } => cond_atoms(cond, &mut |a| self.atoms.push(*a)),
            Term::Return(_) | Term::TailApply(..) | Term::Try { .. } | Term::Unreachable => {
                term_atoms(term, &mut |a| self.atoms.push(*a));
            }
        }
    }
}
