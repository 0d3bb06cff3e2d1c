//! The process that runs one file's tests. It is told by the environment what to run and where to report (`run` sets it,
//! `stdlib/test.cl` reads it).

use crate::args::Level;
use crate::driver;
use crate::report::Failure;
use crate::stage::Stages;
use std::io::Write;
use std::path::Path;

/// Where the report goes: a file of JSON lines.
pub const REPORT: &str = "CL_TEST_REPORT";
/// The file that standard output and standard error go to.
pub const OUTPUT: &str = "CL_TEST_OUTPUT";
pub const SEED: &str = "CL_TEST_SEED";
/// How many schedules each test is run under; 0: the usual one.
pub const SCHEDULES: &str = "CL_TEST_SCHEDULES";
pub const FILTER: &str = "CL_TEST_FILTER";
/// The number of the first test that is run.
pub const FROM: &str = "CL_TEST_FROM";

/// Compiles and runs a file with its tests in place of `main`.
pub fn run(file: &Path) -> Result<u8, Failure> {
    let stages = Stages { verbose: false };
    let front = driver::front_end_of_tests(stages, file, Level::Fast)?;
    tell_compiled();
    let status = stages.run("run", || cl_native::run(front.input(Level::Fast), Vec::new()));
    status.map(|s| (s & 0xff) as u8).map_err(|e| driver::code_failure(&e))
}

/// Tells the parent that what happens from here on is the program's doing. Without a parent there is nobody to tell.
fn tell_compiled() {
    if let Some(path) = std::env::var_os(REPORT)
        && let Ok(mut report) = std::fs::OpenOptions::new().append(true).open(path)
    {
        let _ = report.write_all(b"{\"event\":\"compiled\"}\n");
    }
}
