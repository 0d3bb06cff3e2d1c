//! The pass list.

use cl_core::ir::Program;

use crate::kinds::Kinds;
use crate::{cells, contify, convert, fuse, groups, loops, reach, resolve, simplify};

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

/// How often the simplifier and its companions run. Inlining a higher-order function, then the function passed to it,
/// then what that lays open takes three.
const ROUNDS: usize = 4;

/// Turns nested Core into flat Core.
pub fn optimise(program: Program, level: Level) -> Optimised {
    let mut program = resolve::resolve_calls(program);
    program = reach::drop_unreachable(program);
    if level == Level::O2 {
        for _ in 0..ROUNDS {
            program = groups::split_groups(program);
            program = loops::make_loops(program);
            program = contify::contify(program);
            program = cells::cells_to_values(program);
            program = simplify::simplify(program);
            program = reach::drop_unreachable(program);
            program = fuse::fuse_tests(program);
        }
    }
    program = convert::convert_closures(program);
    Optimised { program, kinds: Kinds::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, eval, generate};
    use cl_core::Stage;

    /// Random programs do the same before and after.
    fn agree(seeds: std::ops::Range<u64>, level: Level) {
        for seed in seeds {
            let program = generate::program(seed);
            check(&program, Stage::Nested, "generation");
            let before = eval::run(&program, 20_000);
            if before.end == eval::End::Endless {
                continue;
            }
            let after = optimise(program, level).program;
            check(&after, Stage::Flat, &format!("seed {seed}"));
            let after_run = eval::run(&after, 200_000);
            if before != after_run {
                panic!(
                    "seed {seed}: {before:?} became {after_run:?}\n{}\n-- became --\n{}",
                    cl_core::print(&generate::program(seed)),
                    cl_core::print(&after)
                );
            }
        }
    }

    fn with_stack(run: impl FnOnce() + Send + 'static) {
        std::thread::Builder::new().stack_size(1 << 29).spawn(run).unwrap().join().unwrap();
    }

    #[test]
    fn random_programs_keep_their_meaning_without_optimisation() {
        with_stack(|| agree(0..2000, Level::O0));
    }

    #[test]
    fn random_programs_keep_their_meaning_with_optimisation() {
        with_stack(|| agree(0..2000, Level::O2));
    }
}
