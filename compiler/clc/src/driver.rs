//! The stages of the compiler in their order, from a path to a flat program. Diagnostics are shown here, as soon as they
//! are complete.

use crate::args::{Format, Level, Meaning, Switch};
use crate::files::Disk;
use crate::report::{self, Failure};
use crate::stage::Stages;
use cl_infer::{Bound, EffectTable, Inference};
use cl_lang::{Loader, Options, Resolved, StdLib};
use cl_native::Input;
use cl_opt::Optimised;
use cl_text::{Diagnostic, SourceMap, codes};
use std::collections::HashSet;
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
    let (allow, contracts) = (meaning.bound.allow.as_deref(), meaning.contracts);
    compile(stages, path, level, format, Scrutiny { allow, contracts, ..Scrutiny::default() })
}

/// As `front_end`, but the program runs its tests in place of `main`.
pub fn front_end_of_tests(stages: Stages, path: &Path, level: Level) -> Result<Front, Failure> {
    compile(stages, path, level, Format::Text, Scrutiny { tests: true, ..Scrutiny::default() })
}

fn compile(stages: Stages, path: &Path, level: Level, format: Format, scrutiny: Scrutiny) -> Result<Front, Failure> {
    let mut sources = SourceMap::default();
    let resolved = resolve(stages, &Disk, path, scrutiny, &mut sources);
    let checked = checked(stages, resolved, &sources, scrutiny);
    report::diagnostics(format, &sources, &checked.diagnostics);
    // What was not inferred has errors, which are shown.
    let Some((core, _)) = checked.inferred.filter(|_| !checked.diagnostics.iter().any(Diagnostic::is_error)) else {
        return Err(Failure::Program);
    };
    let level = match level {
        Level::Fast => cl_opt::Level::O0,
        Level::Full => cl_opt::Level::O2,
    };
    let flat = stages.run("optimise", || cl_opt::optimise(core, level));
    Ok(Front { flat, sources, files: checked.files })
}

/// What is asked for beside errors and the usual warnings, and what counts as part of the program.
#[derive(Clone, Copy, Default)]
pub struct Scrutiny<'a> {
    /// Warnings about style.
    pub style: bool,
    pub infer: cl_infer::Options,
    /// What the program may do outside of itself, if that is bounded.
    pub allow: Option<&'a [String]>,
    /// Whether the checks of contracts count as part of the program.
    pub contracts: Switch,
    /// The program runs its tests in place of `main`.
    pub tests: bool,
}

/// A program after all checks.
struct Checked {
    /// Those to show.
    diagnostics: Vec<Diagnostic>,
    files: Vec<PathBuf>,
    /// None after errors of names and forms.
    inferred: Option<(cl_core::ir::Program, Inference)>,
}

/// Lowers and infers a program, if what resolving found wrong left its tree whole.
fn checked(stages: Stages, resolved: Resolved, sources: &SourceMap, scrutiny: Scrutiny) -> Checked {
    let Resolved { program, mut diagnostics, style, files } = resolved;
    let mut inferred = None;
    if !diagnostics.iter().any(|d| d.is_error() && codes::breaks_tree(d.code)) {
        let lowered = stages.run("lower", || cl_core::lower(&program));
        let mut inference = stages.run("infer", || cl_infer::infer(&program, &lowered, scrutiny.infer));
        // Inference meets calls with a wrong number of arguments again.
        let place = |d: &Diagnostic| d.labels.first().map(|label| (d.code, label.span));
        let told: HashSet<_> = diagnostics.iter().filter_map(place).collect();
        inference.diagnostics.retain(|d| place(d).is_none_or(|place| !told.contains(&place)));
        diagnostics.append(&mut inference.diagnostics);
        diagnostics.extend(scrutiny.allow.map(|allowed| beyond(&inference.effects, allowed)).unwrap_or_default());
        inferred = Some((lowered, inference));
    }
    Checked { diagnostics: shown(sources, diagnostics, style, scrutiny.style), files, inferred }
}

/// What a program does beyond what `--allow` names, or what is wrong with the names.
fn beyond(effects: &EffectTable, allowed: &[String]) -> Vec<Diagnostic> {
    match Bound::new(allowed.iter().map(String::as_str), effects) {
        Ok(bound) => bound.check(effects),
        Err(unknown) => unknown,
    }
}

/// What is found about a program that is not made.
pub struct Findings {
    pub sources: SourceMap,
    /// Without those that comments silence, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The root file and all files that it imports.
    pub files: Vec<PathBuf>,
    /// Types and effects; none after errors of names and forms.
    pub inference: Option<Inference>,
}

impl Findings {
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|d| d.is_error())
    }

    /// Shows them; an error among them is a failure.
    pub fn report(&self, format: Format) -> Result<(), Failure> {
        report::diagnostics(format, &self.sources, &self.diagnostics);
        if self.errors().next().is_some() { Err(Failure::Program) } else { Ok(()) }
    }
}

/// Finds all that is wrong with a program, and makes nothing of it.
pub fn findings(stages: Stages, loader: &dyn Loader, path: &Path, scrutiny: Scrutiny) -> Findings {
    let mut sources = SourceMap::default();
    let resolved = resolve(stages, loader, path, scrutiny, &mut sources);
    let Checked { diagnostics, files, inferred } = checked(stages, resolved, &sources, scrutiny);
    Findings { sources, diagnostics, files, inference: inferred.map(|(_, inference)| inference) }
}

/// What inference knows of a program that compiles, for commands that show it. Of what is wrong only errors are shown.
pub fn inference(path: &Path, format: Format, scrutiny: Scrutiny) -> Result<(SourceMap, Inference), Failure> {
    let mut findings = findings(Stages { verbose: false }, &Disk, path, scrutiny);
    findings.diagnostics.retain(Diagnostic::is_error);
    findings.report(format)?;
    Ok((findings.sources, findings.inference.ok_or(Failure::Program)?))
}

fn resolve(stages: Stages, loader: &dyn Loader, path: &Path, scrutiny: Scrutiny, sources: &mut SourceMap) -> Resolved {
    let search = search_path();
    let library: &StdLib = &cl_lang::stdlib::STD;
    let check_contracts = scrutiny.contracts == Switch::On;
    let options = Options { search: &search, library, tests: scrutiny.tests, check_contracts };
    stages.run("resolve", || cl_lang::resolve(sources, loader, path, &options))
}

/// The folders of CL_PATH.
pub fn search_path() -> Vec<PathBuf> {
    std::env::var_os("CL_PATH").map(|paths| std::env::split_paths(&paths).collect()).unwrap_or_default()
}

/// What is shown of all that the stages have found: not the warnings that comments silence, nor those about style unless
/// they are asked for, or where there are errors.
fn shown(sources: &SourceMap, found: Vec<Diagnostic>, style: Vec<Diagnostic>, with_style: bool) -> Vec<Diagnostic> {
    let is_wrong = found.iter().any(|d| d.is_error());
    let all = found.into_iter().chain(style).collect();
    // After an error the later stages did not run, so what looks useless to say may be needed there.
    let mut kept = cl_syntax::allow::filter(sources, all, !is_wrong);
    kept.retain(|d| !codes::is_style(d.code) || (with_style && !is_wrong));
    kept
}

/// Code generation failed on a checked program: a bug, or a target that it does not know.
pub fn code_failure(error: &cl_native::Error) -> Failure {
    Failure::Bug { stage: "code", message: format!("{}: {}", error.function, error.message) }
}
