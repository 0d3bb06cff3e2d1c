//! Switching fibers on x86-64. `cl_fiber_resume` and its like are called like compiled functions: Tail
//! convention, which passes the first words as System V does and keeps the same registers, and has the context in `r15`.
//! A suspended fiber has on its stack, from the lowest address: `rbp`, `r14`, `r13`, `r12`, `rbx`, and where it goes on.
//! The switch ends in a jump: a `ret` would be predicted to the wrong place.
//!
//! A debugger crosses from a fiber to the one that waits for it by the unwind information of [`start`], which computes
//! the other's stack pointer from the record. Frames where the stack changes are marked as a signal handler's are:
//! addresses need not ascend there.
//!
//! Where there are several workers, who resumes a fiber takes it by exchanging its status, and a fiber's status says that it
//! is suspended only after all that is saved was written: this processor keeps the order of stores.

use super::{Fiber, Status, fiber_ended, prims};
use crate::{Context, Value};
use cl_abi::context::{HANDLERS, PENDING, RESULT};
use cl_abi::layout::{Kind, NIL, PTR_TAG, RAISED, TAG_MASK};
use std::arch::naked_asm;
use std::mem::offset_of;

/// `(fiber, value)`: see `%fiber-resume`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_fiber_resume() {
    naked_asm!(
        "mov eax, edi",
        "and eax, {tag_mask}",
        "cmp eax, {pointer}",
        "jne 3f",
        "cmp byte ptr [rdi - {pointer}], {kind}",
        "jne 3f",
        "mov rdx, [rdi + 8 - {pointer}]",
        "cmp dword ptr [rdx + {status}], {suspended}",
        "jne 3f",
        "cmp byte ptr [r15 + {is_alone}], 0",
        "je 4f",
        "5:",
        "mov rax, rsi",
        "jmp {go_on}",
        "4:",
        "mov eax, {suspended}",
        "mov ecx, {running}",
        "lock cmpxchg [rdx + {status}], ecx",
        "je 5b",
        "3:",
        "mov rsi, rdi",
        "lea rax, [rip + {refuse}]",
        "jmp {runtime}",
        tag_mask = const TAG_MASK,
        pointer = const PTR_TAG,
        kind = const (Kind::Fiber as u8) << 1 | 1,
        status = const offset_of!(Fiber, status),
        suspended = const Status::Suspended as u32,
        running = const Status::Running as u32,
        is_alone = const offset_of!(Context, is_alone),
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
        "mov rax, rdx",
        "cmp rdi, {nil}",
        "je 3f",
        "mov rdx, [rdi + 8 - {pointer}]",
        "cmp [rdx + {request}], rsi",
        "jne 3f",
        "cmp byte ptr [r15 + {is_alone}], 0",
        "jne {go_on}",
        "mov r8, rax",
        "mov eax, {suspended}",
        "mov ecx, {running}",
        "lock cmpxchg [rdx + {status}], ecx",
        "jne 3f",
        "mov rax, r8",
        "cmp [rdx + {request}], rsi",
        "je {go_on}",
        // Another worker answered this request, and the fiber awaits another one.
        "mov dword ptr [rdx + {status}], {suspended}",
        "3:",
        "mov rsi, rdi",
        "lea rax, [rip + {refuse}]",
        "jmp {runtime}",
        nil = const NIL,
        pointer = const PTR_TAG,
        request = const offset_of!(Fiber, request),
        status = const offset_of!(Fiber, status),
        suspended = const Status::Suspended as u32,
        running = const Status::Running as u32,
        is_alone = const offset_of!(Context, is_alone),
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
        "mov [r15 + {pending}], rsi",
        "mov esi, {raised}",
        "jmp {resume}",
        pending = const PENDING,
        raised = const RAISED,
        resume = sym cl_fiber_resume,
    )
}

/// Goes on with the suspended fiber in `rdx`, whose leaf's call gives `rax`; the running one waits for it.
#[unsafe(naked)]
unsafe extern "C" fn go_on() {
    naked_asm!(
        "mov rcx, [r15 + {current}]",
        "mov dword ptr [rcx + {status}], {waiting}",
        "mov [rdx + {parent}], rcx",
        "mov qword ptr [rdx + {request}], {nil}",
        "mov rsi, [rdx + {leaf}]",
        "cmp rsi, rdx",
        "je {switch}",
        "mov dword ptr [rdx + {status}], {waiting}",
        // It did not run, but refers to who waits for it.
        "cmp qword ptr [rdx + {next_ran}], 0",
        "jne 2f",
        "mov rdi, [r15 + {ran}]",
        "mov [rdx + {next_ran}], rdi",
        "mov [r15 + {ran}], rdx",
        "2:",
        "mov rdx, rsi",
        "jmp {switch}",
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
        "mov rdx, [r15 + {current}]",
        "mov rax, rdi",
        "mov esi, {nil}",
        "jmp {suspend}",
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
        "mov rdx, [rdi + 8 - {pointer}]",
        "mov rax, rsi",
        "jmp {suspend}",
        pointer = const PTR_TAG,
        suspend = sym suspend,
    )
}

/// Suspends the fiber in `rdx`, which runs or waits, together with those that it waits for; it awaits `rsi`. Goes on with the
/// one that waits for it, whose call gives `rax`.
#[unsafe(naked)]
unsafe extern "C" fn suspend() {
    naked_asm!(
        "mov rdi, [rdx + {parent}]",
        "test rdi, rdi",
        "jz 3f",
        "mov rcx, [r15 + {current}]",
        "mov dword ptr [rcx + {status}], {waiting}",
        "mov qword ptr [rdx + {parent}], 0",
        "mov [rdx + {leaf}], rcx",
        "mov [rdx + {request}], rsi",
        // Perhaps it did not run, but now it refers to the leaf.
        "cmp qword ptr [rdx + {next_ran}], 0",
        "jne 2f",
        "mov rsi, [r15 + {ran}]",
        "mov [rdx + {next_ran}], rsi",
        "mov [r15 + {ran}], rdx",
        "2:",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push rbp",
        "mov [rcx + {sp}], rsp",
        "mov rsi, [r15 + {now}]",
        "mov [rcx + {handlers}], rsi",
        "mov dword ptr [rdx + {status}], {suspended}", // from here on others may resume it
        "mov rdx, rdi",
        "jmp {proceed}",
        "3:",
        "lea rax, [rip + {refuse}]",
        "jmp {runtime}",
        parent = const offset_of!(Fiber, parent),
        sp = const offset_of!(Fiber, sp),
        now = const HANDLERS,
        handlers = const offset_of!(Fiber, handlers),
        current = const offset_of!(Context, current),
        status = const offset_of!(Fiber, status),
        waiting = const Status::Waiting as u32,
        suspended = const Status::Suspended as u32,
        leaf = const offset_of!(Fiber, leaf),
        request = const offset_of!(Fiber, request),
        next_ran = const offset_of!(Fiber, next_ran),
        ran = const offset_of!(Context, ran),
        proceed = sym proceed,
        refuse = sym prims::nothing_to_yield_to,
        runtime = sym runtime,
    )
}

/// Words that the switch leaves on a stack, and which of them is the address where it goes on.
pub const SAVED_WORDS: usize = 6;
pub const PC_WORD: usize = 5;

/// Bytes of stack that the stubs use before they are on the system stack, beside their callers' frames.
pub const STUBS: usize = 8 * SAVED_WORDS + 16;

/// Suspends the fiber in `rcx`, with this call's return address, and goes on with the one in `rdx`, whose call gives `rax`.
#[unsafe(naked)]
unsafe extern "C" fn switch() {
    naked_asm!(
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push rbp",
        "mov [rcx + {sp}], rsp",
        "mov rsi, [r15 + {now}]",
        "mov [rcx + {handlers}], rsi",
        "jmp {proceed}",
        sp = const offset_of!(Fiber, sp),
        now = const HANDLERS,
        handlers = const offset_of!(Fiber, handlers),
        proceed = sym proceed,
    )
}

/// Goes on with the suspended fiber in `rdx`, whose call gives `rax`.
#[unsafe(naked)]
unsafe extern "C" fn proceed() {
    naked_asm!(
        "mov [r15 + {current}], rdx",
        "mov dword ptr [rdx + {status}], {running}",
        // A wanted safepoint stays wanted.
        "mov rsi, [rdx + {limit}]",
        "mov rdi, [r15 + {stack_limit}]",
        "cmp rdi, -1",
        "cmove rsi, rdi",
        "mov [r15 + {stack_limit}], rsi",
        "mov rsi, [rdx + {handlers}]",
        "mov [r15 + {now}], rsi",
        "mov rsi, [r15 + {worker_sp}]",
        "and rsi, [rdx + {on_system}]",
        "mov [r15 + {system_sp}], rsi",
        "cmp qword ptr [rdx + {next_ran}], 0",
        "jne 2f",
        "mov rsi, [r15 + {ran}]",
        "mov [rdx + {next_ran}], rsi",
        "mov [r15 + {ran}], rdx",
        "2:",
        "mov rsp, [rdx + {sp}]",
        "pop rbp",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rcx",
        "jmp rcx",
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
                "lea rax, [rip + {f}]",
                "jmp {block}",
                f = sym $function,
                block = sym $crate::control::fiber::block,
            )
        })*
    };
}
pub(crate) use blocking_stubs;

/// The common part of the blocking operations: that at `rax`, with the words in `rdi` and `rsi`.
#[unsafe(naked)]
pub unsafe extern "C" fn block() {
    naked_asm!(
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push rbp",
        "mov rcx, [r15 + {current}]",
        "mov [rcx + {sp}], rsp",
        "mov rdx, [r15 + {now}]",
        "mov [rcx + {handlers}], rdx",
        "mov rdx, rsi",
        "mov rsi, rdi",
        "mov rdi, r15",
        "mov rsp, [r15 + {worker_sp}]",
        "call rax",
        "test rax, rax",
        "jz {leave}",
        "mov rdx, rax",
        "mov rax, [r15 + {value}]",
        "cmp rdx, [r15 + {current}]",
        "jne {proceed}",
        // The same fiber: nothing else has to be set, and the return is predicted.
        "mov rsp, [rdx + {sp}]",
        "pop rbp",
        "add rsp, 32", // the function kept these registers
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
        "mov rsp, [r15 + {host_sp}]",
        "jmp {leave}",
        host_sp = const offset_of!(Context, host_sp),
        leave = sym crate::control::arch::leave,
    )
}

/// Where another worker than the first one begins, as `arch::enter` calls it, with its context: goes on with the first goroutine
/// that is ready.
#[unsafe(naked)]
pub unsafe extern "C" fn start_worker() {
    naked_asm!(
        "mov r15, rdi",
        "mov rsp, [r15 + {worker_sp}]",
        "call {first}",
        "test rax, rax",
        "jz {leave}",
        "mov rdx, rax",
        "mov rax, [r15 + {value}]",
        "jmp {proceed}",
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

/// The end of a safepoint at which others are to run, with the stack as at its beginning: the return address on top. Saves all
/// registers, lets the others run, and returns. The frame looks like one of compiled code, without roots.
#[unsafe(naked)]
pub unsafe extern "C" fn preempt() {
    naked_asm!(
        "push rbp",
        "mov rbp, rsp",
        "push rax",
        "push rcx",
        "push rdx",
        "push rsi",
        "push rdi",
        "push r8",
        "push r9",
        "push r10",
        "push r11",
        "sub rsp, 264",
        "movups [rsp + 0], xmm0",
        "movups [rsp + 16], xmm1",
        "movups [rsp + 32], xmm2",
        "movups [rsp + 48], xmm3",
        "movups [rsp + 64], xmm4",
        "movups [rsp + 80], xmm5",
        "movups [rsp + 96], xmm6",
        "movups [rsp + 112], xmm7",
        "movups [rsp + 128], xmm8",
        "movups [rsp + 144], xmm9",
        "movups [rsp + 160], xmm10",
        "movups [rsp + 176], xmm11",
        "movups [rsp + 192], xmm12",
        "movups [rsp + 208], xmm13",
        "movups [rsp + 224], xmm14",
        "movups [rsp + 240], xmm15",
        "call {yield_stub}",
        // The safepoint's result, for the worker that this is now.
        "mov qword ptr [r15 + {result}], {nil}",
        "movups xmm0, [rsp + 0]",
        "movups xmm1, [rsp + 16]",
        "movups xmm2, [rsp + 32]",
        "movups xmm3, [rsp + 48]",
        "movups xmm4, [rsp + 64]",
        "movups xmm5, [rsp + 80]",
        "movups xmm6, [rsp + 96]",
        "movups xmm7, [rsp + 112]",
        "movups xmm8, [rsp + 128]",
        "movups xmm9, [rsp + 144]",
        "movups xmm10, [rsp + 160]",
        "movups xmm11, [rsp + 176]",
        "movups xmm12, [rsp + 192]",
        "movups xmm13, [rsp + 208]",
        "movups xmm14, [rsp + 224]",
        "movups xmm15, [rsp + 240]",
        "add rsp, 264",
        "pop r11",
        "pop r10",
        "pop r9",
        "pop r8",
        "pop rdi",
        "pop rsi",
        "pop rdx",
        "pop rcx",
        "pop rax",
        "pop rbp",
        "ret",
        yield_stub = sym yield_stub,
        result = const RESULT,
        nil = const NIL,
    )
}

/// Bytes of stack that [`preempt`] needs.
pub const PREEMPT: usize = 8 * (10 + 33 + 2 + SAVED_WORDS);

/// Where a new fiber goes on: calls its function with the value in `rax`, and hands the result to who waits. The stack
/// holds an unused word and the address of the record.
#[unsafe(naked)]
pub unsafe extern "C" fn start() {
    naked_asm!(
        ".cfi_startproc",
        ".cfi_signal_frame",
        // CFA = the waiting fiber's stack pointer, past the words there: *(*(*(rsp + 8) + parent) + sp) + 48
        ".cfi_escape 0x0f, 11, 0x77, 8, 0x06, 0x23, {parent}, 0x06, 0x23, {sp}, 0x06, 0x23, 48",
        ".cfi_offset rbp, -48",
        ".cfi_offset r14, -40",
        ".cfi_offset r13, -32",
        ".cfi_offset r12, -24",
        ".cfi_offset rbx, -16",
        ".cfi_offset rip, -8",
        "mov rcx, [r15 + {current}]",
        "mov rdi, [rcx + {entry}]",
        "mov qword ptr [rcx + {entry}], {nil}",
        "mov rsi, rax",
        "call [rdi + 8 - {pointer}]",
        "mov rsi, rax",
        "mov rsp, [r15 + {worker_sp}]",
        "mov rdi, r15",
        "call {ended}",
        "test rax, rax",
        "jz {leave}",
        "mov rdx, rax",
        "mov rax, [r15 + {value}]",
        "jmp {proceed}",
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

/// Calls the runtime's function at `rax` with the context and `rsi`, on the system stack if this one is small.
#[unsafe(naked)]
unsafe extern "C" fn runtime() {
    naked_asm!(
        "push rbp",
        "mov rbp, rsp",
        "cmp qword ptr [r15 + {system_sp}], 0",
        "je 2f",
        "mov rsp, [r15 + {system_sp}]",
        "2:",
        "mov rdi, r15",
        "call rax",
        "mov rsp, rbp",
        "pop rbp",
        "ret",
        system_sp = const offset_of!(Context, system_sp),
    )
}

/// Has memory fetched into the cache; any address will do.
pub fn fetch(address: usize) {
    // SAFETY: prefetching does not fault.
    unsafe { std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address as *const i8) };
}
