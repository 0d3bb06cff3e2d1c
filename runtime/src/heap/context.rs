//! The context: what compiled code and primitives reach through argument 0.

use crate::Value;
use cl_abi::layout::*;

/// One running program. The first fields are read and written by compiled code: `cl_abi::context` has their offsets.
#[repr(C)]
pub struct Context {
    pub alloc_ptr: u64,
    pub alloc_limit: u64,
    pub stack_limit: u64,
    pub pending: Value,
    pub nursery_base: u64,
    pub nursery_size: u64,
    pub exit_fp: u64,
    pub exit_pc: u64,
    // what follows is the runtime's own
}

impl Context {
    /// A new object: its header is written, its payload is not. Every payload word must be set (`Value::init`) before
    /// the primitive returns. Never collects; ends the program with `out-of-memory` when the heap's bound is reached.
    pub fn alloc(&mut self, kind: Kind, aux: u32, size: usize) -> Value {
        let _ = (kind, aux, size);
        todo!("the heap's owner writes this")
    }

    /// Stores a value into an object that may be older than the running primitive (the write barrier).
    pub fn store(&mut self, object: Value, i: usize, value: Value) {
        let _ = (object, i, value);
        todo!("the heap's owner writes this")
    }
}
