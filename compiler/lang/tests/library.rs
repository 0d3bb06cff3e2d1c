//! The real library: everything in it resolves.

mod common;
use cl_lang::stdlib::STD;
use cl_lang::{Options, resolve};
use cl_text::SourceMap;
use std::path::Path;

/// Every name that the library's files define, with its module.
fn defined() -> Vec<(Option<&'static str>, String)> {
    let prelude = STD.prelude.iter().map(|(_, source)| (None, *source));
    let modules = STD.modules.iter().map(|(name, source)| (Some(*name), *source));
    let mut names = Vec::new();
    for (module, source) in prelude.chain(modules) {
        for line in source.lines() {
            let Some(rest) = line.strip_prefix("(define ") else { continue };
            let name: String =
                rest.trim_start_matches('(').chars().take_while(|c| !c.is_whitespace() && *c != ')').collect();
            if !name.starts_with('%') {
                names.push((module, name));
            }
        }
    }
    names
}

#[test]
fn every_definition_of_the_library_resolves() {
    let mut text = String::new();
    for (i, (module, name)) in defined().iter().enumerate() {
        match module {
            None => text.push_str(&format!("(define (use{i}) {name})\n")),
            Some(module) => {
                text.push_str(&format!("(import \"std/{module}\" (({name} as n{i})))\n(define (use{i}) n{i})\n"));
            }
        }
    }
    let mut sources = SourceMap::default();
    let files = common::files(&[("/p/main.cl", &text)]);
    let options = Options { search: &[], library: &STD };
    let resolved = resolve(&mut sources, &files, Path::new("/p/main.cl"), &options);
    assert_eq!(common::messages(&resolved, &sources), Vec::<String>::new());
    assert!(resolved.program.globals.len() > 300);
}
