//! `clc run`: compiles in memory and runs; the exit status is the program's.

use crate::args::Run;
use crate::driver;
use crate::report::Failure;
use crate::stage::Stages;
use std::path::PathBuf;

pub fn run(args: &Run) -> Result<u8, Failure> {
    let (file, rest) = args.file_and_args.split_first().expect("the argument is required");
    let file = PathBuf::from(file);
    if file.to_string_lossy().starts_with('-') && !file.exists() {
        return Err(Failure::outside(
            format!("`clc run` has no option {}", file.display()),
            "options of clc stand before FILE: clc run [-O0|-O2] [--jit] [--format FORMAT] FILE [ARGS]",
        ));
    }
    let stages = Stages { verbose: false };
    let front = driver::front_end(stages, &file, args.level, args.common.format)?;
    let status = stages.run("run", || cl_native::run(front.input(args.level), rest.to_vec()));
    // As the operating system does with a status: its low eight bits.
    status.map(|s| (s & 0xff) as u8).map_err(|e| driver::code_failure(&e))
}
