//! The stages of the compiler in their order, from a path to a flat program. Diagnostics are shown here, as soon as they
//! are complete.

use crate::args::{Format, Level, Meaning, Switch};
use crate::files::Disk;
use crate::report::{self, Failure};
use crate::stage::Stages;
use cl_lang::{Options, Resolved, StdLib};
use cl_native::Input;
use cl_opt::Optimised;
use cl_text::{Diagnostic, SourceMap};
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

/// Reads, resolves, lowers, checks and optimises the program whose root file is `path`.
pub fn front_end(
    stages: Stages,
    path: &Path,
    level: Level,
    meaning: &Meaning,
    format: Format,
) -> Result<Front, Failure> {
    compile(stages, path, level, format, Goal { tests: false, contracts: meaning.contracts })
}

/// As `front_end`, but the program runs its tests in place of `main`.
pub fn front_end_of_tests(stages: Stages, path: &Path, level: Level) -> Result<Front, Failure> {
    compile(stages, path, level, Format::Text, Goal { tests: true, contracts: Switch::On })
}

/// What kind of program is wanted.
#[derive(Clone, Copy)]
struct Goal {
    /// It runs its tests in place of `main`.
    tests: bool,
    contracts: Switch,
}

fn compile(stages: Stages, path: &Path, level: Level, format: Format, goal: Goal) -> Result<Front, Failure> {
    let mut sources = SourceMap::default();
    let resolved = resolve(stages, path, goal, &mut sources);
    let checked = checked(stages, resolved, cl_infer::Options::default());
    show(format, &sources, checked.diagnostics)?;
    // What was not checked has errors, which are shown.
    let Some(core) = checked.core else { return Err(Failure::Program) };
    let level = match level {
        Level::Fast => cl_opt::Level::O0,
        Level::Full => cl_opt::Level::O2,
    };
    let flat = stages.run("optimise", || cl_opt::optimise(core, level));
    Ok(Front { flat, sources, files: checked.files })
}

/// Shows all that is wrong with a program, and makes nothing of it.
pub fn check(
    stages: Stages,
    path: &Path,
    meaning: &Meaning,
    format: Format,
    options: cl_infer::Options,
) -> Result<(), Failure> {
    let mut sources = SourceMap::default();
    let resolved = resolve(stages, path, Goal { tests: false, contracts: meaning.contracts }, &mut sources);
    show(format, &sources, checked(stages, resolved, options).diagnostics)
}

/// A program after all checks.
struct Checked {
    diagnostics: Vec<Diagnostic>,
    files: Vec<PathBuf>,
    /// None after errors of names and forms.
    core: Option<cl_core::ir::Program>,
}

/// Lowers and infers a program that resolved without errors.
fn checked(stages: Stages, resolved: Resolved, options: cl_infer::Options) -> Checked {
    let Resolved { program, mut diagnostics, files } = resolved;
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Checked { diagnostics, files, core: None };
    }
    let core = stages.run("lower", || cl_core::lower(&program));
    let inferred = stages.run("infer", || cl_infer::infer(&program, &core, options));
    diagnostics.extend(inferred.diagnostics);
    Checked { diagnostics, files, core: Some(core) }
}

fn resolve(stages: Stages, path: &Path, goal: Goal, sources: &mut SourceMap) -> Resolved {
    let search: Vec<PathBuf> =
        std::env::var_os("CL_PATH").map(|paths| std::env::split_paths(&paths).collect()).unwrap_or_default();
    let library: &StdLib = &cl_lang::stdlib::STD;
    let check_contracts = goal.contracts == Switch::On;
    let options = Options { search: &search, library, tests: goal.tests, check_contracts };
    stages.run("resolve", || cl_lang::resolve(sources, &Disk, path, &options))
}

/// Shows what all stages that check have found together, without the warnings that comments silence; an error among it
/// is a failure.
fn show(format: Format, sources: &SourceMap, found: Vec<Diagnostic>) -> Result<(), Failure> {
    let is_wrong = found.iter().any(|d| d.is_error());
    // After an error the later stages did not run, so what looks useless to say may be needed there.
    let found = cl_syntax::allow::filter(sources, found, !is_wrong);
    report::diagnostics(format, sources, &found);
    if is_wrong { Err(Failure::Program) } else { Ok(()) }
}

/// Code generation failed on a checked program: a bug, or a target that it does not know.
pub fn code_failure(error: &cl_native::Error) -> Failure {
    Failure::Bug { stage: "code", message: format!("{}: {}", error.function, error.message) }
}
