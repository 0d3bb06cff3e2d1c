//! The sweep: drops what is not live and renumbers functions, globals and data.

use cl_core::ir::{
    Atom, Block, Callee, DataId, Datum, Func, FuncId, GlobalId, GlobalKind, LocalFun, Program, Rhs, Stmt, Term, VarId,
};

use super::Live;
use crate::visit::{is_droppable, rhs_atoms_mut, term_atoms_mut, term_blocks_mut};

/// New ids by old ones; meaningful for live items only.
pub(super) struct Ids {
    funcs: Vec<u32>,
    globals: Vec<u32>,
    data: Vec<u32>,
    compact: bool,
}

impl Ids {
    /// Without gaps.
    pub fn compact(live: &Live) -> Ids {
        let number = |live: &[bool]| {
            let mut next = 0;
            let id = |&l: &bool| {
                next += u32::from(l);
                next - u32::from(l)
            };
            live.iter().map(id).collect()
        };
        Ids { funcs: number(&live.funcs), globals: number(&live.globals), data: number(&live.data), compact: true }
    }

    /// As they are.
    pub fn same(live: &Live) -> Ids {
        let number = |live: &[bool]| (0..live.len() as u32).collect();
        Ids { funcs: number(&live.funcs), globals: number(&live.globals), data: number(&live.data), compact: false }
    }
}

pub(super) fn sweep(mut program: Program, live: &Live, ids: Ids) -> Program {
    match ids.compact {
        true => {
            retain_live(&mut program.funcs, &live.funcs);
            retain_live(&mut program.globals, &live.globals);
            retain_live(&mut program.data, &live.data);
        }
        false => program.funcs.iter_mut().zip(&live.funcs).filter(|(_, live)| !**live).for_each(|(f, _)| {
            f.body = Block { stmts: Vec::new(), term: Term::Unreachable };
        }),
    }
    let mut sweeper = Sweeper { live, ids, dropped: vec![Vec::new(); program.label_count as usize] };
    program.funcs.iter_mut().for_each(|f| sweeper.func(f));
    sweeper.tables(&mut program);
    program
}

fn retain_live<T>(items: &mut Vec<T>, live: &[bool]) {
    let mut flags = live.iter();
    items.retain(|_| *flags.next().expect("one flag an item"));
}

struct Sweeper<'l> {
    live: &'l Live,
    ids: Ids,
    /// By label in scope: which of its parameters are dead.
    dropped: Vec<Vec<bool>>,
}

impl Sweeper<'_> {
    fn tables(&self, program: &mut Program) {
        for global in &mut program.globals {
            match &mut global.kind {
                GlobalKind::Slot => {}
                GlobalKind::Func(f) => self.func_id(f),
                GlobalKind::Multi(clauses) => clauses.iter_mut().for_each(|f| self.func_id(f)),
            }
        }
        for datum in &mut program.data {
            match datum {
                Datum::Cons(head, tail) => [head, tail].into_iter().for_each(|a| self.atom(a)),
                Datum::Tuple(items) => items.iter_mut().for_each(|a| self.atom(a)),
                Datum::String(_) | Datum::Float(_) | Datum::BigInt { .. } => {}
            }
        }
        if let Some(entry) = &mut program.entry {
            self.func_id(entry);
        }
    }

    fn is_live(&self, var: VarId) -> bool {
        self.live.vars[var.index()]
    }

    fn func_id(&self, func: &mut FuncId) {
        func.0 = self.ids.funcs[func.index()];
    }

    fn atom(&self, atom: &mut Atom) {
        match atom {
            Atom::Func(f) => self.func_id(f),
            Atom::Multi(g) => *g = GlobalId(self.ids.globals[g.index()]),
            Atom::Data(d) => *d = DataId(self.ids.data[d.index()]),
            _ => {}
        }
    }

    fn callee(&self, callee: &mut Callee) {
        match callee {
            Callee::Func(f) | Callee::Known(f, _) => self.func_id(f),
            Callee::Value(_) => {}
        }
    }

    fn func(&mut self, func: &mut Func) {
        self.block(&mut func.body);
    }

    fn block(&mut self, block: &mut Block) {
        block.stmts.retain_mut(|stmt| self.statement(stmt));
        self.term(&mut block.term);
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    /// Rewrites a statement; false: it is dead.
    fn statement(&mut self, stmt: &mut Stmt) -> bool {
        match stmt {
            Stmt::Let { var, rhs, span: _ } => {
                self.forget_dead_store(rhs);
                let any_live = match rhs {
                    Rhs::Closures { funcs: _, rest } => self.is_live(*var) || rest.iter().any(|v| self.is_live(*v)),
                    _ => self.is_live(*var),
                };
                if !any_live && is_droppable(rhs) {
                    return false;
                }
                self.rhs(rhs);
                true
            }
            Stmt::Join(join) => {
                if !self.live.labels[join.label.index()] {
                    return false;
                }
                let dropped = join.params.iter().map(|p| !self.is_live(*p)).collect();
                join.params.retain(|p| self.is_live(*p));
                self.dropped[join.label.index()] = dropped;
                self.block(&mut join.body);
                true
            }
            Stmt::Funs(funs) => {
                funs.retain(|LocalFun { var, func: _ }| self.is_live(*var));
                funs.iter_mut().for_each(|f| self.func(&mut f.func));
                !funs.is_empty()
            }
        }
    }

    /// A store that nothing reads leaves only its value, nil.
    fn forget_dead_store(&self, rhs: &mut Rhs) {
        let dead = match rhs {
            Rhs::SetGlobal(g, _) => !self.live.globals[g.index()],
            Rhs::SetCell(Atom::Var(c), _) => self.live.cells[c.index()] && !self.is_live(*c),
            _ => false,
        };
        if dead {
            *rhs = Rhs::Atom(Atom::Nil);
        }
    }

    fn rhs(&self, rhs: &mut Rhs) {
        rhs_atoms_mut(rhs, &mut |a| self.atom(a));
        match rhs {
            Rhs::Call(callee, _) => self.callee(callee),
            Rhs::GetGlobal(g) | Rhs::SetGlobal(g, _) => *g = GlobalId(self.ids.globals[g.index()]),
            Rhs::Closures { funcs, rest: _ } => funcs.iter_mut().for_each(|(f, _)| self.func_id(f)),
            _ => {}
        }
    }

    fn term(&self, term: &mut Term) {
        match term {
            Term::Jump(label, args) => {
                let mut dropped = self.dropped[label.index()].iter();
                args.retain(|_| !dropped.next().expect("as many arguments as parameters"));
            }
            Term::TailCall(callee, ..) => self.callee(callee),
            _ => {}
        }
        term_atoms_mut(term, &mut |a| self.atom(a));
    }
}
