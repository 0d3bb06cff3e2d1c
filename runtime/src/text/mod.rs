//! Text: Strings, builders, bytes, and how values print.

pub mod builder;
pub mod bytes;
pub mod csv;
pub mod encode;
pub mod json;
pub mod kinds;
pub mod prims;
pub mod print;
mod program;
pub mod regex;
pub mod string;
pub mod transform;

#[cfg(test)]
mod tests;
