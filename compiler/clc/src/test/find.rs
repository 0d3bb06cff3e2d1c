//! Which files are run.

use crate::files;
use crate::project;
use crate::report::Failure;
use std::path::{Path, PathBuf};

/// The files that are named, and those with tests below the folders that are; without any, the project's.
pub fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let folder = [tests_folder()];
    let named = if named.is_empty() { &folder } else { named };
    if let Some(path) = named.iter().find(|path| !path.exists()) {
        let message = format!("there is no file {}", path.display());
        return Err(Failure::outside(message, "name files or folders with tests"));
    }
    let mut found = files::expand(named)?;
    found.retain(|file| named.contains(file) || has_tests(file));
    if found.is_empty() {
        return Err(Failure::outside(
            format!("there are no tests in {}", named[0].display()),
            "a test is (test \"name\" …) in a file that imports \"std/test\"",
        ));
    }
    Ok(found)
}

/// The folder of the project's tests, or that of the project.
fn tests_folder() -> PathBuf {
    let root = project::nearest().unwrap_or_default();
    let tests = root.join("tests");
    let folder = if tests.is_dir() { tests } else { root };
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

fn has_tests(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|text| text.windows(8).any(|part| part == b"std/test"))
}
