//! The stages of the compiler in their order, from a path to a flat program. Diagnostics are shown here, as soon as they
//! are complete.

use crate::args::{Format, Level};
use crate::files::Disk;
use crate::report::{self, Failure};
use crate::stage::Stages;
use cl_lang::{Options, StdLib};
use cl_native::Input;
use cl_opt::Optimised;
use cl_text::SourceMap;
use std::path::{Path, PathBuf};

/// A program that passed all checks.
pub struct Front {
    pub flat: Optimised,
    pub sources: SourceMap,
    /// The files that it was read from, the root first; the library inside `clc` is not among them.
    pub files: Vec<PathBuf>,
}

impl Front {
    /// What code generation takes.
    pub fn input(&self, level: Level) -> Input<'_> {
        Input {
            program: &self.flat.program,
            kinds: &self.flat.kinds,
            sources: &self.sources,
            optimise: level == Level::Full,
        }
    }
}

/// Reads, resolves, lowers and optimises the program whose root file is `path`.
pub fn front_end(stages: Stages, path: &Path, level: Level, format: Format) -> Result<Front, Failure> {
    let mut sources = SourceMap::default();
    let (program, files) = resolve(stages, path, format, &mut sources)?;
    let core = stages.run("lower", || cl_core::lower(&program));
    let level = match level {
        Level::Fast => cl_opt::Level::O0,
        Level::Full => cl_opt::Level::O2,
    };
    let flat = stages.run("optimise", || cl_opt::optimise(core, level));
    Ok(Front { flat, sources, files })
}

/// Only reads and resolves, and shows what is wrong; that is all that can be wrong with a program.
pub fn check(stages: Stages, path: &Path, format: Format) -> Result<(), Failure> {
    resolve(stages, path, format, &mut SourceMap::default()).map(drop)
}

fn resolve(
    stages: Stages,
    path: &Path,
    format: Format,
    sources: &mut SourceMap,
) -> Result<(cl_lang::hir::Program, Vec<PathBuf>), Failure> {
    let search: Vec<PathBuf> =
        std::env::var_os("CL_PATH").map(|paths| std::env::split_paths(&paths).collect()).unwrap_or_default();
    let library: &StdLib = &cl_lang::stdlib::STD;
    let options = Options { search: &search, library };
    let resolved = stages.run("resolve", || cl_lang::resolve(sources, &Disk, path, &options));
    report::diagnostics(format, sources, &resolved.diagnostics);
    if resolved.diagnostics.iter().any(|d| d.is_error()) {
        return Err(Failure::Program);
    }
    Ok((resolved.program, resolved.files))
}

/// Code generation failed on a checked program: a bug, or a target that it does not know.
pub fn code_failure(error: &cl_native::Error) -> Failure {
    Failure::Bug { stage: "code", message: format!("{}: {}", error.function, error.message) }
}
