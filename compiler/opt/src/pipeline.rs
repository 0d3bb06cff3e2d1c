//! The pass list.

use cl_core::ir::Program;
use cl_core::{Stage, verify};

use crate::kinds::{self, Kinds};
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
    let mut program = checked("resolve_calls", Stage::Nested, resolve::resolve_calls(program));
    program = checked("drop_unreachable", Stage::Nested, reach::drop_unreachable(program));
    if level == Level::O2 {
        for _ in 0..ROUNDS {
            program = round(program);
        }
    }
    program = checked("convert_closures", Stage::Flat, convert::convert_closures(program));
    let kinds = match level {
        Level::O0 => Kinds::default(),
        Level::O2 => kinds::analyse(&program),
    };
    Optimised { program, kinds }
}

/// The passes that make work for each other.
fn round(mut program: Program) -> Program {
    let nested: [(&str, fn(Program) -> Program); 7] = [
        ("split_groups", groups::split_groups),
        ("make_loops", loops::make_loops),
        ("contify", contify::contify),
        ("cells_to_values", cells::cells_to_values),
        ("simplify", simplify::simplify),
        ("drop_unreachable", reach::drop_unreachable),
        ("fuse_tests", fuse::fuse_tests),
    ];
    for (name, pass) in nested {
        program = checked(name, Stage::Nested, pass(program));
    }
    program
}

/// In debug builds, stops where a pass broke a rule of Core.
fn checked(pass: &str, stage: Stage, program: Program) -> Program {
    if cfg!(debug_assertions)
        && let Err(problems) = verify(&program, stage)
    {
        panic!("after {pass}:\n{}\n{}", problems.join("\n"), cl_core::print(&program));
    }
    program
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, eval, generate};

    /// Random programs do the same before and after.
    fn agree(seeds: std::ops::Range<u64>, level: Level) {
        for seed in seeds {
            let program = generate::program(seed);
            check(&program, Stage::Nested, "generation");
            let before = eval::run(&program, 20_000);
            if before.end == eval::End::Endless {
                continue;
            }
            let Optimised { program: after, kinds } = optimise(program, level);
            check(&after, Stage::Flat, &format!("seed {seed}"));
            let after_run = eval::run_checked(&after, Some(&kinds), 200_000);
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
    #[ignore]
    fn many() {
        with_stack(|| agree(2000..100_000, Level::O2));
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
