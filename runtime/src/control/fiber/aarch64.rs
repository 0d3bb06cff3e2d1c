//! Switching fibers on aarch64: what `x86_64.rs` does, instruction by instruction where that is possible. The Tail
//! convention of Cranelift passes words and results from `x2` on and keeps the registers of the AAPCS; the context is in
//! `x21`. A suspended fiber has on its stack, from the lowest address: `x29`, `x30` (where it goes on), `x19`, `x20`,
//! `x22` … `x28`, an unused word, `d8` … `d15`.
//!
//! The other stubs of the runtime are not written for this architecture yet, so this is only assembled.

use super::{Fiber, Status, fiber_ended, prims};
use crate::{Context, Value};
use cl_abi::context::{HANDLERS, PENDING, RESULT};
use cl_abi::layout::{Kind, NIL, PTR_TAG, RAISED, TAG_MASK};
use std::arch::naked_asm;
use std::mem::offset_of;

/// Words that the switch leaves on a stack, and which of them is the address where it goes on.
pub const SAVED_WORDS: usize = 20;
pub const PC_WORD: usize = 1;

/// Bytes of stack that the stubs use before they are on the system stack, beside their callers' frames.
pub const STUBS: usize = 8 * SAVED_WORDS + 32;

/// `(fiber, value)`: see `%fiber-resume`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_fiber_resume() {
    naked_asm!(
        "and x9, x2, {tag_mask}",
        "cmp x9, {pointer}",
        "b.ne 3f",
        "ldurb w9, [x2, -{pointer}]",
        "cmp w9, {kind}",
        "b.ne 3f",
        "ldur x10, [x2, 8 - {pointer}]",
        // Another worker may be about to resume it, too: one of them gets it.
        "add x11, x10, {status}",
        "mov w12, {waiting}",
        "2:",
        "ldaxr w9, [x11]",
        "cmp w9, {suspended}",
        "b.ne 3f",
        "stxr w13, w12, [x11]",
        "cbnz w13, 2b",
        "mov x2, x3",
        "b {go_on}",
        "3:",
        "clrex",
        "mov x1, x2",
        "adrp x9, {refuse}",
        "add x9, x9, :lo12:{refuse}",
        "b {runtime}",
        tag_mask = const TAG_MASK,
        pointer = const PTR_TAG,
        kind = const (Kind::Fiber as u8) << 1 | 1,
        status = const offset_of!(Fiber, status),
        suspended = const Status::Suspended as u32,
        waiting = const Status::Waiting as u32,
        go_on = sym go_on,
        refuse = sym prims::not_resumable,
        runtime = sym runtime,
    )
}

/// `(fiber, request, value)`: see `%fiber-continue`. A request is a heap object: a fiber that awaits it is suspended.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_fiber_continue() {
    naked_asm!(
        "cmp x2, {nil}",
        "b.eq 3f",
        "ldur x10, [x2, 8 - {pointer}]",
        // Another worker may be about to resume it, too: one of them gets it.
        "add x11, x10, {status}",
        "mov w12, {waiting}",
        "2:",
        "ldaxr w9, [x11]",
        "cmp w9, {suspended}",
        "b.ne 3f",
        "stxr w13, w12, [x11]",
        "cbnz w13, 2b",
        "ldr x9, [x10, {request}]",
        "cmp x9, x3",
        "b.ne 4f",
        "mov x2, x4",
        "b {go_on}",
        "4:",
        "mov w9, {suspended}", // it went on, and awaits something else
        "str w9, [x10, {status}]",
        "3:",
        "clrex",
        "mov x1, x2",
        "adrp x9, {refuse}",
        "add x9, x9, :lo12:{refuse}",
        "b {runtime}",
        nil = const NIL,
        pointer = const PTR_TAG,
        request = const offset_of!(Fiber, request),
        status = const offset_of!(Fiber, status),
        suspended = const Status::Suspended as u32,
        waiting = const Status::Waiting as u32,
        go_on = sym go_on,
        refuse = sym prims::not_continuable,
        runtime = sym runtime,
    )
}

/// `(fiber, error)`: see `%fiber-throw`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_fiber_throw() {
    naked_asm!(
        "str x3, [x21, {pending}]",
        "mov x3, {raised}",
        "b {resume}",
        pending = const PENDING,
        raised = const RAISED,
        resume = sym cl_fiber_resume,
    )
}

/// Goes on with the suspended fiber in `x10`, whose leaf's call gives `x2`; the running one waits for it.
#[unsafe(naked)]
unsafe extern "C" fn go_on() {
    naked_asm!(
        "ldr x11, [x21, {current}]",
        "mov w9, {waiting}",
        "str w9, [x11, {status}]",
        "str x11, [x10, {parent}]",
        "mov x12, {nil}",
        "str x12, [x10, {request}]",
        "ldr x12, [x10, {leaf}]",
        "cmp x12, x10",
        "b.eq {switch}",
        "str w9, [x10, {status}]",
        // It did not run, but refers to who waits for it.
        "ldr x9, [x10, {next_ran}]",
        "cbnz x9, 2f",
        "ldr x9, [x21, {ran}]",
        "str x9, [x10, {next_ran}]",
        "str x10, [x21, {ran}]",
        "2:",
        "mov x10, x12",
        "b {switch}",
        current = const offset_of!(Context, current),
        status = const offset_of!(Fiber, status),
        waiting = const Status::Waiting as u32,
        parent = const offset_of!(Fiber, parent),
        request = const offset_of!(Fiber, request),
        nil = const NIL,
        leaf = const offset_of!(Fiber, leaf),
        next_ran = const offset_of!(Fiber, next_ran),
        ran = const offset_of!(Context, ran),
        switch = sym switch,
    )
}

/// `(value)`: see `%fiber-yield`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_fiber_yield() {
    naked_asm!(
        "ldr x10, [x21, {current}]",
        "mov x3, {nil}",
        "b {suspend}", // the value stays in x2
        current = const offset_of!(Context, current),
        nil = const NIL,
        suspend = sym suspend,
    )
}

/// `(fiber, request)`: see `%fiber-yield-to`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_fiber_yield_to() {
    naked_asm!(
        "ldur x10, [x2, 8 - {pointer}]",
        "mov x2, x3",
        "b {suspend}",
        pointer = const PTR_TAG,
        suspend = sym suspend,
    )
}

/// Suspends the fiber in `x10`, which runs or waits, together with those that it waits for; it awaits `x3`. Goes on with the
/// one that waits for it, whose call gives `x2`.
#[unsafe(naked)]
unsafe extern "C" fn suspend() {
    naked_asm!(
        "ldr x12, [x10, {parent}]",
        "cbz x12, 3f",
        "ldr x11, [x21, {current}]",
        "mov w9, {waiting}",
        "str w9, [x11, {status}]",
        "str xzr, [x10, {parent}]",
        "mov w9, {suspended}",
        "str w9, [x10, {status}]",
        "str x11, [x10, {leaf}]",
        "str x3, [x10, {request}]",
        // Perhaps it did not run, but now it refers to the leaf.
        "ldr x9, [x10, {next_ran}]",
        "cbnz x9, 2f",
        "ldr x9, [x21, {ran}]",
        "str x9, [x10, {next_ran}]",
        "str x10, [x21, {ran}]",
        "2:",
        "mov x10, x12",
        "b {switch}",
        "3:",
        "adrp x9, {refuse}",
        "add x9, x9, :lo12:{refuse}",
        "b {runtime}",
        parent = const offset_of!(Fiber, parent),
        current = const offset_of!(Context, current),
        status = const offset_of!(Fiber, status),
        waiting = const Status::Waiting as u32,
        suspended = const Status::Suspended as u32,
        leaf = const offset_of!(Fiber, leaf),
        request = const offset_of!(Fiber, request),
        next_ran = const offset_of!(Fiber, next_ran),
        ran = const offset_of!(Context, ran),
        switch = sym switch,
        refuse = sym prims::nothing_to_yield_to,
        runtime = sym runtime,
    )
}

/// Suspends the fiber in `x11`, with this call's return address, and goes on with the one in `x10`, whose call gives `x2`.
#[unsafe(naked)]
unsafe extern "C" fn switch() {
    naked_asm!(
        "stp x29, x30, [sp, -160]!",
        "stp x19, x20, [sp, 16]",
        "stp x22, x23, [sp, 32]",
        "stp x24, x25, [sp, 48]",
        "stp x26, x27, [sp, 64]",
        "str x28, [sp, 80]",
        "stp d8, d9, [sp, 96]",
        "stp d10, d11, [sp, 112]",
        "stp d12, d13, [sp, 128]",
        "stp d14, d15, [sp, 144]",
        "mov x9, sp",
        "str x9, [x11, {sp}]",
        "ldr x9, [x21, {now}]",
        "str x9, [x11, {handlers}]",
        "b {proceed}",
        sp = const offset_of!(Fiber, sp),
        now = const HANDLERS,
        handlers = const offset_of!(Fiber, handlers),
        proceed = sym proceed,
    )
}

/// Goes on with the suspended fiber in `x10`, whose call gives `x2`.
#[unsafe(naked)]
unsafe extern "C" fn proceed() {
    naked_asm!(
        "str x10, [x21, {current}]",
        "mov w9, {running}",
        "str w9, [x10, {status}]",
        // A wanted safepoint stays wanted.
        "ldr x9, [x10, {limit}]",
        "ldr x12, [x21, {stack_limit}]",
        "cmn x12, 1",
        "csel x9, x12, x9, eq",
        "str x9, [x21, {stack_limit}]",
        "ldr x9, [x10, {handlers}]",
        "str x9, [x21, {now}]",
        "ldr x9, [x21, {worker_sp}]",
        "ldr x12, [x10, {on_system}]",
        "and x9, x9, x12",
        "str x9, [x21, {system_sp}]",
        "ldr x9, [x10, {next_ran}]",
        "cbnz x9, 2f",
        "ldr x9, [x21, {ran}]",
        "str x9, [x10, {next_ran}]",
        "str x10, [x21, {ran}]",
        "2:",
        "ldr x9, [x10, {sp}]",
        "mov sp, x9",
        "ldp x19, x20, [sp, 16]",
        "ldp x22, x23, [sp, 32]",
        "ldp x24, x25, [sp, 48]",
        "ldp x26, x27, [sp, 64]",
        "ldr x28, [sp, 80]",
        "ldp d8, d9, [sp, 96]",
        "ldp d10, d11, [sp, 112]",
        "ldp d12, d13, [sp, 128]",
        "ldp d14, d15, [sp, 144]",
        "ldp x29, x30, [sp], 160",
        "br x30",
        current = const offset_of!(Context, current),
        status = const offset_of!(Fiber, status),
        running = const Status::Running as u32,
        limit = const offset_of!(Fiber, limit),
        stack_limit = const offset_of!(Context, stack_limit),
        now = const HANDLERS,
        handlers = const offset_of!(Fiber, handlers),
        worker_sp = const offset_of!(Context, worker_sp),
        on_system = const offset_of!(Fiber, on_system),
        system_sp = const offset_of!(Context, system_sp),
        next_ran = const offset_of!(Fiber, next_ran),
        ran = const offset_of!(Context, ran),
        sp = const offset_of!(Fiber, sp),
    )
}

/// Blocking operations: `NAME => FUNCTION` makes a function that compiled code calls like a compiled one, with up to two words. It
/// saves the running fiber and calls the runtime's function on the system stack, with the context and the words. That gives
/// the fiber to go on with, and leaves the value for it in the context.
macro_rules! blocking_stubs {
    ($($name:ident => $function:ident;)*) => {
        $(/// # Safety
        /// Compiled code calls it, as a function of its own.
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name() {
            std::arch::naked_asm!(
                "adrp x9, {f}",
                "add x9, x9, :lo12:{f}",
                "b {block}",
                f = sym $function,
                block = sym $crate::control::fiber::block,
            )
        })*
    };
}
pub(crate) use blocking_stubs;

/// The common part of the blocking operations: that at `x9`, with the words in `x2` and `x3`.
#[unsafe(naked)]
pub unsafe extern "C" fn block() {
    naked_asm!(
        "stp x29, x30, [sp, -160]!",
        "stp x19, x20, [sp, 16]",
        "stp x22, x23, [sp, 32]",
        "stp x24, x25, [sp, 48]",
        "stp x26, x27, [sp, 64]",
        "str x28, [sp, 80]",
        "stp d8, d9, [sp, 96]",
        "stp d10, d11, [sp, 112]",
        "stp d12, d13, [sp, 128]",
        "stp d14, d15, [sp, 144]",
        "ldr x11, [x21, {current}]",
        "mov x10, sp",
        "str x10, [x11, {sp}]",
        "ldr x10, [x21, {now}]",
        "str x10, [x11, {handlers}]",
        "mov x0, x21",
        "mov x1, x2",
        "mov x2, x3",
        "ldr x10, [x21, {worker_sp}]",
        "mov sp, x10",
        "blr x9",
        "cbnz x0, 3f",
        "b {leave}",
        "3:",
        "mov x10, x0",
        "ldr x2, [x21, {value}]",
        "ldr x11, [x21, {current}]",
        "cmp x10, x11",
        "b.eq 2f",
        "b {proceed}",
        // The same fiber: nothing else has to be set, and the function kept the other registers.
        "2:",
        "ldr x9, [x10, {sp}]",
        "mov sp, x9",
        "ldp x29, x30, [sp], 160",
        "ret",
        current = const offset_of!(Context, current),
        sp = const offset_of!(Fiber, sp),
        now = const HANDLERS,
        handlers = const offset_of!(Fiber, handlers),
        worker_sp = const offset_of!(Context, worker_sp),
        value = const offset_of!(Context, switch_value),
        leave = sym leave,
        proceed = sym proceed,
    )
}

/// Leaves the program, on this worker.
#[unsafe(naked)]
unsafe extern "C" fn leave() {
    naked_asm!(
        "ldr x9, [x21, {host_sp}]",
        "mov sp, x9",
        "b {leave}",
        host_sp = const offset_of!(Context, host_sp),
        leave = sym crate::control::arch::leave,
    )
}

/// Where another worker than the first one begins, as `arch::enter` calls it, with its context: goes on with the first goroutine
/// that is ready.
#[unsafe(naked)]
pub unsafe extern "C" fn start_worker() {
    naked_asm!(
        "mov x21, x0",
        "ldr x9, [x21, {worker_sp}]",
        "mov sp, x9",
        "bl {first}",
        "cbnz x0, 2f",
        "b {leave}",
        "2:",
        "mov x10, x0",
        "ldr x2, [x21, {value}]",
        "b {proceed}",
        worker_sp = const offset_of!(Context, worker_sp),
        first = sym super::first_fiber,
        value = const offset_of!(Context, switch_value),
        leave = sym leave,
        proceed = sym proceed,
    )
}

blocking_stubs! {
    yield_stub => yield_now;
}

extern "C" fn yield_now(ctx: &mut Context, _: Value, _: Value) -> *mut Fiber {
    ctx.yield_now()
}

/// The end of a safepoint at which others are to run, with the stack as at its beginning and the return address in `x30`. Saves all
/// registers, lets the others run, and returns. The frame looks like one of compiled code, without roots.
#[unsafe(naked)]
pub unsafe extern "C" fn preempt() {
    naked_asm!(
        "stp x29, x30, [sp, -16]!",
        "mov x29, sp",
        "sub sp, sp, 656",
        "stp q0, q1, [sp, 144]",
        "stp q2, q3, [sp, 176]",
        "stp q4, q5, [sp, 208]",
        "stp q6, q7, [sp, 240]",
        "stp q8, q9, [sp, 272]",
        "stp q10, q11, [sp, 304]",
        "stp q12, q13, [sp, 336]",
        "stp q14, q15, [sp, 368]",
        "stp q16, q17, [sp, 400]",
        "stp q18, q19, [sp, 432]",
        "stp q20, q21, [sp, 464]",
        "stp q22, q23, [sp, 496]",
        "stp q24, q25, [sp, 528]",
        "stp q26, q27, [sp, 560]",
        "stp q28, q29, [sp, 592]",
        "stp q30, q31, [sp, 624]",
        "stp x0, x1, [sp, 0]",
        "stp x2, x3, [sp, 16]",
        "stp x4, x5, [sp, 32]",
        "stp x6, x7, [sp, 48]",
        "stp x8, x9, [sp, 64]",
        "stp x10, x11, [sp, 80]",
        "stp x12, x13, [sp, 96]",
        "stp x14, x15, [sp, 112]",
        "stp x16, x17, [sp, 128]",
        "bl {yield_stub}",
        // The safepoint's result, for the worker that this is now.
        "mov x9, {nil}",
        "str x9, [x21, {result}]",
        "ldp q0, q1, [sp, 144]",
        "ldp q2, q3, [sp, 176]",
        "ldp q4, q5, [sp, 208]",
        "ldp q6, q7, [sp, 240]",
        "ldp q8, q9, [sp, 272]",
        "ldp q10, q11, [sp, 304]",
        "ldp q12, q13, [sp, 336]",
        "ldp q14, q15, [sp, 368]",
        "ldp q16, q17, [sp, 400]",
        "ldp q18, q19, [sp, 432]",
        "ldp q20, q21, [sp, 464]",
        "ldp q22, q23, [sp, 496]",
        "ldp q24, q25, [sp, 528]",
        "ldp q26, q27, [sp, 560]",
        "ldp q28, q29, [sp, 592]",
        "ldp q30, q31, [sp, 624]",
        "ldp x0, x1, [sp, 0]",
        "ldp x2, x3, [sp, 16]",
        "ldp x4, x5, [sp, 32]",
        "ldp x6, x7, [sp, 48]",
        "ldp x8, x9, [sp, 64]",
        "ldp x10, x11, [sp, 80]",
        "ldp x12, x13, [sp, 96]",
        "ldp x14, x15, [sp, 112]",
        "ldp x16, x17, [sp, 128]",
        "add sp, sp, 656",
        "ldp x29, x30, [sp], 16",
        "ret",
        yield_stub = sym yield_stub,
        result = const RESULT,
        nil = const NIL,
    )
}

/// Bytes of stack that [`preempt`] needs.
pub const PREEMPT: usize = 16 + 656 + 8 * SAVED_WORDS;

/// Where a new fiber goes on: calls its function with the value in `x2`, and hands the result to who waits. The stack
/// holds an unused word and the address of the record.
#[unsafe(naked)]
pub unsafe extern "C" fn start() {
    naked_asm!(
        ".cfi_startproc",
        ".cfi_signal_frame",
        // CFA = the waiting fiber's stack pointer, past the words there: *(*(*(sp + 8) + parent) + sp) + 160
        ".cfi_escape 0x0f, 12, 0x8f, 8, 0x06, 0x23, {parent}, 0x06, 0x23, {sp}, 0x06, 0x23, 0xa0, 0x01",
        ".cfi_offset x29, -160",
        ".cfi_offset x30, -152",
        ".cfi_offset x19, -144",
        ".cfi_offset x20, -136",
        ".cfi_offset x22, -128",
        ".cfi_offset x23, -120",
        ".cfi_offset x24, -112",
        ".cfi_offset x25, -104",
        ".cfi_offset x26, -96",
        ".cfi_offset x27, -88",
        ".cfi_offset x28, -80",
        "ldr x11, [x21, {current}]",
        "mov x3, x2",
        "ldr x2, [x11, {entry}]",
        "mov x9, {nil}",
        "str x9, [x11, {entry}]",
        "ldur x9, [x2, 8 - {pointer}]",
        "blr x9",
        "mov x1, x2",
        "ldr x9, [x21, {worker_sp}]",
        "mov sp, x9",
        "mov x0, x21",
        "bl {ended}",
        "cbnz x0, 2f",
        "b {leave}",
        "2:",
        "mov x10, x0",
        "ldr x2, [x21, {value}]",
        "b {proceed}",
        ".cfi_endproc",
        current = const offset_of!(Context, current),
        entry = const offset_of!(Fiber, entry),
        nil = const NIL,
        pointer = const PTR_TAG,
        parent = const offset_of!(Fiber, parent),
        sp = const offset_of!(Fiber, sp),
        worker_sp = const offset_of!(Context, worker_sp),
        value = const offset_of!(Context, switch_value),
        ended = sym fiber_ended,
        leave = sym leave,
        proceed = sym proceed,
    )
}

/// Calls the runtime's function at `x9` with the context and `x1`, on the system stack if this one is small.
#[unsafe(naked)]
unsafe extern "C" fn runtime() {
    naked_asm!(
        "stp x29, x30, [sp, -16]!",
        "mov x29, sp",
        "ldr x10, [x21, {system_sp}]",
        "cbz x10, 2f",
        "mov sp, x10",
        "2:",
        "mov x0, x21",
        "blr x9",
        "mov x2, x0",
        "mov sp, x29",
        "ldp x29, x30, [sp], 16",
        "ret",
        system_sp = const offset_of!(Context, system_sp),
    )
}

/// Has memory fetched into the cache; any address will do.
pub fn fetch(address: usize) {
    // SAFETY: prefetching does not fault.
    unsafe { std::arch::asm!("prfm pldl1keep, [{}]", in(reg) address, options(nostack, preserves_flags)) };
}
