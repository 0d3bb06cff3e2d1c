//! Cells to parameters: an assigned variable whose cell stays within the function that made it needs no cell. Its value
//! is tracked along the walk, and a join at which values from different ways meet gets a parameter for it (construction
//! of SSA form on structured code; superfluous parameters are removed by the simplifier and by dead-code removal).
//!
//! Where continuations may be resumed more than once all cells stay: the runs of what follows a call share its variables.
//!
//! A cell that is set inside the body of a `Try` which its scope encloses stays a cell: the handler cannot know how far
//! the body came.

use cl_core::ir::{Atom, Block, Func, Join, Program, Rhs, Stmt, Term, VarId};

use crate::copy::Names;
use crate::visit::{rhs_atoms, term_atoms, term_blocks, term_blocks_mut};

/// Replaces local cells by values.
pub fn cells_to_values(mut program: Program) -> Program {
    if program.resumes_many {
        return program;
    }
    let found = {
        let mut finder = Finder::new(&program);
        program.funcs.iter().for_each(|f| finder.func(f));
        finder.found
    };
    if found.cells.iter().all(|c| c.is_none()) {
        return program;
    }
    let names = Names::of(&mut program);
    let labels = program.label_count as usize;
    let vars = names.vars.len();
    let mut promoter = Promoter {
        names,
        found,
        values: vec![Atom::Undef; vars],
        changes: Vec::new(),
        active: Vec::new(),
        carried: vec![Vec::new(); labels],
    };
    program.funcs.iter_mut().for_each(|f| promoter.func(f));
    promoter.names.give_back(&mut program);
    program
}

/// A cell that is only read and set by the function that made it.
struct Cell {
    func: u32,
    /// How many `Try` bodies enclose it.
    tries: u32,
    /// Positions of its `SetCell`s in the walk, ascending.
    sets: Vec<u32>,
}

struct Found {
    /// By variable.
    cells: Vec<Option<Cell>>,
    /// By label: positions of the join's start, of the end of its body, and of the end of the block that it stands in.
    spans: Vec<[u32; 3]>,
}

struct Finder {
    found: Found,
    func: u32,
    funcs: u32,
    tries: u32,
    clock: u32,
}

impl Finder {
    fn new(program: &Program) -> Finder {
        let cells = program.vars.iter().map(|_| None).collect();
        let spans = vec![[0; 3]; program.label_count as usize];
        Finder { found: Found { cells, spans }, func: 0, funcs: 0, tries: 0, clock: 0 }
    }

    fn func(&mut self, func: &Func) {
        self.funcs += 1;
        let outer = (std::mem::replace(&mut self.func, self.funcs), std::mem::replace(&mut self.tries, 0));
        self.block(&func.body);
        (self.func, self.tries) = outer;
    }

    fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span: _ } => self.rhs(*var, rhs),
                Stmt::Join(join) => {
                    self.clock += 1;
                    self.found.spans[join.label.index()][0] = self.clock;
                    self.block(&join.body);
                    self.found.spans[join.label.index()][1] = self.clock;
                }
                Stmt::Funs(funs) => funs.iter().for_each(|f| self.func(&f.func)),
            }
        }
        term_atoms(&block.term, &mut |a| self.escape(*a));
        match &block.term {
            Term::Try { body, error: _, handler } => {
                self.tries += 1;
                self.block(body);
                self.tries -= 1;
                self.block(handler);
            }
            term => term_blocks(term).into_iter().flatten().for_each(|b| self.block(b)),
        }
        for stmt in &block.stmts {
            if let Stmt::Join(join) = stmt {
                self.found.spans[join.label.index()][2] = self.clock;
            }
        }
    }

    fn rhs(&mut self, var: VarId, rhs: &Rhs) {
        match rhs {
            Rhs::NewCell(a) => {
                self.escape(*a);
                self.found.cells[var.index()] = Some(Cell { func: self.func, tries: self.tries, sets: Vec::new() });
            }
            Rhs::GetCell(Atom::Var(c)) => self.access(*c, false),
            Rhs::SetCell(Atom::Var(c), value) => {
                self.escape(*value);
                self.access(*c, true);
            }
            _ => rhs_atoms(rhs, &mut |a| self.escape(*a)),
        }
    }

    fn access(&mut self, var: VarId, set: bool) {
        self.clock += 1;
        let slot = &mut self.found.cells[var.index()];
        match slot {
            Some(cell) if cell.func == self.func && (!set || cell.tries == self.tries) => {
                if set {
                    cell.sets.push(self.clock);
                }
            }
            _ => *slot = None,
        }
    }

    fn escape(&mut self, atom: Atom) {
        if let Atom::Var(v) = atom {
            self.found.cells[v.index()] = None;
        }
    }
}

struct Promoter {
    names: Names,
    found: Found,
    /// By cell: what it holds here.
    values: Vec<Atom>,
    /// Former values, to go back to at the end of a block.
    changes: Vec<(VarId, Atom)>,
    /// The cells in scope.
    active: Vec<VarId>,
    /// By label in scope: the cells whose values are passed to it, after its other arguments.
    carried: Vec<Vec<VarId>>,
}

impl Promoter {
    fn func(&mut self, func: &mut Func) {
        let outer = std::mem::take(&mut self.active);
        self.block(&mut func.body);
        self.active = outer;
    }

    fn block(&mut self, block: &mut Block) {
        let (active, changes) = (self.active.len(), self.changes.len());
        block.stmts.retain_mut(|stmt| {
            match stmt {
                Stmt::Let { var, rhs, span: _ } => return self.binding(*var, rhs),
                Stmt::Join(join) => self.join(join),
                Stmt::Funs(funs) => funs.iter_mut().for_each(|f| self.func(&mut f.func)),
            }
            true
        });
        if let Term::Jump(label, args) = &mut block.term {
            args.extend(self.carried[label.index()].iter().map(|c| self.values[c.index()]));
        }
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
        self.go_back(changes);
        self.active.truncate(active);
    }

    fn go_back(&mut self, changes: usize) {
        while self.changes.len() > changes {
            let (cell, value) = self.changes.pop().expect("longer than it was");
            self.values[cell.index()] = value;
        }
    }

    fn set(&mut self, cell: VarId, value: Atom) {
        let old = std::mem::replace(&mut self.values[cell.index()], value);
        self.changes.push((cell, old));
    }

    fn is_promoted(&self, var: VarId) -> bool {
        self.found.cells.get(var.index()).is_some_and(|c| c.is_some())
    }

    /// Rewrites what touches a promoted cell; false: the statement goes.
    fn binding(&mut self, var: VarId, rhs: &mut Rhs) -> bool {
        match rhs {
            Rhs::NewCell(a) if self.is_promoted(var) => {
                let value = *a;
                self.set(var, value);
                self.active.push(var);
                return false;
            }
            Rhs::GetCell(Atom::Var(c)) if self.is_promoted(*c) => *rhs = Rhs::Atom(self.values[c.index()]),
            Rhs::SetCell(Atom::Var(c), a) if self.is_promoted(*c) => {
                let (cell, value) = (*c, *a);
                self.set(cell, value);
                *rhs = Rhs::Atom(Atom::Nil);
            }
            _ => {}
        }
        true
    }

    fn join(&mut self, join: &mut Join) {
        let [start, body_end, block_end] = self.found.spans[join.label.index()];
        let from = if join.recursive { start } else { body_end };
        let is_set = |c: &VarId| {
            let cell = self.found.cells[c.index()].as_ref().expect("active cells are promoted");
            let first = cell.sets.partition_point(|s| *s <= from);
            cell.sets.get(first).is_some_and(|s| *s <= block_end)
        };
        let carried: Vec<VarId> = self.active.iter().copied().filter(is_set).collect();
        let changes = self.changes.len();
        for cell in &carried {
            let param = self.names.var_like(*cell);
            join.params.push(param);
            self.set(*cell, Atom::Var(param));
        }
        self.carried[join.label.index()] = carried;
        self.block(&mut join.body);
        self.go_back(changes);
    }
}
