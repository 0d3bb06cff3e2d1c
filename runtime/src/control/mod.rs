//! Errors, the stack, entry and exit.

pub mod error;
