//! The clock.

use crate::number::arith::make_float;
use crate::{Context, Value};
use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01 UTC, a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_time_now(ctx: &mut Context) -> Value {
    if let Some(seconds) = ctx.virtual_seconds() {
        return make_float(ctx, seconds);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock before 1970 gives negative seconds.
    let seconds = now.map_or_else(|e| -e.duration().as_secs_f64(), |d| d.as_secs_f64());
    make_float(ctx, seconds)
}

/// Seconds of a clock that never jumps, since it was first looked at, a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_time_elapsed(ctx: &mut Context) -> Value {
    if let Some(seconds) = ctx.virtual_seconds() {
        return make_float(ctx, seconds);
    }
    static START: OnceLock<Instant> = OnceLock::new();
    let seconds = START.get_or_init(Instant::now).elapsed().as_secs_f64();
    make_float(ctx, seconds)
}
