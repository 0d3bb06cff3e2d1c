//! Files, folders and paths. Failures are errors of the types `not-found`, `permission-denied`, `already-exists` and
//! `io-error`, with the path as data.

use super::handle;
use crate::collections::list_from_slice;
use crate::text::{bytes, string};
use crate::{Context, Value};
use cl_abi::layout::Kind;
use std::fs;
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

/// Raises what an operation on a path failed with.
#[cold]
pub fn io_error(ctx: &mut Context, function: &str, path: &str, error: &Error) -> Value {
    let (kind, what) = match error.kind() {
        ErrorKind::NotFound => ("not-found", "there is no such file".to_string()),
        ErrorKind::PermissionDenied => ("permission-denied", "that is not permitted".to_string()),
        ErrorKind::AlreadyExists => ("already-exists", "it is there already".to_string()),
        _ => ("io-error", error.to_string()),
    };
    let message = format!("{function}: {path}: {what}");
    let data = string::make(ctx, path);
    ctx.error(kind, &message, data)
}

/// Returns from the primitive with a `type-error` unless the argument is a String.
macro_rules! want_path {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        match $v.as_str() {
            Some(path) => path,
            None => return $ctx.type_error($function, $position, "a String", $v),
        }
    };
}

/// A primitive's result: nil or the error.
fn done(ctx: &mut Context, function: &str, path: &str, result: Result<(), Error>) -> Value {
    match result {
        Ok(()) => Value::NIL,
        Err(e) => io_error(ctx, function, path, &e),
    }
}

/// The text of a file, or what is left of an open one; `utf8-error` if it is none.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_read(ctx: &mut Context, path: Value) -> Value {
    if path.is(Kind::File) {
        return handle::read_rest(ctx, path);
    }
    let path = want_path!(ctx, "file-read", 1, path);
    let content = match fs::read(path) {
        Ok(content) => content,
        Err(e) => return io_error(ctx, "file-read", path, &e),
    };
    match std::str::from_utf8(&content) {
        Ok(text) => string::make(ctx, text),
        Err(e) => {
            let message = format!("file-read: {path} is not UTF-8 at byte {}", e.valid_up_to());
            let data = string::make(ctx, path);
            ctx.error("utf8-error", &message, data)
        }
    }
}

/// Makes a file with a text, or adds the text to it. To an open file it is added in any case.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_write(ctx: &mut Context, path: Value, text: Value, append: Value) -> Value {
    if path.is(Kind::File) {
        return handle::write(ctx, path, text);
    }
    let function = if append.is_true() { "file-append" } else { "file-write" };
    let path = want_path!(ctx, function, 1, path);
    let text = want_path!(ctx, function, 2, text);
    let mut options = fs::OpenOptions::new();
    options.create(true);
    if append.is_true() {
        options.append(true);
    } else {
        options.write(true).truncate(true);
    }
    let result = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    done(ctx, function, path, result)
}

/// Whether there is a file or folder.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_exists(ctx: &mut Context, path: Value) -> Value {
    Value::bool(Path::new(want_path!(ctx, "file-exists?", 1, path)).exists())
}

/// Deletes a file.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_delete(ctx: &mut Context, path: Value) -> Value {
    let path = want_path!(ctx, "file-delete", 1, path);
    done(ctx, "file-delete", path, fs::remove_file(path))
}

/// The content of a file.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_read_bytes(ctx: &mut Context, path: Value) -> Value {
    let path = want_path!(ctx, "file-read-bytes", 1, path);
    match fs::read(path) {
        Ok(content) => bytes::make(ctx, &[&content]),
        Err(e) => io_error(ctx, "file-read-bytes", path, &e),
    }
}

/// Makes a file with a content.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_write_bytes(ctx: &mut Context, path: Value, content: Value) -> Value {
    let path = want_path!(ctx, "file-write-bytes", 1, path);
    let Some(content) = bytes::as_bytes(content) else {
        return ctx.type_error("file-write-bytes", 2, "Bytes", content);
    };
    done(ctx, "file-write-bytes", path, fs::write(path, content))
}

/// Number of bytes in a file.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_size(ctx: &mut Context, path: Value) -> Value {
    let path = want_path!(ctx, "file-size", 1, path);
    match fs::metadata(path) {
        Ok(data) => Value::fixnum(data.len() as i64),
        Err(e) => io_error(ctx, "file-size", path, &e),
    }
}

/// Copies a file.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_copy(ctx: &mut Context, from: Value, to: Value) -> Value {
    let from = want_path!(ctx, "file-copy", 1, from);
    let to = want_path!(ctx, "file-copy", 2, to);
    done(ctx, "file-copy", from, fs::copy(from, to).map(|_| ()))
}

/// Gives a file or folder another path.
#[unsafe(no_mangle)]
pub extern "C" fn cl_file_rename(ctx: &mut Context, from: Value, to: Value) -> Value {
    let from = want_path!(ctx, "file-rename", 1, from);
    let to = want_path!(ctx, "file-rename", 2, to);
    done(ctx, "file-rename", from, fs::rename(from, to))
}

/// The names in a folder, sorted.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dir_list(ctx: &mut Context, path: Value) -> Value {
    let path = want_path!(ctx, "dir-list", 1, path);
    let names: Result<Vec<String>, Error> = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect());
    let mut names = match names {
        Ok(names) => names,
        Err(e) => return io_error(ctx, "dir-list", path, &e),
    };
    names.sort();
    let names: Vec<Value> = names.iter().map(|n| string::make(ctx, n)).collect();
    list_from_slice(ctx, &names)
}

/// Makes a folder, and those that it is in.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dir_create(ctx: &mut Context, path: Value) -> Value {
    let path = want_path!(ctx, "dir-create", 1, path);
    done(ctx, "dir-create", path, fs::create_dir_all(path))
}

/// Deletes an empty folder.
#[unsafe(no_mangle)]
pub extern "C" fn cl_dir_delete(ctx: &mut Context, path: Value) -> Value {
    let path = want_path!(ctx, "dir-delete", 1, path);
    done(ctx, "dir-delete", path, fs::remove_dir(path))
}

/// The folder that relative paths start from.
#[unsafe(no_mangle)]
pub extern "C" fn cl_current_directory(ctx: &mut Context) -> Value {
    match std::env::current_dir() {
        Ok(path) => string::make(ctx, &path.to_string_lossy()),
        Err(e) => io_error(ctx, "current-directory", ".", &e),
    }
}

/// The folder for temporary files.
#[unsafe(no_mangle)]
pub extern "C" fn cl_temp_dir(ctx: &mut Context) -> Value {
    string::make(ctx, &std::env::temp_dir().to_string_lossy())
}

fn path_part(ctx: &mut Context, function: &str, path: Value, part: fn(&Path) -> Option<&std::ffi::OsStr>) -> Value {
    let path = want_path!(ctx, function, 1, path);
    let part = part(Path::new(path)).and_then(|p| p.to_str()).unwrap_or("");
    string::make(ctx, part)
}

/// The path of the folder that a path is in; empty for a lone name.
#[unsafe(no_mangle)]
pub extern "C" fn cl_path_parent(ctx: &mut Context, path: Value) -> Value {
    path_part(ctx, "path-parent", path, |p| p.parent().map(Path::as_os_str))
}

/// The last part of a path.
#[unsafe(no_mangle)]
pub extern "C" fn cl_path_name(ctx: &mut Context, path: Value) -> Value {
    path_part(ctx, "path-name", path, Path::file_name)
}

/// The extension of a path's last part, without the dot; empty if there is none.
#[unsafe(no_mangle)]
pub extern "C" fn cl_path_ext(ctx: &mut Context, path: Value) -> Value {
    path_part(ctx, "path-ext", path, Path::extension)
}
