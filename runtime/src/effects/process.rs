//! Other programs, and names that no one else has.

use super::files::io_error;
use crate::collections::{dict_from_pairs, list_iter};
use crate::control::fiber::{Fiber, blocking_stubs};
use crate::text::prims::is_list;
use crate::text::string;
use crate::{Context, Value};
use std::process::{Command, Stdio};

/// Runs a program with arguments to its end, without input: a Dict of its exit status (128 and the signal's number, for
/// one that a signal ended) and what it wrote to "stdout" and "stderr".
extern "C" fn process_run(ctx: &mut Context, command: Value, arguments: Value) -> *mut Fiber {
    let value = match command_of(ctx, command, arguments) {
        Ok(command) => run(ctx, command),
        Err(raised) => raised,
    };
    ctx.done(value)
}
blocking_stubs! {
    cl_process_run => process_run;
}

/// What a program and its arguments say, or the raised `type-error`.
fn command_of(ctx: &mut Context, command: Value, arguments: Value) -> Result<Command, Value> {
    let Some(program) = command.as_str() else { return Err(ctx.type_error("process-run", 1, "a String", command)) };
    if !is_list(arguments) {
        return Err(ctx.type_error("process-run", 2, "a List of Strings", arguments));
    }
    let mut command = Command::new(program);
    for argument in list_iter(arguments) {
        match argument.as_str() {
            Some(text) => command.arg(text),
            None => return Err(ctx.type_error("process-run", 2, "a List of Strings", argument)),
        };
    }
    Ok(command)
}

fn run(ctx: &mut Context, mut command: Command) -> Value {
    super::io::flush_all(ctx);
    let output = match ctx.while_stopped(|| command.stdin(Stdio::null()).output()) {
        Ok(output) => output,
        Err(e) => return io_error(ctx, "process-run", &command.get_program().to_string_lossy(), &e),
    };
    let status = output.status.code().unwrap_or_else(|| {
        use std::os::unix::process::ExitStatusExt;
        128 + output.status.signal().unwrap_or(0)
    });
    let keys = ["status", "stdout", "stderr"].map(|key| string::make(ctx, key));
    let texts = [&output.stdout, &output.stderr].map(|t| string::make(ctx, &String::from_utf8_lossy(t)));
    dict_from_pairs(ctx, &[(keys[0], Value::fixnum(status as i64)), (keys[1], texts[0]), (keys[2], texts[1])])
}

/// A random UUID (version 4, RFC 9562) from the system's entropy.
#[unsafe(no_mangle)]
pub extern "C" fn cl_uuid(ctx: &mut Context) -> Value {
    let mut bytes = [0u8; 16];
    // SAFETY: the buffer has the size that is passed.
    if unsafe { libc::getentropy(bytes.as_mut_ptr().cast(), bytes.len()) } != 0 {
        return ctx.error("io-error", "uuid: the system gives no random numbers", Value::NIL);
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let n = u128::from_be_bytes(bytes);
    let part = |shift: u32, digits: usize| format!("{:0digits$x}", n >> shift & ((1 << (4 * digits)) - 1));
    let text = [part(96, 8), part(80, 4), part(64, 4), part(48, 4), part(0, 12)].join("-");
    string::make(ctx, &text)
}
