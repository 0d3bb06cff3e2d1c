//! Core of programs given as source text.

#![allow(dead_code)]

use cl_core::{Stage, lower, print, verify};
use cl_lang::stdlib::STD;
use cl_lang::{LoadError, Loader, Options, resolve};
use cl_text::{Level, SourceMap};
use std::path::{Path, PathBuf};

/// The file system, or one text under the name `test.cl`.
pub struct Files(pub Option<String>);

impl Loader for Files {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        match &self.0 {
            Some(text) => Ok(text.clone().into_bytes()),
            None => std::fs::read(path).map_err(|_| LoadError::NotFound),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.0.is_none() && path.is_file()
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or(path.to_path_buf())
    }
}

/// The text of a program's verified Core, or its errors. Runs on a stack as large as the compiler's.
pub fn core_text(files: Files, root: PathBuf) -> Result<String, Vec<String>> {
    let work = move || {
        let mut sources = SourceMap::default();
        let resolved = resolve(&mut sources, &files, &root, &Options { search: &[], library: &STD });
        let errors = resolved.diagnostics.iter().filter(|d| d.level == Level::Error);
        let errors: Vec<_> = errors.map(|d| format!("{} {:?}", d.message, d.labels)).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let core = lower(&resolved.program);
        let text = print(&core);
        if let Err(problems) = verify(&core, Stage::Nested) {
            if std::env::var_os("SHOW_CORE").is_some() {
                println!("{text}");
            }
            panic!("{problems:#?}");
        }
        Ok(text)
    };
    let thread = std::thread::Builder::new().stack_size(1 << 30).spawn(work).expect("a thread");
    thread.join().expect("lowering does not panic")
}

/// The text of one function of a program given as source.
pub fn function_of(source: &str, name: &str) -> String {
    match core_text(Files(Some(source.to_owned())), PathBuf::from("test.cl")) {
        Ok(text) => super::function_text(&text, name),
        Err(errors) => panic!("{errors:#?}"),
    }
}
