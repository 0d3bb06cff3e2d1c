//! `clc check`: the front end, and nothing made.

use crate::args::{Check, Meaning};
use crate::driver::{self, Scrutiny};
use crate::files::Disk;
use crate::report::Failure;
use crate::stage::Stages;
use crate::{fix, project};

pub fn run(args: &Check) -> Result<(), Failure> {
    let root = project::root(args.file.as_deref(), args.common.format)?;
    let Meaning { contracts, bound } = &args.meaning;
    let infer = cl_infer::Options { strict: args.strict, ..Default::default() };
    let scrutiny = Scrutiny { infer, allow: bound.allow.as_deref(), contracts: *contracts, ..Scrutiny::default() };
    let findings = if args.fix {
        fix::run(&root.file, scrutiny, args.common.format)?
    } else {
        driver::findings(Stages { verbose: false }, &Disk, &root.file, scrutiny)
    };
    findings.report(args.common.format)
}
