//! The clock.

use crate::number::arith::{make_float, to_f64};
use crate::number::equal::Number;
use crate::{Context, Value};
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Seconds since 1970-01-01 UTC, a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_time_now(ctx: &mut Context) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock before 1970 gives negative seconds.
    let seconds = now.map_or_else(|e| -e.duration().as_secs_f64(), |d| d.as_secs_f64());
    make_float(ctx, seconds)
}

/// Seconds of a clock that never jumps, since it was first looked at, a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_time_elapsed(ctx: &mut Context) -> Value {
    static START: OnceLock<Instant> = OnceLock::new();
    let seconds = START.get_or_init(Instant::now).elapsed().as_secs_f64();
    make_float(ctx, seconds)
}

/// Waits for some seconds; output comes first.
#[unsafe(no_mangle)]
pub extern "C" fn cl_time_sleep(ctx: &mut Context, seconds: Value) -> Value {
    let Some(n) = Number::of(seconds) else { return ctx.type_error("time:sleep", 1, "a Number", seconds) };
    let seconds = to_f64(n).max(0.0);
    super::io::flush_all(ctx);
    std::thread::sleep(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX));
    Value::NIL
}
