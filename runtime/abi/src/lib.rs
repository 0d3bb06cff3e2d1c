//! The contract between compiler and runtime: how a value looks in a machine word, how heap objects are laid out,
//! what compiled code finds through its context pointer, which primitives there are, and the tables that a compiled
//! program hands to the runtime. Plain constants and data, no code that runs: both sides import it, so that the
//! knowledge stands once.

pub mod context;
pub mod layout;
pub mod prims;
pub mod tables;
