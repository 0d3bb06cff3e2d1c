//! Open files. A File object holds no resource of the system: one for reading has what was read when it was opened, one
//! for writing has its path, under which each write opens, writes and closes. So nothing is lost however the program ends,
//! and the collector need not know of files. Workers that use one File at the same time may read a line twice, no more:
//! each word is read once, and the position is checked against the content.
//!
//! `[path String, state fixnum, content Bytes or nil, position in the content as fixnum]`

use super::files::io_error;
use crate::text::{bytes, string};
use crate::{Context, Value};
use cl_abi::layout::Kind;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};

const PATH: usize = 0;
const STATE: usize = 1;
const CONTENT: usize = 2;
const POSITION: usize = 3;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Closed,
    Reading,
    Writing,
}

impl State {
    fn value(self) -> Value {
        Value::fixnum(self as i64)
    }
}

/// The path of a File.
fn path_of<'a>(file: Value) -> &'a str {
    file.field(PATH).as_str().unwrap_or_default()
}

/// Opens a file to "read" it, to "write" it anew, or to "append" to it; `domain-error` for another mode.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_open(ctx: &mut Context, path: Value, mode: Value) -> Value {
    const NAME: &str = "io:open-file";
    let Some(path_text) = path.as_str() else { return ctx.type_error(NAME, 1, "a String", path) };
    let Some(mode_text) = mode.as_str() else { return ctx.type_error(NAME, 2, "a String", mode) };
    let mut content = vec![];
    let mut options = OpenOptions::new();
    let (state, opened) = match mode_text {
        "read" => (State::Reading, File::open(path_text).and_then(|mut f| f.read_to_end(&mut content).map(|_| ()))),
        "write" => (State::Writing, options.create(true).write(true).truncate(true).open(path_text).map(|_| ())),
        "append" => (State::Writing, options.create(true).append(true).open(path_text).map(|_| ())),
        other => {
            let message = format!("{NAME}: there is no mode {other:?}; write \"read\", \"write\" or \"append\"");
            return ctx.error("domain-error", &message, mode);
        }
    };
    if let Err(error) = opened {
        return io_error(ctx, NAME, path_text, &error);
    }
    let content = if state == State::Reading { bytes::make(ctx, &[&content]) } else { Value::NIL };
    let file = ctx.alloc(Kind::File, 0, 4);
    file.init(PATH, path.0);
    file.init(STATE, state.value().0);
    file.init(CONTENT, content.0);
    file.init(POSITION, Value::fixnum(0).0);
    file
}

/// Closes a file; nothing if it is closed already.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_close(ctx: &mut Context, file: Value) -> Value {
    if !file.is(Kind::File) {
        return ctx.type_error("io:close-file", 1, "an open file", file);
    }
    ctx.store(file, STATE, State::Closed.value());
    ctx.store(file, CONTENT, Value::NIL);
    Value::NIL
}

/// `Err` with the raised error unless a value is a File in that state: `type-error`, or `io-error` for one that is closed
/// or open for the other.
fn want(ctx: &mut Context, function: &str, file: Value, state: State) -> Result<(), Value> {
    if !file.is(Kind::File) {
        return Err(ctx.type_error(function, 1, "an open file", file));
    }
    let found = file.load(STATE);
    if found == state.value() {
        return Ok(());
    }
    let what = match state {
        _ if found == State::Closed.value() => "it is closed",
        State::Reading => "it is open for writing",
        State::Writing | State::Closed => "it is open for reading",
    };
    let message = format!("{function}: {}: {what}", path_of(file));
    Err(ctx.error("io-error", &message, file.field(PATH)))
}

/// What is left to read.
fn rest<'a>(file: Value) -> &'a [u8] {
    let content = bytes::as_bytes(file.load(CONTENT)).unwrap_or_default();
    content.get(file.load(POSITION).as_fixnum().unwrap_or(0) as usize..).unwrap_or_default()
}

/// Takes the next `taken` bytes of an open file, of which `text` is the result; `utf8-error` if that is none.
fn take(ctx: &mut Context, function: &str, file: Value, taken: usize, text: &[u8]) -> Value {
    let position = file.load(POSITION).as_fixnum().unwrap_or(0) + taken as i64;
    ctx.store(file, POSITION, Value::fixnum(position));
    match std::str::from_utf8(text) {
        Ok(text) => string::make(ctx, text),
        Err(_) => {
            let message = format!("{function}: {}: the text is not UTF-8", path_of(file));
            ctx.error("utf8-error", &message, file.field(PATH))
        }
    }
}

/// The rest of a file that is open for reading.
pub fn read_rest(ctx: &mut Context, file: Value) -> Value {
    const NAME: &str = "io:read-file";
    match want(ctx, NAME, file, State::Reading) {
        Ok(()) => take(ctx, NAME, file, rest(file).len(), rest(file)),
        Err(raised) => raised,
    }
}

/// The next line of a file that is open for reading, without its end; nil at the end of the file.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_read_line(ctx: &mut Context, file: Value) -> Value {
    const NAME: &str = "io:read-line";
    if let Err(raised) = want(ctx, NAME, file, State::Reading) {
        return raised;
    }
    let rest = rest(file);
    if rest.is_empty() {
        return Value::NIL;
    }
    let taken = rest.iter().position(|&b| b == b'\n').map_or(rest.len(), |end| end + 1);
    let line = rest[..taken].strip_suffix(b"\n").unwrap_or(&rest[..taken]);
    take(ctx, NAME, file, taken, line.strip_suffix(b"\r").unwrap_or(line))
}

/// Adds a text at the end of a file that is open for writing.
pub fn write(ctx: &mut Context, file: Value, text: Value) -> Value {
    const NAME: &str = "io:write-file";
    if let Err(raised) = want(ctx, NAME, file, State::Writing) {
        return raised;
    }
    let Some(text) = text.as_str() else { return ctx.type_error(NAME, 2, "a String", text) };
    let opened = OpenOptions::new().append(true).open(path_of(file));
    match opened.and_then(|mut f| f.write_all(text.as_bytes())) {
        Ok(()) => Value::NIL,
        Err(error) => io_error(ctx, NAME, path_of(file), &error),
    }
}
