//! Writes results to files: whole or not at all, so that a failed build never leaves half an executable, and a program
//! that is running can be built anew.

use crate::files::reason;
use crate::report::Failure;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// Has `make` write a file and moves it to `out`. A special file such as `/dev/null` is written in place.
pub fn place(out: &Path, make: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    check(out)?;
    if out.metadata().is_ok_and(|m| !m.is_file()) {
        return make(out);
    }
    let temporary = Temporary(beside(out));
    make(&temporary.0)?;
    std::fs::rename(&temporary.0, out).map_err(|e| cannot_write(out, &e))
}

/// Writes bytes to `out`.
pub fn write(out: &Path, bytes: &[u8]) -> Result<(), Failure> {
    place(out, |path| std::fs::write(path, bytes).map_err(|e| cannot_write(out, &e)))
}

/// Replaces the text of a source file, which keeps its permissions. Through a link, that of the file that it leads to.
pub fn replace(file: &Path, text: &str) -> Result<(), Failure> {
    let cannot = |error: &io::Error| {
        let message = format!("cannot write {}: {}", file.display(), reason(error));
        Failure::outside(message, "make the file and its folder writable")
    };
    let real = file.canonicalize().map_err(|e| cannot(&e))?;
    let permissions = real.metadata().map_err(|e| cannot(&e))?.permissions();
    if permissions.readonly() {
        return Err(cannot(&io::ErrorKind::PermissionDenied.into()));
    }
    let temporary = Temporary(beside(&real));
    std::fs::write(&temporary.0, text)
        .and_then(|()| std::fs::set_permissions(&temporary.0, permissions))
        .and_then(|()| std::fs::rename(&temporary.0, &real))
        .map_err(|e| cannot(&e))
}

/// `path` with `.suffix` after its name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

pub fn cannot_write(out: &Path, error: &io::Error) -> Failure {
    Failure::outside(
        format!("cannot write {}: {}", out.display(), reason(error)),
        "name another file with -o OUT, or make its folder writable",
    )
}

/// What can be known before the work is done.
fn check(out: &Path) -> Result<(), Failure> {
    if out.is_dir() {
        let help = "name a file with -o OUT";
        return Err(Failure::outside(format!("cannot write {}: it is a directory", out.display()), help));
    }
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let message = format!("cannot write {}: there is no folder {}", out.display(), folder.display());
        return Err(Failure::outside(message, format!("make it first: mkdir -p {}", folder.display())));
    }
    let probe = beside(out);
    match std::fs::OpenOptions::new().write(true).create_new(true).open(&probe) {
        Ok(_) => {
            drop(Temporary(probe));
            Ok(())
        }
        Err(_) if out.metadata().is_ok_and(|m| !m.is_file()) => Ok(()),
        Err(error) => Err(cannot_write(out, &error)),
    }
}

/// A name for a temporary file in the folder of `out`, so that moving it there is one step.
fn beside(out: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    out.with_file_name(name)
}

/// A file that is removed when this is dropped; after a rename there is nothing left to remove.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may never have been made.
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_make_leaves_the_old_file_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("clc-output-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let out = folder.join("app");
        assert!(write(&out, b"old").is_ok());
        let failed = place(&out, |path| {
            std::fs::write(path, b"half").unwrap();
            Err(Failure::Program)
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&out).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        assert!(matches!(write(&folder, b""), Err(Failure::Outside { .. })));
        assert!(matches!(write(&folder.join("no/app"), b""), Err(Failure::Outside { .. })));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
