//! Every program of the corpora that resolves lowers to Core that the verifier accepts.

mod support;

use std::path::{Path, PathBuf};
use support::{Files, core_text};

fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            programs(&path, found);
        } else if path.extension().is_some_and(|e| e == "cl") {
            found.push(path);
        }
    }
}

#[test]
fn programs_of_the_corpora_lower_to_valid_core() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["tests/conformance", "tests/programs", "benches", "examples"] {
        if root.join(folder).is_dir() {
            programs(&root.join(folder), &mut found);
        }
    }
    let mut lowered = 0;
    for path in &found {
        match core_text(Files(None), path.clone()) {
            Ok(_) => lowered += 1,
            Err(errors) if std::env::var_os("SHOW_ERRORS").is_some() => println!("{}: {}", path.display(), errors[0]),
            Err(_) => {}
        }
    }
    assert!(lowered * 2 > found.len(), "only {lowered} of {} programs resolve", found.len());
}
