//! The resolved tree: every name is an id, every special form that is sugar is gone. One [`Program`] holds all modules
//! that the root file reaches, the prelude among them.
//!
//! Expressions live in an arena ([`Program::exprs`]), so that depth costs no stack when the tree is dropped.

use cl_abi::prims::PrimId;
use cl_text::Span;
use num_bigint::BigInt;
use std::rc::Rc;

mod contract;
pub use contract::{ClauseKind, Contract, ContractClause, ContractOf, EffectBound};

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident),*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $id(pub u32);)*
    };
}
ids! {
    /// A local variable, unique in the program.
    VarId,
    /// A top-level name, unique in the program.
    GlobalId,
    /// A constructor.
    CtorId,
    /// A module.
    ModuleId,
    /// A `loop`, the target of its `recur`s.
    LoopId,
    /// An expression.
    ExprId,
    /// A pattern.
    PatId,
    /// An effect operation.
    OpId
}

#[derive(Default)]
pub struct Program {
    pub vars: Vec<Var>,
    pub globals: Vec<Global>,
    pub ctors: Vec<Ctor>,
    /// The operations that the program performs or handles.
    pub ops: Vec<Op>,
    pub modules: Vec<Module>,
    pub exprs: Vec<Expr>,
    pub pats: Vec<Pat>,
    /// All top-level forms in the order in which they run: imported modules before their importers.
    pub forms: Vec<Form>,
    /// `main` of the root file and its number of parameters (0 or 1).
    pub main: Option<(GlobalId, usize)>,
    /// Ascending by place within each module. Checking them is part of the functions' bodies already.
    pub contracts: Vec<Contract>,
    /// The library's functions for effects, if there is a handler with a clause.
    pub effects: Option<EffectFunctions<GlobalId>>,
    /// The library's function that runs the body of a handler with a clause that needs the continuation; if there is one.
    pub in_fiber: Option<GlobalId>,
    /// Some continuation may be resumed more than once.
    pub resumes_many: bool,
}

/// The functions that handlers and operations become calls of; `stdlib/prelude/effects.cl` says what they do.
#[derive(Clone, Copy, Debug)]
pub struct EffectFunctions<F> {
    pub handled: F,
    /// By number of arguments.
    pub perform: [F; 4],
    pub perform_list: F,
    pub perform_error: F,
    pub landed: F,
    pub landed_error: F,
}

impl<F> EffectFunctions<F> {
    pub fn map<G>(&self, mut f: impl FnMut(&F) -> G) -> EffectFunctions<G> {
        EffectFunctions {
            handled: f(&self.handled),
            perform: self.perform.each_ref().map(&mut f),
            perform_list: f(&self.perform_list),
            perform_error: f(&self.perform_error),
            landed: f(&self.landed),
            landed_error: f(&self.landed_error),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &F> {
        let single = [&self.handled, &self.perform_list, &self.perform_error, &self.landed, &self.landed_error];
        self.perform.iter().chain(single)
    }
}

pub struct Var {
    pub name: Rc<str>,
    pub span: Span,
    /// Some `set!` assigns it.
    pub assigned: bool,
    /// A lambda inside its scope mentions it (also one that only assigns it).
    pub captured: bool,
}

pub struct Global {
    pub name: Rc<str>,
    pub module: ModuleId,
    pub span: Span,
    /// Some `set!` assigns it.
    pub assigned: bool,
    /// What a library function declares of itself.
    pub signature: Option<Rc<Signature>>,
}

/// `(%sig name clause …)`: the types and effects of a library function. Clauses are tried in order: the first whose
/// parameters certainly accept the arguments ends the search; those that possibly accept them contribute to the result.
/// `(%sig name type)`: the type of a value that is no function.
#[derive(Clone, PartialEq, Debug)]
pub struct Signature {
    /// None for a value.
    pub clauses: Vec<SigClause>,
    pub value: Option<Type>,
}

/// `((params … (Rest rest)) result ! effects …)`
#[derive(Clone, PartialEq, Debug)]
pub struct SigClause {
    pub params: Vec<Type>,
    /// The type of each further argument, if there may be any.
    pub rest: Option<Type>,
    pub result: Type,
    /// Operations (`io:print`), kinds (`error`), and variables that stand in a parameter's function type.
    pub effects: Vec<Rc<str>>,
}

pub struct Ctor {
    pub name: Rc<str>,
    /// The `data` type that it belongs to.
    pub type_name: Rc<str>,
    /// The type's parameters: the variables that its fields' types may mention.
    pub type_params: Vec<Rc<str>>,
    pub fields: Vec<Field>,
    pub span: Span,
}

/// An effect operation.
#[derive(Clone, Debug)]
pub struct Op {
    /// `kind:operation`.
    pub name: Rc<str>,
    pub kind: Rc<str>,
    /// By `define-effect`: with no handler it raises. The others are built in and then do their own work.
    pub declared: bool,
    /// As declared, which nothing checks at run time; empty, and `Any`, for a built-in operation.
    pub params: Vec<Type>,
    /// What is performed is one List of any number of arguments.
    pub variadic: bool,
    pub result: Type,
}

pub struct Field {
    pub name: Option<Rc<str>>,
    pub ty: Type,
}

pub struct Module {
    pub name: Rc<str>,
    /// A module of the library that is part of the compiler: it may call primitives.
    pub is_std: bool,
}

/// A top-level form.
pub enum Form {
    Define { global: GlobalId, value: ExprId, span: Span },
    Expr(ExprId),
}

pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

pub enum ExprKind {
    Const(Const),
    Local(VarId),
    Global(GlobalId),
    /// A constructor as a function or, without fields, as a value.
    Ctor(CtorId),
    Lambda(Lambda),
    /// Only as the value of a top-level `define` in the library: a function with a body for each number of arguments.
    CaseLambda(Vec<Lambda>),
    /// Arguments are in order; the callee is evaluated first.
    Call {
        callee: ExprId,
        args: Vec<ExprId>,
    },
    /// Only from the library.
    Prim {
        prim: PrimId,
        args: Vec<ExprId>,
    },
    If {
        cond: ExprId,
        then: ExprId,
        otherwise: ExprId,
    },
    /// In order; the value is that of the last item, nil if that is a binding or there is none.
    Block(Vec<Item>),
    SetLocal {
        var: VarId,
        value: ExprId,
    },
    SetGlobal {
        global: GlobalId,
        value: ExprId,
    },
    /// The variables are bound anew at each turn. Initial values are evaluated outside the loop's scope.
    Loop {
        id: LoopId,
        vars: Vec<(VarId, ExprId)>,
        body: ExprId,
    },
    /// In tail position of its loop.
    Recur {
        id: LoopId,
        args: Vec<ExprId>,
    },
    Match {
        scrutinee: ExprId,
        arms: Vec<Arm>,
    },
    /// `finally` runs in every case, its value is dropped.
    Try {
        body: ExprId,
        catch: Option<Catch>,
        finally: Option<ExprId>,
    },
    List(Vec<ExprId>),
    Dict(Vec<(ExprId, ExprId)>),
    Set(Vec<ExprId>),
    /// A checked promise: `blame` says in words what is annotated ("parameter x of f", "result of f", "expression").
    Ascribe {
        value: ExprId,
        ty: Type,
        blame: Rc<str>,
    },
    /// A call of an operation. In the library, for a built-in one that takes any number of arguments, the last argument is
    /// the List of the further ones.
    Perform {
        op: OpId,
        args: Vec<ExprId>,
    },
    /// In the library: whether a handler in force takes the operation.
    Handled(OpId),
    /// Evaluates the body under the clauses.
    Handle(Handler),
    /// In the function of a clause that resumes in tail position: it goes on with the operation's value,
    Resume(ExprId),
    /// or leaves the body with the handler's value.
    Leave(ExprId),
    /// Computes nothing: here a continuation may be resumed after its handler has ended, so what the rest of the body and the
    /// clauses do happens here. Names the parameter for the request of the handler's clause.
    Resumption(VarId),
}

/// A catch clause: `var` is the error Dict.
#[derive(Clone, Copy)]
pub struct Catch {
    pub var: VarId,
    pub body: ExprId,
    /// In the library: it also sees what leaves the body of a handler.
    pub all: bool,
}

pub struct Handler {
    pub clauses: Vec<Clause>,
    /// Maps the body's value.
    pub ret: Option<ExprId>,
    pub body: ExprId,
}

/// A clause of a handler: a function of the operation's arguments.
pub struct Clause {
    pub target: Target,
    pub func: ExprId,
    pub mode: Mode,
    pub span: Span,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    Op(OpId),
    /// A whole kind.
    Kind(Rc<str>),
}

/// What a clause does with `resume`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Never mentions it: the body is left, then the clause runs, and its value is the handler's.
    Aborts,
    /// Calls it in tail position only; paths that do not call it leave the body. `always`: there is no such path.
    TailResumes { always: bool },
    /// Anything else. The function's first parameter is what the continuation is resumed by.
    General,
}

/// Part of a body. A binding's variable is in scope in the whole block, but nothing before the binding's own end
/// evaluates it at once: the resolver has made such a mention mean the outer name. Only lambdas may see it early.
pub enum Item {
    Bind {
        var: VarId,
        value: ExprId,
    },
    /// Binds the pattern's variables; a value that does not fit raises `match-error`.
    Destructure {
        pat: PatId,
        value: ExprId,
    },
    Do(ExprId),
}

pub struct Lambda {
    /// For traces and printing: the name that it is defined under, or "lambda".
    pub name: Rc<str>,
    pub params: Vec<VarId>,
    pub rest: Option<VarId>,
    pub body: ExprId,
}

pub struct Arm {
    pub pat: PatId,
    pub guard: Option<ExprId>,
    pub body: ExprId,
}

pub struct Pat {
    pub kind: PatKind,
    pub span: Span,
}

pub enum PatKind {
    Wild,
    Bind(VarId),
    /// Matches by `=`.
    Const(Const),
    /// `[p …]`, `[p … ...rest]`; `rest` matches the List that remains.
    List {
        items: Vec<PatId>,
        rest: Option<PatId>,
    },
    Tuple(Vec<PatId>),
    Ctor {
        ctor: CtorId,
        args: Vec<PatId>,
    },
    /// These keys are present and their values match.
    Dict(Vec<(Const, PatId)>),
    Or(Vec<PatId>),
    As {
        pat: PatId,
        var: VarId,
    },
    /// Tests the type through and through.
    Type {
        pat: PatId,
        ty: Type,
    },
}

/// Literals and quoted data.
#[derive(Clone, PartialEq, Debug)]
pub enum Const {
    Nil,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    String(Rc<str>),
    Keyword(Rc<str>),
    Symbol(Rc<str>),
    List(Vec<Const>),
    Dict(Vec<(Const, Const)>),
    Set(Vec<Const>),
}

/// A written type, aliases expanded.
#[derive(Clone, PartialEq, Debug)]
pub enum Type {
    Int,
    Float,
    Number,
    Bool,
    Nil,
    String,
    Symbol,
    Keyword,
    Bytes,
    DateTime,
    /// A node of a user interface.
    VNode,
    Any,
    Never,
    List(Box<Type>),
    Array(Box<Type>),
    Dict(Box<Type>, Box<Type>),
    Set(Box<Type>),
    Tuple(Vec<Type>),
    /// `rest`: the type of each further argument, in signatures only. `effects`: the names after `!`, if there is a `!`.
    Function {
        params: Vec<Type>,
        rest: Option<Box<Type>>,
        result: Box<Type>,
        effects: Option<Vec<Rc<str>>>,
    },
    Promise(Box<Type>),
    Channel(Box<Type>),
    Or(Vec<Type>),
    /// A declared type and its arguments; its constructors are those whose `type_name` it is.
    Data(Rc<str>, Vec<Type>),
    Var(Rc<str>),
    /// What only signatures name, there with a `%` before it: `Tuple` of any size and with any items, `Data` for any
    /// constructor value, and kinds of values that have no type in the language, such as `(Queue a)`.
    Kind(Rc<str>, Vec<Type>),
}
