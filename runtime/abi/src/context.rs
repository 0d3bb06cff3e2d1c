//! What compiled code reads and writes through the context pointer, which has a register of its own (Cranelift's pinned
//! one: r15 on x86-64). Byte offsets; `runtime`'s `Context` begins with these fields in this order (a test there compares).

/// Next free byte of the nursery.
pub const ALLOC_PTR: i32 = 0;
/// Allocation up to here needs no call. Zero under `CL_GC=stress`, or when a collection is wanted.
pub const ALLOC_LIMIT: i32 = 8;
/// A function whose stack pointer is below this calls `cl_stack_slow` first. All ones when a safepoint is wanted.
pub const STACK_LIMIT: i32 = 16;
/// The error (a Dict) that a primitive which returned `RAISED` wants raised; what a catch clause takes.
pub const PENDING: i32 = 24;
/// The entries of the handlers in force, innermost first (`stdlib/prelude/effects.cl`); nil if there are none.
pub const HANDLERS: i32 = 32;
/// First address and length of the nursery region: `address - base < size` is the test of the write barrier.
pub const NURSERY_BASE: i32 = 40;
pub const NURSERY_SIZE: i32 = 48;
/// Frame pointer and return address of the newest compiled frame while the runtime may walk the stack.
pub const EXIT_FP: i32 = 56;
pub const EXIT_PC: i32 = 64;
/// Result of a function called by its cold stub.
pub const RESULT: i32 = 72;
/// Its arguments, up to three words.
pub const ARGUMENTS: i32 = 80;
/// The record of the running fiber. Its first word is the fiber's object.
pub const CURRENT: i32 = 104;
