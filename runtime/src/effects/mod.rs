//! Built-in operations: what they do when no handler takes them.

pub mod cell;
pub mod files;
pub mod handle;
pub mod io;
pub mod process;
pub mod random;
pub mod time;
