//! Fibers without compiled code: who lives, and stacks that move. What runs on them is tested by programs.

use super::pool::{Block, SMALLEST};
use super::prims::{cl_fiber_copy, cl_fiber_new, cl_fiber_status};
use super::*;
use crate::heap::config::Mode;
use cl_abi::layout::Kind;

fn context() -> Box<Context> {
    let mut ctx = Context::with_mode(Mode { stress: false, verify: true });
    ctx.fibers.set_largest_frame(100);
    ctx
}

fn new_fiber(ctx: &mut Context) -> Value {
    let function = ctx.alloc(Kind::Closure, 1, 1);
    function.init(0, 0);
    cl_fiber_new(ctx, function)
}

fn record(fiber: Value) -> &'static mut Fiber {
    // SAFETY: the tests use the record of a live object only.
    unsafe { &mut *(fiber.raw(0) as *mut Fiber) }
}

#[test]
fn a_fiber_lives_as_long_as_its_object() {
    let mut ctx = context();
    let kept = new_fiber(&mut ctx);
    let root = ctx.add_root(kept);
    for _ in 0..1000 {
        new_fiber(&mut ctx);
    }
    assert_eq!(ctx.fibers.bytes(), 1001 * SMALLEST);
    ctx.collect_now();
    assert_eq!(ctx.fibers.bytes(), SMALLEST);
    let moved = ctx.root(root);
    assert!(moved != kept && cl_fiber_status(&mut ctx, moved) == Value::fixnum(0));
    ctx.request_full_collection();
    ctx.collect_now();
    assert_eq!(ctx.fibers.bytes(), SMALLEST);
    ctx.remove_root(root);
    ctx.collect_now();
    assert_eq!(ctx.fibers.bytes(), SMALLEST, "an old fiber is garbage only to a major collection");
    ctx.request_full_collection();
    ctx.collect_now();
    assert_eq!(ctx.fibers.bytes(), 0);
}

#[test]
fn what_a_fiber_is_to_call_lives_with_it() {
    let mut ctx = context();
    let fiber = new_fiber(&mut ctx);
    let root = ctx.add_root(fiber);
    for _ in 0..3 {
        ctx.request_full_collection();
        ctx.collect_now();
        assert!(record(ctx.root(root)).entry.is(Kind::Closure));
    }
}

#[test]
fn many_new_fibers_ask_for_a_collection() {
    let mut ctx = context();
    let count = FRESH_MAX / SMALLEST;
    for _ in 0..count {
        new_fiber(&mut ctx);
    }
    assert!(!ctx.collection_is_due());
    new_fiber(&mut ctx);
    assert!(ctx.collection_is_due());
}

/// Puts `count` frames of four words on a suspended fiber's stack, each with its number in it.
fn push_frames(fiber: &mut Fiber, count: usize) {
    // SAFETY: the stack pointer stays inside of the block.
    unsafe {
        for i in 0..count {
            let frame = (fiber.sp as *mut usize).sub(4);
            *frame = if i == 0 { 0 } else { fiber.sp };
            *frame.add(1) = 1000 + i;
            *frame.add(2) = i;
            fiber.sp = frame as usize;
        }
    }
}

/// The numbers in the frames, from the newest.
fn frame_numbers(fiber: &Fiber) -> Vec<usize> {
    let mut numbers = vec![];
    let mut at = fiber.sp;
    while at != 0 {
        assert!((fiber.block.low..fiber.block.high()).contains(&at));
        // SAFETY: `push_frames` made these frames.
        unsafe {
            numbers.push(*(at as *const usize).add(2));
            at = *(at as *const usize);
        }
    }
    numbers
}

#[test]
fn a_stack_that_moves_keeps_its_frames() {
    let mut ctx = context();
    let fiber = record(new_fiber(&mut ctx));
    push_frames(fiber, 10);
    for class in [1, 5, 0] {
        fiber.sp = fiber.sp.wrapping_add(ctx.fibers.move_stack(fiber, class, fiber.sp));
        assert_eq!(frame_numbers(fiber), (0..10).rev().collect::<Vec<_>>());
        assert_eq!((fiber.block.class, fiber.limit), (class, fiber.block.low + ctx.fibers.reserve));
        assert_eq!(ctx.fibers.bytes(), SMALLEST << class);
    }
}

#[test]
fn a_copy_has_frames_of_its_own() {
    let mut ctx = context();
    let original = new_fiber(&mut ctx);
    push_frames(record(original), 10);
    let copy = cl_fiber_copy(&mut ctx, original);
    // SAFETY: the word belongs to the newest frame.
    unsafe { *(record(original).sp as *mut usize).add(2) = 77 };
    assert_eq!(frame_numbers(record(copy)), (0..10).rev().collect::<Vec<_>>());
    // SAFETY: this is the topmost word of the copy's block.
    let top = unsafe { *((record(copy).block.high() - 8) as *const usize) };
    assert_eq!(top, copy.raw(0) as usize);
}

#[test]
fn a_major_collection_makes_stacks_smaller_that_hold_little() {
    let mut ctx = context();
    let fiber = new_fiber(&mut ctx);
    let root = ctx.add_root(fiber);
    let large = record(fiber);
    large.sp = large.sp.wrapping_add(ctx.fibers.move_stack(large, Block::class_for(1 << 20), large.sp));
    ctx.request_full_collection();
    ctx.collect_now();
    assert_eq!(record(ctx.root(root)).block.bytes(), SMALLEST);
    assert_eq!(ctx.fibers.bytes(), SMALLEST);
}

#[test]
fn only_functions_of_one_parameter_make_fibers() {
    let mut ctx = context();
    let two = ctx.alloc(Kind::Closure, 2, 1);
    two.init(0, 0);
    assert!(cl_fiber_new(&mut ctx, two) == Value::RAISED);
    assert!(cl_fiber_new(&mut ctx, Value::NIL) == Value::RAISED);
    assert!(cl_fiber_copy(&mut ctx, Value::NIL) == Value::RAISED);
}

/// Suspends `inner` together with `outer`, which waits for it.
fn suspend_chain(outer: Value, inner: Value, request: Value) {
    record(inner).parent = record(outer);
    record(inner).status = Status::Waiting;
    record(outer).leaf = record(inner);
    record(outer).request = request;
}

#[test]
fn a_suspended_fiber_keeps_those_that_are_suspended_with_it() {
    let mut ctx = context();
    let (outer, inner) = (new_fiber(&mut ctx), new_fiber(&mut ctx));
    let request = ctx.alloc(Kind::Tuple, 0, 0);
    suspend_chain(outer, inner, request);
    let root = ctx.add_root(outer);
    for _ in 0..2 {
        ctx.request_full_collection();
        ctx.collect_now();
        assert_eq!(ctx.fibers.bytes(), 2 * SMALLEST);
        let outer = record(ctx.root(root));
        assert!(outer.request.is(Kind::Tuple));
        // SAFETY: the leaf was kept.
        assert!(std::ptr::eq(unsafe { (*outer.leaf).parent }, outer));
    }
}

#[test]
fn a_copy_of_a_chain_is_a_chain_of_copies() {
    let mut ctx = context();
    let (outer, inner) = (new_fiber(&mut ctx), new_fiber(&mut ctx));
    push_frames(record(inner), 3);
    suspend_chain(outer, inner, Value::NIL);
    let copy = record(cl_fiber_copy(&mut ctx, outer));
    // SAFETY: the copy's object was made just now.
    let leaf = unsafe { &mut *copy.leaf };
    assert!(!std::ptr::eq(leaf, record(inner)) && std::ptr::eq(leaf.parent, copy) && copy.parent.is_null());
    assert!(leaf.status == Status::Waiting && copy.status == Status::Suspended);
    assert_eq!(frame_numbers(leaf), vec![2, 1, 0]);
}

#[cfg(target_arch = "x86_64")]
mod shared {
    //! Several workers that resume one fiber, with hand-written "compiled" code.

    use super::*;
    use crate::heap::worker_tests::{GLOBAL, Program, WORKERS, poll};
    use std::arch::global_asm;
    use std::sync::atomic::{AtomicU64, Ordering};

    global_asm!(
        ".text",
        // (context, fiber, value), called by Rust: `%fiber-resume`
        ".globl cltest_resume",
        "cltest_resume:",
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "mov r15, rdi",
        "mov rdi, rsi",
        "mov rsi, rdx",
        "call {resume}",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
        // The fiber's function: yields 2, 4, 6, … (the Ints 1, 2, 3, …) for ever. The number is in its frame.
        ".globl cltest_counter",
        "cltest_counter:",
        "push rbp",
        "mov rbp, rsp",
        "push 0",
        "2:",
        "mov rdi, [rsp]",
        "add rdi, 2",
        "mov [rsp], rdi",
        "call {yield_}",
        "jmp 2b",
        resume = sym super::super::arch::cl_fiber_resume,
        yield_ = sym super::super::arch::cl_fiber_yield,
    );

    unsafe extern "C" {
        fn cltest_resume(ctx: *mut std::ffi::c_void, fiber: Value, value: Value) -> Value;
        fn cltest_counter();
    }

    #[test]
    fn a_fiber_runs_at_one_worker_at_a_time() {
        let mut program = Program::new(Mode { stress: false, verify: true });
        program.ctx.fibers.set_largest_frame(100);
        let function = program.ctx.alloc(Kind::Closure, 1, 1);
        function.init(0, cltest_counter as *const () as u64);
        let fiber = cl_fiber_new(&mut program.ctx, function);
        program.ctx.set_root(GLOBAL, fiber);
        let (resumed, sum) = (AtomicU64::new(0), AtomicU64::new(0));
        program.run(|ctx, _| {
            for _ in 0..1_000_000 {
                let fiber = ctx.root(GLOBAL);
                // SAFETY: as compiled code calls it; the worker's own fiber is the one that waits.
                let got = unsafe { cltest_resume((&raw mut *ctx).cast(), fiber, Value::NIL) };
                if let Some(n) = got.as_fixnum() {
                    resumed.fetch_add(1, Ordering::Relaxed);
                    sum.fetch_add(n as u64, Ordering::Relaxed);
                }
                poll(ctx);
            }
        });
        let (n, sum) = (resumed.into_inner(), sum.into_inner());
        assert!(n > 1000 && n <= 1_000_000 * WORKERS as u64, "{n}");
        assert_eq!(sum, n * (n + 1) / 2, "each number was given once");
    }

    #[test]
    fn copies_of_a_fiber_that_others_resume_are_whole() {
        let mut program = Program::new(Mode { stress: false, verify: true });
        program.ctx.fibers.set_largest_frame(100);
        let function = program.ctx.alloc(Kind::Closure, 1, 1);
        function.init(0, cltest_counter as *const () as u64);
        let fiber = cl_fiber_new(&mut program.ctx, function);
        program.ctx.set_root(GLOBAL, fiber);
        program.run(|ctx, worker| {
            for _ in 0..200_000 {
                let mut fiber = ctx.root(GLOBAL);
                if worker % 2 == 0 {
                    fiber = cl_fiber_copy(ctx, fiber);
                }
                if fiber != Value::RAISED {
                    // SAFETY: as above.
                    let got = unsafe { cltest_resume((&raw mut *ctx).cast(), fiber, Value::NIL) };
                    assert!(got == Value::RAISED && worker % 2 == 1 || got.as_fixnum().is_some_and(|n| n > 0));
                }
                poll(ctx);
            }
        });
    }
}
