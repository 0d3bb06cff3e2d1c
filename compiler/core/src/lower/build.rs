//! Building blocks statement by statement. An expression that branches in the middle of a block needs a join for the
//! rest of the block, which is not lowered yet: the join stands with an empty body until the block is closed.

use cl_abi::prims::{self, PrimId};
use cl_text::Span;
use std::collections::HashMap;
use std::mem;
use std::rc::Rc;
use std::sync::LazyLock;

use super::Lower;
use crate::ir::{Atom, Block, Join, LabelId, Rhs, Stmt, Term, VarId, VarInfo};

/// The block that statements are added to.
#[derive(Default)]
pub(super) struct Open {
    pub stmts: Vec<Stmt>,
    waiting: Vec<Waiting>,
}

/// A block that ended in a branch; the join at `hole` gets the rest of the code as its body.
struct Waiting {
    stmts: Vec<Stmt>,
    hole: usize,
    term: Term,
}

impl Open {
    /// Ends the block, innermost rest first.
    fn close(self, term: Term) -> Block {
        let mut block = Block { stmts: self.stmts, term };
        for mut w in self.waiting.into_iter().rev() {
            let Stmt::Join(join) = &mut w.stmts[w.hole] else { unreachable!("the hole is a join") };
            join.body = block;
            block = Block { stmts: w.stmts, term: w.term };
        }
        block
    }
}

impl Lower<'_> {
    pub(super) fn fresh_var(&mut self, name: &Rc<str>) -> VarId {
        self.out.vars.push(VarInfo { name: name.clone() });
        VarId(self.out.vars.len() as u32 - 1)
    }

    pub(super) fn fresh_temp(&mut self) -> VarId {
        let name = self.temp_name.clone();
        self.fresh_var(&name)
    }

    pub(super) fn fresh_label(&mut self) -> LabelId {
        self.out.label_count += 1;
        LabelId(self.out.label_count - 1)
    }

    pub(super) fn push(&mut self, stmt: Stmt) {
        self.open.stmts.push(stmt);
    }

    /// Binds what `rhs` computes to a new variable.
    pub(super) fn emit(&mut self, rhs: Rhs, span: Span) -> Atom {
        let var = self.fresh_temp();
        self.push(Stmt::Let { var, rhs, span });
        Atom::Var(var)
    }

    /// A call of the primitive with this name.
    ///
    /// # Panics
    /// If there is none: the table of primitives and this crate are of one build.
    pub(super) fn emit_prim(&mut self, name: &'static str, args: Vec<Atom>, span: Span) -> Atom {
        let prim = prim(name);
        self.emit(Rhs::Prim(prim, args), span)
    }

    /// A call of a primitive that always raises.
    pub(super) fn raise_prim(&mut self, name: &'static str, args: Vec<Atom>, span: Span) -> Term {
        self.emit_prim(name, args, span);
        Term::Unreachable
    }

    /// A block of its own, for a branch or a join; `f` fills it and gives its terminator.
    pub(super) fn block_of(&mut self, f: impl FnOnce(&mut Self) -> Term) -> Block {
        let outer = mem::take(&mut self.open);
        let term = f(self);
        mem::replace(&mut self.open, outer).close(term)
    }

    /// Declares a join in the open block.
    pub(super) fn push_join(&mut self, label: LabelId, params: Vec<VarId>, body: Block) {
        self.push(Stmt::Join(Join { label, params, body, recursive: false }));
    }

    /// Continues after code that branches: `f` ends in jumps to the label that it is given, with an argument for each
    /// parameter; what is emitted next stands in the body of that join.
    pub(super) fn continue_at(&mut self, params: Vec<VarId>, f: impl FnOnce(&mut Self, LabelId) -> Term) {
        let label = self.fresh_label();
        let hole = self.open.stmts.len();
        self.push_join(label, params, Block { stmts: Vec::new(), term: Term::Unreachable });
        let inner = self.block_of(|s| f(s, label));
        self.open.stmts.extend(inner.stmts);
        let stmts = mem::take(&mut self.open.stmts);
        self.open.waiting.push(Waiting { stmts, hole, term: inner.term });
    }

    /// The value that code which branches passes to the label that it is given.
    pub(super) fn value_at(&mut self, f: impl FnOnce(&mut Self, LabelId) -> Term) -> Atom {
        let var = self.fresh_temp();
        self.continue_at(vec![var], f);
        Atom::Var(var)
    }
}

/// The primitive with this name, which must exist.
pub(super) fn prim(name: &'static str) -> PrimId {
    static BY_NAME: LazyLock<HashMap<&'static str, PrimId>> =
        LazyLock::new(|| prims::ALL.iter().enumerate().map(|(i, p)| (p.name, PrimId(i as u16))).collect());
    *BY_NAME.get(name).unwrap_or_else(|| unreachable!("no primitive {name}"))
}
