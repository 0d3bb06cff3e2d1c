//! `clc lint`: the warnings of the front end and those about style, for one file or many.

use crate::args::Lint;
use crate::driver::{self, Scrutiny};
use crate::files::{self, Disk};
use crate::report::{self, Failure};
use crate::stage::Stages;
use crate::{fix, project};
use cl_lang::Loader;
use cl_text::render;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Gives the exit status.
pub fn run(args: &Lint) -> Result<u8, Failure> {
    let format = args.common.format;
    let scrutiny = Scrutiny { style: true, ..Scrutiny::default() };
    let mut seen = BTreeSet::new();
    let mut reported = BTreeSet::new();
    let (mut warned, mut failed) = (false, false);
    for file in programs(args)? {
        // A file that another one imports was looked at with that.
        if seen.contains(&Disk.canonical(&file)) {
            continue;
        }
        let mut findings = if args.fix {
            fix::run(&file, scrutiny, format)?
        } else {
            driver::findings(Stages { verbose: false }, &Disk, &file, scrutiny)
        };
        seen.extend(findings.files.iter().map(|f| Disk.canonical(f)));
        // Programs may share a module, which is reported once.
        let sources = &findings.sources;
        findings.diagnostics.retain(|d| reported.insert(render::json(sources, d)));
        failed |= findings.errors().next().is_some();
        warned |= !findings.diagnostics.is_empty();
        report::diagnostics(format, &findings.sources, &findings.diagnostics);
    }
    if failed { Err(Failure::Program) } else { Ok(u8::from(warned)) }
}

/// The files to look at; of a project its root file first.
fn programs(args: &Lint) -> Result<Vec<PathBuf>, Failure> {
    if !args.files.is_empty() {
        return files::expand(&args.files);
    }
    let project = project::find(None, args.common.format)?;
    let mut programs = vec![project.main.clone()];
    programs.extend(files::expand(&project::paths(&[], args.common.format)?)?);
    Ok(programs)
}
