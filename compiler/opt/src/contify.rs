//! Contification: a local function of which every call returns to the same place is no function but a join (Fluet and
//! Weeks, Contification using dominators, 2001; here without dominators, by comparing continuations).
//!
//! Self tail calls are loops already ([`crate::loops`]) and functions called once are inlined by the simplifier, so what
//! is left here are functions that do not mention themselves and are called from several places.

use cl_core::ir::{Atom, Block, Callee, Func, Join, LabelId, LocalFun, Program, Rhs, Stmt, Term};

use crate::copy::{Names, return_to};
use crate::resolve::Arity;
use crate::visit::{rhs_atoms, term_atoms, term_blocks, term_blocks_mut};

/// Turns local functions with one continuation into joins.
pub fn contify(mut program: Program) -> Program {
    let sites = {
        let mut finder = Finder::new(&program);
        program.funcs.iter().for_each(|f| finder.func(f));
        finder.sites
    };
    let names = Names::of(&mut program);
    let mut rewriter = Rewriter { labels: vec![None; names.vars.len()], names, sites };
    program.funcs.iter_mut().for_each(|f| rewriter.block(&mut f.body));
    rewriter.names.give_back(&mut program);
    program
}

/// Where a call goes on.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Continuation {
    Return,
    Label(LabelId),
}

/// What the calls of a local function agree on.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Sites {
    /// Not a local function that could be a join, or one with calls that differ.
    No,
    None,
    All(Continuation),
}

/// Where something stands: in which function, and in which `Try` body or handler.
#[derive(Clone, Copy, PartialEq, Default)]
struct Place {
    func: u32,
    region: u32,
}

struct Finder {
    /// By variable.
    sites: Vec<Sites>,
    arities: Vec<Option<Arity>>,
    places: Vec<Place>,
    inside: Vec<bool>,
    /// Position in the walk of what binds a local function and of a join.
    fun_order: Vec<u32>,
    join_order: Vec<u32>,
    here: Place,
    clock: u32,
    funcs: u32,
    regions: u32,
}

impl Finder {
    fn new(program: &Program) -> Finder {
        let vars = program.vars.len();
        Finder {
            sites: vec![Sites::No; vars],
            arities: vec![None; vars],
            places: vec![Place::default(); vars],
            inside: vec![false; vars],
            fun_order: vec![0; vars],
            join_order: vec![0; program.label_count as usize],
            here: Place::default(),
            clock: 0,
            funcs: 0,
            regions: 0,
        }
    }

    fn func(&mut self, func: &Func) {
        self.funcs += 1;
        let outer = std::mem::replace(&mut self.here, Place { func: self.funcs, region: 0 });
        self.block(&func.body);
        self.here = outer;
    }

    fn block(&mut self, block: &Block) {
        for (i, stmt) in block.stmts.iter().enumerate() {
            match stmt {
                Stmt::Let { var, rhs: Rhs::Call(callee, args), span: _ } => {
                    let last = i + 1 == block.stmts.len();
                    let to = match &block.term {
                        Term::Jump(label, passed) if last && passed.as_slice() == [Atom::Var(*var)] => {
                            Some(Continuation::Label(*label))
                        }
                        _ => None,
                    };
                    self.call(callee, args, to);
                }
                Stmt::Let { var: _, rhs, span: _ } => rhs_atoms(rhs, &mut |a| self.value(*a)),
                Stmt::Join(join) => {
                    self.clock += 1;
                    self.join_order[join.label.index()] = self.clock;
                    self.block(&join.body);
                }
                Stmt::Funs(funs) => self.funs(funs),
            }
        }
        match &block.term {
            Term::TailCall(callee, args, _) => self.call(callee, args, Some(Continuation::Return)),
            Term::Try { body, error: _, handler } => {
                let outer = self.here.region;
                for block in [body, handler] {
                    self.regions += 1;
                    self.here.region = self.regions;
                    self.block(block);
                }
                self.here.region = outer;
                return;
            }
            term => term_atoms(term, &mut |a| self.value(*a)),
        }
        term_blocks(&block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    fn funs(&mut self, funs: &[LocalFun]) {
        self.clock += 1;
        for LocalFun { var, func } in funs {
            let i = var.index();
            let may = funs.len() == 1 && !func.variadic;
            self.sites[i] = if may { Sites::None } else { Sites::No };
            self.arities[i] = Some(Arity::of(func));
            self.places[i] = self.here;
            self.fun_order[i] = self.clock;
        }
        for LocalFun { var, func } in funs {
            self.inside[var.index()] = true;
            self.func(func);
            self.inside[var.index()] = false;
        }
    }

    fn call(&mut self, callee: &Callee, args: &[Atom], to: Option<Continuation>) {
        args.iter().for_each(|a| self.value(*a));
        let Callee::Value(Atom::Var(var)) = callee else { return };
        let i = var.index();
        let fits = self.arities[i].is_some_and(|a| a.accepts(args.len()));
        let to = to.filter(|to| match to {
            Continuation::Return => true,
            Continuation::Label(label) => self.join_order[label.index()] < self.fun_order[i],
        });
        let joinable = fits && self.places[i] == self.here && !self.inside[i];
        self.sites[i] = match (self.sites[i], to) {
            (Sites::None, Some(to)) if joinable => Sites::All(to),
            (Sites::All(other), Some(to)) if joinable && other == to => Sites::All(to),
            _ => Sites::No,
        };
    }

    fn value(&mut self, atom: Atom) {
        if let Atom::Var(v) = atom {
            self.sites[v.index()] = Sites::No;
        }
    }
}

struct Rewriter {
    names: Names,
    sites: Vec<Sites>,
    /// The join that a variable's function became.
    labels: Vec<Option<LabelId>>,
}

impl Rewriter {
    fn block(&mut self, block: &mut Block) {
        for stmt in &mut block.stmts {
            match stmt {
                Stmt::Let { .. } => {}
                Stmt::Join(join) => self.block(&mut join.body),
                Stmt::Funs(funs) => match self.sites.get(funs[0].var.index()) {
                    Some(Sites::All(to)) => *stmt = Stmt::Join(self.as_join(funs.remove(0), *to)),
                    Some(Sites::No | Sites::None) | None => {
                        funs.iter_mut().for_each(|f| self.block(&mut f.func.body));
                    }
                },
            }
        }
        self.calls(block);
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    fn as_join(&mut self, fun: LocalFun, to: Continuation) -> Join {
        let LocalFun { var, mut func } = fun;
        let label = self.names.label();
        self.labels[var.index()] = Some(label);
        self.block(&mut func.body);
        if let Continuation::Label(next) = to {
            return_to(&mut self.names, &mut func.body, next);
        }
        Join { label, params: func.params, body: func.body, recursive: false }
    }

    /// Makes a call at the end of a block, of a function that became a join, a jump.
    fn calls(&mut self, block: &mut Block) {
        let label_of = |callee: &Callee| match callee {
            Callee::Value(Atom::Var(v)) => self.labels.get(v.index()).copied().flatten(),
            _ => None,
        };
        if let Term::TailCall(callee, args, _) = &mut block.term {
            if let Some(label) = label_of(callee) {
                block.term = Term::Jump(label, std::mem::take(args));
            }
        } else if let Some(Stmt::Let { var: _, rhs: Rhs::Call(callee, args), span: _ }) = block.stmts.last_mut()
            && let Some(label) = label_of(callee)
        {
            block.term = Term::Jump(label, std::mem::take(args));
            block.stmts.pop();
        }
    }
}
