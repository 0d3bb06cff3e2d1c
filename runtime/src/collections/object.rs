//! New objects made of runs of words: the copying that persistent structures live on.

use crate::{Context, Value};
use cl_abi::layout::Kind;

/// A new object whose payload is these runs, one after the other.
#[inline]
pub fn object<const N: usize>(ctx: &mut Context, kind: Kind, aux: u32, runs: [&[u64]; N]) -> Value {
    let object = ctx.alloc(kind, aux, runs.iter().map(|run| run.len()).sum());
    let mut at = 0;
    for run in runs {
        // SAFETY: the object was just allocated with room for all runs, and no run lies in it.
        unsafe { std::ptr::copy_nonoverlapping(run.as_ptr(), object.address().add(1 + at), run.len()) };
        at += run.len();
    }
    object
}

/// Values as words.
#[inline]
pub fn words(values: &[Value]) -> &[u64] {
    // SAFETY: a Value is transparently one u64.
    unsafe { std::slice::from_raw_parts(values.as_ptr().cast(), values.len()) }
}
