//! Inference of programs in memory, with the real library.
#![allow(dead_code)]

use cl_infer::{Inference, Options};
use cl_lang::stdlib::STD;
use cl_lang::{LoadError, Loader};
use cl_text::{Level, SourceMap};
use std::path::{Path, PathBuf};

struct Files<'a>(&'a [(&'a str, &'a str)]);

impl Loader for Files<'_> {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let found = self.0.iter().find(|(name, _)| Path::new(name) == path);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or(LoadError::NotFound)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.0.iter().any(|(name, _)| Path::new(name) == path)
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }
}

/// Infers the first file; its imports are among the others.
pub fn infer_files(files: &[(&str, &str)], options: Options) -> (Inference, SourceMap) {
    let mut sources = SourceMap::default();
    let resolve = cl_lang::Options { search: &[], library: &STD, tests: false, check_contracts: true };
    let resolved = cl_lang::resolve(&mut sources, &Files(files), Path::new(files[0].0), &resolve);
    let errors: Vec<_> = resolved.diagnostics.iter().filter(|d| d.is_error()).map(|d| &d.message).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let core = cl_core::lower(&resolved.program);
    (cl_infer::infer(&resolved.program, &core, options), sources)
}

/// A program and its Core.
pub fn resolved(text: &str) -> (cl_lang::hir::Program, cl_core::ir::Program) {
    let mut sources = SourceMap::default();
    let resolve = cl_lang::Options { search: &[], library: &STD, tests: false, check_contracts: true };
    let files = [("/p/main.cl", text)];
    let resolved = cl_lang::resolve(&mut sources, &Files(&files), Path::new("/p/main.cl"), &resolve);
    let core = cl_core::lower(&resolved.program);
    (resolved.program, core)
}

pub fn infer(text: &str) -> Inference {
    infer_files(&[("/p/main.cl", text)], Options::default()).0
}

/// All diagnostics of a text as `CODE line:column message`, warnings with `warning` before them.
pub fn found(text: &str) -> Vec<String> {
    let (inference, sources) = infer_files(&[("/p/main.cl", text)], Options::default());
    let show = |d: &cl_text::Diagnostic| {
        let (line, column) = d.labels.first().map_or((0, 0), |l| sources.position(l.span.file, l.span.start));
        let level = if d.level == Level::Warning { "warning " } else { "" };
        format!("{level}{} {line}:{column} {}", d.code, d.message)
    };
    inference.diagnostics.iter().map(show).collect()
}

/// The operations that a run of the program may perform.
pub fn operations(text: &str) -> Vec<String> {
    let inference = infer(text);
    let entry = inference.effects.entry().expect("a program has an entry");
    inference.effects.bound(entry).iter().map(|op| op.to_string()).collect()
}

/// Runs `f` with a stack as large as the driver gives.
pub fn deep<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(1 << 30).spawn(f).expect("a thread");
    thread.join().expect("no panic")
}
