//! Lowering: the resolved tree to nested Core.
//!
//! Expressions become A-normal form with an explicit destination ([`Dest`]); a branch in the middle of a block puts the
//! rest into a join. Variables that are assigned live in cells (a later pass turns the ones that no lambda captures into
//! join parameters). Functions of the program that code can reach are lowered once each; the top-level forms become the
//! body of the entry function, in chunks, so that no function gets huge.

mod block;
mod build;
mod call;
mod control;
mod data;
mod expr;
mod function;
mod pattern;
mod program;
mod reach;
mod result;
mod types;

use cl_lang::hir;
use cl_text::Span;
use std::collections::HashMap;
use std::rc::Rc;

use crate::ir::{Atom, CtorId, FuncId, GlobalId, LabelId, Program, Term};
use build::Open;
use data::Pool;
use reach::Reach;
use result::{Functions, Results};

pub use program::lower;

/// Where the value of an expression goes.
#[derive(Clone, Copy)]
enum Dest {
    /// The function returns it.
    Return,
    /// The argument of a jump.
    Value(LabelId),
    /// Dropped; a jump without argument follows.
    Drop(LabelId),
}

/// How a local variable is read.
#[derive(Clone, Copy)]
enum Place {
    Value(Atom),
    /// The cell that holds it.
    Cell(Atom),
    /// The cell that holds it, or `Undef` as long as its binding has not ended.
    Early(Atom),
}

/// How a global is read.
#[derive(Clone, Copy)]
enum GlobalUse {
    Func(FuncId),
    Multi(GlobalId),
    Const(Atom),
    Slot,
    /// A slot that may be `Undef` when a function reads it.
    EarlySlot,
}

/// The parameters of a function of the program.
#[derive(Clone, Copy)]
struct Shape {
    fixed: usize,
    variadic: bool,
}

impl Shape {
    fn takes(self, count: usize) -> bool {
        count == self.fixed || self.variadic && count > self.fixed
    }
}

/// What is known of the function that is being lowered.
#[derive(Default)]
struct Frame<'h> {
    /// The loops around the current expression.
    loops: Vec<(hir::LoopId, LabelId)>,
    /// Top-level code itself, which runs in the order of the forms.
    top_level: bool,
    /// The function of the program that this is, or a version of.
    source: Option<FuncId>,
    results: Results<'h>,
}

struct Lower<'h> {
    hir: &'h hir::Program,
    unwinds: control::Unwinds,
    reach: Reach,
    out: Program,
    pool: Pool,
    /// By local variable.
    places: Vec<Option<Place>>,
    /// By global.
    globals: Vec<GlobalUse>,
    /// By global: the top-level code lowered so far has defined it.
    defined: Vec<bool>,
    /// By function of the program.
    shapes: Vec<Shape>,
    funcs: Vec<Option<crate::ir::Func>>,
    functions: Functions<'h>,
    /// By local variable: the function that it is bound to for good.
    local_lambdas: HashMap<hir::VarId, &'h hir::Lambda>,
    /// By constructor: its function, where one is wanted.
    ctor_funcs: Vec<Option<FuncId>>,
    /// By the request that a clause gets: the function that runs in the fiber of its handler.
    handler_functions: HashMap<hir::VarId, Atom>,
    /// The constructors of a declared type.
    types: HashMap<Rc<str>, Vec<CtorId>>,
    /// The functions that test types, by the type's text.
    type_tests: HashMap<String, FuncId>,
    /// What contracts promise of functions' effects.
    bounds: HashMap<hir::ContractOf, &'h hir::EffectBound>,
    temp_name: Rc<str>,
    open: Open,
    frame: Frame<'h>,
}

impl<'h> Lower<'h> {
    fn expr(&self, e: hir::ExprId) -> &'h hir::Expr {
        let hir = self.hir;
        &hir.exprs[e.0 as usize]
    }

    fn hir_var(&self, v: hir::VarId) -> &'h hir::Var {
        &self.hir.vars[v.0 as usize]
    }

    fn span(&self, e: hir::ExprId) -> Span {
        self.expr(e).span
    }

    /// Ends the block with a value for `dest`.
    fn give(&mut self, dest: Dest, value: Atom) -> Term {
        match dest {
            Dest::Return => match self.frame.results.check {
                Some(check) => Term::Jump(check, vec![value]),
                None => Term::Return(value),
            },
            Dest::Value(label) => Term::Jump(label, vec![value]),
            Dest::Drop(label) => Term::Jump(label, vec![]),
        }
    }
}
