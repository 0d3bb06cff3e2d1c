//! The pass list.

use cl_core::ir::Program;
use cl_core::{Stage, verify};

use crate::kinds::{self, Kinds};
use crate::simplify::Progress;
use crate::{cells, contify, convert, effects, fuse, groups, loops, reach, resolve, simplify, static_args, unroll};

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

/// How often the simplifier and its companions run at most. Inlining a higher-order function, then the function passed
/// to it, then what that lays open takes three rounds.
const ROUNDS: usize = 8;

/// By how much functions may grow, in percent of their size.
const NESTED_GROWTH: i64 = 200;
const FLAT_GROWTH: i64 = 50;

/// How often the simplifier runs with kinds known: once to settle tests, once for the joins that have one jump left.
const FLAT_ROUNDS: usize = 2;

/// Turns nested Core into flat Core.
pub fn optimise(mut program: Program, level: Level) -> Optimised {
    if level != Level::O0 {
        program = nested(effects::known_handlers, program);
    }
    program = nested(effects::expand_effects, program);
    program = nested(resolve::resolve_calls, program);
    program = nested(reach::drop_unreachable, program);
    if level == Level::O0 {
        program = flat(convert::convert_closures, program);
        return Optimised { program, kinds: Kinds::default() };
    }
    program = nested(loops::make_loops, program);
    program = nested(static_args::static_arguments, program);
    let mut progress = Progress::start(&program, Kinds::default(), NESTED_GROWTH);
    for _ in 0..ROUNDS {
        program = round(program, &mut progress);
        if progress.is_done() {
            break;
        }
    }
    program = nested(reach::drop_unreachable, program);
    program = flat(convert::convert_closures, program);
    program = flat(unroll::unroll_recursion, program);
    // Kinds settle tests; what is left then is simpler, and has better kinds.
    let mut progress = Progress::start(&program, kinds::analyse(&program), FLAT_GROWTH);
    for _ in 0..FLAT_ROUNDS {
        program = flat(|p| simplify::simplify(p, &mut progress), program);
        program = flat(reach::drop_dead, program);
        program = flat(fuse::fuse_tests, program);
        if progress.is_done() {
            break;
        }
    }
    program = flat(reach::drop_unreachable, program);
    let kinds = kinds::analyse(&program);
    Optimised { program, kinds }
}

/// The passes that make work for each other.
fn round(mut program: Program, progress: &mut Progress) -> Program {
    program = nested(groups::split_groups, program);
    program = nested(loops::make_loops, program);
    program = nested(contify::contify, program);
    program = nested(cells::cells_to_values, program);
    program = nested(|p| simplify::simplify(p, progress), program);
    program = nested(reach::drop_dead, program);
    nested(fuse::fuse_tests, program)
}

/// A pass on the nested stage.
fn nested(pass: impl FnOnce(Program) -> Program, program: Program) -> Program {
    checked(Stage::Nested, pass, program)
}

/// A pass on the flat stage, or to it.
fn flat(pass: impl FnOnce(Program) -> Program, program: Program) -> Program {
    checked(Stage::Flat, pass, program)
}

/// In debug builds, stops where a pass broke a rule of Core.
fn checked<P: FnOnce(Program) -> Program>(stage: Stage, pass: P, program: Program) -> Program {
    let program = pass(program);
    if cfg!(debug_assertions)
        && let Err(problems) = verify(&program, stage)
    {
        panic!("after {}:\n{}\n{}", std::any::type_name::<P>(), problems.join("\n"), cl_core::print(&program));
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
    #[ignore = "takes a minute"]
    fn many_more_random_programs_keep_their_meaning() {
        with_stack(|| agree(2000..40_000, Level::O2));
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
