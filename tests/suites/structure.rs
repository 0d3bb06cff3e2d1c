//! The shape of the workspace that `docs/architecture.md` promises: which crate may use which, and what only some may do.

use cl_tests::repository;
use std::fs;
use std::path::{Path, PathBuf};

/// The compiler's stages: a crate uses only those before it.
const STAGES: [&str; 9] = ["text", "syntax", "lang", "core", "infer", "opt", "clif", "native", "clc"];

/// The names in the dependency sections of a manifest, development ones left out. Enough of TOML for our manifests:
/// one dependency a line, or a section of its own.
fn dependencies(manifest: &Path) -> Vec<String> {
    let text = fs::read_to_string(manifest).unwrap_or_else(|error| panic!("{}: {error}", manifest.display()));
    let mut found = Vec::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies") && !section.ends_with("dev-dependencies");
            if let Some((table, name)) = section.rsplit_once('.')
                && table.ends_with("dependencies")
                && !table.ends_with("dev-dependencies")
            {
                found.push(name.to_string());
            }
        } else if inside && !line.starts_with('#') && line.contains('=') {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            found.push(line[..end].to_string());
        }
    }
    found
}

fn crate_folder(stage: &str) -> PathBuf {
    repository().join("compiler").join(stage)
}

fn stage_dependencies(stage: &str) -> Vec<String> {
    dependencies(&crate_folder(stage).join("Cargo.toml"))
}

/// A file of unit tests that its module declares under `cfg(test)`.
fn is_test_file(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
}

/// Rust files below a folder, those of unit tests left out.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a folder's entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test_file(&path) {
                files.push(path);
            }
        }
    }
    files
}

/// The code of a file without its unit tests, which stand at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default()
}

/// `FILE:LINE` of each line of code, comments and unit tests left out, that `is_hit` picks.
fn hits(folder: &Path, is_hit: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for path in sources(folder) {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for (i, line) in without_tests(&text).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if is_hit(code) {
                found.push(format!("{}:{}: {}", path.display(), i + 1, line.trim()));
            }
        }
    }
    found.sort();
    found
}

fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let part_of_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !part_of_name(code[..at].chars().next_back()) && !part_of_name(code[at + word.len()..].chars().next())
    })
}

#[test]
fn a_stage_uses_only_stages_before_it() {
    for (i, stage) in STAGES.iter().enumerate() {
        for used in stage_dependencies(stage) {
            let name = used.strip_prefix("cl_").unwrap_or(&used);
            if let Some(j) = STAGES.iter().position(|stage| *stage == name) {
                assert!(j < i, "compiler/{stage} uses cl_{name}, which comes after it");
            }
        }
    }
}

#[test]
fn every_compiler_crate_is_a_known_stage() {
    for entry in fs::read_dir(repository().join("compiler")).expect("the compiler's folder is there") {
        let name = entry.expect("a folder's entry can be read").file_name().to_string_lossy().into_owned();
        assert!(STAGES.contains(&name.as_str()), "compiler/{name} has no place in the order of stages");
    }
}

#[test]
fn only_clif_and_native_know_cranelift() {
    for stage in STAGES.iter().filter(|stage| !["clif", "native"].contains(stage)) {
        let used: Vec<String> =
            stage_dependencies(stage).into_iter().filter(|name| name.starts_with("cranelift")).collect();
        assert!(used.is_empty(), "compiler/{stage} depends on {used:?}");
    }
}

#[test]
fn the_runtime_uses_no_compiler_crate() {
    for manifest in ["runtime/Cargo.toml", "runtime/abi/Cargo.toml"] {
        for used in dependencies(&repository().join(manifest)) {
            let name = used.strip_prefix("cl_").unwrap_or(&used);
            assert!(!STAGES.contains(&name), "{manifest} depends on {used}");
        }
    }
}

#[test]
fn only_the_runtime_and_native_hold_unsafe_code() {
    for stage in STAGES.iter().filter(|stage| **stage != "native") {
        let found = hits(&crate_folder(stage), |code| has_word(code, "unsafe"));
        assert!(found.is_empty(), "compiler/{stage} holds unsafe code:\n{}", found.join("\n"));
    }
}

#[test]
fn only_clc_and_native_touch_the_file_system_and_processes() {
    let touches = |code: &str| {
        ["fs::", "File::", "env::", "process::"].iter().any(|module| {
            code.match_indices(module).any(|(at, _)| {
                code[..at].ends_with("std::")
                    || !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            })
        })
    };
    for stage in STAGES.iter().filter(|stage| !["native", "clc"].contains(stage)) {
        let found = hits(&crate_folder(stage).join("src"), touches);
        assert!(found.is_empty(), "compiler/{stage} touches what is outside:\n{}", found.join("\n"));
    }
}

#[test]
fn manifests_are_read_as_cargo_reads_them() {
    assert!(
        stage_dependencies("clif").iter().any(|name| name == "cranelift-codegen"),
        "the reader finds no Cranelift in clif"
    );
    assert!(stage_dependencies("core").iter().any(|name| name == "cl_lang"), "the reader finds no cl_lang in core");
    assert!(has_word("unsafe { x }", "unsafe") && !has_word("unsafe_op_in_unsafe_fn", "unsafe"));
}

/// What std/test does to run a program's tests is no effect of the program: its random numbers and its report are its own.
const NOT_OPERATIONS: &str = "test.cl";

/// The calls in a library file of primitives that reach outside, other than inside of an `(%op …)` form.
fn effects_outside_of_operations(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // Whether each open bracket is inside of an operation.
    let mut open = vec![false];
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = open.last().copied().unwrap_or(false);
        match c {
            ';' => while chars.next_if(|(_, c)| *c != '\n').is_some() {},
            '"' => {
                while let Some((_, c)) = chars.next() {
                    match c {
                        '\\' => drop(chars.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '(' => {
                let head = text[at + 1..].split([' ', '\n', ')']).next().unwrap_or_default();
                let prim = cl_abi::prims::by_name(head).map(|p| p.get());
                if !inside && prim.is_some_and(|p| p.is(cl_abi::prims::flags::OUTSIDE)) {
                    found.push(head.to_string());
                }
                open.push(inside || head == "%op");
            }
            '[' | '{' => open.push(inside),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    found
}

#[test]
fn the_library_reaches_outside_only_in_operations() {
    assert_eq!(
        effects_outside_of_operations("(define (f x) (%op io:print x (%print1 x)) (%print [(%args)]))").len(),
        2
    );
    let mut folders = vec![repository().join("stdlib")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the library's folder is there") {
            let path = entry.expect("a folder's entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != NOT_OPERATIONS) {
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                let found = effects_outside_of_operations(&text);
                assert!(found.is_empty(), "{} calls {found:?} outside of an operation", path.display());
            }
        }
    }
}
