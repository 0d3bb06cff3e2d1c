//! Built-in operations: what they do when no handler takes them.

pub mod files;
pub mod io;
