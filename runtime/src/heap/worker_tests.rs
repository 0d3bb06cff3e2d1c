//! Several workers on one heap, without compiled code: each is a thread that runs a Rust closure, holds what it needs in
//! registered roots, and polls for safepoints as compiled code does.

use super::config::Mode;
use super::roots::RootId;
use super::world::World;
use super::*;
use crate::collections::array;
use crate::{Context, Value};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

const MODES: [Mode; 2] = [Mode { stress: false, verify: true }, Mode { stress: true, verify: true }];
pub(crate) const WORKERS: usize = 4;

/// What a test's threads share with its first context: roots that all of them read.
pub(crate) struct Program {
    pub ctx: Box<Context>,
}

/// A context on its way to its thread.
struct Worker(*mut Context);
// SAFETY: `Program::run` hands each context to one thread.
unsafe impl Send for Worker {}

impl Program {
    pub fn new(mode: Mode) -> Program {
        let mut ctx = Context::with_mode(mode);
        let globals = ctx.add_root(Value::NIL);
        assert_eq!(globals, GLOBAL);
        Program { ctx }
    }

    /// Runs `mutator(worker, its number)` on several threads to their ends. What is in the first context's root is given to
    /// each worker as its own first root.
    pub fn run(&mut self, mutator: impl Fn(&mut Context, usize) + Sync) {
        self.run_on(WORKERS, mutator);
    }

    fn run_on(&mut self, count: usize, mutator: impl Fn(&mut Context, usize) + Sync) {
        let global = self.ctx.root(GLOBAL);
        let workers: Vec<Worker> = (0..count).map(|_| Worker(self.ctx.add_worker())).collect();
        for worker in &workers {
            // SAFETY: no thread uses it yet.
            assert_eq!(unsafe { (*worker.0).add_root(global) }, GLOBAL);
        }
        let world = &self.ctx.shared.clone().world;
        world.leave();
        std::thread::scope(|scope| {
            for (i, worker) in workers.into_iter().enumerate() {
                let mutator = &mutator;
                scope.spawn(move || {
                    let worker = worker;
                    world.enter();
                    let _stopped = Leave(world);
                    // SAFETY: this thread is the only one that uses it, but while it is stopped.
                    mutator(unsafe { &mut *worker.0 }, i);
                });
            }
        });
        world.enter();
    }
}

/// Stops a worker at the end of its thread, also if a check failed: the others need not wait for it.
struct Leave<'a>(&'a World);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.leave();
    }
}

/// The root in which the test's shared object is, of each worker.
pub(crate) const GLOBAL: RootId = RootId::FIRST;

/// A safepoint, as on a loop's back edge; gives what `cl_safepoint` does.
pub(crate) fn poll(ctx: &mut Context) -> Value {
    // SAFETY: other workers write to the limit.
    let limit = unsafe { AtomicU64::from_ptr(&raw mut ctx.stack_limit) };
    if limit.load(Ordering::Relaxed) == u64::MAX {
        return crate::control::stack::cl_safepoint(ctx, usize::MAX);
    }
    Value::NIL
}

/// A source of numbers (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

fn random(worker: usize) -> Random {
    Random(0x9e37_79b9 + worker as u64)
}

/// An object that can be told to be whole: `(tuple n (tuple n))`.
fn pair(ctx: &mut Context, n: usize) -> Value {
    let number = Value::fixnum(n as i64);
    let inner = ctx.alloc(Kind::Tuple, 0, 1);
    inner.init(0, number.0);
    let outer = ctx.alloc(Kind::Tuple, 0, 2);
    outer.init(0, number.0);
    outer.init(1, inner.0);
    outer
}

fn is_pair(v: Value) -> bool {
    v.is(Kind::Tuple) && v.size() == 2 && v.field(1).is(Kind::Tuple) && v.field(1).field(0) == v.field(0)
}

fn vector(ctx: &mut Context, items: usize) -> Value {
    let v = ctx.alloc(Kind::Vector, 0, items);
    (0..items).for_each(|i| v.init(i, NIL));
    v
}

/// How often a loop is run: under stress each round collects.
fn rounds(mode: Mode, plain: usize) -> usize {
    if mode.stress { plain / 100 } else { plain }
}

#[test]
fn each_worker_keeps_what_is_its_own() {
    for mode in MODES {
        let mut program = Program::new(mode);
        program.run(|ctx, worker| {
            let list = ctx.add_root(Value::EMPTY);
            for n in 0..rounds(mode, 100_000) {
                let (head, tail) = (pair(ctx, worker << 32 | n), ctx.root(list));
                let all = crate::collections::list::cons(ctx, head, tail);
                ctx.set_root(list, all);
                poll(ctx);
            }
            let mut n = rounds(mode, 100_000);
            for item in crate::collections::list_iter(ctx.root(list)) {
                n -= 1;
                assert!(is_pair(item) && item.field(0) == Value::fixnum((worker << 32 | n) as i64));
            }
            assert_eq!(n, 0);
        });
        let stats = program.ctx.gc_stats();
        assert!(stats.minor_collections > 1, "{stats:?}");
    }
}

#[test]
fn workers_see_whole_objects_in_what_they_share() {
    for mode in MODES {
        let mut program = Program::new(mode);
        let shared = vector(&mut program.ctx, 100);
        program.ctx.set_root(GLOBAL, shared);
        program.ctx.collect_now();
        program.run(|ctx, worker| {
            let mut random = random(worker);
            for n in 0..rounds(mode, 200_000) {
                let (i, j) = (random.below(100), random.below(100));
                let (shared, fresh) = (ctx.root(GLOBAL), pair(ctx, n));
                ctx.store(shared, i, fresh);
                let seen = shared.load(j);
                assert!(seen == Value::NIL || is_pair(seen));
                poll(ctx);
            }
        });
        program.ctx.request_full_collection();
        program.ctx.collect_now();
        let shared = program.ctx.root(GLOBAL);
        assert!((0..100).all(|i| is_pair(shared.field(i))));
    }
}

#[test]
fn a_racing_array_loses_updates_at_most() {
    for mode in MODES {
        let mut program = Program::new(mode);
        let shared = array::array_from_slice(&mut program.ctx, &[]);
        program.ctx.set_root(GLOBAL, shared);
        program.run(|ctx, worker| {
            let mut random = random(worker);
            for n in 0..rounds(mode, 100_000) {
                use_array(ctx, &mut random, n);
                poll(ctx);
            }
        });
    }
}

/// Does something with the shared Array, and checks what it sees of it.
fn use_array(ctx: &mut Context, random: &mut Random, n: usize) {
    let array = ctx.root(GLOBAL);
    let item = match random.below(3) {
        0 => pair(ctx, n),
        1 => crate::number::arith::make_float(ctx, 0.5),
        _ => Value::fixnum(n as i64),
    };
    match random.below(40) {
        0 => {
            let items = array::array_items(ctx, array);
            array::array_replace(ctx, array, &items);
        }
        1 => while array::array_pop(ctx, array).is_some() {},
        2..6 => drop(array::array_pop(ctx, array)),
        6..10 => {
            let end = array::len(array);
            array::array_range(ctx, array, end / 2, end);
        }
        10..20 => {
            let (store, length) = array::view(array);
            assert!(length <= store.size());
            (0..length).for_each(|i| array::array_store(ctx, array, i, item));
        }
        _ => array::array_push(ctx, array, item),
    }
    let (store, length) = array::view(array);
    assert!(length <= store.size(), "{length} items in a store of {}", store.size());
    for i in 0..length {
        let seen = array::array_item(ctx, array, i);
        let whole = is_pair(seen) || seen.is_fixnum() || seen == Value::NIL || seen.is(Kind::Float);
        assert!(whole, "{:x}", seen.0);
    }
}

#[test]
fn an_array_that_grows_keeps_its_room_while_others_replace_its_items() {
    let mut program = Program::new(MODES[0]);
    let shared = vector(&mut program.ctx, 1);
    let array = array::array_from_slice(&mut program.ctx, &[]);
    program.ctx.store(shared, 0, array);
    program.ctx.set_root(GLOBAL, shared);
    let done = AtomicBool::new(false);
    program.run(|ctx, worker| {
        let pushes = worker % 2 == 0;
        for _ in 0..if pushes { 1_000_000 } else { usize::MAX } {
            let shared = ctx.root(GLOBAL);
            let array = shared.load(0);
            if pushes {
                array::array_push(ctx, array, Value::TRUE);
            } else {
                let items = array::array_items(ctx, array);
                array::array_replace(ctx, array, &items);
            }
            let (store, length) = array::view(array);
            assert!(length <= store.size(), "{length} items in a store of {}", store.size());
            if length > 5000 {
                let fresh = array::array_from_slice(ctx, &[]);
                ctx.store(shared, 0, fresh);
            }
            poll(ctx);
            if !pushes && done.load(Ordering::Relaxed) {
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(done.into_inner());
}

#[test]
fn a_shared_string_builder_holds_whole_texts() {
    let mut program = Program::new(MODES[0]);
    let builder = crate::text::builder::cl_string_builder(&mut program.ctx);
    program.ctx.set_root(GLOBAL, builder);
    const TEXTS: [&str; 3] = ["äöü", "[a 世界]", "x"];
    program.run(|ctx, worker| {
        let mut random = random(worker);
        for n in 0..20_000 {
            let text = crate::text::string::make(ctx, TEXTS[random.below(3)]);
            crate::text::builder::cl_sb_add(ctx, ctx.root(GLOBAL), text);
            if n % 2000 == 0 {
                let all = crate::text::builder::cl_sb_string(ctx, ctx.root(GLOBAL));
                let all = all.as_str().expect("a String");
                assert!(std::str::from_utf8(all.as_bytes()).is_ok() && !all.contains("[x"));
            }
            poll(ctx);
        }
    });
    let builder = program.ctx.root(GLOBAL);
    let all = crate::text::builder::cl_sb_string(&mut program.ctx, builder);
    let all = all.as_str().expect("a String");
    let count: usize = TEXTS.iter().map(|text| all.matches(text).count()).sum();
    assert_eq!(count, 20_000 * WORKERS);
}

#[test]
fn a_name_has_one_index_whoever_makes_it_first() {
    let mut program = Program::new(MODES[0]);
    let shared = vector(&mut program.ctx, 2000);
    program.ctx.set_root(GLOBAL, shared);
    program.run(|ctx, worker| {
        let mut random = random(worker);
        for _ in 0..20_000 {
            let i = random.below(2000);
            let name = format!("name-{i}");
            let index = ctx.intern(&name);
            assert_eq!(ctx.name(index), name);
            let shared = ctx.root(GLOBAL);
            let before = shared.load(i);
            assert!(before == Value::NIL || before == Value::symbol(index));
            ctx.store(shared, i, Value::symbol(index));
            poll(ctx);
        }
    });
}

#[test]
fn large_objects_and_full_collections_from_all_sides() {
    for mode in MODES {
        let mut program = Program::new(mode);
        program.run(|ctx, worker| {
            let kept = ctx.add_root(Value::NIL);
            let mut random = random(worker);
            for n in 0..rounds(mode, 2000) {
                let large = vector(ctx, 5000 + random.below(5000));
                let item = pair(ctx, n);
                large.init(4999, item.0);
                ctx.set_root(kept, large);
                if random.below(100) == 0 {
                    ctx.request_full_collection();
                }
                poll(ctx);
                assert!(is_pair(ctx.root(kept).field(4999)));
            }
        });
        program.ctx.request_full_collection();
        program.ctx.collect_now();
        assert!(program.ctx.gc_stats().major_collections > 0);
        // Each worker still holds its last one.
        assert!(program.ctx.shared.heap().large.bytes() < 2 * WORKERS * 80_000);
    }
}

#[test]
fn others_collect_while_a_worker_waits_for_something_outside() {
    let mut program = Program::new(MODES[0]);
    let (waits, done) = (AtomicBool::new(false), AtomicBool::new(false));
    program.run(|ctx, worker| {
        if worker == 0 {
            let item = pair(ctx, 7);
            let root = ctx.add_root(item);
            ctx.while_stopped(|| {
                waits.store(true, Ordering::Relaxed);
                while !done.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
            });
            assert!(is_pair(ctx.root(root)) && ctx.root(root) != item);
            return;
        }
        while !waits.load(Ordering::Relaxed) {
            poll(ctx);
        }
        for n in 0..300_000 {
            pair(ctx, n);
            poll(ctx);
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(program.ctx.gc_stats().minor_collections > 3);
}

#[test]
fn a_request_that_a_worker_overwrites_is_made_again() {
    let mut program = Program::new(MODES[0]);
    let done = AtomicBool::new(false);
    program.run(|ctx, worker| {
        if worker == 0 {
            for _ in 0..20 {
                ctx.collect_now();
            }
            done.store(true, Ordering::Relaxed);
        }
        while !done.load(Ordering::Relaxed) {
            // As a switch of fibers does.
            ctx.set_limits();
            poll(ctx);
        }
    });
    assert!(program.ctx.gc_stats().minor_collections >= 20);
}

#[test]
fn when_one_worker_ends_the_program_the_others_leave_at_a_safepoint() {
    let mut program = Program::new(MODES[0]);
    let started = AtomicUsize::new(0);
    program.run(|ctx, worker| {
        started.fetch_add(1, Ordering::Relaxed);
        if worker == 0 {
            while started.load(Ordering::Relaxed) < WORKERS {
                poll(ctx);
            }
            ctx.set_exiting(3);
            return ctx.collect_now();
        }
        while poll(ctx) != Value::RAISED {}
    });
    assert_eq!(program.ctx.exiting(), Some(3));
}

/// Processor time that this process has used.
fn cpu_nanoseconds() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists and `time` is ours.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// What workers cost: `cargo test --release -p cl_runtime costs_of_workers -- --ignored --nocapture`.
#[test]
#[ignore = "prints numbers, checks nothing"]
fn costs_of_workers() {
    const PAIRS: usize = 20_000_000;
    const STOPS: u32 = 20_000;
    for count in [1, 2] {
        let mut program = Program::new(Mode::default());
        let (start, cpu) = (Instant::now(), cpu_nanoseconds());
        program.run_on(count, |ctx, _| {
            for n in 0..PAIRS {
                pair(ctx, n);
                poll(ctx);
            }
        });
        let (elapsed, cpu) = (start.elapsed(), cpu_nanoseconds() - cpu);
        let each = cpu as f64 / (count * PAIRS) as f64;
        println!("{count} workers: {each:.1} ns of CPU time a pair, {elapsed:?} in all, {:?}", program.ctx.gc_stats());
        let done = AtomicBool::new(false);
        let start = Instant::now();
        program.run_on(count, |ctx, worker| {
            if worker == 0 {
                (0..STOPS).for_each(|_| ctx.collect_now());
                done.store(true, Ordering::Relaxed);
            }
            while !done.load(Ordering::Relaxed) {
                poll(ctx);
            }
        });
        println!("{count} workers: {:?} for an empty collection", start.elapsed() / STOPS);
    }
}
