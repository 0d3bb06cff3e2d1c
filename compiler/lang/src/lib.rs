//! From trees to the resolved tree: modules, macros, special forms, names.
//!
//! [`resolve`] reads the root file and everything that it imports, through a [`Loader`], and gives one
//! [`hir::Program`] with all diagnostics. This crate knows nothing of types as inference knows them: it reports what
//! is wrong with names and forms, and calls whose number of arguments cannot be right.

pub mod dump;
pub mod hir;
pub mod loader;
mod names;
mod older;
pub mod operations;
mod resolve;
mod scope;
pub mod stdlib;
mod stx;
mod warn;

use cl_text::{Diagnostic, SourceMap};
pub use loader::{LoadError, Loader};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
pub use stdlib::StdLib;

/// What [`resolve`] needs beside the root file.
pub struct Options<'a> {
    /// The folders of `CL_PATH`, where imports are looked for last.
    pub search: &'a [PathBuf],
    pub library: &'a StdLib,
    /// Make a program that runs its tests (the forms of `std/test`) in place of `main`. Otherwise they are only checked.
    pub tests: bool,
    /// Whether the clauses of contracts are checked when the program runs.
    pub check_contracts: bool,
}

/// A resolved program.
pub struct Resolved {
    /// Complete only if no diagnostic is an error; otherwise `nil` stands where something failed.
    pub program: hir::Program,
    /// Ascending by place, files in the order in which they were read.
    pub diagnostics: Vec<Diagnostic>,
    /// Warnings about style, by place.
    pub style: Vec<Diagnostic>,
    /// The root file and all files that it imports, in the order in which they were read.
    pub files: Vec<PathBuf>,
}

/// Resolves the program whose root file is `root`. Files are added to `sources` as they are read.
///
/// Recurses over the nesting of the source (at most [`MAX_NESTING`] levels): run it on a thread with a large stack,
/// 512 MiB or more.
pub fn resolve(sources: &mut SourceMap, loader: &dyn Loader, root: &Path, options: &Options) -> Resolved {
    let search = loader::SearchPath::new(loader, root, options.search);
    let resolver = resolve::Resolver::new(sources, loader, search, options);
    resolver.run(root.to_path_buf(), options.tests)
}

/// The names of the special forms.
pub fn special_forms() -> &'static [&'static str] {
    names::words::special()
}

/// The signatures of the library by module (the prelude's is "") and name, for what documents the library: in a resolved
/// program stand only those that it uses.
pub fn library_signatures(library: &StdLib) -> BTreeMap<(String, String), hir::Signature> {
    let mut sources = SourceMap::default();
    let search = loader::SearchPath::new(&loader::NoFiles, Path::new(""), &[]);
    let options = Options { search: &[], library, tests: false, check_contracts: true };
    resolve::Resolver::new(&mut sources, &loader::NoFiles, search, &options).signatures()
}

pub use stx::MAX_NESTING;
