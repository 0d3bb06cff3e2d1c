//! The entries of Dicts and Sets as hashing and equality walk them.

use crate::Value;
use crate::collections::{dict_get, dict_iter, dict_len, set_has, set_iter, set_len};
use cl_abi::layout::Kind;

/// Walks the keys of a Dict (with their values) or a Set.
pub struct Entries {
    set: bool,
    rest: Box<dyn Iterator<Item = (Value, Value)>>,
    value: Value,
}

/// The entries of a Dict or Set.
pub fn of(v: Value) -> Entries {
    let set = v.is(Kind::Set);
    let rest: Box<dyn Iterator<Item = (Value, Value)>> =
        if set { Box::new(set_iter(v).map(|k| (k, Value::NIL))) } else { Box::new(dict_iter(v)) };
    Entries { set, rest, value: Value::NIL }
}

impl Entries {
    pub fn is_set(&self) -> bool {
        self.set
    }

    /// The next key.
    pub fn next_key(&mut self) -> Option<Value> {
        let (key, value) = self.rest.next()?;
        self.value = value;
        Some(key)
    }

    /// The value of the key that `next_key` gave last; of a Dict.
    pub fn value(&self) -> Value {
        self.value
    }
}

/// Whether two Dicts or two Sets have the same keys; the pairs of values of each key are added to `pairs`.
pub fn same_keys(a: Value, b: Value, pairs: &mut Vec<(Value, Value)>) -> bool {
    if a.is(Kind::Set) {
        return set_len(a) == set_len(b) && set_iter(a).all(|k| set_has(b, k));
    }
    dict_len(a) == dict_len(b) && dict_iter(a).all(|(k, v)| dict_get(b, k).map(|w| pairs.push((v, w))).is_some())
}
