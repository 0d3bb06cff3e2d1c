//! What the analysis finds wrong, as data; `report` makes diagnostics of it.

use crate::scheme::{Callee, Why};
use crate::types::{FnId, Ty};
use cl_core::ir::Atom;
use cl_text::Span;

pub enum Finding {
    /// An argument that the function certainly fails on.
    Argument(Box<Argument>),
    /// A call of a value that is no function.
    NotFunction {
        span: Span,
        value: Ty,
        why: Option<Why>,
        in_try: bool,
    },
    /// A function value that does not take so many arguments.
    Arity {
        span: Span,
        callee: Callee,
        count: usize,
        in_try: bool,
    },
    /// A function is passed that does not take as many arguments as it is called with.
    Callback {
        span: Span,
        callee: Callee,
        index: u32,
        function: FnId,
        called_with: usize,
        in_try: bool,
    },
    /// A promise that is not kept.
    Annotation {
        span: Span,
        value: Ty,
        expected: Atom,
        blame: Atom,
        why: Option<Why>,
        in_try: bool,
    },
    /// A run-time check of an annotation that stays.
    Check {
        span: Span,
        expected: Atom,
        blame: Atom,
    },
    Unreachable {
        span: Span,
        after: Span,
    },
    /// `=` of values that are never equal; `result` is what it gives.
    Unlike {
        span: Span,
        left: Ty,
        right: Ty,
        result: bool,
    },
}

pub struct Argument {
    pub span: Span,
    pub callee: Callee,
    /// From 0.
    pub index: u32,
    pub value: Ty,
    pub need: Ty,
    /// Why the value is what it is.
    pub value_why: Option<Why>,
    /// Why the function needs what it needs.
    pub need_why: Option<Why>,
    pub in_try: bool,
}
