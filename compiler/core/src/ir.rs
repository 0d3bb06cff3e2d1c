//! Core: A-normal form with join points.
//!
//! A [`Block`] is a straight line of statements and one terminator. Arguments are [`Atom`]s: variables (each assigned
//! once) or constants. Joins are local labels that take parameters: `let x = if c then a else b in rest` is
//! `join j(x) = rest` followed by an `If` whose branches jump to `j`. A loop is a recursive join.
//!
//! There are two stages, told apart by what may occur (the verifier checks): *nested*, where functions stand inside
//! functions as [`Stmt::Funs`] and a lambda sees the variables around it; and *flat*, after closure conversion, where
//! every function is a [`Func`] of the program and captured variables are passed explicitly. The optimiser works on the
//! nested form, code generation on the flat one.

use cl_abi::prims::PrimId;
use cl_lang::hir::Signature;
pub use cl_lang::hir::{EffectFunctions, Mode, Op, Type};
use cl_text::{FileId, Span};
use std::rc::Rc;

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident),*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $id(pub u32);
        impl $id {
            pub fn index(self) -> usize {
                self.0 as usize
            }
        })*
    };
}
ids! {
    /// A variable, unique in the program.
    VarId,
    /// A join point, unique in the program.
    LabelId,
    /// A function of [`Program::funcs`].
    FuncId,
    /// A top-level name.
    GlobalId,
    /// A constructor.
    CtorId,
    /// A static datum of [`Program::data`].
    DataId,
    /// A symbol's or keyword's name in [`Program::names`].
    NameId,
    /// An effect operation of [`Program::ops`].
    OpId
}

#[derive(Default)]
pub struct Program {
    pub vars: Vec<VarInfo>,
    pub label_count: u32,
    /// Top-level functions (nested stage) or all functions (flat stage).
    pub funcs: Vec<Func>,
    pub globals: Vec<Global>,
    pub ctors: Vec<Ctor>,
    pub data: Vec<Datum>,
    pub names: Vec<Rc<str>>,
    /// The operations that the program performs or handles.
    pub ops: Vec<Op>,
    /// Calls that inlining replaced; see [`Inlined`].
    pub inlined: Vec<Inlined>,
    /// What handlers and operations become calls of; until these are expanded.
    pub effects: Option<EffectFunctions<FuncId>>,
    /// A continuation may be resumed more than once: what stands after a call may run more than once.
    pub resumes_many: bool,
    /// What contracts promise of functions' effects; nested stage, before optimisation.
    pub bounds: Vec<EffectBound>,
    /// Runs the top-level forms and returns what `main` returned, nil without `main`. No parameters.
    pub entry: Option<FuncId>,
}

/// The effects that a function is promised to stay within: kinds and operations by name, none for a pure one.
#[derive(Clone, Debug)]
pub struct EffectBound {
    pub function: Bounded,
    pub effects: Vec<Rc<str>>,
    /// The promise in the contract.
    pub span: Span,
}

/// The function of an [`EffectBound`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bounded {
    Func(FuncId),
    /// The variable of a [`LocalFun`].
    Local(VarId),
}

/// A file id that stands for code of `file` that was inlined: spans in it say, beside their place, which function they are
/// of and where that was called. The call's own span may be of such a file too. Id `INLINED_FILES + i` is entry `i` of
/// [`Program::inlined`].
#[derive(Clone, Debug)]
pub struct Inlined {
    pub file: FileId,
    pub function: Rc<str>,
    pub call: Span,
}

/// The first file id that is no source file's.
pub const INLINED_FILES: u32 = 1 << 31;

/// The entry of the table of inlined calls that a file id stands for.
pub fn inlined_from(table: &[Inlined], file: FileId) -> Option<&Inlined> {
    file.0.checked_sub(INLINED_FILES).map(|i| &table[i as usize])
}

/// The source file of a file id.
pub fn source_file(table: &[Inlined], file: FileId) -> FileId {
    inlined_from(table, file).map_or(file, |i| i.file)
}

pub struct VarInfo {
    /// For people: dumps and traces.
    pub name: Rc<str>,
}

pub struct Ctor {
    pub name: Rc<str>,
    /// The `data` type that it belongs to; the constructors of a type have neighbouring ids, in order of declaration.
    pub type_name: Rc<str>,
    /// Field names by position, empty where unnamed.
    pub fields: Vec<Rc<str>>,
}

/// A handler: calls `body`, a function without parameters, with its clauses in force; the value of `ret` for the body's value, or
/// that value itself, or the value of a clause.
#[derive(Clone, Debug)]
pub struct Handle {
    pub clauses: Vec<Clause>,
    pub ret: Option<Atom>,
    pub body: Atom,
}

/// A clause of a handler. Its function takes the operation's arguments; for a whole kind the operation's name, a Keyword, and the
/// List of arguments; for the kind `error` the error Dict.
#[derive(Clone, Debug)]
pub struct Clause {
    pub target: Target,
    pub func: Atom,
    /// The function of a clause that resumes in tail position ends in [`Effect::Resume`] or [`Effect::Leave`].
    pub mode: Mode,
    pub span: Span,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    Op(OpId),
    Kind(Rc<str>),
}

pub struct Global {
    pub name: Rc<str>,
    pub kind: GlobalKind,
    /// What a library function declares of itself.
    pub signature: Option<Rc<Signature>>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum GlobalKind {
    /// A cell of the program, `UNDEF` before its definition ran.
    Slot,
    /// A function that is never assigned; calls go to it directly. As a value it is a static closure.
    Func(FuncId),
    /// A library function with an entry for each number of arguments. As a value it is a static closure.
    Multi(Vec<FuncId>),
}

/// Static data: literals that are objects.
#[derive(Clone, PartialEq, Debug)]
pub enum Datum {
    String(Rc<str>),
    /// The bits of the f64.
    Float(u64),
    /// Does not fit a fixnum. Limbs least significant first, no leading zeros.
    BigInt {
        negative: bool,
        limbs: Vec<u64>,
    },
    /// A non-empty quoted List.
    Cons(Atom, Atom),
    /// The empty tuple, or one of constants.
    Tuple(Vec<Atom>),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Atom {
    Var(VarId),
    /// Fits a fixnum.
    Int(i64),
    Nil,
    Bool(bool),
    EmptyList,
    /// What a variable holds before its initialiser ran; compared with `%same`.
    Undef,
    Keyword(NameId),
    Symbol(NameId),
    /// A constructor without fields.
    Ctor(CtorId),
    Data(DataId),
    /// The static closure of a function without captures, or of a global of kind `Func` or `Multi`.
    Func(FuncId),
    Multi(GlobalId),
}

#[derive(Clone, Debug)]
pub struct Func {
    pub name: Rc<str>,
    pub span: Span,
    pub params: Vec<VarId>,
    /// The last parameter collects further arguments as a List.
    pub variadic: bool,
    /// Flat stage: the variables that the closure holds, in order; the body uses them as variables. Empty for a
    /// function whose closure is static or that never becomes a value.
    pub captures: Vec<VarId>,
    pub body: Block,
    /// Always inlined where it is called with a fitting number of arguments (thin library wrappers).
    pub inline: bool,
}

#[derive(Clone, Debug)]
pub struct Block {
    pub stmts: Vec<Stmt>,
    pub term: Term,
}

#[derive(Clone, Debug)]
pub enum Stmt {
    Let {
        var: VarId,
        rhs: Rhs,
        span: Span,
    },
    /// A join, in scope in the rest of this block and, if `recursive`, in its own body.
    Join(Join),
    /// Nested stage only: local functions, in scope in each other and in the rest of the block.
    Funs(Vec<LocalFun>),
}

#[derive(Clone, Debug)]
pub struct Join {
    pub label: LabelId,
    pub params: Vec<VarId>,
    pub body: Block,
    pub recursive: bool,
}

#[derive(Clone, Debug)]
pub struct LocalFun {
    /// The variable that holds the closure.
    pub var: VarId,
    /// Its `captures` are empty in the nested stage.
    pub func: Func,
}

/// What a statement computes. Every operation that can fail raises; none returns an error.
#[derive(Clone, Debug)]
pub enum Rhs {
    Atom(Atom),
    Prim(PrimId, Vec<Atom>),
    Call(Callee, Vec<Atom>),
    /// Calls the function with the items of the List.
    Apply(Atom, Atom),
    /// A new value of a constructor with fields.
    Construct(CtorId, Vec<Atom>),
    Tuple(Vec<Atom>),
    /// Whether the value is of the constructor.
    IsCtor(CtorId, Atom),
    /// Whether the value is a Tuple of this size.
    IsTuple(usize, Atom),
    /// Word `index` of what is known to be a Tuple or constructor value of sufficient size.
    Field(usize, Atom),
    /// Flat stage: closures of one group, allocated together; each may capture the others' variables. Binds, besides the
    /// statement's variable (the first), the variables in `rest`.
    Closures {
        funcs: Vec<(FuncId, Vec<Atom>)>,
        rest: Vec<VarId>,
    },
    NewCell(Atom),
    /// The content of a cell.
    GetCell(Atom),
    /// Gives nil.
    SetCell(Atom, Atom),
    GetGlobal(GlobalId),
    /// Gives nil.
    SetGlobal(GlobalId, Atom),
    /// Nested stage, until `opt` expands it.
    Effect(Effect),
}

/// Operations and handlers.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Performs an operation: the value that a clause resumes with. For an operation that takes any number of arguments
    /// the last one is the List of the further ones.
    Perform(OpId, Vec<Atom>),
    /// Whether a handler in force takes the operation.
    Handled(OpId),
    Handle(Box<Handle>),
    /// In a clause that resumes in tail position, what it returns: the value that the operation gives,
    Resume(Atom),
    /// or the value of the handler, whose body is left.
    Leave(Atom),
    /// Does nothing: what the function of a handler does may happen here, for a continuation is resumed.
    Resumption(Atom),
}

#[derive(Clone, Debug)]
pub enum Callee {
    /// A function of the program without captures, with the right number of arguments: fixed ones and, for a variadic
    /// function, one List.
    Func(FuncId),
    /// Flat stage: a function with captures whose closure is the atom.
    Known(FuncId, Atom),
    /// Anything: checked when called.
    Value(Atom),
}

#[derive(Clone, Debug)]
pub enum Term {
    /// Returns from the function. Not inside a `Try` body or handler that belongs to the function: these jump to a join
    /// outside of it.
    Return(Atom),
    /// A call in tail position.
    TailCall(Callee, Vec<Atom>, Span),
    TailApply(Atom, Atom, Span),
    /// To a join in scope; out of a `Try` body it leaves the `Try`.
    Jump(LabelId, Vec<Atom>),
    /// On the truth of the condition.
    If {
        cond: Cond,
        then: Box<Block>,
        otherwise: Box<Block>,
    },
    /// Runs `body` so that an error raised in it continues in `handler` with `error` bound to the error Dict.
    Try {
        body: Box<Block>,
        error: VarId,
        handler: Box<Block>,
    },
    /// After a call that never returns (a primitive whose result is `Never`).
    Unreachable,
}

/// A condition; the test of a branch without a Bool in between.
#[derive(Clone, Debug)]
pub enum Cond {
    /// Neither nil nor false.
    Truthy(Atom),
    /// A primitive whose result is Bool.
    Prim(PrimId, Vec<Atom>, Span),
    IsCtor(CtorId, Atom),
    IsTuple(usize, Atom),
}
