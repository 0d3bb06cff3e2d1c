//! Lists, tuples, arrays, dicts, sets and queues: the values that hold values.
//!
//! Dicts and Sets share one structure (`table`): small ones are flat, large ones are a hash trie (`trie`) from key to
//! position and a persistent vector of entries in insertion order (`entries`). What the library's functions marked `*`
//! do with any of these kinds is in `sequence`. No function here calls back into compiled code: what takes a function
//! is written in ClaudeLang.

pub mod array;
mod array_prims;
pub mod dict;
mod entries;
pub mod list;
mod list_prims;
mod object;
#[cfg(test)]
mod prim_tests;
pub mod queue;
mod sequence;
pub mod set;
mod sort;
mod table;
mod trie;

pub use dict::{dict_from_pairs, dict_get, dict_iter, dict_len, dict_new, dict_remove, dict_set};
pub use list::{list_from_slice, list_iter, list_len, tuple_from_slice};
pub use set::{set_add, set_from_slice, set_has, set_iter, set_len, set_new, set_remove};
