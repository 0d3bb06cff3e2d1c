//! Resolving texts in memory against a small library.
#![allow(dead_code)]

use cl_lang::{LoadError, Loader, Options, Resolved, StdLib, dump, resolve};
use cl_text::{Level, SourceMap};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub static SMALL: StdLib = StdLib {
    prelude: &[
        (
            "numbers",
            "(define (+ a b) (%add a b)) (define (- a b) (%sub a b)) (define (* a b) (%mul a b))
             (define (< a b) (%lt a b)) (define (> a b) (%gt a b)) (define (= a b) (%eq a b))
             (define (not x) (%not x)) (define pi 3.0) (define (twice x) (%helper x)) (define (%helper x) (+ x x))
             (define bigger (%case-lambda ((a) \"documentation\" a) ((a b) (if (> a b) a b)) ((a b ...more) more)))",
        ),
        // Only that they are there matters.
        (
            "effects",
            "(define (%handled) nil) (define (%perform0) nil) (define (%perform1) nil)
             (define (%perform2) nil) (define (%perform3) nil) (define (%perform-list) nil)
             (define (%perform-error) nil) (define (%landed) nil) (define (%landed-error) nil) \
             (define (%in-fiber) nil) (define (%resume) nil) (define (%resume-copy) nil) (define (%resumed-with) nil) \
             (define (%clause-done) nil) (define (%abandon) nil)",
        ),
        (
            "concurrent",
            "(define (%start f) nil) (define (%async f) nil) (define (%parallel ...fs) nil) (define (%scope f) nil) \
             (define (%with-lock m f) nil) (define (%select-one cases seconds) nil) (define (%receive! c) nil) \
             (define (%send! c v) nil) (define (%timeout s) nil)",
        ),
        (
            "rest",
            "(define (print ...xs) (%print xs)) (define (io:print ...xs) (%print xs)) (define (list ...xs) xs)
             (define (tuple ...xs) xs) (define (for-each f xs) nil) (define (head xs) (%head xs))
             (define (get d k) nil) (define (error:raise type message) (%raise type message nil))
             (define (keyword->string k) k)",
        ),
    ],
    modules: &[
        ("heap", "(define (heap-new) (%start)) (define (%start) [])"),
        ("test", "(define (gen:int lo hi) [lo hi]) (define (%register name place body) nil) (define (%run-tests) nil)"),
    ],
};

/// Files by path.
pub struct Files(pub HashMap<PathBuf, Vec<u8>>);

impl Loader for Files {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        self.0.get(path).cloned().ok_or(LoadError::NotFound)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.0.contains_key(path)
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }
}

pub fn files(list: &[(&str, &str)]) -> Files {
    Files(list.iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())).collect())
}

/// Resolves the first file; its imports are among the others.
pub fn resolve_files(list: &[(&str, &str)]) -> (Resolved, SourceMap) {
    resolve_in(&files(list), list[0].0)
}

pub fn resolve_in(files: &Files, root: &str) -> (Resolved, SourceMap) {
    let mut sources = SourceMap::default();
    let options = Options { search: &[PathBuf::from("/extra")], library: &SMALL, tests: false, check_contracts: true };
    let resolved = resolve(&mut sources, files, Path::new(root), &options);
    (resolved, sources)
}

/// The user's forms as text; panics if there is any diagnostic.
pub fn forms(text: &str) -> String {
    forms_of(&[("/p/main.cl", text)])
}

pub fn forms_of(list: &[(&str, &str)]) -> String {
    let (resolved, sources) = resolve_files(list);
    let messages = messages(&resolved, &sources);
    assert!(messages.is_empty(), "{messages:#?}");
    dump::program(&resolved.program, false).trim_end().to_string()
}

/// All diagnostics as `CODE file:line:column message`, warnings with `warning` before them; without those about unused
/// names and dropped values, of which small texts are full.
pub fn errors(text: &str) -> Vec<String> {
    errors_of(&[("/p/main.cl", text)])
}

pub fn errors_of(list: &[(&str, &str)]) -> Vec<String> {
    let (resolved, sources) = resolve_files(list);
    messages(&resolved, &sources)
}

pub fn messages(resolved: &Resolved, sources: &SourceMap) -> Vec<String> {
    let mut all = all_messages(resolved, sources);
    let usual = ["W0006", "W0007", "W0303"].map(|code| format!("warning {code} "));
    all.retain(|m| !usual.iter().any(|start| m.starts_with(start)));
    all
}

pub fn all_messages(resolved: &Resolved, sources: &SourceMap) -> Vec<String> {
    let line = |d: &cl_text::Diagnostic| {
        let place = d.labels.first().map_or(String::new(), |label| {
            let (line, column) = sources.position(label.span.file, label.span.start);
            let name = sources.name(label.span.file);
            let file = if name == "/p/main.cl" { "" } else { name };
            format!(" {file}{}{line}:{column}", if file.is_empty() { "" } else { ":" })
        });
        let level = if d.level == Level::Warning { "warning " } else { "" };
        format!("{level}{}{place} {}", d.code, d.message)
    };
    resolved.diagnostics.iter().map(line).collect()
}

/// The only diagnostic of a text.
pub fn error(text: &str) -> String {
    let all = errors(text);
    assert_eq!(all.len(), 1, "{all:#?}");
    all[0].clone()
}

/// Runs `f` with a stack as large as the driver gives.
pub fn deep<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(1 << 30).spawn(f).expect("a thread");
    thread.join().expect("no panic")
}
