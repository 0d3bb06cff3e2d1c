//! Where a program begins and ends: its stack, its arguments, its exit status.

use super::arch;
use crate::heap::config::{self, Mode};
use crate::value::names::Names;
use crate::{Context, Value};
use cl_abi::layout::Kind;
use cl_abi::tables::Program;
use std::ffi::{CStr, c_char, c_int};

/// The `main` of a compiled program. Arguments that are not UTF-8 have U+FFFD in place of what is wrong: a program that
/// only passes them on loses a name that no text can hold, and every other program runs.
///
/// # Safety
/// `argc` and `argv` are those of C's `main`; the program is one that the compiler wrote.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cl_main(argc: c_int, argv: *const *const c_char, program: *const Program) -> c_int {
    let arguments = (1..argc.max(1) as usize).map(|i| {
        // SAFETY: `argv` has `argc` texts.
        unsafe { CStr::from_ptr(*argv.add(i)) }.to_bytes().to_vec()
    });
    // SAFETY: the program's tables are static data.
    run(unsafe { &*program }, arguments)
}

/// Runs a program to its end and gives its exit status. `arguments` are those after the program's name.
pub fn run(program: &Program, arguments: impl IntoIterator<Item = Vec<u8>>) -> i32 {
    ignore_sigpipe();
    let mut ctx = Context::with_mode(Mode::from_env());
    ctx.shared_mut().arguments = arguments.into_iter().map(|a| String::from_utf8_lossy(&a).into_owned()).collect();
    let result = execute(&mut ctx, program, config::stack_wanted());
    if ctx.shared.scheduler.exits_elsewhere() {
        ctx.wait_for_exit();
    }
    let failed = ctx.concurrency.is_some_and(|concurrency| (concurrency.stop)(&mut ctx));
    crate::effects::io::flush_all(&mut ctx);
    let status = ctx.exit_status(failed, result);
    // The process is about to end: giving back all memory piece by piece would only take time.
    std::mem::forget(ctx);
    status
}

/// Runs a program's entry function in a fresh context, on a stack of so many bytes or as many as is usual; gives `main`'s
/// value.
pub(super) fn execute(ctx: &mut Context, program: &Program, stack_bytes: Option<usize>) -> Value {
    // SAFETY: the program outlives this call, and after it nothing in the context looks at the program.
    ctx.load(unsafe { &*(program as *const Program) });
    let (top, limit) = {
        let mut stack = ctx.shared.stack();
        (stack.prepare(stack_bytes), stack.limit())
    };
    ctx.running().limit = limit;
    ctx.set_limits();
    let host_sp = &raw mut ctx.host_sp;
    // SAFETY: `entry` is compiled code that takes the context; `top` is the end of a fresh stack.
    Value(unsafe { arch::enter(ctx, program.entry, top, host_sp) })
}

/// `main` has ended on another worker than the first one. Called by the assembly of `arch::enter`.
pub extern "C" fn main_ended_elsewhere(ctx: &mut Context, result: Value) -> ! {
    let concurrency = ctx.concurrency.expect("a program with several workers made goroutines");
    (concurrency.exit)(ctx, result)
}

/// The exit status that an Int stands for: the Int modulo 256, as the system takes it.
pub(super) fn status_of(value: Value) -> Option<i32> {
    if value.is(Kind::BigInt) {
        let low = value.raw(0);
        let low = if value.aux() == 1 { low.wrapping_neg() } else { low };
        return Some((low & 0xff) as i32);
    }
    value.as_fixnum().map(|n| (n & 0xff) as i32)
}

/// A write to a closed pipe must give an error, not a signal.
fn ignore_sigpipe() {
    // SAFETY: ignoring a signal installs no handler.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
}

impl Context {
    /// The status of the process: what was set, else 1 for an error that nobody looked at, else what `main` gave.
    pub(super) fn exit_status(&self, failed: bool, result: Value) -> i32 {
        self.exiting().or(failed.then_some(1)).or_else(|| status_of(result)).unwrap_or(0)
    }

    /// Another worker is about to end the process.
    fn wait_for_exit(&self) -> ! {
        self.shared.world.leave();
        loop {
            // SAFETY: it only waits for a signal. (`std::thread::park` would make every executable 6 KB larger.)
            unsafe { libc::pause() };
        }
    }

    /// The command-line arguments after the program's name.
    pub fn arguments(&self) -> &[String] {
        &self.shared.arguments
    }

    /// Makes the context that of a program.
    fn load(&mut self, program: &'static Program) {
        self.fibers.set_largest_frame(program.largest_frame);
        let shared = self.shared_mut();
        shared.program = Some(program);
        shared.names = Names::of_program(super::sites::table(program.names, program.name_count));
        shared.sites = super::sites::Sites::of_program(program);
    }
}
