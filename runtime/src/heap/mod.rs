//! The garbage-collected heap.

pub mod context;
