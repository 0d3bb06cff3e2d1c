//! The context: what compiled code and primitives reach through argument 0.

use super::Heap;
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
    pub(crate) heap: Heap,
    pub(crate) names: crate::value::names::Names,
}

impl Context {
    /// A context without a program. Boxed, since compiled code and the collector hold its address.
    pub fn new() -> Box<Context> {
        let heap = Heap::new();
        Box::new(Context {
            alloc_ptr: heap.nursery.base() as u64,
            alloc_limit: heap.nursery.end() as u64,
            stack_limit: 0,
            pending: Value::NIL,
            nursery_base: heap.nursery.base() as u64,
            nursery_size: heap.nursery.size() as u64,
            exit_fp: 0,
            exit_pc: 0,
            heap,
            names: Default::default(),
        })
    }

    /// A new object: its header is written, its payload is not. Every payload word must be set (`Value::init`) before
    /// the primitive returns. Never collects; ends the program with `out-of-memory` when the heap's bound is reached.
    #[inline]
    pub fn alloc(&mut self, kind: Kind, aux: u32, size: usize) -> Value {
        let at = self.alloc_ptr;
        let end = at + 8 * (size as u64 + 1);
        assert!(end <= self.alloc_limit, "out of memory");
        self.alloc_ptr = end;
        let object = at as *mut u64;
        // SAFETY: the bytes from `at` to `end` are unused nursery.
        unsafe { *object = header(kind, aux, size) };
        Value::object(object)
    }

    /// Stores a value into an object that may be older than the running primitive (the write barrier).
    #[inline]
    pub fn store(&mut self, object: Value, i: usize, value: Value) {
        debug_assert!(i < object.size());
        if !self.in_nursery(object) && self.in_nursery(value) {
            // SAFETY: the object has this payload word.
            self.heap.remembered.push(unsafe { object.address().add(1 + i) });
        }
        // SAFETY: the object is live and has this payload word.
        unsafe { *object.address().add(1 + i) = value.0 }
    }

    #[inline]
    fn in_nursery(&self, value: Value) -> bool {
        value.is_pointer() && value.0.wrapping_sub(self.nursery_base) < self.nursery_size
    }
}
