//! Text to lossless tree. Reading never fails: it gives a tree and a list of errors for any text.

pub mod tree;
