//! Local functions.

use cl_core::ir::{Atom, Block, Func, LocalFun, Stmt, Term, VarId};
use std::mem;

use super::Simplifier;
use super::block::Work;
use crate::kinds::{Bits, KindSet};
use crate::visit::{each_atom, size};

/// A local function of at most this size is copied to its calls.
const SMALL_LOCAL: usize = 12;
/// Inside of so many `Try`s no local function is put in place. What a `Try` needs where it lands is live at each call
/// inside of it, so the code generator's work grows with the square of the depth: nested handlers, whose bodies are local
/// functions, are split over several functions.
const DEEP: u32 = 8;

impl Simplifier {
    pub(super) fn funs(&mut self, mut funs: Vec<LocalFun>, work: &mut Work) {
        if funs.iter().all(|f| self.is_unused(f.var)) {
            return;
        }
        if funs.len() == 1 && self.depth < DEEP && self.is_called_once(funs[0].var) {
            let LocalFun { var, func } = funs.remove(0);
            self.held_funs.insert(var, func);
            self.change();
            return;
        }
        for LocalFun { var, func: _ } in &funs {
            self.facts.set_kinds(*var, KindSet::of(Bits::CLOSURE));
            self.known_funs.insert(*var);
        }
        for LocalFun { var: _, func } in &mut funs {
            self.local_body(func);
        }
        if let [LocalFun { var, func }] = funs.as_slice()
            && size(&func.body, SMALL_LOCAL) <= SMALL_LOCAL
            && !mentions(&func.body, *var)
        {
            self.small_funs.insert(*var, func.clone());
        }
        work.out.push(Stmt::Funs(funs));
    }

    fn local_body(&mut self, func: &mut Func) {
        let available = self.facts.take_available();
        let (region, depth) = (mem::take(&mut self.region), mem::take(&mut self.depth));
        let body = mem::replace(&mut func.body, Block { stmts: Vec::new(), term: Term::Unreachable });
        func.body = self.scoped_block(body);
        (self.region, self.depth) = (region, depth);
        self.facts.restore_available(available);
    }

    fn is_unused(&self, var: VarId) -> bool {
        self.occurrences.var(var).is_some_and(|u| u.calls + u.values == u.own)
    }

    fn is_called_once(&self, var: VarId) -> bool {
        self.occurrences.var(var).is_some_and(|u| u.calls == 1 && u.values == 0 && u.own == 0)
    }
}

/// Whether a block, local functions included, mentions a variable.
fn mentions(block: &Block, var: VarId) -> bool {
    let mut found = false;
    each_atom(block, &mut |a| found |= *a == Atom::Var(var));
    found
}
