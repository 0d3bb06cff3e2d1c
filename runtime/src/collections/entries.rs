//! The entries of a large Dict or Set, in insertion order: a persistent vector.
//!
//! A radix tree, 16-way, whose leaves hold 16 entries each, and beside it a tail of up to 16 entries, so that most
//! additions copy only the tail (as in Clojure's vectors). An entry is `stride` words: key and value in a Dict, the
//! element in a Set. A removed entry's first word is `UNDEF`. All objects are of `Kind::Node` with `aux` 0. The tree is nil while the
//! tail suffices, the tail is nil while there is no entry.

use super::object::{object, words};
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Entries in a leaf and children of an inner node.
const WIDTH: usize = 1 << BITS;
const BITS: usize = 4;

/// A vector of `used` entries of `stride` words each.
#[derive(Clone, Copy)]
pub struct Entries {
    pub used: usize,
    pub stride: usize,
    pub tree: Value,
    pub tail: Value,
}

impl Entries {
    pub fn empty(stride: usize) -> Entries {
        Entries { used: 0, stride, tree: Value::NIL, tail: Value::NIL }
    }

    /// The first position that is in the tail.
    fn tail_start(&self) -> usize {
        self.used.saturating_sub(1) / WIDTH * WIDTH
    }

    /// Levels of inner nodes above `leaves` leaves, of which there is at least one.
    fn depth(leaves: usize) -> usize {
        let digits = usize::BITS - (leaves - 1).leading_zeros();
        (digits as usize).div_ceil(BITS).max(1)
    }

    /// The node that holds the entry at a position, which must be below `used`.
    #[inline]
    fn leaf(&self, position: usize) -> Value {
        let tail_start = self.tail_start();
        if position >= tail_start {
            return self.tail;
        }
        let index = position / WIDTH;
        let depth = Entries::depth(tail_start / WIDTH);
        (0..depth).rev().fold(self.tree, |node, level| node.field(index >> (BITS * level) & (WIDTH - 1)))
    }

    /// The words of the entries from a position below `used` on, up to the end of its leaf.
    #[inline]
    pub fn run(&self, position: usize) -> &'static [u64] {
        &self.leaf(position).words()[position % WIDTH * self.stride..]
    }

    /// The vector with one more entry at the end.
    pub fn push(&self, ctx: &mut Context, entry: &[Value]) -> Entries {
        let count = self.used - self.tail_start();
        let mut new = Entries { used: self.used + 1, ..*self };
        if count == WIDTH {
            new.tree = self.push_leaf(ctx, self.tail);
            new.tail = extended(ctx, &[], entry);
        } else {
            let words: &[u64] = if count == 0 { &[] } else { self.tail.words() };
            new.tail = extended(ctx, words, entry);
        }
        new
    }

    /// The tree with one more leaf.
    fn push_leaf(&self, ctx: &mut Context, leaf: Value) -> Value {
        let index = self.tail_start() / WIDTH;
        if index == 0 {
            return extended(ctx, &[], &[leaf]);
        }
        let depth = Entries::depth(index);
        if index == 1 << (BITS * depth) {
            let branch = (0..depth).fold(leaf, |node, _| extended(ctx, &[], &[node]));
            return extended(ctx, &[], &[self.tree, branch]);
        }
        let mut path = [Value::NIL; usize::BITS as usize / BITS];
        let mut level = depth - 1;
        let mut node = self.tree;
        loop {
            path[level] = node;
            let slot = index >> (BITS * level) & (WIDTH - 1);
            if slot == node.size() {
                break;
            }
            level -= 1;
            node = node.field(slot);
        }
        let branch = (0..level).fold(leaf, |node, _| extended(ctx, &[], &[node]));
        let grown = extended(ctx, node.words(), &[branch]);
        (level + 1..depth).fold(grown, |child, l| {
            let slot = index >> (BITS * l) & (WIDTH - 1);
            replaced(ctx, path[l], slot, &[child])
        })
    }

    /// The vector with another entry at a position below `used`.
    pub fn set(&self, ctx: &mut Context, position: usize, entry: &[Value]) -> Entries {
        let tail_start = self.tail_start();
        let leaf = replaced(ctx, self.leaf(position), position % WIDTH * self.stride, entry);
        if position >= tail_start {
            return Entries { tail: leaf, ..*self };
        }
        let index = position / WIDTH;
        let depth = Entries::depth(tail_start / WIDTH);
        let mut path = [Value::NIL; usize::BITS as usize / BITS];
        let mut node = self.tree;
        for level in (0..depth).rev() {
            path[level] = node;
            node = node.field(index >> (BITS * level) & (WIDTH - 1));
        }
        let tree = (0..depth)
            .fold(leaf, |child, level| replaced(ctx, path[level], index >> (BITS * level) & (WIDTH - 1), &[child]));
        Entries { tree, ..*self }
    }

    /// The vector of these words, `stride` an entry.
    pub fn build(ctx: &mut Context, stride: usize, words: &[Value]) -> Entries {
        let used = words.len() / stride;
        let mut new = Entries { used, ..Entries::empty(stride) };
        let (tree, tail) = words.split_at(new.tail_start() * stride);
        if !tail.is_empty() {
            new.tail = extended(ctx, &[], tail);
        }
        let mut level: Vec<Value> = tree.chunks(WIDTH * stride).map(|leaf| extended(ctx, &[], leaf)).collect();
        while !level.is_empty() {
            level = level.chunks(WIDTH).map(|nodes| extended(ctx, &[], nodes)).collect();
            if level.len() == 1 {
                new.tree = level[0];
                break;
            }
        }
        new
    }
}

/// A new node of some words followed by some values.
fn extended(ctx: &mut Context, run: &[u64], values: &[Value]) -> Value {
    object(ctx, Kind::Node, 0, [run, words(values)])
}

/// A copy of a node with the words from `at` on replaced.
fn replaced(ctx: &mut Context, old: Value, at: usize, values: &[Value]) -> Value {
    let new = object(ctx, Kind::Node, 0, [old.words()]);
    for (i, v) in values.iter().enumerate() {
        new.init(at + i, v.0);
    }
    new
}
