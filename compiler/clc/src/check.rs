//! `clc check`: the front end, and nothing made.

use crate::args::Check;
use crate::driver;
use crate::project;
use crate::report::Failure;
use crate::stage::Stages;

pub fn run(args: &Check) -> Result<(), Failure> {
    let root = project::root(args.file.as_deref(), args.common.format)?;
    let options = cl_infer::Options { strict: args.strict };
    driver::check(Stages { verbose: false }, &root.file, &args.meaning, args.common.format, options)
}
