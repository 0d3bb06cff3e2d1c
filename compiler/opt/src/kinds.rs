//! What is known of the values of variables: their possible kinds and, for fixnums, a range. The code generator leaves
//! out checks by it.

use cl_abi::layout::{FIXNUM_MAX, FIXNUM_MIN};
use cl_core::ir::{Atom, Datum, Program, VarId};

mod analysis;
mod refine;
mod transfer;

/// Finds what is known of each variable of a flat program.
pub fn analyse(program: &Program) -> Kinds {
    analysis::analyse(program)
}

/// A set of kinds of values; constants are combined with `|`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Bits(pub u32);

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Bits {
            $($(#[$doc])* pub const $name: Bits = Bits(1 << $bit);)*
        }
    };
}
kinds! {
    FIXNUM = 0;
    BIG_INT = 1;
    FLOAT = 2;
    NIL = 3;
    FALSE = 4;
    TRUE = 5;
    EMPTY_LIST = 6;
    CONS = 7;
    STRING = 8;
    SYMBOL = 9;
    KEYWORD = 10;
    TUPLE = 11;
    /// A constructor's value with fields.
    DATA = 12;
    /// A constructor without fields.
    CTOR = 13;
    CLOSURE = 14;
    DICT = 15;
    SET = 16;
    ARRAY = 17;
    /// What a variable holds before its initialiser ran.
    UNDEF = 18;
    /// A cell itself, not what is in it.
    CELL = 19;
    /// Any other kind of object.
    OTHER = 20;
}

impl Bits {
    pub const EMPTY: Bits = Bits(0);
    pub const ALL: Bits = Bits((1 << 21) - 1);
    pub const INT: Bits = Bits::FIXNUM.or(Bits::BIG_INT);
    pub const NUMBER: Bits = Bits::INT.or(Bits::FLOAT);
    pub const BOOL: Bits = Bits::FALSE.or(Bits::TRUE);
    pub const LIST: Bits = Bits::EMPTY_LIST.or(Bits::CONS);
    /// The values that a condition takes for false.
    pub const FALSY: Bits = Bits::NIL.or(Bits::FALSE);

    pub const fn or(self, other: Bits) -> Bits {
        Bits(self.0 | other.0)
    }

    pub const fn and(self, other: Bits) -> Bits {
        Bits(self.0 & other.0)
    }

    /// The kinds of `self` that are not in `other`.
    pub const fn without(self, other: Bits) -> Bits {
        Bits(self.0 & !other.0)
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether every kind of `self` is in `other`.
    pub const fn within(self, other: Bits) -> bool {
        self.0 & !other.0 == 0
    }
}

/// What is known of a value: it is of one of the kinds and, if it is a fixnum, between `min` and `max`, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KindSet {
    pub bits: Bits,
    pub min: i64,
    pub max: i64,
}

impl KindSet {
    pub const ANY: KindSet = KindSet { bits: Bits::ALL, min: FIXNUM_MIN, max: FIXNUM_MAX };
    /// No value at all: what computations that never end give.
    pub const NONE: KindSet = KindSet { bits: Bits::EMPTY, min: FIXNUM_MAX, max: FIXNUM_MIN };

    /// Values of these kinds; a fixnum among them is of any size.
    pub const fn of(bits: Bits) -> KindSet {
        if bits.and(Bits::FIXNUM).is_empty() {
            KindSet { bits, ..KindSet::NONE }
        } else {
            KindSet { bits, ..KindSet::ANY }
        }
    }

    /// A fixnum of a range; nothing if the range is empty.
    pub const fn range(min: i64, max: i64) -> KindSet {
        if min <= max { KindSet { bits: Bits::FIXNUM, min, max } } else { KindSet::NONE }
    }

    pub const fn is_fixnum(self) -> bool {
        self.bits.within(Bits::FIXNUM)
    }

    /// Values that are in one of the sets.
    pub fn union(self, other: KindSet) -> KindSet {
        KindSet { bits: self.bits.or(other.bits), min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Values of these kinds that are in the set.
    pub fn limit(self, bits: Bits) -> KindSet {
        let bits = self.bits.and(bits);
        if bits.and(Bits::FIXNUM).is_empty() { KindSet::of(bits) } else { KindSet { bits, ..self } }
    }

    /// The set without the fixnums outside of a range.
    pub fn limit_range(self, min: i64, max: i64) -> KindSet {
        let fixnums = match self.bits.and(Bits::FIXNUM).is_empty() {
            true => KindSet::NONE,
            false => KindSet::range(self.min.max(min), self.max.min(max)),
        };
        fixnums.union(self.limit(Bits::ALL.without(Bits::FIXNUM)))
    }
}

/// Kinds by variable.
#[derive(Default)]
pub struct Kinds {
    vars: Vec<KindSet>,
    /// By static datum.
    data: Vec<Bits>,
}

impl Kinds {
    /// What is known of a variable; nothing is known of one that the analysis has not seen.
    pub fn of(&self, var: VarId) -> KindSet {
        self.vars.get(var.index()).copied().unwrap_or(KindSet::ANY)
    }

    /// What is known of an atom.
    pub fn of_atom(&self, atom: Atom) -> KindSet {
        match atom {
            Atom::Var(v) => self.of(v),
            Atom::Int(n) => KindSet::range(n, n),
            Atom::Data(d) => KindSet::of(self.data.get(d.index()).copied().unwrap_or(Bits::ALL)),
            _ => KindSet::of(constant_bits(atom)),
        }
    }
}

/// The kind of a static datum.
pub fn datum_bits(datum: &Datum) -> Bits {
    match datum {
        Datum::String(_) => Bits::STRING,
        Datum::Float(_) => Bits::FLOAT,
        Datum::BigInt { .. } => Bits::BIG_INT,
        Datum::Cons(..) => Bits::CONS,
        Datum::Tuple(_) => Bits::TUPLE,
    }
}

/// The kind of a constant; `ALL` of a variable or static datum.
pub fn constant_bits(atom: Atom) -> Bits {
    match atom {
        Atom::Var(_) | Atom::Data(_) => Bits::ALL,
        Atom::Int(_) => Bits::FIXNUM,
        Atom::Nil => Bits::NIL,
        Atom::Bool(false) => Bits::FALSE,
        Atom::Bool(true) => Bits::TRUE,
        Atom::EmptyList => Bits::EMPTY_LIST,
        Atom::Undef => Bits::UNDEF,
        Atom::Keyword(_) => Bits::KEYWORD,
        Atom::Symbol(_) => Bits::SYMBOL,
        Atom::Ctor(_) => Bits::CTOR,
        Atom::Func(_) | Atom::Multi(_) => Bits::CLOSURE,
    }
}
