//! Tables against a plain model: a Vec of pairs.

use super::*;

/// A fixed pseudo-random sequence (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n
    }
}

fn int(n: u64) -> Value {
    Value::fixnum(n as i64)
}

fn model_set(model: &mut Vec<Entry>, key: Value, value: Value) {
    match model.iter_mut().find(|e| e.0 == key) {
        Some(e) => e.1 = value,
        None => model.push((key, value)),
    }
}

/// Everything that can be seen of the table is what the model says.
fn check(table: Value, model: &[Entry]) {
    assert_eq!(len(table), model.len());
    let entries: Vec<Entry> = iter(table).collect();
    assert!(entries == model, "order of entries");
    for &(k, v) in model {
        assert!(find(table, k) == Some((k, v)));
    }
    assert!(first(table) == model.first().copied());
    assert!(last(table) == model.last().copied());
}

#[test]
fn behaves_as_an_ordered_list_of_entries_under_random_changes() {
    for (seed, keys, steps) in [(1, 6, 300), (2, 12, 600), (3, 40, 2000), (4, 700, 6000)] {
        let mut ctx = Context::new();
        let mut random = Random(seed);
        let (mut table, mut model) = (empty(&mut ctx, Kind::Dict), Vec::new());
        for step in 0..steps {
            let key = int(random.below(keys));
            if random.below(5) < 3 {
                table = insert(&mut ctx, table, key, int(step));
                model_set(&mut model, key, int(step));
            } else {
                table = remove(&mut ctx, table, key);
                model.retain(|e| e.0 != key);
            }
            if step % 37 == 0 || model.len() < 12 {
                check(table, &model);
            }
        }
        check(table, &model);
    }
}

#[test]
fn older_versions_stay_as_they_were() {
    let mut ctx = Context::new();
    let mut random = Random(9);
    let mut versions = vec![(empty(&mut ctx, Kind::Dict), Vec::new())];
    for step in 0..400 {
        let (mut table, mut model) = versions[random.below(versions.len() as u64) as usize].clone();
        for _ in 0..20 {
            let key = int(random.below(60));
            if random.below(3) == 0 {
                table = remove(&mut ctx, table, key);
                model.retain(|e: &Entry| e.0 != key);
            } else {
                table = insert(&mut ctx, table, key, int(step));
                model_set(&mut model, key, int(step));
            }
        }
        versions.push((table, model));
    }
    for (table, model) in versions {
        check(table, &model);
    }
}

#[test]
fn building_at_once_gives_what_inserting_gives() {
    let mut ctx = Context::new();
    for count in [0, 1, 7, 8, 9, 16, 17, 255, 256, 257, 300, 4095, 4096, 4097, 4112, 4113, 70_000] {
        let mut random = Random(count + 1);
        let entries: Vec<Entry> = (0..count).map(|i| (int(random.below(count)), int(i))).collect();
        let built = build(&mut ctx, Kind::Dict, &entries);
        let empty = empty(&mut ctx, Kind::Dict);
        let inserted = entries.iter().fold(empty, |t, &(k, v)| insert(&mut ctx, t, k, v));
        assert!(iter(built).eq(iter(inserted)), "{count} entries");
        assert!(iter(built).all(|(k, v)| find(built, k) == Some((k, v))));
    }
}

#[test]
fn a_built_table_can_grow_at_every_size() {
    let mut ctx = Context::new();
    for count in (1..600).chain([4094, 4095, 4096, 4097, 4111, 4112, 4113]) {
        let mut model: Vec<Entry> = (0..count).map(|i| (int(i), int(i))).collect();
        let mut table = build(&mut ctx, Kind::Dict, &model);
        for i in 0..40 {
            table = insert(&mut ctx, table, int(count + i), int(i));
            model.push((int(count + i), int(i)));
        }
        assert!(iter(table).eq(model.iter().copied()));
    }
}

#[test]
fn keys_whose_hashes_collide_are_told_apart() {
    // positions, not keys, are what the trie tells apart: give it one hash for all
    let mut ctx = Context::new();
    let hash = 0x1234_5678;
    let mut root = Value::NIL;
    for position in 0..40 {
        root = trie::insert(&mut ctx, root, hash, position);
        root = trie::insert(&mut ctx, root, hash ^ 1, 100 + position);
    }
    for position in 0..40 {
        assert_eq!(trie::find(root, hash, |p| p == position), Some(position));
        assert_eq!(trie::find(root, hash ^ 1, |p| p == 100 + position), Some(100 + position));
        assert_eq!(trie::find(root, hash, |p| p == 100 + position), None);
    }
    for position in 0..40 {
        root = trie::remove(&mut ctx, root, hash, position);
        assert_eq!(trie::find(root, hash, |p| p == position), None);
    }
    for position in 0..40 {
        root = trie::remove(&mut ctx, root, hash ^ 1, 100 + position);
    }
    assert!(root == Value::NIL);
}

#[test]
fn first_and_last_are_found_behind_many_removed_entries() {
    let mut ctx = Context::new();
    let mut model: std::collections::VecDeque<Entry> = (0..5000).map(|i| (int(i), int(i))).collect();
    let mut table = build(&mut ctx, Kind::Dict, model.make_contiguous());
    let mut random = Random(5);
    while let Some((key, _)) = if random.below(2) == 0 { model.pop_front() } else { model.pop_back() } {
        table = remove(&mut ctx, table, key);
        assert!(first(table) == model.front().copied());
        assert!(last(table) == model.back().copied());
    }
    assert_eq!(len(table), 0);
}

#[test]
fn sets_hold_elements_once_in_order() {
    let mut ctx = Context::new();
    let mut set = empty(&mut ctx, Kind::Set);
    for i in [3, 1, 3, 2, 1].into_iter().chain(10..50).chain(10..50) {
        set = insert(&mut ctx, set, int(i), Value::NIL);
    }
    let expected: Vec<u64> = [3, 1, 2].into_iter().chain(10..50).collect();
    assert!(iter(set).map(|e| e.0).eq(expected.iter().map(|&i| int(i))));
    set = remove(&mut ctx, set, int(1));
    assert_eq!(len(set), expected.len() - 1);
}

#[test]
fn setting_the_value_that_is_there_allocates_nothing() {
    let mut ctx = Context::new();
    let entries: Vec<Entry> = (0..100).map(|i| (int(i), int(i))).collect();
    for count in [3, 100] {
        let table = build(&mut ctx, Kind::Dict, &entries[..count]);
        assert!(insert(&mut ctx, table, int(2), int(2)) == table);
        assert!(remove(&mut ctx, table, int(1000)) == table);
    }
}

/// Processor time that this thread has used.
fn cpu_time() -> std::time::Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists and `time` is ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    std::time::Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Times the operations on 10 million entries: `cargo test --release -p cl_runtime ten_million -- --ignored --nocapture`.
#[test]
#[ignore = "takes seconds and 4 GB"]
fn ten_million_entries_stay_effectively_constant_time() {
    const SIZES: [u64; 3] = [1_000, 100_000, 10_000_000];
    const STEPS: u64 = 500_000;
    let mut per_step = Vec::new();
    for size in SIZES {
        let mut ctx = Context::new();
        let entries: Vec<Entry> = (0..size).map(|i| (int(i), int(i))).collect();
        let start = cpu_time();
        let base = build(&mut ctx, Kind::Dict, &entries);
        let built = cpu_time() - start;
        let mut time = |what: &str, step: &mut dyn FnMut(&mut Context, u64)| {
            let start = cpu_time();
            let mut random = Random(7);
            (0..STEPS).for_each(|_| step(&mut ctx, random.below(size)));
            let nanoseconds = (cpu_time() - start).as_nanos() as u64 / STEPS;
            println!("{size} entries: {what} {nanoseconds} ns");
            nanoseconds
        };
        let get = time("get", &mut |_, i| assert!(find(base, int(i)).is_some()));
        let mut table = base;
        let mut next = size;
        let set = time("set", &mut |ctx, i| {
            table = insert(ctx, table, int(i), int(next));
            next += 1;
        });
        let add = time("add", &mut |ctx, _| {
            table = insert(ctx, table, int(next), Value::NIL);
            next += 1;
        });
        println!("{size} entries: built in {built:?}");
        per_step.push(get + set + add);
    }
    assert!(per_step[2] < 20 * per_step[0], "not effectively constant: {per_step:?}");
}
