//! What is known of the values of variables: their possible kinds and, for fixnums, a range. The code generator leaves
//! out checks by it.

use cl_abi::layout::{FIXNUM_MAX, FIXNUM_MIN};
use cl_core::ir::{Atom, CtorId, Datum, Program, VarId};

mod analysis;
pub mod refine;
pub mod transfer;

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

/// What is known of a value: it is of one of the kinds; if it is a fixnum, it is between `min` and `max`, both included;
/// if it is of a constructor, of one of `ctors`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KindSet {
    pub bits: Bits,
    pub min: i64,
    pub max: i64,
    pub ctors: CtorSet,
}

/// A set of constructors, a bit each; those from the 64th on share one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CtorSet(u64);

impl CtorSet {
    pub const NONE: CtorSet = CtorSet(0);
    pub const ALL: CtorSet = CtorSet(u64::MAX);
    const SHARED: u32 = 63;

    pub fn one(ctor: CtorId) -> CtorSet {
        CtorSet(1 << ctor.0.min(CtorSet::SHARED))
    }

    pub fn has(self, ctor: CtorId) -> bool {
        self.0 & CtorSet::one(ctor).0 != 0
    }

    /// The set without a constructor, as far as it can tell that one from others.
    fn without(self, ctor: CtorId) -> CtorSet {
        if ctor.0 < CtorSet::SHARED { CtorSet(self.0 & !CtorSet::one(ctor).0) } else { self }
    }

    /// The constructors, if it can tell them.
    fn members(self) -> Option<impl Iterator<Item = CtorId>> {
        let known = self.0 & CtorSet::one(CtorId(CtorSet::SHARED)).0 == 0;
        known.then(|| (0..CtorSet::SHARED).map(CtorId).filter(move |c| self.has(*c)))
    }
}

impl KindSet {
    pub const ANY: KindSet = KindSet { bits: Bits::ALL, min: FIXNUM_MIN, max: FIXNUM_MAX, ctors: CtorSet::ALL };
    /// No value at all: what computations that never end give.
    pub const NONE: KindSet = KindSet { bits: Bits::EMPTY, min: FIXNUM_MAX, max: FIXNUM_MIN, ctors: CtorSet::NONE };

    /// Values of these kinds; a fixnum among them is of any size, a constructor's value of any constructor.
    pub const fn of(bits: Bits) -> KindSet {
        KindSet::ANY.limit(bits)
    }

    /// A fixnum of a range; nothing if the range is empty.
    pub const fn range(min: i64, max: i64) -> KindSet {
        if min <= max { KindSet { bits: Bits::FIXNUM, min, max, ctors: CtorSet::NONE } } else { KindSet::NONE }
    }

    /// A value of a constructor, of kind `DATA` or `CTOR`.
    pub fn constructor(bits: Bits, ctor: CtorId) -> KindSet {
        KindSet { bits, ctors: CtorSet::one(ctor), ..KindSet::NONE }
    }

    /// What is known of a constant; nothing of a variable or static datum.
    pub fn constant(atom: Atom) -> KindSet {
        match atom {
            Atom::Var(_) | Atom::Data(_) => KindSet::ANY,
            Atom::Int(n) => KindSet::range(n, n),
            Atom::Nil => KindSet::of(Bits::NIL),
            Atom::Bool(false) => KindSet::of(Bits::FALSE),
            Atom::Bool(true) => KindSet::of(Bits::TRUE),
            Atom::EmptyList => KindSet::of(Bits::EMPTY_LIST),
            Atom::Undef => KindSet::of(Bits::UNDEF),
            Atom::Keyword(_) => KindSet::of(Bits::KEYWORD),
            Atom::Symbol(_) => KindSet::of(Bits::SYMBOL),
            Atom::Ctor(c) => KindSet::constructor(Bits::CTOR, c),
            Atom::Func(_) | Atom::Multi(_) => KindSet::of(Bits::CLOSURE),
        }
    }

    pub const fn is_fixnum(self) -> bool {
        self.bits.within(Bits::FIXNUM)
    }

    /// Values that are in one of the sets.
    pub fn union(self, other: KindSet) -> KindSet {
        KindSet {
            bits: self.bits.or(other.bits),
            min: self.min.min(other.min),
            max: self.max.max(other.max),
            ctors: CtorSet(self.ctors.0 | other.ctors.0),
        }
    }

    /// Values that are in both sets.
    pub fn intersection(self, other: KindSet) -> KindSet {
        let ctors = CtorSet(self.ctors.0 & other.ctors.0);
        KindSet { ctors, ..self }.limit_range(other.min, other.max).limit(other.bits)
    }

    /// Values of these kinds that are in the set.
    pub const fn limit(self, bits: Bits) -> KindSet {
        let bits = self.bits.and(bits);
        let (min, max) = match bits.and(Bits::FIXNUM).is_empty() {
            true => (KindSet::NONE.min, KindSet::NONE.max),
            false => (self.min, self.max),
        };
        let ctors = if bits.and(Bits::DATA.or(Bits::CTOR)).is_empty() { CtorSet::NONE } else { self.ctors };
        KindSet { bits, min, max, ctors }
    }

    /// The set without the fixnums outside of a range.
    pub fn limit_range(self, min: i64, max: i64) -> KindSet {
        let fixnums = match self.bits.and(Bits::FIXNUM).is_empty() {
            true => KindSet::NONE,
            false => KindSet::range(self.min.max(min), self.max.min(max)),
        };
        fixnums.union(self.limit(Bits::ALL.without(Bits::FIXNUM)))
    }

    /// Whether all of the set are values of the constructor, or none.
    pub fn is_ctor(self, ctor: CtorId) -> Option<bool> {
        let maybe = !self.bits.and(Bits::DATA.or(Bits::CTOR)).is_empty() && self.ctors.has(ctor);
        let surely = self.bits.within(Bits::DATA.or(Bits::CTOR)) && self.ctors.without(ctor) == CtorSet::NONE;
        match (maybe, surely) {
            (false, _) => Some(false),
            (true, true) => Some(true),
            (true, false) => None,
        }
    }
}

/// Which constructors have fields.
#[derive(Clone, Copy)]
pub struct Ctors {
    plain: CtorSet,
    with_fields: CtorSet,
}

impl Ctors {
    pub fn of(program: &Program) -> Ctors {
        let (mut plain, mut with_fields) = (CtorSet::NONE, CtorSet::NONE);
        for (i, ctor) in program.ctors.iter().enumerate() {
            let set = if ctor.fields.is_empty() { &mut plain } else { &mut with_fields };
            set.0 |= CtorSet::one(CtorId(i as u32)).0;
        }
        Ctors { plain, with_fields }
    }

    /// Removes kinds for which no constructor is left.
    fn fit(self, set: KindSet) -> KindSet {
        let mut gone = Bits::EMPTY;
        if set.ctors.0 & self.plain.0 == 0 {
            gone = gone.or(Bits::CTOR);
        }
        if set.ctors.0 & self.with_fields.0 == 0 {
            gone = gone.or(Bits::DATA);
        }
        set.limit(Bits::ALL.without(gone))
    }
}

/// Kinds by variable.
#[derive(Clone, Default)]
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
            Atom::Data(d) => KindSet::of(self.data.get(d.index()).copied().unwrap_or(Bits::ALL)),
            _ => KindSet::constant(atom),
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
