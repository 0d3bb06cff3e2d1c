//! Standard input and output. Both are buffered here, over plain `read` and `write`: std's own streams would lock, flush
//! at each line and add a fifth to the size of a small program. Standard error is not buffered; what was printed before
//! goes out first.

use crate::collections::{dict_from_pairs, list_from_slice, list_iter};
use crate::control::fiber::{Fiber, blocking_stubs};
use crate::heap::shared::lock;
use crate::text::{print, string};
use crate::{Context, Value};
use std::sync::{Mutex, MutexGuard};

/// Output is written once so much has gathered.
const OUT_SIZE: usize = 64 << 10;
/// Input is read in pieces of at most this size.
const IN_SIZE: usize = 64 << 10;

/// Standard output. As the input it belongs to the process, not to one context. Who holds both locks took the input's
/// first.
struct Output {
    gathered: Vec<u8>,
    /// It is a terminal: known at the first print.
    terminal: Option<bool>,
}

/// Standard input: read and not yet consumed from `at` on.
struct Input {
    buffer: Vec<u8>,
    at: usize,
}

static OUTPUT: Mutex<Output> = Mutex::new(Output { gathered: vec![], terminal: None });
static INPUT: Mutex<Input> = Mutex::new(Input { buffer: vec![], at: 0 });

fn output() -> MutexGuard<'static, Output> {
    lock(&OUTPUT)
}

impl Output {
    fn write(&mut self, text: &str) {
        if self.gathered.len() + text.len() > OUT_SIZE {
            self.flush();
        }
        if text.len() >= OUT_SIZE {
            return write_out(text.as_bytes());
        }
        self.gathered.extend_from_slice(text.as_bytes());
        if *self.terminal.get_or_insert_with(|| is_terminal(libc::STDOUT_FILENO)) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if !self.gathered.is_empty() {
            write_out(&self.gathered);
            self.gathered.clear();
        }
    }
}

impl Input {
    /// The next line with its end, empty at the end of the input; an error number if reading fails.
    fn read_line(&mut self) -> Result<Vec<u8>, i32> {
        let mut line = vec![];
        loop {
            let rest = &self.buffer[self.at..];
            if let Some(end) = rest.iter().position(|&b| b == b'\n') {
                line.extend_from_slice(&rest[..=end]);
                self.at += end + 1;
                return Ok(line);
            }
            line.extend_from_slice(rest);
            if !self.fill()? {
                return Ok(line);
            }
        }
    }

    /// Reads the next piece; false at the end. Who waits for input has seen all output.
    fn fill(&mut self) -> Result<bool, i32> {
        output().flush();
        self.buffer.resize(IN_SIZE, 0);
        self.at = 0;
        loop {
            // SAFETY: the buffer has the size that is passed.
            let n = unsafe { libc::read(libc::STDIN_FILENO, self.buffer.as_mut_ptr().cast(), IN_SIZE) };
            if n >= 0 {
                self.buffer.truncate(n as usize);
                return Ok(n > 0);
            }
            let error = last_error();
            if error != libc::EINTR {
                self.buffer.clear();
                return Err(error);
            }
        }
    }
}

fn is_terminal(fd: i32) -> bool {
    // SAFETY: `isatty` takes any number.
    unsafe { libc::isatty(fd) == 1 }
}

fn last_error() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

/// Writes all of it; `Err` has the error number.
fn write_fd(fd: i32, mut bytes: &[u8]) -> Result<(), i32> {
    while !bytes.is_empty() {
        // SAFETY: the buffer is as long as what is passed.
        let n = unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) };
        if n >= 0 {
            bytes = &bytes[n as usize..];
            continue;
        }
        match last_error() {
            libc::EINTR => {}
            libc::EAGAIN => wait_writable(fd),
            other => return Err(other),
        }
    }
    Ok(())
}

fn wait_writable(fd: i32) {
    let mut poll = libc::pollfd { fd, events: libc::POLLOUT, revents: 0 };
    // SAFETY: one structure is passed, with its number.
    unsafe { libc::poll(&mut poll, 1, -1) };
}

/// Writes to standard output. Where nobody reads any more (a closed pipe or a closed descriptor) the program ends
/// quietly with status 1, for any other failure with a message.
fn write_out(bytes: &[u8]) {
    let Err(error) = write_fd(libc::STDOUT_FILENO, bytes) else { return };
    if error != libc::EPIPE && error != libc::EBADF {
        let reason = std::io::Error::from_raw_os_error(error);
        let _ = write_fd(libc::STDERR_FILENO, format!("cannot write to standard output: {reason}\n").as_bytes());
    }
    // SAFETY: ends the process at once; nothing else of the program's output can be delivered.
    unsafe { libc::_exit(1) }
}

/// Writes what has gathered of standard output.
pub fn flush_all(_: &mut Context) {
    output().flush();
}

/// Writes out what was printed.
#[unsafe(no_mangle)]
pub extern "C" fn cl_flush(ctx: &mut Context) -> Value {
    flush_all(ctx);
    Value::NIL
}

/// Writes to standard error, after what was printed before.
pub fn write_err(text: &str) {
    output().flush();
    let _ = write_fd(libc::STDERR_FILENO, text.as_bytes());
}

/// The display forms of a List's items with a separator between them.
fn joined(ctx: &Context, items: Value, separator: &str) -> String {
    let mut out = String::new();
    for (i, item) in list_iter(items).enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        print::display(ctx, item, &mut out);
    }
    out
}

/// Prints a List of values, with spaces between them and a newline.
#[unsafe(no_mangle)]
pub extern "C" fn cl_print(ctx: &mut Context, items: Value) -> Value {
    let mut text = joined(ctx, items, " ");
    text.push('\n');
    output().write(&text);
    Value::NIL
}

/// Prints one value and a newline.
#[unsafe(no_mangle)]
pub extern "C" fn cl_print_value(ctx: &mut Context, v: Value) -> Value {
    let mut text = String::new();
    print::display(ctx, v, &mut text);
    text.push('\n');
    output().write(&text);
    Value::NIL
}

/// Prints a List of values with nothing between or after them.
#[unsafe(no_mangle)]
pub extern "C" fn cl_write(ctx: &mut Context, items: Value) -> Value {
    let text = joined(ctx, items, "");
    output().write(&text);
    Value::NIL
}

/// As `cl_print`, to standard error.
#[unsafe(no_mangle)]
pub extern "C" fn cl_print_err(ctx: &mut Context, items: Value) -> Value {
    let mut text = joined(ctx, items, " ");
    text.push('\n');
    write_err(&text);
    Value::NIL
}

/// The next line of standard input without its end; nil at the end of the input. `utf8-error` for bytes that are no
/// text.
extern "C" fn read_line(ctx: &mut Context, _: Value, _: Value) -> *mut Fiber {
    let line = ctx.while_stopped(|| lock(&INPUT).read_line());
    let value = line_value(ctx, line);
    ctx.done(value)
}
blocking_stubs! {
    cl_read_line => read_line;
}

fn line_value(ctx: &mut Context, line: Result<Vec<u8>, i32>) -> Value {
    let line = match line {
        Ok(line) if line.is_empty() => return Value::NIL,
        Ok(line) => line,
        Err(error) => {
            let message = format!("read-line: {}", std::io::Error::from_raw_os_error(error));
            return ctx.error("io-error", &message, Value::NIL);
        }
    };
    let line = line.strip_suffix(b"\n").unwrap_or(&line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) => string::make(ctx, text),
        Err(_) => ctx.error("utf8-error", "read-line: the line is not UTF-8", Value::NIL),
    }
}

/// The command-line arguments, a List of Strings.
#[unsafe(no_mangle)]
pub extern "C" fn cl_args(ctx: &mut Context) -> Value {
    let arguments = ctx.arguments().to_vec();
    let items: Vec<Value> = arguments.iter().map(|a| string::make(ctx, a)).collect();
    list_from_slice(ctx, &items)
}

/// The value of an environment variable, nil if it is not set; for nil, all of them as a Dict.
#[unsafe(no_mangle)]
pub extern "C" fn cl_env(ctx: &mut Context, name: Value) -> Value {
    if name == Value::NIL {
        let mut all: Vec<_> = std::env::vars_os().collect();
        all.sort();
        let pairs: Vec<(Value, Value)> = all
            .iter()
            .map(|(k, v)| (string::make(ctx, &k.to_string_lossy()), string::make(ctx, &v.to_string_lossy())))
            .collect();
        return dict_from_pairs(ctx, &pairs);
    }
    let Some(name) = name.as_str() else { return ctx.type_error("io:env", 1, "a String", name) };
    // std panics at these.
    let legal = !name.is_empty() && !name.contains(['=', '\0']);
    match legal.then(|| std::env::var_os(name)).flatten() {
        Some(value) => string::make(ctx, &value.to_string_lossy()),
        None => Value::NIL,
    }
}
