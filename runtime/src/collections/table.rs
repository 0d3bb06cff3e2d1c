//! Dicts and Sets: persistent hash tables in insertion order.
//!
//! A small table (at most [`SMALL`] entries, `aux` 0) is its entries side by side: `[k v k v …]`, in a Set `[k k …]`.
//! A large one (`aux` 1) is seven words: number of entries, number of positions used, the positions of the first entry
//! and after the last one, then the hash trie and the two parts of the vector of entries. Removal leaves a tombstone in
//! the vector; when tombstones outnumber entries the table is built anew, so both stay within a factor of two.
//! Everything is immutable once the primitive that made it returns.

use super::entries::Entries;
use super::object::object;
use super::trie;
use crate::number::equal::same_key;
use crate::number::hash::hash;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// A table up to this size is searched linearly: about where hashing a String key begins to pay.
pub const SMALL: usize = 8;
/// `aux` of a large table.
const LARGE: u32 = 1;
const LARGE_WORDS: usize = 7;

/// An entry; the value is nil in a Set.
pub type Entry = (Value, Value);

/// Words of an entry.
fn stride(kind: Kind) -> usize {
    if kind == Kind::Dict { 2 } else { 1 }
}

fn kind_of(table: Value) -> Kind {
    if table.is(Kind::Dict) { Kind::Dict } else { Kind::Set }
}

fn is_small(table: Value) -> bool {
    table.aux() != LARGE
}

/// The 31 bits that the trie goes by.
fn trie_hash(key: Value) -> u32 {
    hash(key) & ((1 << trie::HASH_BITS) - 1)
}

/// Sameness of keys, with the common cases first.
#[inline]
fn matches(a: Value, b: Value) -> bool {
    a == b || (a.is_pointer() || b.is_pointer()) && same_key(a, b)
}

/// A large table, taken apart.
#[derive(Clone, Copy)]
struct Large {
    live: usize,
    /// Position of the first entry.
    start: usize,
    /// One more than the position of the last entry.
    end: usize,
    trie: Value,
    entries: Entries,
}

impl Large {
    #[inline]
    fn read(table: Value) -> Large {
        let count = |i| table.field(i).as_fixnum().expect("a count of a table") as usize;
        let entries =
            Entries { used: count(1), stride: stride(kind_of(table)), tree: table.field(5), tail: table.field(6) };
        Large { live: count(0), start: count(2), end: count(3), trie: table.field(4), entries }
    }

    fn write(&self, ctx: &mut Context, kind: Kind) -> Value {
        let table = ctx.alloc(kind, LARGE, LARGE_WORDS);
        for (i, n) in [self.live, self.entries.used, self.start, self.end].into_iter().enumerate() {
            table.init(i, Value::fixnum(n as i64).0);
        }
        for (i, v) in [self.trie, self.entries.tree, self.entries.tail].into_iter().enumerate() {
            table.init(4 + i, v.0);
        }
        table
    }

    /// The position of a key, and its entry.
    #[inline]
    fn find(&self, hash: u32, key: Value) -> Option<(usize, Entry)> {
        let mut entry = (Value::NIL, Value::NIL);
        let position = trie::find(self.trie, hash, |position| {
            entry = self.entry(position);
            matches(entry.0, key)
        })?;
        Some((position, entry))
    }

    #[inline]
    fn entry(&self, position: usize) -> Entry {
        first_of(self.entries.run(position), self.entries.stride)
    }

    fn is_live(&self, position: usize) -> bool {
        self.entry(position).0 != Value::UNDEF
    }
}

/// Number of entries.
#[inline]
pub fn len(table: Value) -> usize {
    if is_small(table) {
        table.size() / stride(kind_of(table))
    } else {
        table.field(0).as_fixnum().expect("a count of a table") as usize
    }
}

/// The first entry of a run of words.
#[inline]
fn first_of(run: &[u64], stride: usize) -> Entry {
    (Value(run[0]), if stride == 2 { Value(run[1]) } else { Value::NIL })
}

/// The entry of a key.
#[inline]
pub fn find(table: Value, key: Value) -> Option<Entry> {
    if is_small(table) {
        let stride = stride(kind_of(table));
        return small_position(table, key).map(|i| first_of(&table.words()[i * stride..], stride));
    }
    Large::read(table).find(trie_hash(key), key).map(|(_, entry)| entry)
}

/// Which entry of a small table has a key.
#[inline]
fn small_position(table: Value, key: Value) -> Option<usize> {
    let words = table.words();
    (0..words.len()).step_by(stride(kind_of(table))).position(|i| matches(Value(words[i]), key))
}

/// The table without entries.
pub fn empty(ctx: &mut Context, kind: Kind) -> Value {
    ctx.alloc(kind, 0, 0)
}

/// The table with this entry. A key that is there keeps its place (and its form) and gets the value.
pub fn insert(ctx: &mut Context, table: Value, key: Value, value: Value) -> Value {
    if is_small(table) { insert_small(ctx, table, key, value) } else { insert_large(ctx, table, key, value) }
}

fn insert_small(ctx: &mut Context, table: Value, key: Value, value: Value) -> Value {
    let kind = kind_of(table);
    let stride = stride(kind);
    let old = table.words();
    if let Some(position) = small_position(table, key) {
        if kind == Kind::Set || table.field(2 * position + 1) == value {
            return table;
        }
        let new = object(ctx, kind, 0, [old]);
        new.init(2 * position + 1, value.0);
        return new;
    }
    if old.len() == SMALL * stride {
        let mut entries: Vec<Entry> = iter(table).collect();
        entries.push((key, value));
        return build(ctx, kind, &entries);
    }
    object(ctx, kind, 0, [old, &[key.0, value.0][..stride]])
}

fn insert_large(ctx: &mut Context, table: Value, key: Value, value: Value) -> Value {
    let kind = kind_of(table);
    let mut large = Large::read(table);
    let hash = trie_hash(key);
    if let Some((position, (old_key, old_value))) = large.find(hash, key) {
        if old_value == value || kind == Kind::Set {
            return table;
        }
        large.entries = large.entries.set(ctx, position, &[old_key, value]);
        return large.write(ctx, kind);
    }
    let position = large.entries.used;
    assert!(position < 1 << trie::POSITION_BITS, "a table of two thousand million entries");
    large.trie = trie::insert(ctx, large.trie, hash, position);
    large.entries = large.entries.push(ctx, &[key, value][..stride(kind)]);
    large.live += 1;
    large.end = position + 1;
    large.write(ctx, kind)
}

/// The table without a key.
pub fn remove(ctx: &mut Context, table: Value, key: Value) -> Value {
    let kind = kind_of(table);
    if is_small(table) {
        let Some(position) = small_position(table, key) else { return table };
        let stride = stride(kind);
        let (before, after) = table.words().split_at(position * stride);
        return object(ctx, kind, 0, [before, &after[stride..]]);
    }
    let mut large = Large::read(table);
    let hash = trie_hash(key);
    let Some((position, _)) = large.find(hash, key) else { return table };
    large.trie = trie::remove(ctx, large.trie, hash, position);
    large.entries = large.entries.set(ctx, position, &[Value::UNDEF, Value::NIL][..stride(kind)]);
    large.live -= 1;
    if large.entries.used > 2 * large.live {
        let entries: Vec<Entry> = Iter::large(large).collect();
        return build(ctx, kind, &entries);
    }
    // there is a live entry: tombstones do not outnumber them
    while !large.is_live(large.start) {
        large.start += 1;
    }
    while !large.is_live(large.end - 1) {
        large.end -= 1;
    }
    large.write(ctx, kind)
}

/// The first entry.
pub fn first(table: Value) -> Option<Entry> {
    iter(table).next()
}

/// The last entry.
pub fn last(table: Value) -> Option<Entry> {
    if is_small(table) {
        let stride = stride(kind_of(table));
        return len(table).checked_sub(1).map(|position| first_of(&table.words()[position * stride..], stride));
    }
    let large = Large::read(table);
    Some(large.entry(large.end - 1))
}

/// The entries in order.
#[inline]
pub fn iter(table: Value) -> Iter {
    let stride = stride(kind_of(table));
    if is_small(table) {
        Iter { stride, run: table.words(), next: 0, large: None }
    } else {
        Iter::large(Large::read(table))
    }
}

/// See [`iter`]. Valid as long as the running primitive.
pub struct Iter {
    stride: usize,
    /// Words of the entries that come next.
    run: &'static [u64],
    /// Of a large table: the position after the run.
    next: usize,
    large: Option<Large>,
}

impl Iter {
    fn large(large: Large) -> Iter {
        let stride = large.entries.stride;
        let mut iter = Iter { stride, run: &[], next: large.start, large: Some(large) };
        iter.refill();
        iter
    }

    /// Takes the next run of a large table, if there is one.
    fn refill(&mut self) -> bool {
        let Some(large) = &self.large else { return false };
        if self.next >= large.end {
            return false;
        }
        let run = large.entries.run(self.next);
        let count = (run.len() / self.stride).min(large.end - self.next);
        self.run = &run[..count * self.stride];
        self.next += count;
        true
    }
}

impl Iterator for Iter {
    type Item = Entry;

    #[inline]
    fn next(&mut self) -> Option<Entry> {
        loop {
            if self.run.is_empty() && !self.refill() {
                return None;
            }
            let (entry, rest) = self.run.split_at(self.stride);
            self.run = rest;
            if entry[0] != Value::UNDEF.0 {
                return Some(first_of(entry, self.stride));
            }
        }
    }
}

/// The table of these entries; of two with the same key, the first gives the place and the last the value. Much faster
/// than inserting one by one: O(n log n) by sorting the hashes, with no intermediate versions.
pub fn build(ctx: &mut Context, kind: Kind, entries: &[Entry]) -> Value {
    if entries.len() <= SMALL {
        return build_small(ctx, kind, entries);
    }
    let mut entries = entries.to_vec();
    let mut hashes = hashes(&entries);
    if merge_duplicates(&mut entries, &hashes) {
        entries.retain(|e| e.0 != Value::UNDEF);
        if entries.len() <= SMALL {
            return build(ctx, kind, &entries);
        }
        hashes = self::hashes(&entries);
    }
    let stride = stride(kind);
    let words: Vec<Value> = entries.iter().flat_map(|&(k, v)| [k, v].into_iter().take(stride)).collect();
    let live = entries.len();
    let entries = Entries::build(ctx, stride, &words);
    Large { live, start: 0, end: live, trie: trie::build(ctx, &hashes), entries }.write(ctx, kind)
}

/// As `build`, for at most [`SMALL`] entries: in one piece if the keys differ.
fn build_small(ctx: &mut Context, kind: Kind, entries: &[Entry]) -> Value {
    let mut hashes = [0; SMALL];
    for (i, entry) in entries.iter().enumerate() {
        let hash = hash(entry.0);
        if (0..i).any(|j| hashes[j] == hash && matches(entries[j].0, entry.0)) {
            let empty = empty(ctx, kind);
            return entries.iter().fold(empty, |table, &(k, v)| insert_small(ctx, table, k, v));
        }
        hashes[i] = hash;
    }
    let stride = stride(kind);
    let table = ctx.alloc(kind, 0, entries.len() * stride);
    for (i, entry) in entries.iter().enumerate() {
        table.init(i * stride, entry.0.0);
        if stride == 2 {
            table.init(i * stride + 1, entry.1.0);
        }
    }
    table
}

/// Hash and position of each entry, sorted.
fn hashes(entries: &[Entry]) -> Vec<(u32, usize)> {
    let mut hashes: Vec<_> = entries.iter().enumerate().map(|(i, e)| (trie_hash(e.0), i)).collect();
    hashes.sort_unstable();
    hashes
}

/// Marks all but the first of the entries with one key by `UNDEF` and gives that one the last value. Whether there were
/// any.
fn merge_duplicates(entries: &mut [Entry], hashes: &[(u32, usize)]) -> bool {
    let mut found = false;
    for group in hashes.chunk_by(|a, b| a.0 == b.0).filter(|g| g.len() > 1) {
        for (i, &(_, position)) in group.iter().enumerate().skip(1) {
            let (key, value) = entries[position];
            let earlier = group[..i].iter().find(|&&(_, p)| entries[p].0 != Value::UNDEF && matches(entries[p].0, key));
            if let Some(&(_, first)) = earlier {
                entries[first].1 = value;
                entries[position].0 = Value::UNDEF;
                found = true;
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
