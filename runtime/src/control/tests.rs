//! The stack on hand-written "compiled" code: walks, markers, raising and overflow.
//!
//! `deep(ctx, n)` keeps a Float with the bits `n` in a slot across a recursive call and checks it afterwards; at the
//! bottom it asks a Rust function what to do. `catcher` calls it and has a handler. The sum `1 + … + n` is the result.

use super::entry::{execute, status_of};
use super::raise::part;
use crate::heap::config::Mode;
use crate::{Context, Value};
use cl_abi::layout::*;
use cl_abi::tables::{Function, Program, Site, Text};
use std::arch::global_asm;
use std::cell::Cell;
use std::ptr;

global_asm!(
    ".text",

    ".globl cltest_entry",
    "cltest_entry:",
    "push rbp",
    "mov rbp, rsp",
    "mov r15, rdi",
    "call cltest_catcher",
    ".globl cltest_entry_0",
    "cltest_entry_0:",
    "pop rbp",
    "ret",
    ".globl cltest_catcher",
    "cltest_catcher:",
    "push rbp",
    "mov rbp, rsp",
    "sub rsp, 16",
    "mov [rsp], rdi",
    "call {depth}",
    "mov rsi, rax",
    "mov rdi, [rsp]",
    "call cltest_deep",
    ".globl cltest_catcher_0",
    "cltest_catcher_0:",
    "mov rdi, [rsp]",
    "mov rsi, rax",
    "call {after}", // 0: again
    "test rax, rax",
    "jz 2f",
    "leave",
    "ret",
    "2:",
    "mov rdi, [rsp]",
    "call {depth}",
    "mov rsi, rax",
    "mov rdi, [rsp]",
    "call cltest_deep",
    ".globl cltest_catcher_1",
    "cltest_catcher_1:",
    "leave",
    "ret",
    ".globl cltest_catcher_handler",
    "cltest_catcher_handler:",
    "mov rdi, [rsp]",
    "mov rsi, {raised}",
    "call {after}",
    "test rax, rax",
    "jz 2b",
    "leave",
    "ret",
    ".globl cltest_catcher_end",
    "cltest_catcher_end:",
    ".globl cltest_deep",
    "cltest_deep:",
    "push rbp",
    "mov rbp, rsp",
    "sub rsp, 32",
    "mov [rsp + 16], rdi",
    "mov [rsp + 8], rsi",
    "cmp rsp, [rdi + 16]",
    "jae 3f",
    "mov r15, rdi",
    "mov [r15 + {args}], rsp",
    "call {safepoint}",
    ".globl cltest_deep_0",
    "cltest_deep_0:",
    "mov rax, [rdi + {result}]",
    "cmp rax, {raised}",
    "je 5f",
    "mov rdi, [rsp + 16]",
    "3:",
    "mov r15, rdi",
    "mov qword ptr [r15 + {args}], 16",
    "call {alloc}",
    ".globl cltest_deep_1",
    "cltest_deep_1:",
    "mov rax, [rdi + {result}]",
    "mov rcx, {float}",
    "mov [rax], rcx",
    "mov rsi, [rsp + 8]",
    "mov [rax + 8], rsi",
    "inc rax",
    "mov [rsp], rax",
    "mov rdi, [rsp + 16]",
    "dec rsi",
    "jz 4f",
    "call cltest_deep",
    ".globl cltest_deep_2",
    "cltest_deep_2:",
    "6:",
    "mov rcx, [rsp]",
    "mov rdx, [rcx + 7]",
    "cmp rdx, [rsp + 8]",
    "jne 7f",
    "lea rax, [rax + 2*rdx]",
    "leave",
    "ret",
    "7:",
    "ud2",
    "4:",
    "call {bottom}",
    "cmp rax, {raised}",
    "je 5f",
    "mov rdi, [rsp + 16]",
    "mov r15, rdi",
    "mov [r15 + {args}], rsp",
    "call {safepoint}",
    ".globl cltest_deep_3",
    "cltest_deep_3:",
    "mov rax, [rdi + {result}]",
    "xor eax, eax",
    "jmp 6b",
    "5:",
    "mov rdi, [rsp + 16]",
    "call {raise}",
    ".globl cltest_deep_4",
    "cltest_deep_4:",
    "ud2",
    ".globl cltest_deep_end",
    "cltest_deep_end:",
    depth = sym depth,
    after = sym after,
    bottom = sym bottom,
    safepoint = sym super::arch::cold_safepoint,
    alloc = sym super::arch::cold_alloc_slow,
    args = const cl_abi::context::ARGUMENTS,
    result = const cl_abi::context::RESULT,
    raise = sym super::arch::cl_raise,
    raised = const RAISED,
    float = const header(Kind::Float, 0, 1),
);

unsafe extern "C" {
    fn cltest_entry();
    fn cltest_entry_0();
    fn cltest_catcher();
    fn cltest_catcher_0();
    fn cltest_catcher_1();
    fn cltest_catcher_handler();
    fn cltest_catcher_end();
    fn cltest_deep();
    fn cltest_deep_0();
    fn cltest_deep_1();
    fn cltest_deep_2();
    fn cltest_deep_3();
    fn cltest_deep_4();
    fn cltest_deep_end();
}

/// What the Rust functions below do in a test.
#[derive(Clone, Copy)]
struct Script {
    depth: usize,
    /// Rounds that raise at the bottom; later ones return.
    raises: usize,
    rounds: usize,
    /// Every so many rounds the bottom asks for a major collection.
    major_every: usize,
}

thread_local! {
    static SCRIPT: Cell<Script> = const { Cell::new(Script { depth: 1, raises: 0, rounds: 1, major_every: 1 }) };
    static ROUND: Cell<usize> = const { Cell::new(0) };
    static CAUGHT: Cell<usize> = const { Cell::new(0) };
    static WRONG: Cell<usize> = const { Cell::new(0) };
}

extern "C" fn depth(_ctx: &mut Context) -> usize {
    // Varied, so that markers stand elsewhere each time.
    SCRIPT.get().depth + ROUND.get() % 300
}

extern "C" fn bottom(ctx: &mut Context) -> Value {
    let script = SCRIPT.get();
    if ROUND.get() < script.raises {
        return ctx.error("test", "raised at the bottom", Value::NIL);
    }
    if ROUND.get().is_multiple_of(script.major_every) {
        ctx.request_full_collection();
    }
    Value::NIL
}

/// After each round: its result is checked; zero asks for another one.
extern "C" fn after(_ctx: &mut Context, result: Value) -> u64 {
    let n = depth(_ctx) as i64;
    match result {
        Value::RAISED => CAUGHT.set(CAUGHT.get() + 1),
        sum if sum.as_fixnum() == Some(n * (n + 1) / 2) => (),
        _ => WRONG.set(WRONG.get() + 1),
    }
    ROUND.set(ROUND.get() + 1);
    u64::from(ROUND.get() + 1 >= SCRIPT.get().rounds) * Value::fixnum(1).0
}

fn address(f: unsafe extern "C" fn()) -> usize {
    f as *const () as usize
}

fn text(t: &'static str) -> Text {
    Text { data: t.as_ptr(), len: t.len() }
}

/// Runs `f` with the program's tables.
fn with_program<R>(f: impl FnOnce(&Program) -> R) -> R {
    let (entry, catcher, deep) = (address(cltest_entry), address(cltest_catcher), address(cltest_deep));
    let handler = (address(cltest_catcher_handler) - catcher) as u32;
    let site = |at: unsafe extern "C" fn(), code: usize, frame_size: u32, root_count: u32, handler_offset: u32| Site {
        return_offset: (address(at) - code) as u32,
        frame_size,
        first_root: 0,
        root_count,
        handler_offset,
        file: 0,
        line: 1,
        column: frame_size,
        inlined: 0,
    };
    let sites = [
        site(cltest_entry_0, entry, 0, 0, 0),
        site(cltest_catcher_0, catcher, 16, 0, handler),
        site(cltest_catcher_1, catcher, 16, 0, handler),
        site(cltest_deep_0, deep, 32, 0, 0),
        site(cltest_deep_1, deep, 32, 0, 0),
        site(cltest_deep_2, deep, 32, 1, 0),
        site(cltest_deep_3, deep, 32, 1, 0),
        site(cltest_deep_4, deep, 32, 0, 0),
    ];
    let function = |code: usize, end: usize, name, first_site, site_count| Function {
        code,
        code_len: (end - code) as u32,
        unused: 0,
        name: text(name),
        first_site,
        site_count,
    };
    let functions = [
        function(deep, address(cltest_deep_end), "deep", 3, 5),
        function(entry, catcher, "entry", 0, 1),
        function(catcher, address(cltest_catcher_end), "catcher", 1, 2),
    ];
    let (roots, files) = ([0u32], [text("test.cl")]);
    f(&Program {
        entry,
        globals: ptr::null_mut(),
        global_count: 0,
        names: ptr::null(),
        name_count: 0,
        ctors: ptr::null(),
        ctor_count: 0,
        functions: functions.as_ptr(),
        function_count: functions.len(),
        sites: sites.as_ptr(),
        roots: roots.as_ptr(),
        files: files.as_ptr(),
        file_count: 1,
        inlined: std::ptr::null(),
        largest_frame: 32,
    })
}

/// Runs a script; gives the number of caught errors and the context.
fn run(mode: Mode, script: Script) -> (usize, Box<Context>) {
    run_on(None, mode, script)
}

fn run_on(stack_bytes: Option<usize>, mode: Mode, script: Script) -> (usize, Box<Context>) {
    SCRIPT.set(script);
    ROUND.set(0);
    CAUGHT.set(0);
    WRONG.set(0);
    let mut ctx = Context::with_mode(mode);
    with_program(|program| execute(&mut ctx, program, stack_bytes));
    assert_eq!(WRONG.get(), 0, "a sum is wrong");
    (CAUGHT.get(), ctx)
}

const PLAIN: Mode = Mode { stress: false, verify: true };
const STRESS: Mode = Mode { stress: true, verify: false };

#[test]
fn slots_are_updated_through_collections_at_any_depth() {
    for mode in [PLAIN, STRESS] {
        for depth in [1, 200, 1000, 5000] {
            let (caught, ctx) = run(mode, Script { depth, raises: 0, rounds: 5, major_every: 2 });
            assert_eq!(caught, 0);
            assert!(ctx.gc_stats().minor_collections > 0);
        }
    }
}

#[test]
fn an_error_goes_to_the_handler_past_any_markers() {
    for mode in [PLAIN, STRESS] {
        for depth in [1, 255, 256, 257, 3000] {
            let (caught, ctx) = run(mode, Script { depth, raises: 3, rounds: 6, major_every: 1 });
            assert_eq!(caught, 3);
            assert_eq!(part(ctx.pending, "type").and_then(Value::as_str), Some("test"));
        }
    }
}

#[test]
fn the_trace_names_functions_and_lines_and_is_bounded() {
    let (_, ctx) = run(PLAIN, Script { depth: 2, raises: 1, rounds: 1, major_every: 1 });
    let trace = part(ctx.pending, "trace").expect("an error has a trace");
    let entries: Vec<&str> = crate::collections::list_iter(trace).filter_map(Value::as_str).collect();
    assert_eq!(entries, ["deep (test.cl:1:32)", "deep (test.cl:1:32)", "catcher (test.cl:1:16)"]);
    let (_, ctx) = run(PLAIN, Script { depth: 1000, raises: 1, rounds: 1, major_every: 1 });
    let trace = part(ctx.pending, "trace").expect("an error has a trace");
    assert_eq!(crate::collections::list_len(trace), 50);
}

#[test]
fn ten_million_frames_are_walked_once_not_at_each_collection() {
    let depth = 10_000_000;
    let (_, ctx) = run(Mode::default(), Script { depth, raises: 0, rounds: 2, major_every: 10 });
    let collections = ctx.gc_stats().minor_collections;
    assert!(collections > 5, "{collections}");
    let visited = ctx.running().frames_visited;
    assert!(visited <= 2 * depth as u64 + 512 * collections, "{visited}");
}

#[test]
fn a_stack_that_is_too_deep_is_an_error_that_can_be_caught() {
    for megabytes in [1, 100] {
        let script = Script { depth: 200_000_000, raises: 0, rounds: 1, major_every: 1 };
        let (caught, ctx) = run_on(Some(megabytes << 20), Mode::default(), script);
        assert_eq!(caught, 1);
        assert_eq!(part(ctx.pending, "type").and_then(Value::as_str), Some("stack-overflow"));
    }
}

#[test]
fn the_exit_status_is_the_int_modulo_256() {
    let mut ctx = Context::with_mode(PLAIN);
    assert_eq!(status_of(Value::fixnum(3)), Some(3));
    assert_eq!(status_of(Value::fixnum(-1)), Some(255));
    assert_eq!(status_of(Value::NIL), None);
    let big = ctx.alloc(Kind::BigInt, 1, 2);
    big.init(0, 1);
    big.init(1, 1);
    assert_eq!(status_of(big), Some(255));
}
