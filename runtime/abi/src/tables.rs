//! The tables that a compiled program hands to the runtime: `#[repr(C)]` pictures of data objects that `clif` writes.
//! All pointers are absolute addresses, relocated by the linker or the JIT.

/// The root of everything, symbol `cl_program`.
#[repr(C)]
pub struct Program {
    /// `extern "C" fn(*mut Context) -> u64`: runs the top level, then `main`; the value of `main`, or nil.
    pub entry: usize,
    pub globals: *mut u64,
    pub global_count: usize,
    pub names: *const Text,
    pub name_count: usize,
    pub ctors: *const Ctor,
    pub ctor_count: usize,
    pub functions: *const Function,
    pub function_count: usize,
    pub sites: *const Site,
    /// Stack slots of all sites: byte offsets from the stack pointer.
    pub roots: *const u32,
    pub files: *const Text,
    pub file_count: usize,
    pub inlined: *const Inlined,
    /// Bytes of the largest frame, without return address and frame pointer: a function uses so much of the stack before
    /// it checks the limit, or without a check.
    pub largest_frame: usize,
}

/// UTF-8 text.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    pub data: *const u8,
    pub len: usize,
}

/// A constructor. Its index is the `aux` of its values.
#[repr(C)]
pub struct Ctor {
    pub name: Text,
    /// Field names, `field_count` of them; an unnamed field has an empty name.
    pub fields: *const Text,
    pub field_count: usize,
    /// The `data` type; constructors of one type have neighbouring indices, in the order of declaration.
    pub type_name: Text,
}

/// A compiled function.
#[repr(C)]
pub struct Function {
    pub code: usize,
    pub name: Text,
    pub code_len: u32,
    /// Its sites are `sites[first_site..first_site + site_count]`, by ascending `return_offset`.
    pub first_site: u32,
    pub site_count: u32,
    pub unused: u32,
}

/// A call, seen from its return address.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Site {
    /// Return address minus the function's `code`.
    pub return_offset: u32,
    /// Frame pointer minus stack pointer at the return, in bytes.
    pub frame_size: u32,
    /// Live tagged slots: `roots[first_root..first_root + root_count]`.
    pub first_root: u32,
    pub root_count: u32,
    /// Where an error raised by the callee continues: offset from the function's `code`; 0 when the function has no
    /// handler here.
    pub handler_offset: u32,
    /// Index into `files`: code that was inlined comes from elsewhere than its function.
    pub file: u32,
    pub line: u32,
    pub column: u32,
    /// 0, or one more than the index into `inlined` of the call that inlining replaced by this code.
    pub inlined: u32,
}

/// A call that inlining replaced: a frame that traces show although there is none.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Inlined {
    /// The function that was called.
    pub function: Text,
    /// Where it was called.
    pub file: u32,
    pub line: u32,
    pub column: u32,
    /// As in [`Site`], of the caller.
    pub inlined: u32,
}

/// Entry table of a closure with [`crate::layout::CLOSURE_MULTI`]; `max + 1` code addresses follow it, by number of
/// arguments, 0 where there is none. Each takes (closure, arguments…).
#[repr(C)]
pub struct MultiTable {
    /// Largest number of arguments that has an entry of its own.
    pub max: u64,
    /// 0, or one more than the number of fixed parameters of the variadic entry.
    pub variadic: u64,
    pub variadic_code: usize,
}
