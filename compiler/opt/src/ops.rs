//! What the optimiser knows of primitives beyond their table: which are arithmetic, which test for a kind.

use cl_abi::prims::{self, PrimId, Result};
use std::sync::LazyLock;

use crate::kinds::Bits;

/// A primitive as the optimiser sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    Add,
    Sub,
    Mul,
    Quot,
    Rem,
    Div,
    Mod,
    Neg,
    Lt,
    Le,
    Gt,
    Ge,
    Eq,
    Same,
    BitAnd,
    BitOr,
    BitXor,
    BitNot,
    ShiftLeft,
    ShiftRight,
    Not,
    /// True exactly for values of these kinds.
    Test(Bits),
    Cons,
    Head,
    Tail,
    ConsUnchecked,
    HeadUnchecked,
    TailUnchecked,
    /// How many items something has.
    Length,
    ArrayNew,
    ArrayGet,
    ArraySet,
    DictNew,
    DictSet,
    DictSetUnchecked,
    /// Of what is certainly a Dict, or an error.
    DictGet,
    /// Of anything that has parts.
    Get,
    /// An error that the program raises itself.
    Raise,
    Other,
}

impl Op {
    pub fn of(prim: PrimId) -> Op {
        TABLE[prim.0 as usize]
    }

    /// Whether the simplifier gains from knowing that a value was computed so: the parts of a pair, and what a Bool says
    /// of the values that it was computed from.
    pub fn tells_of_arguments(self) -> bool {
        matches!(
            self,
            Op::Cons
                | Op::ConsUnchecked
                | Op::DictNew
                | Op::DictSetUnchecked
                | Op::Not
                | Op::Test(_)
                | Op::Same
                | Op::Eq
                | Op::Lt
                | Op::Le
                | Op::Gt
                | Op::Ge
        )
    }

    /// Whether doing it again with the same arguments gives the same result, and nothing is lost if it is not done
    /// again. Not so for what makes an object or looks into one that may change: `%eq` compares the items of Arrays.
    pub fn is_repeatable(self) -> bool {
        match self {
            Op::Cons
            | Op::ConsUnchecked
            | Op::Eq
            | Op::Length
            | Op::ArrayNew
            | Op::ArrayGet
            | Op::ArraySet
            | Op::DictNew
            | Op::DictSet
            | Op::DictSetUnchecked
            | Op::DictGet
            | Op::Get
            | Op::Raise
            | Op::Other => false,
            Op::Add
            | Op::Sub
            | Op::Mul
            | Op::Quot
            | Op::Rem
            | Op::Div
            | Op::Mod
            | Op::Neg
            | Op::Lt
            | Op::Le
            | Op::Gt
            | Op::Ge
            | Op::Same
            | Op::BitAnd
            | Op::BitOr
            | Op::BitXor
            | Op::BitNot
            | Op::ShiftLeft
            | Op::ShiftRight
            | Op::Not
            | Op::Test(_)
            | Op::Head
            | Op::Tail
            | Op::HeadUnchecked
            | Op::TailUnchecked => true,
        }
    }
}

static TABLE: LazyLock<Vec<Op>> = LazyLock::new(|| prims::ALL.iter().map(|p| by_name(p.name)).collect());

fn by_name(name: &str) -> Op {
    match name {
        "%add" => Op::Add,
        "%sub" => Op::Sub,
        "%mul" => Op::Mul,
        "%quot" => Op::Quot,
        "%rem" => Op::Rem,
        "%div" => Op::Div,
        "%mod" => Op::Mod,
        "%neg" => Op::Neg,
        "%lt" => Op::Lt,
        "%le" => Op::Le,
        "%gt" => Op::Gt,
        "%ge" => Op::Ge,
        "%eq" => Op::Eq,
        "%same" => Op::Same,
        "%bit-and" => Op::BitAnd,
        "%bit-or" => Op::BitOr,
        "%bit-xor" => Op::BitXor,
        "%bit-not" => Op::BitNot,
        "%shift-left" => Op::ShiftLeft,
        "%shift-right" => Op::ShiftRight,
        "%not" => Op::Not,
        "%cons" => Op::Cons,
        "%head" => Op::Head,
        "%tail" => Op::Tail,
        "%cons-unchecked" => Op::ConsUnchecked,
        "%head-unchecked" => Op::HeadUnchecked,
        "%tail-unchecked" => Op::TailUnchecked,
        "%raise" => Op::Raise,
        "%array-new" => Op::ArrayNew,
        "%array-get" => Op::ArrayGet,
        "%array-set" => Op::ArraySet,
        "%dict-new" => Op::DictNew,
        "%dict-set" => Op::DictSet,
        "%dict-set-unchecked" => Op::DictSetUnchecked,
        "%dict-get" => Op::DictGet,
        "%get" => Op::Get,
        "%string-length" | "%list-length" | "%array-length" | "%tuple-size" | "%dict-size" | "%set-size"
        | "%queue-size" | "%bytes-length" | "%length" => Op::Length,
        _ => kind_test(name).map_or(Op::Other, Op::Test),
    }
}

fn kind_test(name: &str) -> Option<Bits> {
    Some(match name {
        "%is-int" => Bits::INT,
        "%is-fixnum" => Bits::FIXNUM,
        "%is-float" => Bits::FLOAT,
        "%is-number" => Bits::NUMBER,
        "%is-cons" => Bits::CONS,
        "%is-empty-list" => Bits::EMPTY_LIST,
        "%is-list" => Bits::LIST,
        "%is-nil" => Bits::NIL,
        "%is-bool" => Bits::BOOL,
        "%is-tuple" => Bits::TUPLE,
        "%is-string" => Bits::STRING,
        "%is-symbol" => Bits::SYMBOL,
        "%is-keyword" => Bits::KEYWORD,
        "%is-dict" => Bits::DICT,
        "%is-set" => Bits::SET,
        "%is-array" => Bits::ARRAY,
        "%is-function" => Bits::CLOSURE,
        _ => return None,
    })
}

/// The kinds that a primitive's result column allows.
pub fn result_bits(prim: PrimId) -> Bits {
    match prim.get().result {
        Result::Any => Bits::ALL,
        Result::Nil => Bits::NIL,
        Result::Bool => Bits::BOOL,
        Result::Fixnum => Bits::FIXNUM,
        Result::Int => Bits::INT,
        Result::Float => Bits::FLOAT,
        Result::Number => Bits::NUMBER,
        Result::String => Bits::STRING,
        Result::List => Bits::LIST,
        Result::Cons => Bits::CONS,
        Result::Tuple => Bits::TUPLE,
        Result::Array => Bits::ARRAY,
        Result::Dict => Bits::DICT,
        Result::Set => Bits::SET,
        Result::Never => Bits::EMPTY,
    }
}

/// The primitive of a name that the table certainly has.
pub fn prim(name: &'static str) -> PrimId {
    prims::by_name(name).unwrap_or_else(|| panic!("the table of primitives has {name}"))
}
