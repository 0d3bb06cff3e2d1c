//! Core, the tree that all back ends and the optimiser see: its definition, verifier and printer, and lowering to it
//! from the resolved tree. What a construct of the language means at run time is decided here; what it is called in
//! source text is not known any more.

pub mod ir;
mod lower;
mod print;
pub mod scc;
mod verify;

pub use lower::lower;
pub use print::print;
pub use verify::{Stage, verify};
