//! Which variables are live where, for one function.
//!
//! A collection may happen at any call, so at each one the code generator must know the tagged variables that are still
//! needed: they are stored to stack slots and listed in the call's stack map. Joins make this a little more than a
//! backward walk. A first pass computes, bottom-up, the free variables of each join and the enclosing loops that it jumps
//! to; a second one walks top-down, when what enclosing joins need is known, and notes for each statement the variables
//! that die there. Both are linear in the size of the function times the number of live variables.

use cl_core::ir::*;
use cl_opt::visit::{rhs_atoms, term_atoms};
use std::collections::{BTreeSet, HashMap};

pub type VarSet = BTreeSet<VarId>;

/// How a piece of code may collect garbage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Safepoint {
    #[default]
    None,
    /// Only on cold paths: allocation, loop polls.
    Cold,
    /// At calls of compiled code.
    Call,
}

/// What is known about a block.
#[derive(Default)]
pub struct BlockInfo {
    pub live_in: VarSet,
    /// Variables whose last use is statement `i`.
    pub deaths: Vec<Vec<VarId>>,
    /// How the block may collect from statement `i` on, the terminator and nested blocks included; one entry more than
    /// there are statements.
    pub safepoint_from: Vec<Safepoint>,
}

/// The result for one function.
#[derive(Default)]
pub struct Liveness {
    blocks: HashMap<*const Block, BlockInfo>,
    labels: HashMap<LabelId, VarSet>,
}

impl Liveness {
    pub fn of(func: &Func) -> Liveness {
        let mut pass = Pass::default();
        pass.free(&func.body);
        let mut result = Liveness::default();
        pass.live(&mut result, &func.body, &VarSet::new());
        result
    }

    pub fn block(&self, block: &Block) -> &BlockInfo {
        &self.blocks[&(block as *const Block)]
    }

    /// What the body of a join needs besides its parameters.
    pub fn label(&self, label: LabelId) -> &VarSet {
        &self.labels[&label]
    }
}

/// Free variables of a join and the enclosing loops that its body jumps to.
#[derive(Default, Clone)]
struct Needs {
    vars: VarSet,
    loops: BTreeSet<LabelId>,
}

impl Needs {
    fn add(&mut self, other: &Needs) {
        self.vars.extend(&other.vars);
        self.loops.extend(&other.loops);
    }
}

#[derive(Default)]
struct Pass {
    needs: HashMap<LabelId, Needs>,
}

impl Pass {
    /// The first pass: needs of a block; fills `self.needs` for the joins in it.
    fn free(&mut self, block: &Block) -> Needs {
        // Joins first: later statements and the terminator may jump to them.
        let mut joins = Vec::new();
        for stmt in &block.stmts {
            if let Stmt::Join(join) = stmt {
                if join.recursive {
                    self.needs.insert(join.label, Needs { vars: VarSet::new(), loops: BTreeSet::from([join.label]) });
                }
                let mut needs = self.free(&join.body);
                needs.loops.remove(&join.label);
                for p in &join.params {
                    needs.vars.remove(p);
                }
                self.needs.insert(join.label, needs);
                joins.push(join.label);
            }
        }
        let mut needs = self.free_term(&block.term);
        for stmt in block.stmts.iter().rev() {
            if let Stmt::Let { var, rhs, .. } = stmt {
                needs.vars.remove(var);
                if let Rhs::Closures { rest, .. } = rhs {
                    rest.iter().for_each(|v| {
                        needs.vars.remove(v);
                    });
                }
                uses(rhs, |v| {
                    if v != *var {
                        needs.vars.insert(v);
                    }
                });
            }
        }
        needs
    }

    fn free_term(&mut self, term: &Term) -> Needs {
        let mut needs = Needs::default();
        term_uses(term, |v| {
            needs.vars.insert(v);
        });
        match term {
            Term::Jump(label, _) => {
                let target = self.needs.get(label).cloned().unwrap_or_default();
                needs.add(&target);
            }
            Term::If { then, otherwise, .. } => {
                let (a, b) = (self.free(then), self.free(otherwise));
                needs.add(&a);
                needs.add(&b);
            }
            Term::Try { body, error, handler } => {
                let mut h = self.free(handler);
                h.vars.remove(error);
                let b = self.free(body);
                needs.add(&h);
                needs.add(&b);
            }
            Term::Return(_) | Term::TailCall(..) | Term::TailApply(..) | Term::Unreachable => {}
        }
        needs
    }

    /// The second pass. `base` is live everywhere in the block (what handlers around it need).
    fn live(&mut self, result: &mut Liveness, block: &Block, base: &VarSet) -> Safepoint {
        let mut join_safepoints = Vec::new();
        for stmt in &block.stmts {
            if let Stmt::Join(join) = stmt {
                let needs = self.needs[&join.label].clone();
                let mut vars = needs.vars;
                for outer in &needs.loops {
                    vars.extend(result.labels.get(outer).into_iter().flatten());
                }
                vars.extend(base);
                result.labels.insert(join.label, vars);
                let inside = self.live(result, &join.body, base);
                join_safepoints.push(if join.recursive { inside.max(Safepoint::Cold) } else { inside });
            }
        }
        let mut live = base.clone();
        let mut safepoint = self.live_term(result, &block.term, base, &mut live);
        let mut info = BlockInfo { deaths: vec![Vec::new(); block.stmts.len()], ..BlockInfo::default() };
        info.safepoint_from.push(safepoint);
        for (i, stmt) in block.stmts.iter().enumerate().rev() {
            match stmt {
                Stmt::Let { var, rhs, .. } => {
                    let dead = &mut info.deaths[i];
                    if !live.remove(var) {
                        dead.push(*var);
                    }
                    if let Rhs::Closures { rest, .. } = rhs {
                        dead.extend(rest.iter().filter(|v| !live.remove(v)));
                    }
                    // A closure may capture itself.
                    uses(rhs, |v| {
                        if v != *var && live.insert(v) {
                            dead.push(v);
                        }
                    });
                    safepoint = safepoint.max(rhs_safepoint(rhs));
                }
                Stmt::Join(_) => safepoint = safepoint.max(join_safepoints.pop().unwrap_or_default()),
                Stmt::Funs(_) => unreachable!("flat Core has no local functions"),
            }
            info.safepoint_from.push(safepoint);
        }
        info.safepoint_from.reverse();
        info.live_in = live;
        result.blocks.insert(block, info);
        safepoint
    }

    fn live_term(&mut self, result: &mut Liveness, term: &Term, base: &VarSet, live: &mut VarSet) -> Safepoint {
        term_uses(term, |v| {
            live.insert(v);
        });
        match term {
            Term::Jump(label, _) => {
                live.extend(result.labels.get(label).into_iter().flatten());
                Safepoint::None
            }
            Term::If { then, otherwise, .. } => {
                let a = self.live(result, then, base);
                let b = self.live(result, otherwise, base);
                live.extend(&result.block(then).live_in);
                live.extend(&result.block(otherwise).live_in);
                a.max(b)
            }
            Term::Try { body, error, handler } => {
                let a = self.live(result, handler, base);
                let mut inner = result.block(handler).live_in.clone();
                inner.remove(error);
                live.extend(&inner);
                let b = self.live(result, body, &inner);
                live.extend(&result.block(body).live_in);
                a.max(b)
            }
            Term::Return(_) | Term::TailCall(..) | Term::TailApply(..) | Term::Unreachable => Safepoint::None,
        }
    }
}

fn rhs_safepoint(rhs: &Rhs) -> Safepoint {
    use cl_abi::prims::flags::{POLL, SWITCH};
    match rhs {
        Rhs::Call(..) | Rhs::Apply(..) => Safepoint::Call,
        Rhs::Prim(p, _) if p.get().is(SWITCH) => Safepoint::Call,
        Rhs::Prim(p, _) if p.get().is(POLL) => Safepoint::Cold,
        Rhs::Prim(p, _) if matches!(p.get().name, "%cons" | "%cons-unchecked") => Safepoint::Cold,
        Rhs::Construct(..) | Rhs::Tuple(_) | Rhs::Closures { .. } | Rhs::NewCell(_) => Safepoint::Cold,
        Rhs::Atom(_)
        | Rhs::Prim(..)
        | Rhs::IsCtor(..)
        | Rhs::IsTuple(..)
        | Rhs::Field(..)
        | Rhs::GetCell(_)
        | Rhs::SetCell(..)
        | Rhs::GetGlobal(_)
        | Rhs::SetGlobal(..) => Safepoint::None,
        Rhs::Effect(_) => unreachable!("the optimiser has expanded effects"),
    }
}

/// Calls `f` for each variable that a right-hand side uses; closures of a group do not use each other.
fn uses(rhs: &Rhs, mut f: impl FnMut(VarId)) {
    let own: &[VarId] = match rhs {
        Rhs::Closures { rest, .. } => rest,
        _ => &[],
    };
    rhs_atoms(rhs, &mut |atom| {
        if let Atom::Var(v) = atom
            && !own.contains(v)
        {
            f(*v);
        }
    });
}

/// Calls `f` for each variable that a terminator itself uses.
fn term_uses(term: &Term, mut f: impl FnMut(VarId)) {
    term_atoms(term, &mut |atom| {
        if let Atom::Var(v) = atom {
            f(*v);
        }
    });
}
