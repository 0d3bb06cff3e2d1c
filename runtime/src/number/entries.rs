//! The entries of Dicts and Sets as hashing and equality walk them.

use super::equal::Pair;
use super::hash::hash;
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

/// The number of entries of a Dict or Set.
fn len(v: Value) -> usize {
    if v.is(Kind::Set) { set_len(v) } else { dict_len(v) }
}

/// The value of a key of a Dict; nil for an element of a Set.
fn find(v: Value, key: Value) -> Option<Value> {
    if v.is(Kind::Set) { set_has(v, key).then_some(Value::NIL) } else { dict_get(v, key) }
}

/// Compares two Dicts or two Sets as far as it takes no recursion: false if they differ, else what is left to compare
/// is added to `pairs`. `key` says how their values are compared, as in [`Pair`].
///
/// A key that is itself a collection is not looked up, since that would compare keys within keys on the machine's
/// stack: such keys are matched by their hashes, and the matched ones compared later.
pub fn compare_entries(a: Value, b: Value, key: bool, pairs: &mut Vec<Pair>) -> bool {
    if len(a) != len(b) {
        return false;
    }
    let (mut entries, mut deep) = (of(a), vec![]);
    while let Some(k) = entries.next_key() {
        if super::equal::is_collection(k) {
            deep.push((hash(k), k, entries.value()));
            continue;
        }
        match find(b, k) {
            Some(v) => pairs.push(Pair { a: entries.value(), b: v, key }),
            None => return false,
        }
    }
    deep.is_empty() || compare_deep(deep, b, key, pairs)
}

fn compare_deep(mut in_a: Vec<(u32, Value, Value)>, b: Value, key: bool, pairs: &mut Vec<Pair>) -> bool {
    let (mut entries, mut in_b) = (of(b), vec![]);
    while let Some(k) = entries.next_key() {
        if super::equal::is_collection(k) {
            in_b.push((hash(k), k, entries.value()));
        }
    }
    in_a.sort_by_key(|entry| entry.0);
    in_b.sort_by_key(|entry| entry.0);
    if !in_a.iter().map(|e| e.0).eq(in_b.iter().map(|e| e.0)) {
        return false;
    }
    let same_hash = |entries: &[(u32, Value, Value)], i: usize| {
        let twin = |j: Option<usize>| j.and_then(|j| entries.get(j)).is_some_and(|e| e.0 == entries[i].0);
        twin(i.checked_sub(1)) || twin(Some(i + 1))
    };
    for (i, (&(_, k, v), &(_, l, w))) in in_a.iter().zip(&in_b).enumerate() {
        if !same_hash(&in_a, i) {
            pairs.push(Pair { a: k, b: l, key: true });
            pairs.push(Pair { a: v, b: w, key });
            continue;
        }
        // Different keys with one hash: hardly ever, so that these lookups nest hardly ever.
        match find(b, k) {
            Some(w) => pairs.push(Pair { a: v, b: w, key }),
            None => return false,
        }
    }
    true
}
