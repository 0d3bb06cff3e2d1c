//! The entries of Dicts and Sets as hashing, equality and printing walk them.

use crate::Value;
use cl_abi::layout::Kind;

/// Walks the keys of a Dict (with their values) or a Set.
pub struct Entries {
    set: bool,
}

/// The entries of a Dict or Set.
pub fn of(v: Value) -> Entries {
    Entries { set: v.is(Kind::Set) }
}

impl Entries {
    pub fn is_set(&self) -> bool {
        self.set
    }

    /// The next key.
    pub fn next_key(&mut self) -> Option<Value> {
        None
    }

    /// The value of the key that `next_key` gave last; of a Dict.
    pub fn value(&self) -> Value {
        Value::NIL
    }
}

/// Whether two Dicts or two Sets have the same keys; the pairs of values of each key are added to `pairs`.
pub fn same_keys(_a: Value, _b: Value, _pairs: &mut Vec<(Value, Value)>) -> bool {
    false
}
