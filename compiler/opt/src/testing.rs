//! For the tests of this crate: Core read from text, run by a small interpreter, and generated at random, so that a pass
//! can be shown by before and after, and checked to keep what programs do.

pub mod eval;
pub mod generate;
pub mod read;

use cl_core::ir::Program;
use cl_core::{Stage, verify};

/// Stops the test where the program breaks a rule of Core.
pub fn check(program: &Program, stage: Stage, after: &str) {
    if let Err(errors) = verify(program, stage) {
        panic!("after {after}:\n{}\n{}", errors.join("\n"), cl_core::print(program));
    }
}
