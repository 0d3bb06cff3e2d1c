//! Blocks, terminators and branches.

use super::Analysis;
use crate::effects::{Eff, Taken};
use crate::findings::Finding;
use crate::types::{Kinds, Ty, Types};
use cl_core::ir::{Atom, Block, Callee, Cond, Join, Stmt, Term, VarId};
use cl_text::Span;

impl<'p> Analysis<'p> {
    pub(super) fn block(&mut self, block: &'p Block) {
        self.blocks += 1;
        let mark = self.trail.len();
        let (muted, dead_after) = (self.frame.muted, self.frame.dead_after.take());
        let mut joins: Vec<&'p Join> = Vec::new();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span } => {
                    self.note_unreachable(*span);
                    self.statement(*var, rhs, *span);
                }
                Stmt::Join(join) => {
                    self.declare(join);
                    joins.push(join);
                }
                Stmt::Funs(funs) => self.funs(funs),
            }
        }
        self.term(&block.term);
        for join in joins.into_iter().rev() {
            self.join(join);
        }
        self.undo(mark);
        (self.frame.muted, self.frame.dead_after) = (muted, dead_after);
    }

    /// What follows a call that never returns is reported once, where it is code of its own.
    fn note_unreachable(&mut self, span: Span) {
        if let Some(after) = self.frame.dead_after
            && span.file == after.file
            && span.start >= after.end
        {
            self.frame.dead_after = None;
            if !self.table.get(self.frame.id).library {
                self.findings.push(Finding::Unreachable { span, after });
            }
        }
    }

    /// Nothing after this in the block is reached.
    pub(super) fn dead_after(&mut self, span: Span) {
        if !self.frame.muted {
            self.frame.muted = true;
            self.frame.dead_after = Some(span);
        }
    }

    fn term(&mut self, term: &'p Term) {
        match term {
            Term::Return(a) => self.returned(*a),
            Term::TailCall(callee, args, span) => self.tail_call(callee, args, *span),
            Term::TailApply(f, list, span) => {
                self.note_unreachable(*span);
                let result = self.apply(*f, *list, *span);
                self.tail_result(result);
            }
            Term::Jump(label, args) => self.jump(*label, args),
            Term::If { cond, then, otherwise } => self.branch(cond, then, otherwise),
            Term::Try { body, error, handler } => self.try_block(body, *error, handler),
            Term::Unreachable => {}
        }
    }

    fn tail_call(&mut self, callee: &Callee, args: &[Atom], span: Span) {
        self.note_unreachable(span);
        let outcome = self.call(callee, args, span);
        self.tail_result(outcome.result);
    }

    fn tail_result(&mut self, result: Ty) {
        if !self.frame.muted && result != Types::NEVER {
            self.frame.result = self.types.union(self.frame.result, result);
            self.exit();
            let now = self.params_now();
            for side in [&mut self.frame.when_true, &mut self.frame.when_false] {
                side.iter_mut().zip(&now).for_each(|(known, ty)| *known = self.types.union(*known, *ty));
            }
        }
    }

    fn try_block(&mut self, body: &'p Block, error: VarId, handler: &'p Block) {
        // The handler of a `finally` clause raises the error again.
        let goes_on = matches!(&handler.term, Term::Jump(_, args) if args.first() == Some(&Atom::Bool(true)));
        let (eff, in_try, caught) = (self.frame.eff, self.frame.in_try, self.frame.caught);
        self.frame.eff = Eff::NONE;
        self.frame.in_try |= !goes_on;
        self.frame.caught |= !goes_on;
        self.block(body);
        (self.frame.in_try, self.frame.caught) = (in_try, caught);
        let mut inside = self.frame.eff;
        if !goes_on {
            inside = self.types.effects.handled(inside, &[Taken { name: "error".into(), resumes: true }]);
        }
        self.frame.eff = self.types.effects.union(eff, inside);
        let dict = self.types.of_kinds(Kinds::DICT);
        self.define(error, dict);
        self.block(handler);
    }

    fn branch(&mut self, cond: &Cond, then: &'p Block, otherwise: &'p Block) {
        self.check_cond(cond);
        // Tests of an annotation stand in a row; each jumps on where it succeeds.
        let before = self.frame.tested.take();
        let next = match &then.term {
            Term::Jump(label, _) if then.stmts.is_empty() => Some(*label),
            _ => None,
        };
        let mut fits = before.is_some_and(|(label, fits)| fits && Some(label) == next);
        for (truth, block) in [(true, then), (false, otherwise)] {
            let (mark, muted) = (self.trail.len(), self.frame.muted);
            let possible = self.assume_cond(cond, truth);
            if !possible {
                self.undo(mark);
                self.frame.muted = true;
            }
            fits |= truth && possible;
            self.frame.tested = next.filter(|_| !truth).map(|label| (label, fits));
            self.block(block);
            self.frame.tested = None;
            self.undo(mark);
            self.frame.muted = muted;
        }
    }
}
