//! Value words and heap objects.
//!
//! A value is a 64-bit word. Its low bits say what it is:
//!
//! | low bits | meaning |
//! | --- | --- |
//! | `0`   | fixnum: a 63-bit signed integer, shifted left by one |
//! | `001` | pointer to a heap or static object, plus one (objects are 8-byte aligned) |
//! | `011` | immediate: bits 3..8 are the sub-kind, bits 8.. its payload |
//!
//! An object is one header word followed by `size` payload words. The header's bit 0 is set (while the collector moves
//! objects, a header with bit 0 clear is the new address), bits 1..8 are the [`Kind`], bits 8..32 `aux` (meaning by
//! kind), bits 32..64 the number of payload words.

/// Mask of the bits that tell pointers from immediates.
pub const TAG_MASK: u64 = 7;
/// Low bits of a pointer.
pub const PTR_TAG: u64 = 1;
/// Low bits of an immediate.
pub const IMM_TAG: u64 = 3;
/// A fixnum is its number shifted left by this.
pub const FIXNUM_SHIFT: u32 = 1;
pub const FIXNUM_MAX: i64 = (1 << 62) - 1;
pub const FIXNUM_MIN: i64 = -(1 << 62);

/// The immediate of a sub-kind and a payload.
pub const fn imm(sub: u64, payload: u64) -> u64 {
    payload << 8 | sub << 3 | IMM_TAG
}
pub const FALSE: u64 = imm(0, 0);
/// Differs from [`FALSE`] in one bit, so that `word | 8 == NIL` tests for "is false".
pub const NIL: u64 = imm(1, 0);
pub const TRUE: u64 = imm(2, 0);
/// The empty List (not the same as nil).
pub const EMPTY: u64 = imm(3, 0);
/// What a variable holds before its initialiser ran.
pub const UNDEF: u64 = imm(4, 0);
/// What a fallible primitive returns after it has put an error into [`crate::context::PENDING`].
pub const RAISED: u64 = imm(5, 0);
/// Sub-kind of keywords; the payload is an index into the name table.
pub const SUB_KEYWORD: u64 = 6;
/// Sub-kind of symbols; the payload is an index into the name table.
pub const SUB_SYMBOL: u64 = 7;
/// Sub-kind of constructors without fields; the payload is the constructor's index.
pub const SUB_CTOR: u64 = 8;

/// What an object is.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `[head, tail]`
    Cons = 1,
    /// One raw word, the bits of the f64.
    Float = 2,
    /// Raw 64-bit limbs, least significant first, no leading zero limb, never a value that fits a fixnum. `aux` 1: negative.
    BigInt = 3,
    /// Raw. Word 0: length in bytes (low u32), length in scalar values (high u32), equal iff the text is ASCII. Word 1: the
    /// hash (low u32, 0 when not computed yet). Then the UTF-8 bytes, zero-padded to whole words; then, if the text is
    /// not ASCII, one u32 for each full [`STRING_STRIDE`] scalar values: the byte position of that scalar value.
    String = 4,
    /// The items.
    Tuple = 5,
    /// The fields; `aux` is the constructor's index.
    Data = 6,
    /// Word 0 (raw): address of the code or, with [`CLOSURE_MULTI`], of a [`crate::tables`] entry table. Then the captured
    /// values. `aux`: number of parameters (low 8 bits), [`CLOSURE_VARIADIC`], [`CLOSURE_MULTI`].
    Closure = 7,
    /// `[value]`: a variable that is both captured and assigned, or a private state cell.
    Cell = 8,
    /// Backing store of an Array: `capacity` values, those past the length are nil.
    Vector = 9,
    /// Backing store of an Array whose items are all Floats: raw f64 bits.
    FloatVector = 10,
    /// `[Vector or FloatVector, length as fixnum]`
    Array = 11,
    /// Raw. Word 0: length in bytes; then the bytes, zero-padded.
    Bytes = 12,
    /// A persistent Dict: all words are values, see `runtime/src/collections`.
    Dict = 13,
    /// A persistent Set: all words are values.
    Set = 14,
    /// Inner node of a collection: all words are values. `aux` is the collection's own.
    Node = 15,
    /// Raw words without a meaning to the collector.
    Raw = 16,
    /// `[Raw, length in bytes as fixnum]`: a string builder.
    Builder = 17,
    /// `[front List, back List, size as fixnum]`: a persistent queue.
    Queue = 18,
    /// `[pattern String]`: a regular expression; the runtime keeps its compiled form under its pattern.
    Regex = 19,
    /// Raw. Word 0: seconds since 1970-01-01 UTC (i64). Word 1: nanoseconds (low u32), the zone's offset from UTC at that
    /// time in seconds (high i32). Word 2: the zone, a number of the runtime's.
    DateTime = 20,
    /// An open file: all words are values, see `runtime/src/effects/handle.rs`.
    File = 21,
    /// A handle of the library's, known by its identity: a promise, a lock. `[number as fixnum, fields …]`, all values; `aux`
    /// is the index of its name in [`HANDLE_NAMES`].
    Handle = 22,
    /// Raw: the address of the runtime's record of a fiber, whose stack the collector visits through it. This kind and the ones
    /// after it have more to visit than their words: the collector finds them by the comparison that finds corrupted headers.
    Fiber = 23,
    /// A channel, see `runtime/src/control/sched/channel.rs`: words that are values, or addresses of the runtime's, which look like
    /// Ints. The collector also visits the fibers that wait in its queues.
    Channel = 24,
}
/// What the kinds of handles are called; the library makes and tests a handle by its index here.
pub const HANDLE_NAMES: [&str; 7] = ["promise", "mutex", "semaphore", "barrier", "wait-group", "worker-pool", "scope"];
/// The index of promises in [`HANDLE_NAMES`].
pub const HANDLE_PROMISE: u32 = 0;
/// One more than the largest kind.
pub const KIND_COUNT: usize = 25;

/// How many leading payload words of a kind are raw; `None`: all of them. The other words are values.
pub const RAW_PREFIX: [Option<usize>; KIND_COUNT] = {
    let mut t = [Some(0); KIND_COUNT];
    t[Kind::Float as usize] = None;
    t[Kind::BigInt as usize] = None;
    t[Kind::String as usize] = None;
    t[Kind::FloatVector as usize] = None;
    t[Kind::Bytes as usize] = None;
    t[Kind::Raw as usize] = None;
    t[Kind::DateTime as usize] = None;
    t[Kind::Fiber as usize] = None;
    t[Kind::Closure as usize] = Some(1);
    t
};

/// `aux` flag of a Closure whose last parameter collects the remaining arguments; the low 8 bits count the others.
pub const CLOSURE_VARIADIC: u32 = 0x100;
/// `aux` flag of a Closure with an entry for each number of arguments; the low 8 bits are 0.
pub const CLOSURE_MULTI: u32 = 0x200;
/// Functions have at most this many parameters.
pub const MAX_PARAMS: usize = 250;
/// A non-ASCII string notes a byte position for each so many scalar values.
pub const STRING_STRIDE: usize = 64;

/// The header word of an object.
pub const fn header(kind: Kind, aux: u32, size: usize) -> u64 {
    (size as u64) << 32 | (aux as u64) << 8 | (kind as u64) << 1 | 1
}
pub const fn header_kind(h: u64) -> u8 {
    (h >> 1 & 0x7f) as u8
}
pub const fn header_aux(h: u64) -> u32 {
    (h >> 8 & 0xff_ffff) as u32
}
pub const fn header_size(h: u64) -> usize {
    (h >> 32) as usize
}
/// Byte offset from a tagged pointer to payload word `i`.
pub const fn field_offset(i: usize) -> i32 {
    8 + 8 * i as i32 - PTR_TAG as i32
}
/// Byte offset from a tagged pointer to the header.
pub const HEADER_OFFSET: i32 = -(PTR_TAG as i32);
