//! The file system, as the front end sees it. The only place of the compiler that reads source files.

use crate::report::Failure;
use cl_lang::{LoadError, Loader};
use cl_text::{Diagnostic, FileId, SourceMap, codes, source};
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

/// Reads a source file by itself, or says why that is impossible.
pub fn source(path: &Path, sources: &mut SourceMap) -> Result<FileId, Diagnostic> {
    let name = path.display().to_string();
    let text = match Disk.load(path) {
        Ok(bytes) => source::decode(&name, bytes)?,
        Err(LoadError::NotFound) => return Err(codes::e0012::unreadable(&name, "no such file")),
        Err(LoadError::Other(reason)) => return Err(codes::e0012::unreadable(&name, &reason)),
    };
    Ok(sources.add(name, text))
}

/// The files that are meant by paths on the command line: a folder means all `.cl` files in it and in its folders,
/// by name; hidden ones are left out.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let first = found.len();
            collect(path, &mut found)?;
            found[first..].sort();
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| {
            let message = format!("cannot read the folder {}: {}", folder.display(), reason(&error));
            Failure::outside(message, "name the files instead")
        })?;
        for entry in entries.flatten().filter(|e| !e.file_name().as_encoded_bytes().starts_with(b".")) {
            // A link to a folder is not followed: it may lead back up.
            if entry.file_type().is_ok_and(|t| t.is_dir()) {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|e| e == "cl") {
                found.push(entry.path());
            }
        }
    }
    Ok(())
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
