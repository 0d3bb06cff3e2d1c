//! Contracts in the resolved tree, for stages that read them: effect inference, solvers. Checking them when the program
//! runs is part of the functions' bodies already.

use super::{ExprId, GlobalId, VarId};
use cl_text::Span;
use std::rc::Rc;

/// What `spec:contract` says of a function, for stages that read it: effect inference, solvers.
pub struct Contract {
    pub function: ContractOf,
    pub name: Rc<str>,
    pub span: Span,
    /// What the function is called with, the last one the List of further arguments if `rest`. Where a parameter is a
    /// pattern or annotated, clauses mention what the function's body takes out of its variable.
    pub params: Vec<VarId>,
    pub rest: bool,
    /// With those of the contracts that it extends, which come first.
    pub clauses: Vec<ContractClause>,
    /// `result` in the `Ensures` clauses.
    pub result: VarId,
    /// What `(old e)` stands for: the variable in its place, and e.
    pub olds: Vec<(VarId, ExprId)>,
    pub bound: Option<EffectBound>,
    /// For people, such as "O(n)".
    pub complexity: Option<Rc<str>>,
}

/// The function that a contract is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ContractOf {
    Global(GlobalId),
    /// The variable that is bound to the function.
    Local(VarId),
}

pub struct ContractClause {
    pub kind: ClauseKind,
    pub expr: ExprId,
    /// The clause as it was written, on one line.
    pub text: Rc<str>,
    pub span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClauseKind {
    Requires,
    Ensures,
    /// Holds on entry and on return.
    Invariant,
    /// The expression is the measure, not a condition.
    Decreasing,
}

/// The effects that a function is promised to stay within: kinds and operations, none for `:pure true`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EffectBound {
    pub effects: Vec<Rc<str>>,
    pub span: Span,
}
