//! x86-64, System V convention at the runtime's edge. Compiled code uses Cranelift's Tail convention: the context comes
//! in `rdi`, no register but `rsp` and `rbp` survives a call, results are in `rax` (and `rdx`, …).

use crate::Context;
use crate::control::{raise, stack};
use crate::heap::collect;
use cl_abi::context::{EXIT_FP, EXIT_PC};
use std::arch::naked_asm;

/// The address that a marked frame returns to.
#[inline]
pub fn marker_stub() -> usize {
    marker as *const () as usize
}

/// A frame with a stack marker returned: the marker is taken off, and its original return address is gone to. The
/// results of the function pass through. At the entry `rsp` is a multiple of 16, as after any return.
#[unsafe(naked)]
unsafe extern "C" fn marker() {
    naked_asm!(
        "sub rsp, 8",           // room for the return address
        "push rax",             // all registers that may hold results
        "push rcx",
        "push rdx",
        "push rsi",
        "push rdi",
        "push r8",
        "push r9",
        "sub rsp, 128",
        "movups [rsp], xmm0",
        "movups [rsp + 16], xmm1",
        "movups [rsp + 32], xmm2",
        "movups [rsp + 48], xmm3",
        "movups [rsp + 64], xmm4",
        "movups [rsp + 80], xmm5",
        "movups [rsp + 96], xmm6",
        "movups [rsp + 112], xmm7",
        "call {pop}",           // 8 words and 128 bytes below the entry: aligned
        "mov [rsp + 184], rax", // the room above
        "movups xmm0, [rsp]",
        "movups xmm1, [rsp + 16]",
        "movups xmm2, [rsp + 32]",
        "movups xmm3, [rsp + 48]",
        "movups xmm4, [rsp + 64]",
        "movups xmm5, [rsp + 80]",
        "movups xmm6, [rsp + 96]",
        "movups xmm7, [rsp + 112]",
        "add rsp, 128",
        "pop r9",
        "pop r8",
        "pop rdi",
        "pop rsi",
        "pop rdx",
        "pop rcx",
        "pop rax",
        "ret",                  // to the original return address, rsp as at the entry
        pop = sym stack::pop_marker,
    )
}

/// `bytes` fresh bytes (a multiple of 8): their raw address. They are to be filled before the next safepoint. May collect.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_alloc_slow(ctx: *mut Context, bytes: usize) -> usize {
    naked_asm!(
        "mov [rdi + {fp}], rbp", // the newest frame is the caller's
        "mov rax, [rsp]",
        "mov [rdi + {pc}], rax",
        "jmp {rust}",
        fp = const EXIT_FP,
        pc = const EXIT_PC,
        rust = sym collect::alloc_slow,
    )
}

/// A safepoint: collects if that is wanted. `RAISED` when the stack is too deep, else nil.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_safepoint(ctx: *mut Context) -> u64 {
    naked_asm!(
        "mov [rdi + {fp}], rbp",
        "mov rax, [rsp]",
        "mov [rdi + {pc}], rax",
        "lea rsi, [rsp + 8]", // the caller's stack pointer
        "jmp {rust}",
        fp = const EXIT_FP,
        pc = const EXIT_PC,
        rust = sym stack::safepoint,
    )
}

/// Raises the pending error: goes on in the innermost handler, or leaves the program. Called with the Tail convention,
/// which agrees with System V's on the first argument; does not return.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_raise(ctx: *mut Context) -> ! {
    naked_asm!(
        "mov [rdi + {fp}], rbp",
        "mov rax, [rsp]",
        "mov [rdi + {pc}], rax",
        "sub rsp, 40",           // a `Landing`, and alignment
        "mov rsi, rdi",
        "mov rdi, rsp",
        "call {rust}",
        "mov rcx, [rsp]",        // Landing::pc
        "mov rbp, [rsp + 8]",    // Landing::fp
        "mov rax, [rsp + 24]",   // Landing::result
        "mov rsp, [rsp + 16]",   // Landing::sp
        "jmp rcx",
        fp = const EXIT_FP,
        pc = const EXIT_PC,
        rust = sym raise::raise,
    )
}

/// Runs compiled code on another stack: `entry(ctx)` with the stack pointer at `stack_top`, a multiple of 16. The host's
/// stack pointer is kept at `host_sp`, for [`leave`]. Gives `entry`'s result.
#[unsafe(naked)]
pub unsafe extern "C" fn enter(ctx: *mut Context, entry: usize, stack_top: usize, host_sp: *mut usize) -> u64 {
    naked_asm!(
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "mov [rcx], rsp",
        "mov rbx, rcx",      // `entry` keeps it
        "mov rsp, rdx",
        "xor ebp, ebp",      // ends the chain of frame pointers
        "call rsi",
        "mov rsp, [rbx]",
        "jmp {leave}",
        leave = sym leave,
    )
}

/// The end of [`enter`]: with the host's stack pointer back, returns to its caller with what is in `rax`. A program that
/// ends early jumps here.
#[unsafe(naked)]
pub unsafe extern "C" fn leave() {
    naked_asm!("pop r15", "pop r14", "pop r13", "pop r12", "pop rbx", "pop rbp", "ret",)
}

const _: () = assert!(std::mem::size_of::<raise::Landing>() == 32);
