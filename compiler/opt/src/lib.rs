//! The optimiser: nested Core in, flat Core out, with what is known of each variable for the code generator.
//!
//! The passes stand in order in [`pipeline`]; each is a function with one job in a module named for it. No pass reads
//! source text or reports to the user: a program that got this far is right, and every pass keeps what it means,
//! the order of its effects included.

mod cells;
mod contify;
mod convert;
mod copy;
mod effects;
mod fuse;
mod groups;
pub mod kinds;
mod loops;
mod ops;
mod pipeline;
mod reach;
mod resolve;
mod simplify;
mod static_args;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod unroll;
pub mod visit;

pub use kinds::{Bits, KindSet, Kinds};
pub use pipeline::{Level, Optimised, optimise};
