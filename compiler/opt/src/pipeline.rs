//! The pass list.

use cl_core::ir::Program;

use crate::kinds::Kinds;
use crate::{convert, reach, resolve};

/// How much to optimise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Only what the code generator needs.
    O0,
    O2,
}

/// A flat program and what is known of its variables.
pub struct Optimised {
    pub program: Program,
    pub kinds: Kinds,
}

/// Turns nested Core into flat Core.
pub fn optimise(program: Program, level: Level) -> Optimised {
    let _ = level;
    let mut program = resolve::resolve_calls(program);
    program = reach::drop_unreachable(program);
    program = convert::convert_closures(program);
    Optimised { program, kinds: Kinds::default() }
}
