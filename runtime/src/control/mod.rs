//! Errors, stacks, fibers, entry and exit.

pub(crate) mod arch;
mod contract;
pub mod entry;
pub mod error;
pub(crate) mod fiber;
mod handle;
mod prims;
mod raise;
pub mod report;
pub(crate) mod sched;
pub(crate) mod sites;
pub(crate) mod stack;
#[cfg(all(test, target_arch = "x86_64"))]
mod tests;
mod trace;
