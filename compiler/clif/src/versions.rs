//! Two versions of small bodies that do arithmetic on their parameters: one for when these are fixnums, whose checks are
//! then gone, and a cold one for everything else. The test stands once at the head of a function without loops, or at the
//! head of an innermost loop.

use crate::function::FunctionCompiler;
use cl_core::ir::*;
use cl_opt::{Bits, KindSet};
use cranelift_codegen::ir::{InstBuilder, Value};
use cranelift_module::Module;
use std::collections::BTreeMap;

/// Bodies with more statements and branches than this have one version.
const MAX_SIZE: usize = 80;
/// So many checks of a parameter make a version worth while.
const MIN_CHECKS: usize = 2;

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// Code for the body of a function or loop with these parameters.
    pub fn versioned(&mut self, body: &Block, params: &[VarId]) {
        let Some(fixnums) = self.worth_a_version(body, params) else { return self.block(body) };
        let words: Vec<Value> = fixnums.iter().map(|v| self.var(*v)).collect();
        let all = words.into_iter().reduce(|x, y| self.b.ins().bor(x, y)).expect("there is at least one");
        let other = self.b.ins().band_imm_s(all, 1);
        let (fast, slow) = (self.new_block(), self.new_block());
        self.b.set_cold_block(slow);
        self.b.ins().brif(other, slow, &[], fast, &[]);
        let state = self.state.clone();
        self.b.switch_to_block(fast);
        fixnums.iter().for_each(|v| self.learn(*v, KindSet::of(Bits::FIXNUM)));
        self.block(body);
        self.b.switch_to_block(slow);
        self.state = state;
        let outer = std::mem::replace(&mut self.cold, true);
        self.block(body);
        self.cold = outer;
    }

    /// The parameters to make a version for.
    fn worth_a_version(&self, body: &Block, params: &[VarId]) -> Option<Vec<VarId>> {
        let mut checks = Checks::default();
        if self.cold || !checks.block(body) {
            return None;
        }
        let fixnums: Vec<VarId> = params
            .iter()
            .copied()
            .filter(|v| checks.by_var.get(v).is_some_and(|n| *n >= MIN_CHECKS))
            .filter(|v| {
                let known = self.kinds(Atom::Var(*v));
                !known.is_fixnum() && !known.bits.and(Bits::FIXNUM).is_empty()
            })
            .collect();
        (!fixnums.is_empty()).then_some(fixnums)
    }
}

/// Counts the operations that check whether a variable is a fixnum.
#[derive(Default)]
struct Checks {
    by_var: BTreeMap<VarId, usize>,
    size: usize,
}

impl Checks {
    /// False when the body is too large or has a loop in it.
    fn block(&mut self, block: &Block) -> bool {
        self.size += block.stmts.len() + 1;
        self.size <= MAX_SIZE
            && block.stmts.iter().all(|stmt| match stmt {
                Stmt::Let { rhs: Rhs::Prim(prim, args), .. } => self.prim(prim.get().name, args),
                Stmt::Let { .. } => true,
                Stmt::Join(join) => !join.recursive && self.block(&join.body),
                Stmt::Funs(_) => false,
            })
            && match &block.term {
                Term::If { cond, then, otherwise } => {
                    if let Cond::Prim(prim, args, _) = cond {
                        self.prim(prim.get().name, args);
                    }
                    self.block(then) && self.block(otherwise)
                }
                Term::Try { .. } => false,
                Term::Return(_) | Term::TailCall(..) | Term::TailApply(..) | Term::Jump(..) | Term::Unreachable => true,
            }
    }

    fn prim(&mut self, name: &str, args: &[Atom]) -> bool {
        let checked = matches!(
            name,
            "%add" | "%sub" | "%mul" | "%quot" | "%rem" | "%div" | "%mod" | "%lt" | "%le" | "%gt" | "%ge" | "%eq"
        );
        if checked {
            for arg in args {
                if let Atom::Var(v) = arg {
                    *self.by_var.entry(*v).or_default() += 1;
                }
            }
        }
        true
    }
}
