//! The file system, as the front end sees it. The only place of the compiler that reads source files.

use cl_lang::{LoadError, Loader};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Reads files from the disk.
pub struct Disk;

impl Loader for Disk {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        read_file(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Other(reason(&error)),
        })
    }

    fn is_file(&self, path: &Path) -> bool {
        // Whatever is there and is no directory may be read: also a pipe (`clc run /dev/stdin`).
        path.metadata().is_ok_and(|m| !m.is_dir())
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
    }
}

/// The bytes of a file, at most one more than a source file may have: an endless device such as `/dev/zero` must not
/// fill the memory before the size is refused.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    file.take(u64::from(u32::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What went wrong with a file, as a short phrase without the operating system's error number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => {
            let text = error.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            text[..end].to_lowercase()
        }
    }
}
