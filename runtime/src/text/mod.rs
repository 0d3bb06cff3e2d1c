//! Text: Strings, builders, bytes, and how values print.

pub mod string;
