//! What inference knows of a function: a *scheme*, its type as a function of what its callers pass.

use crate::effects::Eff;
use crate::types::{DataType, FnId, Ty, TyVar, Types};
use cl_core::ir::{CtorId, GlobalId};
use cl_text::Span;
use std::rc::Rc;

/// A part of a value that is taken out of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Proj {
    /// Of a List.
    Item,
    /// Of a Set.
    Element,
    Key,
    Value,
    TupleItem {
        size: u32,
        index: u32,
    },
    Field {
        ctor: CtorId,
        index: u32,
    },
    /// A type argument of a `data` type: what the fields of that type hold.
    Arg {
        ty: DataType,
        index: u32,
    },
    Promised,
    Message,
}

/// What a type variable stands for, in terms of other variables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Def {
    /// A part of the values of a variable.
    Project { var: TyVar, of: TyVar, proj: Proj },
    /// The result of calling the values of a variable. All calls with the same number of arguments are one.
    Apply { var: TyVar, callee: TyVar, args: Vec<Ty>, spread: bool },
}

impl Def {
    pub fn var(&self) -> TyVar {
        match self {
            Def::Project { var, .. } | Def::Apply { var, .. } => *var,
        }
    }
}

/// How a variable is derived from another one, for finding it again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Derive {
    Project(TyVar, Proj),
    /// With so many arguments; `spread`: with the items of a List.
    Apply(TyVar, u32, bool),
}

/// Why a value has the type that it has, or a parameter needs it.
#[derive(Clone, Debug)]
pub enum Why {
    /// It is passed there to a function that needs it, as argument `index`.
    Argument { span: Span, callee: Callee, index: u32 },
    /// A variable of the program holds it.
    Global(GlobalId),
    /// A test on the way says so.
    Test(Span),
    /// It was computed there, by a call of a function if it has a name.
    Made { span: Span, by: Option<Rc<str>> },
}

/// Who needs something.
#[derive(Clone, Debug)]
pub enum Callee {
    Fn(FnId),
    Named(Rc<str>),
}

#[derive(Clone)]
pub struct Scheme {
    /// The variables of the parameters; of a variadic function the last one is the List of further arguments.
    pub params: Vec<TyVar>,
    /// What each argument must be for the function to end in any other way than by a failed check: its success type.
    pub needs: Vec<Ty>,
    pub whys: Vec<Option<Why>>,
    /// In the order in which they can be evaluated.
    pub defs: Rc<Vec<Def>>,
    pub result: Ty,
    pub eff: Eff,
    /// May end by raising on purpose, or by an operation that is not resumed.
    pub raises: bool,
    /// If the result is true (false), the argument is of the type: what a test of its arguments tells.
    pub when_true: Vec<Ty>,
    pub when_false: Vec<Ty>,
    /// The variables of enclosing functions that it mentions.
    pub free: Vec<TyVar>,
    /// How often it has changed: for what remembers uses of it.
    pub version: u32,
    /// How often the result has grown.
    pub growth: u8,
}

impl Scheme {
    /// Of a function that was not analysed yet: it never returns, and takes everything.
    pub fn unknown(params: Vec<TyVar>) -> Scheme {
        let any = vec![Types::ANY; params.len()];
        Scheme {
            whys: vec![None; params.len()],
            needs: any.clone(),
            when_true: any.clone(),
            when_false: any,
            params,
            defs: Rc::default(),
            result: Types::NEVER,
            eff: Eff::NONE,
            raises: false,
            free: Vec::new(),
            version: 0,
            growth: 0,
        }
    }
}
