//! `clc check`: the front end, and nothing made.

use crate::args::Check;
use crate::driver;
use crate::report::Failure;
use crate::stage::Stages;

pub fn run(args: &Check) -> Result<(), Failure> {
    driver::check(Stages { verbose: false }, &args.file, args.common.format)
}
