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
        let resolved = resolve(
            &mut sources,
            &files,
            &root,
            &Options { search: &[], library: &STD, tests: false, check_contracts: true },
        );
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
        Ok(text) => function_text(&text, name),
        Err(errors) => panic!("{errors:#?}"),
    }
}

/// The text of the last function of a name, its ids renumbered in order of appearance.
pub fn function_text(text: &str, name: &str) -> String {
    let start = text.rfind(&format!(":{name} (")).expect("the function is there");
    let start = text[..start].rfind("\n(").map_or(0, |i| i + 1);
    let end = text[start..].find("\n(func").into_iter().chain(text[start..].find("\n(entry")).min();
    renumber(text[start..].split_at(end.unwrap_or(text.len() - start)).0)
}

/// Ids in order of appearance from 0, so that expectations do not depend on how many there were before.
fn renumber(text: &str) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut out = String::new();
    for token in split_tokens(text) {
        let id = token.rsplit_once('.').filter(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        match id {
            Some((name, _)) if !token.starts_with('"') && !name.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
                let index = seen.iter().position(|s| s == token).unwrap_or_else(|| {
                    seen.push(token.to_owned());
                    seen.len() - 1
                });
                out.push_str(&format!("{name}.{index}"));
            }
            _ => out.push_str(token),
        }
    }
    out
}

/// Runs of characters that are, and are not, white space or parentheses; `f.12:name` counts as two.
fn split_tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mark = |c: char| c.is_whitespace() || c == '(' || c == ')' || c == ':';
        let first = rest.chars().next().map(mark);
        let end = rest.find(|c| Some(mark(c)) != first).unwrap_or(rest.len());
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}
