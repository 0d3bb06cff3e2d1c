//! The collector on object graphs that Rust code builds and holds in registered roots.

use super::config::Mode;
use super::*;
use crate::heap::roots::RootId;
use crate::{Context, Value};

const PLAIN: Mode = Mode { stress: false, verify: true };
const STRESS: Mode = Mode { stress: true, verify: true };

fn cons(ctx: &mut Context, head: Value, tail: Value) -> Value {
    let v = ctx.alloc(Kind::Cons, 0, 2);
    v.init(0, head.0);
    v.init(1, tail.0);
    v
}

fn float(ctx: &mut Context, f: f64) -> Value {
    let v = ctx.alloc(Kind::Float, 0, 1);
    v.init(0, f.to_bits());
    v
}

fn vector(ctx: &mut Context, items: usize) -> Value {
    let v = ctx.alloc(Kind::Vector, 0, items);
    (0..items).for_each(|i| v.init(i, NIL));
    v
}

/// The List of Floats `0.0 … n-1.0`.
fn floats(ctx: &mut Context, n: usize) -> Value {
    (0..n).rev().fold(Value::EMPTY, |tail, i| {
        let head = float(ctx, i as f64);
        cons(ctx, head, tail)
    })
}

fn is_floats(mut list: Value, n: usize) -> bool {
    for i in 0..n {
        match list.as_cons() {
            Some((head, tail)) if head.as_float() == Some(i as f64) => list = tail,
            _ => return false,
        }
    }
    list == Value::EMPTY
}

fn minor(ctx: &mut Context) {
    ctx.collect_now();
}
fn major(ctx: &mut Context) {
    ctx.request_full_collection();
    ctx.collect_now();
}

fn is_old(ctx: &Context, v: Value) -> bool {
    let address = v.address() as usize;
    let heap = ctx.shared.heap();
    heap.old.contains(address) || heap.large.contains(address)
}

/// Pages of a region that are resident, in bytes.
fn resident(start: usize, bytes: usize) -> usize {
    let mut pages = vec![0u8; bytes / space::PAGE];
    // SAFETY: the region is mapped; the vector has a byte for each page.
    let result = unsafe { libc::mincore(start as *mut _, bytes, pages.as_mut_ptr()) };
    assert_eq!(result, 0);
    pages.iter().filter(|p| **p & 1 != 0).count() * space::PAGE
}

#[test]
fn a_list_survives_minor_and_major_collections() {
    for mode in [PLAIN, STRESS] {
        let mut ctx = Context::with_mode(mode);
        let list = floats(&mut ctx, 1000);
        let root = ctx.add_root(list);
        minor(&mut ctx);
        assert!(is_old(&ctx, ctx.root(root)) && is_floats(ctx.root(root), 1000));
        major(&mut ctx);
        assert!(is_floats(ctx.root(root), 1000));
    }
}

#[test]
fn sharing_and_cycles_are_kept() {
    let mut ctx = Context::with_mode(PLAIN);
    let cell = ctx.alloc(Kind::Cell, 0, 1);
    let pair = cons(&mut ctx, cell, cell);
    cell.init(0, pair.0);
    let root = ctx.add_root(pair);
    major(&mut ctx);
    let pair = ctx.root(root);
    assert!(pair.field(0) == pair.field(1) && pair.field(0).field(0) == pair);
}

#[test]
fn raw_words_are_not_taken_for_references() {
    let mut ctx = Context::with_mode(STRESS);
    let target = float(&mut ctx, 1.0);
    let raw = ctx.alloc(Kind::Raw, 0, 2);
    raw.init(0, target.0);
    raw.init(1, POISON);
    let closure = ctx.alloc(Kind::Closure, 1, 2);
    closure.init(0, target.0);
    closure.init(1, raw.0);
    let root = ctx.add_root(closure);
    minor(&mut ctx);
    major(&mut ctx);
    let closure = ctx.root(root);
    assert_eq!((closure.raw(0), closure.field(1).raw(0), closure.field(1).raw(1)), (target.0, target.0, POISON));
}

#[test]
fn an_old_object_keeps_a_young_one_that_was_stored_into_it() {
    let mut ctx = Context::with_mode(PLAIN);
    let old = vector(&mut ctx, 10);
    let root = ctx.add_root(old);
    minor(&mut ctx);
    for round in 0..3 {
        let old = ctx.root(root);
        assert!(is_old(&ctx, old));
        let young = floats(&mut ctx, 5);
        ctx.store(old, 3, young);
        ctx.store(old, 3, Value::NIL);
        ctx.store(old, 3, young);
        minor(&mut ctx);
        assert!(is_floats(ctx.root(root).field(3), 5), "round {round}");
        assert!(ctx.remembered.is_empty());
    }
}

#[test]
fn the_barrier_of_compiled_code_may_come_after_the_store() {
    let mut ctx = Context::with_mode(PLAIN);
    let old = vector(&mut ctx, 1);
    let root = ctx.add_root(old);
    minor(&mut ctx);
    let (old, young) = (ctx.root(root), floats(&mut ctx, 5));
    old.init(0, young.0);
    // SAFETY: the object has a payload word.
    let slot = unsafe { old.address().add(1) };
    super::context::cl_barrier(&mut ctx, old, slot, young);
    minor(&mut ctx);
    assert!(is_floats(ctx.root(root).field(0), 5));
}

#[test]
fn a_storm_of_stores_asks_for_a_collection() {
    let mut ctx = Context::with_mode(PLAIN);
    let old = vector(&mut ctx, 1);
    let root = ctx.add_root(old);
    minor(&mut ctx);
    let (old, young) = (ctx.root(root), floats(&mut ctx, 1));
    assert!(!ctx.collection_is_due());
    for _ in 0..=REMEMBERED_MAX {
        ctx.store(old, 0, young);
        ctx.store(old, 0, Value::NIL);
    }
    assert!(ctx.collection_is_due() && ctx.alloc_limit == 0 && ctx.stack_limit == u64::MAX);
    minor(&mut ctx);
    assert!(!ctx.collection_is_due() && ctx.alloc_limit != 0 && ctx.stack_limit == 0);
}

#[test]
fn a_primitive_can_allocate_past_the_nursery_and_asks_for_a_collection() {
    let mut ctx = Context::with_mode(PLAIN);
    let n = 4 * NURSERY_MIN / 40;
    let list = floats(&mut ctx, n);
    assert!(is_floats(list, n) && ctx.collection_is_due());
    let root = ctx.add_root(list);
    minor(&mut ctx);
    assert!(is_floats(ctx.root(root), n));
}

#[test]
fn a_huge_nursery_gives_its_pages_back() {
    let mut ctx = Context::with_mode(PLAIN);
    floats(&mut ctx, 4_000_000);
    let start = ctx.shared.heap().nursery.start;
    let used = ctx.alloc_ptr as usize - start;
    let used = used / space::PAGE * space::PAGE;
    assert!(resident(start, used) > 100 << 20);
    minor(&mut ctx);
    assert!(resident(start, used) <= NURSERY_MAX);
}

#[test]
fn large_objects_are_scanned_and_freed() {
    for mode in [PLAIN, STRESS] {
        let mut ctx = Context::with_mode(mode);
        let big = vector(&mut ctx, 100_000);
        let list = floats(&mut ctx, 10);
        big.init(99_999, list.0);
        let root = ctx.add_root(big);
        let address = big.address();
        minor(&mut ctx);
        assert!(ctx.root(root).address() == address && is_floats(ctx.root(root).field(99_999), 10));
        major(&mut ctx);
        assert!(is_floats(ctx.root(root).field(99_999), 10));
        assert!(ctx.shared.heap().large.bytes() >= 800_000);
        ctx.remove_root(root);
        major(&mut ctx);
        assert_eq!(ctx.shared.heap().large.bytes(), 0);
        assert_eq!(resident(address as usize / space::PAGE * space::PAGE, 400 << 10), 0);
    }
}

#[test]
fn a_large_object_that_compiled_code_made_in_the_nursery_is_promoted() {
    let mut ctx = Context::with_mode(PLAIN);
    let size = 2 * LARGE / 8;
    let address = ctx.alloc_slow(8 + 8 * size) as *mut u64;
    // SAFETY: the fresh bytes are for an object of this size.
    unsafe { *address = header(Kind::Tuple, 0, size) };
    let tuple = Value::object(address);
    (0..size).for_each(|i| tuple.init(i, NIL));
    let list = floats(&mut ctx, 3);
    tuple.init(size - 1, list.0);
    let root = ctx.add_root(tuple);
    minor(&mut ctx);
    let tuple = ctx.root(root);
    assert!(ctx.shared.heap().large.contains(tuple.address() as usize) && is_floats(tuple.field(size - 1), 3));
}

#[test]
fn garbage_in_the_old_space_is_freed() {
    let mut ctx = Context::with_mode(PLAIN);
    let list = floats(&mut ctx, 500_000);
    let root = ctx.add_root(list);
    minor(&mut ctx);
    assert!(ctx.shared.heap().old.bytes() > 15 << 20);
    ctx.remove_root(root);
    major(&mut ctx);
    assert_eq!(ctx.shared.heap().old.bytes(), 0);
}

#[test]
fn sparse_chunks_are_evacuated() {
    let mut ctx = Context::with_mode(PLAIN);
    // One of ten survives, evenly spread; a large and a small object hold all survivors.
    let kept = vector(&mut ctx, 50_000);
    let root = ctx.add_root(kept);
    let list = floats(&mut ctx, 500_000);
    let all = ctx.add_root(list);
    minor(&mut ctx);
    let (kept, mut list) = (ctx.root(root), ctx.root(all));
    for i in 0..500_000 {
        let (head, tail) = list.as_cons().expect("the list is that long");
        if i % 10 == 0 {
            ctx.store(kept, i / 10, head);
        }
        list = tail;
    }
    let pair = cons(&mut ctx, kept, kept.field(77));
    ctx.set_root(all, pair);
    let before = ctx.shared.heap().old.bytes();
    major(&mut ctx);
    let after = ctx.shared.heap().old.bytes();
    assert!(after * 5 < before, "{before} -> {after}");
    let (kept, same) = ctx.root(all).as_cons().expect("a pair");
    assert!((0..50_000).all(|i| kept.field(i).as_float() == Some(i as f64 * 10.0)));
    assert!(kept.field(77) == same);
    minor(&mut ctx);
}

#[test]
fn building_and_dropping_again_and_again_takes_bounded_memory() {
    let mut ctx = Context::with_mode(Mode::default());
    let root = ctx.add_root(Value::NIL);
    let mut most = 0;
    for _ in 0..10 {
        ctx.set_root(root, Value::EMPTY);
        // 100 MB in lists of 40 KB, each of which a safepoint follows
        for _ in 0..2500 {
            let part = floats(&mut ctx, 1000);
            let before = ctx.root(root);
            let all = cons(&mut ctx, part, before);
            ctx.set_root(root, all);
            if ctx.collection_is_due() {
                ctx.collect();
                most = most.max(ctx.shared.heap().old_bytes());
            }
        }
    }
    assert!(most < 300 << 20, "{most}");
    assert!(ctx.shared.heap().stats.major_collections >= 4);
}

/// A graph of random edges, as Rust sees it, and the same in the heap.
struct Graph {
    ctx: Box<Context>,
    edges: Vec<[usize; 3]>,
    nodes: RootId,
    seed: u64,
}

impl Graph {
    fn new(mode: Mode, count: usize) -> Graph {
        let mut ctx = Context::with_mode(mode);
        let table = vector(&mut ctx, count);
        for i in 0..count {
            let node = ctx.alloc(Kind::Tuple, 0, 4);
            node.init(0, Value::fixnum(i as i64).0);
            (1..4).for_each(|k| node.init(k, NIL));
            ctx.store(table, i, node);
        }
        let nodes = ctx.add_root(table);
        Graph { ctx, edges: vec![[usize::MAX; 3]; count], nodes, seed: 1 }
    }

    /// The next number below `n` of a fixed sequence (xorshift).
    fn random(&mut self, n: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed % n as u64) as usize
    }

    fn node(&self, i: usize) -> Value {
        self.ctx.root(self.nodes).field(i)
    }

    /// Replaces a node by a fresh one with the same edges, or an edge by another, or makes garbage.
    fn change(&mut self) {
        let count = self.edges.len();
        let (i, k, to) = (self.random(count), self.random(3), self.random(count));
        if self.random(4) == 0 {
            floats(&mut self.ctx, 20);
        }
        let (node, target) = (self.node(i), self.node(to));
        self.ctx.store(node, 1 + k, target);
        self.edges[i][k] = to;
    }

    fn check(&self) {
        for (i, edges) in self.edges.iter().enumerate() {
            let node = self.node(i);
            assert_eq!(node.field(0).as_fixnum(), Some(i as i64));
            for (k, &to) in edges.iter().enumerate() {
                let expected = if to == usize::MAX { Value::NIL } else { self.node(to) };
                assert!(node.field(1 + k) == expected, "edge {k} of node {i}");
            }
        }
    }
}

#[test]
fn random_graphs_keep_their_shape() {
    for mode in [PLAIN, STRESS] {
        let mut graph = Graph::new(mode, 2000);
        for round in 0..200 {
            (0..50).for_each(|_| graph.change());
            if round % 10 == 9 {
                graph.ctx.request_full_collection();
            }
            minor(&mut graph.ctx);
            graph.check();
        }
    }
}
