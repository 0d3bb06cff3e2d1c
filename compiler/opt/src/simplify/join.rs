//! Joins and jumps.
//!
//! A join with one jump is moved there, a small one copied to each jump. A join that only branches on its parameters is
//! made small by turning its arms into joins of their own: jumps with a known argument then go straight to an arm (jump
//! threading), as `if (and a b)` needs it.

use cl_core::ir::{Atom, Block, Join, LabelId, Rhs, Stmt, Term, VarId};
use cl_text::{FileId, Span};
use std::collections::HashMap;

use super::Simplifier;
use super::block::Work;
use crate::copy::copy_block;
use crate::visit::{cond_atoms, is_droppable, prim_is_pure};

/// Of copies of variables, which never reach the code.
const NO_SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

impl Simplifier {
    pub(super) fn join(&mut self, mut join: Join, work: &mut Work) {
        let uses = self.occurrences.label(join.label);
        if let Some(uses) = uses {
            if uses.jumps == uses.back {
                return;
            }
            join.recursive &= uses.back > 0;
        }
        if !join.recursive && uses.is_some_and(|u| u.jumps == 1 && u.leaving == 0) {
            self.held_joins.insert(join.label, join);
            return;
        }
        for param in &join.params {
            if let Some(always) = self.occurrences.only_argument(*param) {
                let always = self.facts.resolve(always);
                self.facts.replace(*param, always);
            }
        }
        if !join.recursive && uses.is_none_or(|u| u.jumps > u.leaving) && branches_on_param(&join) {
            self.split_arms(&mut join, work);
        }
        let join = self.join_body(join);
        self.finish_join(join, work);
    }

    /// Keeps a simplified join.
    pub(super) fn finish_join(&mut self, join: Join, work: &mut Work) {
        if !join.recursive && is_small(&join) {
            self.small_joins.insert(join.label, (self.region, join.clone()));
        }
        work.out.push(Stmt::Join(join));
    }

    fn join_body(&mut self, mut join: Join) -> Join {
        let body = std::mem::replace(&mut join.body, Block { stmts: Vec::new(), term: Term::Unreachable });
        join.body = self.scoped_block(body);
        join
    }

    /// Turns the arms of a join's `If` into joins before it.
    fn split_arms(&mut self, join: &mut Join, work: &mut Work) {
        let params = join.params.clone();
        let Term::If { cond: _, then, otherwise } = &mut join.body.term else { return };
        for arm in [then, otherwise] {
            if is_jump_only(arm) {
                continue;
            }
            let body = std::mem::replace(&mut **arm, Block { stmts: Vec::new(), term: Term::Unreachable });
            let (label, arm_join) = self.arm_join(&params, body);
            arm.term = Term::Jump(label, params.iter().map(|p| Atom::Var(*p)).collect());
            // Not to be copied back into the arm at once, should it be small.
            let arm_join = self.join_body(arm_join);
            work.out.push(Stmt::Join(arm_join));
        }
        let fresh: Vec<VarId> = params.iter().map(|p| self.names.var_like(*p)).collect();
        let renamed: HashMap<VarId, Atom> = params
            .iter()
            .zip(&fresh)
            .map(|(p, f)| (*p, Atom::Var(*f)))
            .filter(|(p, _)| !self.is_replaced(*p))
            .collect();
        join.body = copy_block(&mut self.names, &join.body, renamed);
        join.params = fresh;
    }

    fn is_replaced(&self, var: VarId) -> bool {
        self.facts.resolve(Atom::Var(var)) != Atom::Var(var)
    }

    /// A join around an arm, with parameters of its own for those that the arm saw.
    fn arm_join(&mut self, params: &[VarId], mut body: Block) -> (LabelId, Join) {
        let label = self.names.label();
        let fresh: Vec<VarId> = params.iter().map(|p| self.names.var_like(*p)).collect();
        let copies = params.iter().zip(&fresh).filter(|(p, _)| !self.is_replaced(**p));
        let copies = copies.map(|(p, f)| Stmt::Let { var: *p, rhs: Rhs::Atom(Atom::Var(*f)), span: NO_SPAN });
        let copies: Vec<Stmt> = copies.collect();
        body.stmts.splice(0..0, copies);
        (label, Join { label, params: fresh, body, recursive: false })
    }

    pub(super) fn jump(&mut self, label: LabelId, args: Vec<Atom>, work: &mut Work) -> Option<Term> {
        if let Some(join) = self.held_joins.remove(&label) {
            for (param, arg) in join.params.iter().zip(args) {
                self.facts.replace(*param, arg);
            }
            work.go_on_with(join.body);
            self.change();
            return None;
        }
        let Some((region, join)) = self.small_joins.get(&label) else { return Some(Term::Jump(label, args)) };
        let forwards = join.body.stmts.is_empty() && matches!(join.body.term, Term::Jump(..));
        if *region != self.region && !forwards {
            return Some(Term::Jump(label, args));
        }
        let replaced = join.params.iter().copied().zip(args).collect();
        let body = copy_block(&mut self.names, &join.body, replaced);
        work.go_on_with(body);
        self.change();
        None
    }
}

/// Whether a join does nothing but test something about its parameters, with arms that do more than jump.
fn branches_on_param(join: &Join) -> bool {
    let Term::If { cond, then, otherwise } = &join.body.term else { return false };
    if is_jump_only(then) && is_jump_only(otherwise) {
        return false;
    }
    if !join.body.stmts.is_empty() || !super::branch::is_pure(cond) {
        return false;
    }
    let mut on_param = false;
    cond_atoms(cond, &mut |a| on_param |= matches!(a, Atom::Var(v) if join.params.contains(v)));
    on_param
}

fn is_jump_only(block: &Block) -> bool {
    block.stmts.is_empty() && matches!(block.term, Term::Jump(..) | Term::Return(_) | Term::Unreachable)
}

/// Whether a join may be copied to each of its jumps.
fn is_small(join: &Join) -> bool {
    let cheap = |stmt: &Stmt| match stmt {
        Stmt::Let { var: _, rhs: Rhs::Prim(..), span: _ } => true,
        Stmt::Let { var: _, rhs, span: _ } => is_droppable(rhs),
        Stmt::Join(_) | Stmt::Funs(_) => false,
    };
    let Block { stmts, term } = &join.body;
    match term {
        Term::Return(_) | Term::Jump(..) | Term::Unreachable => stmts.len() <= 1 && stmts.iter().all(cheap),
        Term::TailCall(..) | Term::TailApply(..) => stmts.is_empty(),
        Term::If { cond, then, otherwise } => {
            let cheap_cond = match cond {
                cl_core::ir::Cond::Prim(prim, ..) => prim_is_pure(*prim),
                _ => true,
            };
            stmts.is_empty() && cheap_cond && is_jump_only(then) && is_jump_only(otherwise)
        }
        Term::Try { .. } => false,
    }
}
