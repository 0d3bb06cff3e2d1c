//! Joins and loops. A join is walked after all jumps to it; a loop's body until its variables are known.

use super::{Analysis, Slot};
use crate::scheme::Why;
use crate::types::{Ty, Types};
use cl_core::ir::{Atom, Join, LabelId, Term, VarId};

/// Refinements that a jump carries to its join; older ones are forgotten.
const CARRIED: usize = 48;

/// A join while jumps to it are met.
pub(super) struct JoinState {
    params: Vec<Ty>,
    whys: Vec<Option<Why>>,
    /// What every jump knows of variables beyond what was known where the join is declared.
    refined: Option<Vec<(VarId, Ty)>>,
    live: bool,
    /// The trail where it was declared.
    mark: usize,
    /// In the order of declaration within the function.
    number: u32,
    /// The join only returns its parameter.
    returns: bool,
}

/// A loop whose body is being walked.
pub(super) struct LoopFrame {
    number: u32,
    /// Something in the body leaves it.
    pub left: bool,
    /// What parameters are where the loop jumps back.
    back: Option<Vec<Ty>>,
}

impl<'p> Analysis<'p> {
    pub(super) fn declare(&mut self, join: &Join) {
        self.frame.joins += 1;
        let returns = !join.recursive
            && join.params.len() == 1
            && join.body.stmts.is_empty()
            && matches!(join.body.term, Term::Return(Atom::Var(v)) if v == join.params[0]);
        let state = JoinState {
            params: vec![Types::NEVER; join.params.len()],
            whys: vec![None; join.params.len()],
            refined: None,
            live: false,
            mark: self.trail.len(),
            number: self.frame.joins,
            returns,
        };
        self.joins.insert(join.label, state);
    }

    pub(super) fn jump(&mut self, label: LabelId, args: &[Atom]) {
        let types: Vec<Ty> = args.iter().map(|a| self.atom(*a)).collect();
        if self.frame.muted || types.contains(&Types::NEVER) {
            return;
        }
        if self.joins[&label].returns {
            return self.returned(args[0]);
        }
        let whys: Vec<_> = args.iter().map(|a| self.why(*a)).collect();
        let Some(mut state) = self.joins.remove(&label) else { return };
        self.leave_loops(state.number);
        for (known, ty) in state.params.iter_mut().zip(types) {
            *known = self.types.union(*known, ty);
        }
        state.whys = if state.live { vec![None; whys.len()] } else { whys };
        state.live = true;
        state.refined = Some(self.carried(state.refined.take(), state.mark));
        self.joins.insert(label, state);
    }

    /// A jump to the join of this number leaves the loops inside of it, or jumps back in its own.
    fn leave_loops(&mut self, number: u32) {
        let now = self.params_now();
        for l in self.frame.loops.iter_mut().rev() {
            if l.number > number {
                l.left = true;
                continue;
            }
            if l.number == number {
                l.back = Some(match l.back.take() {
                    None => now,
                    Some(back) => back.into_iter().zip(now).map(|(a, b)| self.types.union(a, b)).collect(),
                });
            }
            break;
        }
    }

    /// What this jump, and every one before, knows of variables beyond what was known at the join's declaration.
    fn carried(&mut self, before: Option<Vec<(VarId, Ty)>>, mark: usize) -> Vec<(VarId, Ty)> {
        match before {
            None => {
                let mut vars: Vec<VarId> = self.trail[mark..].iter().rev().take(CARRIED).map(|(v, ..)| *v).collect();
                vars.sort_unstable();
                vars.dedup();
                vars.into_iter().map(|v| (v, self.env[v.index()])).collect()
            }
            Some(before) => before.into_iter().map(|(v, ty)| (v, self.types.union(ty, self.env[v.index()]))).collect(),
        }
    }

    pub(super) fn join(&mut self, join: &'p Join) {
        let Some(state) = self.joins.remove(&join.label) else { return };
        self.undo(state.mark);
        self.frame.muted = !state.live;
        if state.returns {
            return;
        }
        if !state.live {
            join.params.iter().for_each(|p| self.define(*p, Types::ANY));
            self.joins.insert(join.label, state);
            return self.block(&join.body);
        }
        for (var, ty) in state.refined.iter().flatten() {
            self.narrow(*var, *ty, None);
        }
        if join.recursive {
            return self.loop_body(join, state);
        }
        for ((param, ty), why) in join.params.iter().zip(&state.params).zip(&state.whys) {
            self.define(*param, *ty);
            self.whys[param.index()] = why.clone();
        }
        self.block(&join.body);
    }

    /// Walks the body until its variables are known.
    fn loop_body(&mut self, join: &'p Join, mut state: JoinState) {
        let count = join.params.len();
        let number = state.number;
        let mut heads = self.heads.remove(&join.label).unwrap_or_else(|| vec![Slot::EMPTY; count]);
        for (head, ty) in heads.iter_mut().zip(&state.params) {
            head.grow(&mut self.types, *ty);
        }
        loop {
            let (found, cells) = (self.findings.len(), self.cell_changes);
            for (param, head) in join.params.iter().zip(&heads) {
                self.define(*param, if self.given_up { Types::ANY } else { head.ty });
            }
            state.params.fill(Types::NEVER);
            self.joins.insert(join.label, state);
            self.frame.loops.push(LoopFrame { number, left: false, back: None });
            self.block(&join.body);
            let frame = self.frame.loops.pop();
            let Some(after) = self.joins.remove(&join.label) else { return };
            state = after;
            let mut grown = false;
            for (head, ty) in heads.iter_mut().zip(&state.params) {
                grown |= head.grow(&mut self.types, *ty);
            }
            if self.given_up || !(grown || cells != self.cell_changes) {
                self.endless(frame);
                break;
            }
            self.findings.truncate(found);
        }
        self.heads.insert(join.label, heads);
    }

    /// A loop that nothing leaves is as good an end as any.
    fn endless(&mut self, frame: Option<LoopFrame>) {
        if let Some(LoopFrame { left: false, back: Some(now), .. }) = frame {
            for l in &mut self.frame.loops {
                l.left = true;
            }
            self.add_exit(now);
        }
    }
}
