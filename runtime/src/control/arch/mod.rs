//! What must be said in assembly: entering and leaving compiled code, the runtime's functions that look at the stack,
//! and the stub of the stack markers. One file an architecture.

#[cfg(target_arch = "x86_64")]
mod x86_64;
#[cfg(target_arch = "x86_64")]
pub use x86_64::*;

#[cfg(not(target_arch = "x86_64"))]
compile_error!("the runtime has no stubs for this architecture yet: write a file beside x86_64.rs");
