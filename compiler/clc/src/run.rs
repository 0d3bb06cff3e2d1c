//! `clc run`: compiles in memory and runs; the exit status is the program's.

use crate::args::Run;
use crate::driver;
use crate::project;
use crate::report::Failure;
use crate::stage::Stages;

pub fn run(args: &Run) -> Result<u8, Failure> {
    let root = project::root(args.file.as_deref(), args.common.format)?;
    let stages = Stages { verbose: false };
    let front = driver::front_end(stages, &root.file, args.level, &args.meaning, args.common.format)?;
    let status = stages.run("run", || cl_native::run(front.input(args.level), args.args.clone()));
    // As the operating system does with a status: its low eight bits.
    status.map(|s| (s & 0xff) as u8).map_err(|e| driver::code_failure(&e))
}
