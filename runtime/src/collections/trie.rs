//! The index of a large Dict or Set: a persistent hash trie from hashes to entry positions.
//!
//! After Bagwell, "Ideal Hash Trees" (2001), 16-way. A node is a `Kind::Node` object whose `aux` is the bitmap of the
//! digits that are present and whose words are, in digit order, either a child node or a leaf. A leaf is a fixnum that
//! holds both 31 bits of the key's hash and the entry's position, so that looking up and splitting touch no keys but the
//! one that is found. Digits are taken from the top: seven of four bits, then one of three. Keys whose 31 bits are all
//! the same share a collision node, a plain sequence of leaves.
//!
//! A node other than the root holds at least two leaves below it. The empty trie is nil. Sixteen-way nodes copy least:
//! an insertion into 10 million entries writes about 70 words (32-way: 100).

use super::object::{object, words};
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Bits of a hash that count.
pub const HASH_BITS: u32 = 31;
/// Positions are below two to this.
pub const POSITION_BITS: u32 = 31;
/// Number of levels of digits; below them are collision nodes.
const LEVELS: u32 = 8;
/// `aux` of a collision node.
const COLLISION: u32 = 1 << 16;

/// A leaf: hash and position in one fixnum.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Leaf {
    hash: u32,
    position: usize,
}

impl Leaf {
    fn word(self) -> Value {
        Value::fixnum((self.hash as i64) << POSITION_BITS | self.position as i64)
    }
    fn of(word: Value) -> Option<Leaf> {
        let n = word.as_fixnum()?;
        Some(Leaf { hash: (n >> POSITION_BITS) as u32, position: (n & ((1 << POSITION_BITS) - 1)) as usize })
    }
}

/// The digit of a hash at a level, from the top.
fn digit(hash: u32, level: u32) -> u32 {
    if level < LEVELS - 1 { hash >> (HASH_BITS - 4 - 4 * level) & 15 } else { hash & 7 }
}

/// Where a digit's word is, or would be, in a node.
fn slot(bitmap: u32, digit: u32) -> usize {
    (bitmap & ((1 << digit) - 1)).count_ones() as usize
}

/// The position of the entry with this hash for which `matches` holds.
#[inline]
pub fn find(root: Value, hash: u32, mut matches: impl FnMut(usize) -> bool) -> Option<usize> {
    if root == Value::NIL {
        return None;
    }
    let mut node = root;
    for level in 0..LEVELS {
        let bitmap = node.aux();
        let digit = digit(hash, level);
        if bitmap >> digit & 1 == 0 {
            return None;
        }
        let word = node.field(slot(bitmap, digit));
        match Leaf::of(word) {
            Some(leaf) => return (leaf.hash == hash && matches(leaf.position)).then_some(leaf.position),
            None => node = word,
        }
    }
    node.words().iter().filter_map(|&w| Leaf::of(Value(w))).map(|l| l.position).find(|&p| matches(p))
}

/// The way from the root to a node: the nodes passed and which of their words was taken.
struct Path {
    steps: [(Value, usize); LEVELS as usize],
    len: usize,
}

impl Path {
    fn new() -> Path {
        Path { steps: [(Value::NIL, 0); LEVELS as usize], len: 0 }
    }
    fn push(&mut self, node: Value, slot: usize) {
        self.steps[self.len] = (node, slot);
        self.len += 1;
    }
    /// The root of a trie in which `word` stands at the end of the path.
    fn rebuild(&self, ctx: &mut Context, word: Value) -> Value {
        self.steps[..self.len].iter().rev().fold(word, |word, &(node, slot)| replaced(ctx, node, slot, word))
    }
}

/// The trie with one more entry, whose key is not in it.
pub fn insert(ctx: &mut Context, root: Value, hash: u32, position: usize) -> Value {
    let new = Leaf { hash, position };
    if root == Value::NIL {
        return node(ctx, 1 << digit(hash, 0), &[new.word()]);
    }
    let mut path = Path::new();
    let mut at = root;
    for level in 0..LEVELS {
        let bitmap = at.aux();
        let digit = digit(hash, level);
        let slot = slot(bitmap, digit);
        if bitmap >> digit & 1 == 0 {
            let node = inserted(ctx, at, bitmap | 1 << digit, slot, new.word());
            return path.rebuild(ctx, node);
        }
        path.push(at, slot);
        let word = at.field(slot);
        if let Some(old) = Leaf::of(word) {
            let pair = pair(ctx, level + 1, old, new);
            return path.rebuild(ctx, pair);
        }
        at = word;
    }
    let node = inserted(ctx, at, COLLISION, at.size(), new.word());
    path.rebuild(ctx, node)
}

/// The trie without the entry at `position`, which is in it.
pub fn remove(ctx: &mut Context, root: Value, hash: u32, position: usize) -> Value {
    let leaf = Leaf { hash, position }.word();
    let mut path = Path::new();
    let mut at = root;
    let mut level = 0;
    let (bitmap, slot) = loop {
        if level == LEVELS {
            let slot = at.words().iter().position(|&w| w == leaf.0).expect("the entry is in the trie");
            break (COLLISION, slot);
        }
        let bitmap = at.aux();
        let digit = digit(hash, level);
        let slot = slot(bitmap, digit);
        let word = at.field(slot);
        if word == leaf {
            break (bitmap & !(1 << digit), slot);
        }
        path.push(at, slot);
        at = word;
        level += 1;
    };
    let mut word = without(ctx, at, bitmap, slot);
    // a node that is left with one leaf gives way to the leaf
    while path.len > 0 && word.size() == 1 && word.field(0).is_fixnum() {
        path.len -= 1;
        let (node, slot) = path.steps[path.len];
        word = replaced(ctx, node, slot, word.field(0));
    }
    if word.size() == 0 { Value::NIL } else { path.rebuild(ctx, word) }
}

/// The trie of the entries whose hashes are given, sorted by hash, each with its position.
pub fn build(ctx: &mut Context, sorted: &[(u32, usize)]) -> Value {
    if sorted.is_empty() { Value::NIL } else { build_level(ctx, 0, sorted) }
}

/// Recursion is bounded by [`LEVELS`].
fn build_level(ctx: &mut Context, level: u32, sorted: &[(u32, usize)]) -> Value {
    let leaf = |&(hash, position): &(u32, usize)| Leaf { hash, position }.word();
    if level == LEVELS {
        let words: Vec<Value> = sorted.iter().map(leaf).collect();
        return node(ctx, COLLISION, &words);
    }
    let mut words = [Value::NIL; 16];
    let (mut bitmap, mut count) = (0, 0);
    let mut rest = sorted;
    while let Some(first) = rest.first() {
        let digit_here = digit(first.0, level);
        let (group, others) = rest.split_at(rest.partition_point(|e| digit(e.0, level) == digit_here));
        words[count] = if group.len() == 1 { leaf(first) } else { build_level(ctx, level + 1, group) };
        bitmap |= 1 << digit_here;
        count += 1;
        rest = others;
    }
    node(ctx, bitmap, &words[..count])
}

/// A node, at this level, of two leaves with different positions.
fn pair(ctx: &mut Context, level: u32, old: Leaf, new: Leaf) -> Value {
    let split = (level..LEVELS).find(|&l| digit(old.hash, l) != digit(new.hash, l));
    let mut word = match split {
        None => node(ctx, COLLISION, &[old.word(), new.word()]),
        Some(l) => {
            let (a, b) = (digit(old.hash, l), digit(new.hash, l));
            let words = if a < b { [old.word(), new.word()] } else { [new.word(), old.word()] };
            node(ctx, 1 << a | 1 << b, &words)
        }
    };
    for l in (level..split.unwrap_or(LEVELS)).rev() {
        word = node(ctx, 1 << digit(new.hash, l), &[word]);
    }
    word
}

fn node(ctx: &mut Context, aux: u32, values: &[Value]) -> Value {
    object(ctx, Kind::Node, aux, [words(values)])
}

/// A copy of a node with the word at `slot` replaced.
fn replaced(ctx: &mut Context, old: Value, slot: usize, word: Value) -> Value {
    let new = object(ctx, Kind::Node, old.aux(), [old.words()]);
    new.init(slot, word.0);
    new
}

/// A copy of a node with a word more, at `slot`.
fn inserted(ctx: &mut Context, old: Value, aux: u32, slot: usize, word: Value) -> Value {
    let (before, after) = old.words().split_at(slot);
    object(ctx, Kind::Node, aux, [before, &[word.0], after])
}

/// A copy of a node without the word at `slot`.
fn without(ctx: &mut Context, old: Value, aux: u32, slot: usize) -> Value {
    let (before, after) = old.words().split_at(slot);
    object(ctx, Kind::Node, aux, [before, &after[1..]])
}
