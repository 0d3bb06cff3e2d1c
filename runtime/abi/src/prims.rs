//! The primitives: what the library in ClaudeLang is built on. One table a family; a row is
//!
//! `"%name" symbol arity FLAGS result;`
//!
//! - `%name` is how the library's own source calls it (user code cannot); `symbol` is the runtime's
//!   `extern "C" fn(*mut Context, u64 …) -> u64`, values in and out.
//! - A primitive never collects garbage and never calls compiled code: the collector runs only at the safepoints of
//!   compiled code (function entry, loop back edge, inline allocation). So the runtime's Rust code holds plain words
//!   without rooting, and a call of a primitive spills nothing.
//! - `FALLIBLE`: may return `RAISED` with the error in the context. `PURE`: no effect but its result (reading mutable
//!   memory is an effect); if not fallible, an unused one is dropped. `INLINE`: `clif` has code for the common case and
//!   calls the symbol for the rest. `POLL`: a safepoint poll follows the call. `OUTSIDE`: reaches outside of the program, so the
//!   library calls it only as the built-in work of an operation. `SWITCH`: other compiled code runs before it returns: it is
//!   called like a compiled function.
//! - The result column is what is known of the result: the optimiser leaves out checks by it.

/// What is known about a value's kind, as the result column says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Result {
    Any,
    Nil,
    Bool,
    Fixnum,
    Int,
    Float,
    Number,
    String,
    List,
    Cons,
    Tuple,
    Array,
    Dict,
    Set,
    /// Never returns normally: always `RAISED`.
    Never,
}

pub mod flags {
    pub const NONE: u8 = 0;
    pub const FALLIBLE: u8 = 1;
    pub const PURE: u8 = 2;
    pub const INLINE: u8 = 4;
    pub const POLL: u8 = 8;
    pub const OUTSIDE: u8 = 16;
    pub const SWITCH: u8 = 32;
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Prim {
    pub name: &'static str,
    pub symbol: &'static str,
    pub arity: u8,
    pub flags: u8,
    pub result: Result,
}

impl Prim {
    pub const fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Whether a branch may test its result without a value in between.
    pub fn is_test(&self) -> bool {
        self.result == Result::Bool && !self.is(flags::SWITCH)
    }
}

/// Index into [`ALL`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PrimId(pub u16);

impl PrimId {
    pub fn get(self) -> &'static Prim {
        ALL[self.0 as usize]
    }
}

/// The primitive of a `%name`.
pub fn by_name(name: &str) -> Option<PrimId> {
    ALL.iter().position(|p| p.name == name).map(|i| PrimId(i as u16))
}

macro_rules! table {
    ($($name:literal $symbol:ident $arity:literal $($flag:ident)|+ , $result:ident;)*) => {
        &[$(Prim { name: $name, symbol: stringify!($symbol), arity: $arity, flags: $(flags::$flag)|+, result: Result::$result },)*]
    };
}

mod array;
mod collections;
mod control;
mod fiber;
mod handle;
mod io;
mod list;
mod number;
mod sched;
mod text;
mod time;

const FAMILIES: [&[Prim]; 11] = [
    crate::number_prims!(table),
    crate::list_prims!(table),
    crate::array_prims!(table),
    crate::text_prims!(table),
    crate::collection_prims!(table),
    crate::control_prims!(table),
    crate::fiber_prims!(table),
    crate::sched_prims!(table),
    crate::handle_prims!(table),
    crate::io_prims!(table),
    crate::time_prims!(table),
];

const COUNT: usize = {
    let mut n = 0;
    let mut i = 0;
    while i < FAMILIES.len() {
        n += FAMILIES[i].len();
        i += 1;
    }
    n
};

/// All primitives; a [`PrimId`] indexes it.
pub static ALL: [&Prim; COUNT] = {
    let mut all = [&FAMILIES[0][0]; COUNT];
    let (mut n, mut i) = (0, 0);
    while i < FAMILIES.len() {
        let mut j = 0;
        while j < FAMILIES[i].len() {
            all[n] = &FAMILIES[i][j];
            n += 1;
            j += 1;
        }
        i += 1;
    }
    all
};
