//! The value word. All knowledge of its bits is here and in `cl_abi::layout`.

pub mod names;

use cl_abi::layout::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// A value: fixnum, pointer to an object, or immediate. A plain word: it does not keep its object alive, and is valid
/// until the primitive that holds it returns.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Value(pub u64);

impl Default for Value {
    fn default() -> Value {
        Value::NIL
    }
}

impl Value {
    pub const NIL: Value = Value(NIL);
    pub const TRUE: Value = Value(TRUE);
    pub const FALSE: Value = Value(FALSE);
    pub const EMPTY: Value = Value(EMPTY);
    pub const UNDEF: Value = Value(UNDEF);
    /// What a failing primitive returns.
    pub const RAISED: Value = Value(RAISED);

    /// The number must fit a fixnum.
    #[inline]
    pub fn fixnum(n: i64) -> Value {
        debug_assert!((FIXNUM_MIN..=FIXNUM_MAX).contains(&n));
        Value((n << FIXNUM_SHIFT) as u64)
    }
    #[inline]
    pub fn bool(b: bool) -> Value {
        if b { Value::TRUE } else { Value::FALSE }
    }
    #[inline]
    pub fn keyword(name: u32) -> Value {
        Value(imm(SUB_KEYWORD, name as u64))
    }
    #[inline]
    pub fn symbol(name: u32) -> Value {
        Value(imm(SUB_SYMBOL, name as u64))
    }
    /// A constructor without fields.
    #[inline]
    pub fn ctor(index: u32) -> Value {
        Value(imm(SUB_CTOR, index as u64))
    }
    /// The value of an object.
    #[inline]
    pub fn object(header: *mut u64) -> Value {
        Value(header as u64 | PTR_TAG)
    }

    #[inline]
    pub fn is_fixnum(self) -> bool {
        self.0 & 1 == 0
    }
    #[inline]
    pub fn as_fixnum(self) -> Option<i64> {
        self.is_fixnum().then_some(self.0 as i64 >> FIXNUM_SHIFT)
    }
    #[inline]
    pub fn is_pointer(self) -> bool {
        self.0 & TAG_MASK == PTR_TAG
    }
    /// nil and false are false, everything else is true.
    #[inline]
    pub fn is_true(self) -> bool {
        self.0 | 8 != NIL
    }
    #[inline]
    fn sub_payload(self, sub: u64) -> Option<u32> {
        (self.0 & 0xff == imm(sub, 0)).then_some((self.0 >> 8) as u32)
    }
    /// The name's index, of a keyword.
    #[inline]
    pub fn as_keyword(self) -> Option<u32> {
        self.sub_payload(SUB_KEYWORD)
    }
    /// The name's index, of a symbol.
    #[inline]
    pub fn as_symbol(self) -> Option<u32> {
        self.sub_payload(SUB_SYMBOL)
    }
    /// The constructor's index, of a constructor without fields.
    #[inline]
    pub fn as_nullary_ctor(self) -> Option<u32> {
        self.sub_payload(SUB_CTOR)
    }

    /// The object's header word, of a pointer.
    #[inline]
    pub fn header(self) -> Option<u64> {
        // SAFETY: a pointer value addresses a live object, whose first word is its header.
        self.is_pointer().then(|| unsafe { *self.address() })
    }
    /// The object's kind as a number of `Kind`; `None` for what is no pointer.
    #[inline]
    pub fn kind(self) -> Option<u8> {
        self.header().map(header_kind)
    }
    #[inline]
    pub fn is(self, kind: Kind) -> bool {
        self.kind() == Some(kind as u8)
    }
    /// The header's address, of a pointer.
    #[inline]
    pub fn address(self) -> *mut u64 {
        debug_assert!(self.is_pointer());
        (self.0 - PTR_TAG) as *mut u64
    }
    /// Number of payload words, of a pointer.
    #[inline]
    pub fn size(self) -> usize {
        header_size(self.header().expect("a pointer"))
    }
    /// The header's `aux`, of a pointer.
    #[inline]
    pub fn aux(self) -> u32 {
        header_aux(self.header().expect("a pointer"))
    }
    /// Payload word `i` as a value. The object must have it and it must not be raw.
    #[inline]
    pub fn field(self, i: usize) -> Value {
        Value(self.raw(i))
    }
    /// Payload word `i`. The object must have it.
    #[inline]
    pub fn raw(self, i: usize) -> u64 {
        debug_assert!(i < self.size());
        // SAFETY: the object is live and has this payload word.
        unsafe { *self.address().add(1 + i) }
    }
    /// Payload word `i` of an object that other workers may be changing: the word before or after, and what it refers to
    /// is seen as it was when it was stored. On x86-64 an ordinary load.
    #[inline]
    pub fn load(self, i: usize) -> Value {
        Value(self.atomic(i).load(Ordering::Acquire))
    }
    /// Sets payload word `i` of such an object to what is no reference; references go through `Context::store`.
    #[inline]
    pub fn set(self, i: usize, word: u64) {
        self.atomic(i).store(word, Ordering::Release);
    }
    /// Payload word `i` as what several workers may use.
    #[inline]
    pub(crate) fn atomic<'a>(self, i: usize) -> &'a AtomicU64 {
        debug_assert!(i < self.size());
        // SAFETY: the object has this payload word and is live until the primitive returns.
        unsafe { AtomicU64::from_ptr(self.address().add(1 + i)) }
    }
    /// Sets raw payload word `i`, or any payload word of an object that was allocated in the running primitive. Other
    /// stores of values go through `Context::store`.
    #[inline]
    pub fn init(self, i: usize, word: u64) {
        debug_assert!(i < self.size());
        // SAFETY: the object is live and has this payload word.
        unsafe { *self.address().add(1 + i) = word }
    }
    /// The payload as words.
    #[inline]
    pub fn words<'a>(self) -> &'a [u64] {
        // SAFETY: the object is live until the primitive returns; nothing moves it before.
        unsafe { std::slice::from_raw_parts(self.address().add(1), self.size()) }
    }

    /// The number, of a Float.
    #[inline]
    pub fn as_float(self) -> Option<f64> {
        self.is(Kind::Float).then(|| f64::from_bits(self.raw(0)))
    }
    /// Head and tail, of a non-empty List.
    #[inline]
    pub fn as_cons(self) -> Option<(Value, Value)> {
        self.is(Kind::Cons).then(|| (self.field(0), self.field(1)))
    }
    /// The text, of a String.
    #[inline]
    pub fn as_str<'a>(self) -> Option<&'a str> {
        self.is(Kind::String).then(|| {
            let len = self.raw(0) as u32 as usize;
            // SAFETY: a String holds `len` bytes of UTF-8 from payload word 2 on; it is live until the primitive returns.
            unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.address().add(3).cast(), len)) }
        })
    }
}
