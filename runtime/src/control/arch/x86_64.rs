//! x86-64, System V convention at the runtime's edge. Compiled code uses Cranelift's Tail convention, with the context
//! in `r15` (Cranelift's pinned register) all the time; results are in `rax` (and `rdx`, …). At a landing pad no register
//! but `r15`, `rsp` and `rbp` has a meaning.

use crate::Context;
use crate::control::{entry, fiber, raise, stack};
use cl_abi::context::{ARGUMENTS, EXIT_FP, EXIT_PC, RESULT};
use std::arch::naked_asm;
use std::mem::offset_of;

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
        "sub rsp, 8", // room for the return address
        "push rbp",
        "mov rbp, rsp",
        "cmp qword ptr [r15 + {system_sp}], 0",
        "je 2f",
        "mov rsp, [r15 + {system_sp}]",
        "2:",
        "push rax", // all registers that may hold results
        "push rcx",
        "push rdx",
        "push rsi",
        "push rdi",
        "push r8",
        "push r9",
        "sub rsp, 136",
        "movups [rsp], xmm0",
        "movups [rsp + 16], xmm1",
        "movups [rsp + 32], xmm2",
        "movups [rsp + 48], xmm3",
        "movups [rsp + 64], xmm4",
        "movups [rsp + 80], xmm5",
        "movups [rsp + 96], xmm6",
        "movups [rsp + 112], xmm7",
        "mov rdi, r15",
        "call {pop}", // 7 words and 136 bytes below a multiple of 16: aligned
        "mov [rbp + 8], rax",
        "movups xmm0, [rsp]",
        "movups xmm1, [rsp + 16]",
        "movups xmm2, [rsp + 32]",
        "movups xmm3, [rsp + 48]",
        "movups xmm4, [rsp + 64]",
        "movups xmm5, [rsp + 80]",
        "movups xmm6, [rsp + 96]",
        "movups xmm7, [rsp + 112]",
        "add rsp, 136",
        "pop r9",
        "pop r8",
        "pop rdi",
        "pop rsi",
        "pop rdx",
        "pop rcx",
        "pop rax",
        "mov rsp, rbp",
        "pop rbp",
        "ret", // to the original return address, rsp as at the entry
        pop = sym stack::pop_marker,
        system_sp = const offset_of!(Context, system_sp),
    )
}

/// The common part of the cold stubs: calls the function at `rax` with the context and the arguments that stand in it, and
/// leaves its result there. Every register keeps its value and none must hold an argument, so that the hot path of the
/// caller pays nothing for the call.
/// The function may walk the stack: the newest frame is the caller's. It may also move the stack, from this stub's frame
/// up: the caller's frame pointer, its `rax`, its return address. If the stack is small, the rest is on the system stack.
#[unsafe(naked)]
unsafe extern "C" fn cold_call() {
    naked_asm!(
        ".cfi_startproc",
        ".cfi_signal_frame",
        ".cfi_def_cfa_offset 16",
        "mov [r15 + {fp}], rbp",
        "push rbp",
        "mov rbp, rsp",
        ".cfi_def_cfa rbp, 24",
        ".cfi_offset rbp, -24",
        "mov [r15 + {cold_fp}], rbp",
        "cmp qword ptr [r15 + {system_sp}], 0",
        "je 2f",
        "mov rsp, [r15 + {system_sp}]",
        "push rbp", // alignment, as if this were the caller's stack
        "2:",
        "push rcx",
        "push rdx",
        "push rsi",
        "push rdi",
        "push r8",
        "push r9",
        "push r10",
        "push r11",
        "sub rsp, 264",
        "mov r10, [rbp + 16]",   // the return address
        "mov [r15 + {pc}], r10",
        "mov rdi, r15",
        "mov rsi, [r15 + {args}]",
        "mov rdx, [r15 + {args} + 8]",
        "mov rcx, [r15 + {args} + 16]",
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
        "call rax",              // aligned: an even number of words since the caller
        "mov [r15 + {result}], rax",
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
        "mov rsp, [r15 + {cold_fp}]", // not `rbp`: the stack may have moved
        "pop rbp",
        "cmp byte ptr [r15 + {preempted}], 0",
        "pop rax",
        "jne 3f",
        "ret",
        "3:",
        "mov byte ptr [r15 + {preempted}], 0",
        "jmp {preempt}",
        ".cfi_endproc",
        preempted = const offset_of!(Context, preempted),
        preempt = sym fiber::preempt,
        fp = const EXIT_FP,
        pc = const EXIT_PC,
        args = const ARGUMENTS,
        result = const RESULT,
        cold_fp = const offset_of!(Context, cold_fp),
        system_sp = const offset_of!(Context, system_sp),
    )
}

/// One stub for each function of the runtime that compiled code calls on cold paths: `cold:NAME` calls `NAME`.
macro_rules! cold_stubs {
    ($($function:ident $stub:ident $symbol:literal;)*) => {
        unsafe extern "C" { $(fn $function();)* }

        $(#[unsafe(naked)]
        #[unsafe(export_name = $symbol)]
        pub unsafe extern "C" fn $stub() {
            naked_asm!("push rax", "lea rax, [rip + {f}]", "jmp {call}", f = sym $function, call = sym cold_call)
        })*

        /// Symbols and addresses of the stubs, for the JIT.
        pub fn cold_symbols() -> Vec<(&'static str, usize)> {
            vec![$(($symbol, $stub as *const () as usize)),*]
        }
    };
}
cold_stubs! {
    cl_alloc_slow cold_alloc_slow "cl_alloc_slow_cold";
    cl_safepoint cold_safepoint "cl_safepoint_cold";
    cl_barrier cold_barrier "cl_barrier_cold";
    cl_add cold_add "cl_add_cold";
    cl_sub cold_sub "cl_sub_cold";
    cl_mul cold_mul "cl_mul_cold";
    cl_quot cold_quot "cl_quot_cold";
    cl_rem cold_rem "cl_rem_cold";
    cl_div cold_div "cl_div_cold";
    cl_mod cold_mod "cl_mod_cold";
    cl_lt cold_lt "cl_lt_cold";
    cl_le cold_le "cl_le_cold";
    cl_gt cold_gt "cl_gt_cold";
    cl_ge cold_ge "cl_ge_cold";
    cl_eq cold_eq "cl_eq_cold";
    cl_bit_and cold_bit_and "cl_bit_and_cold";
    cl_bit_or cold_bit_or "cl_bit_or_cold";
    cl_bit_xor cold_bit_xor "cl_bit_xor_cold";
    cl_head cold_head "cl_head_cold";
    cl_tail cold_tail "cl_tail_cold";
    cl_cons cold_cons "cl_cons_cold";
    cl_tuple_ref cold_tuple_ref "cl_tuple_ref_cold";
    cl_array_get cold_array_get "cl_array_get_cold";
    cl_array_set cold_array_set "cl_array_set_cold";
    cl_array_length cold_array_length "cl_array_length_cold";
}

/// For each function of a table a stub `NAME_edge`, through which compiled code calls it: a jump; but if the running stack
/// is too small for the runtime's code, the function runs on the system stack. No function takes arguments on the stack.
macro_rules! edge_stubs {
    ($($name:literal $symbol:ident $arity:literal $($flag:ident)|+ , $result:ident;)*) => {
        mod functions {
            unsafe extern "C" { $(pub fn $symbol();)* }
        }
        $(#[unsafe(naked)]
        #[unsafe(export_name = concat!(stringify!($symbol), "_edge"))]
        pub unsafe extern "C" fn $symbol() {
            std::arch::naked_asm!(
                ".cfi_startproc",
                ".cfi_signal_frame",
                "cmp qword ptr [r15 + {system_sp}], 0",
                "jne 2f",
                "jmp {f}",
                "2:",
                "push rbp",
                "mov rbp, rsp",
                ".cfi_def_cfa rbp, 16",
                ".cfi_offset rbp, -16",
                "mov rsp, [r15 + {system_sp}]",
                "call {f}",
                "mov rsp, rbp",
                "pop rbp",
                "ret",
                ".cfi_endproc",
                system_sp = const std::mem::offset_of!(crate::Context, system_sp),
                f = sym functions::$symbol,
            )
        })*
        const _: () = assert!($($arity < 6)&&*);

        /// Symbols and addresses of the stubs, for the JIT.
        pub fn symbols() -> Vec<(&'static str, usize)> {
            vec![$((concat!(stringify!($symbol), "_edge"), $symbol as *const () as usize)),*]
        }
    };
}
pub(crate) use edge_stubs;

/// Raises the pending error: goes on in the innermost handler, or leaves the program. Called with the Tail convention,
/// which agrees with System V's on the first argument; does not return.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_raise(ctx: *mut Context) -> ! {
    naked_asm!(
        "mov [rdi + {fp}], rbp",
        "mov rax, [rsp]",
        "mov [rdi + {pc}], rax",
        "mov rax, [rdi + {system_sp}]",
        "test rax, rax",
        "cmovne rsp, rax",
        "sub rsp, 40",           // a `Landing`
        "and rsp, -16",
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
        system_sp = const offset_of!(Context, system_sp),
    )
}

/// Runs compiled code on another stack: `entry(ctx)` with the stack pointer at `stack_top`, a multiple of 16. The host's
/// stack pointer is kept at `host_sp`, for [`leave`]; below it is the system stack. Gives `entry`'s result.
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
        "lea rax, [rsp - 8]", // a multiple of 16
        "mov [rdi + {worker_sp}], rax",
        "mov rbx, rcx",      // `entry` keeps it
        "mov rsp, rdx",
        "xor ebp, ebp",      // ends the chain of frame pointers
        "call rsi",
        "cmp byte ptr [r15 + {is_first}], 0",
        "je 2f",
        "mov rsp, [rbx]",
        "jmp {leave}",
        // The main program went on on another thread.
        "2:",
        "mov rdi, r15",
        "mov rsi, rax",
        "mov rsp, [r15 + {worker_sp}]",
        "call {elsewhere}",
        "ud2",
        leave = sym leave,
        is_first = const offset_of!(Context, is_first),
        elsewhere = sym entry::main_ended_elsewhere,
        worker_sp = const offset_of!(Context, worker_sp),
    )
}

/// The end of [`enter`]: with the host's stack pointer back, returns to its caller with what is in `rax`. A program that
/// ends early jumps here.
#[unsafe(naked)]
pub unsafe extern "C" fn leave() {
    naked_asm!("pop r15", "pop r14", "pop r13", "pop r12", "pop rbx", "pop rbp", "ret",)
}

const _: () = assert!(std::mem::size_of::<raise::Landing>() == 32);
