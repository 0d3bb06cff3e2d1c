//! What compiled programs run on: values, heap, collections, text, numbers, errors, input and output. No compiler
//! dependency. Built as a static library that `clc` links into programs, and as a Rust library that `clc` itself runs
//! programs on.
//!
//! Two rules carry it:
//! - Rust code never collects garbage and never calls compiled code. The collector runs only at the safepoints of
//!   compiled code, so a `Value` in a Rust variable stays valid until the primitive returns.
//! - Rust code never unwinds and never longjmps: a primitive that fails stores the error Dict in the context and
//!   returns `RAISED`; compiled code raises it.

pub mod collections;
pub mod control;
pub mod effects;
pub mod heap;
pub mod number;
pub mod primitives;
pub mod text;
pub mod time;
pub mod value;

pub use control::entry::run;
pub use heap::context::Context;
pub use primitives::symbols;
pub use value::Value;
