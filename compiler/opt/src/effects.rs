//! Operations and handlers become calls and primitives: the first pass, so that no other one meets them.
//!
//! An operation that no handler of the program names needs no search for one: a built-in operation then does its own work,
//! one of the user's raises `unhandled-effect`.

use cl_abi::prims::PrimId;
use cl_core::ir::{Atom, Block, DataId, Datum, Effect, OpId, Program, Rhs, Stmt, VarId, VarInfo};
use cl_text::Span;

use crate::visit::term_blocks_mut;

/// Expands all effects.
pub fn expand_effects(mut program: Program) -> Program {
    let mut funcs = std::mem::take(&mut program.funcs);
    let mut expander = Expander { program };
    funcs.iter_mut().for_each(|f| expander.block(&mut f.body));
    Program { funcs, ..expander.program }
}

struct Expander {
    /// Without its functions.
    program: Program,
}

impl Expander {
    fn block(&mut self, block: &mut Block) {
        let mut out = Vec::with_capacity(block.stmts.len());
        for mut stmt in block.stmts.drain(..) {
            match &mut stmt {
                Stmt::Let { var: _, rhs, span } => {
                    if let Rhs::Effect(effect) = rhs {
                        *rhs = self.effect(effect, *span, &mut out);
                    }
                }
                Stmt::Join(join) => self.block(&mut join.body),
                Stmt::Funs(funs) => funs.iter_mut().for_each(|f| self.block(&mut f.func.body)),
            }
            out.push(stmt);
        }
        block.stmts = out;
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    fn effect(&mut self, effect: &mut Effect, span: Span, out: &mut Vec<Stmt>) -> Rhs {
        match effect {
            Effect::Perform(op, args) => self.unhandled(*op, args, span, out),
            Effect::Handled(_) => Rhs::Atom(Atom::Bool(false)),
            Effect::Resume(value) => Rhs::Atom(*value),
            Effect::Leave(_) | Effect::Handle(_) => unreachable!("the resolver lets no handler through yet"),
        }
    }

    /// The operation is performed, and no handler takes it.
    fn unhandled(&mut self, op: OpId, args: &[Atom], span: Span, out: &mut Vec<Stmt>) -> Rhs {
        let name = &self.program.ops[op.index()].name;
        let message = self.string(format!("no handler takes the operation {name}"));
        let kind = self.string("unhandled-effect".to_owned());
        let mut data = Atom::EmptyList;
        for arg in args.iter().rev() {
            data = self.emit(Rhs::Prim(prim("%cons-unchecked"), vec![*arg, data]), span, out);
        }
        Rhs::Prim(prim("%raise"), vec![kind, message, data])
    }

    fn string(&mut self, text: String) -> Atom {
        self.program.data.push(Datum::String(text.into()));
        Atom::Data(DataId(self.program.data.len() as u32 - 1))
    }

    fn emit(&mut self, rhs: Rhs, span: Span, out: &mut Vec<Stmt>) -> Atom {
        let var = VarId(self.program.vars.len() as u32);
        self.program.vars.push(VarInfo { name: "t".into() });
        out.push(Stmt::Let { var, rhs, span });
        Atom::Var(var)
    }
}

fn prim(name: &'static str) -> PrimId {
    cl_abi::prims::by_name(name).expect("the table has the primitives that the passes use")
}
