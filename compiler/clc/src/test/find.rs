//! Which files are run.

use crate::files::reason;
use crate::report::Failure;
use std::path::{Path, PathBuf};

/// The files that are named, and those with tests below the folders that are; without any, the project's.
pub fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let folder = [tests_folder()];
    let mut found = Vec::new();
    for path in if named.is_empty() { &folder } else { named } {
        if path.is_dir() {
            below(path, &mut found)?;
        } else if path.exists() {
            found.push(path.clone());
        } else {
            return Err(Failure::outside(
                format!("there is no file {}", path.display()),
                "name files or folders with tests",
            ));
        }
    }
    if found.is_empty() {
        let place = named.first().unwrap_or(&folder[0]);
        return Err(Failure::outside(
            format!("there are no tests in {}", place.display()),
            "a test is (test \"name\" …) in a file that imports \"std/test\"",
        ));
    }
    Ok(found)
}

/// The folder of the project's tests, relative if it can be.
fn tests_folder() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let root = here.ancestors().find(|folder| folder.join("clc.toml").is_file());
    let root = match root {
        Some(root) if root != here => root.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let tests = root.join("tests");
    if tests.is_dir() { tests.strip_prefix(".").map(Path::to_path_buf).unwrap_or(tests) } else { root }
}

/// Adds the files below a folder that mention std/test, sorted, without hidden folders.
fn below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let mut todo = vec![folder.to_path_buf()];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            let unreadable = |e| {
                Failure::outside(format!("cannot read {}: {}", path.display(), reason(&e)), "check its permissions")
            };
            let entries = std::fs::read_dir(&path).map_err(unreadable)?;
            let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            entries.retain(|entry| !entry.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")));
            entries.sort_unstable_by(|a, b| b.cmp(a));
            todo.extend(entries);
        } else if path.extension().is_some_and(|e| e == "cl")
            && std::fs::read(&path).is_ok_and(|text| text.windows(8).any(|part| part == b"std/test"))
        {
            found.push(path);
        }
    }
    Ok(())
}
