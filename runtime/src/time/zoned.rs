//! What needs time zones, the calendar or patterns, over the crate `jiff`. Zone data is the system's or, where there is none,
//! the crate's own copy of the IANA database.
//!
//! A DateTime holds its zone as a number: 0 is UTC, an odd one an offset of so many seconds, an even one a place in the
//! registry of the zones that the program has used.

use super::civil::{Moment, want_moment};
use crate::collections::list_iter;
use crate::number::equal::Number;
use crate::text::string;
use crate::{Context, Value};
use jiff::civil::DateTime;
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::fmt::temporal::{DateTimeParser, Pieces};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, Unit, Zoned};
use std::sync::{Mutex, PoisonError};

/// Zones that have been used, by number: entry `i` is zone `2 * i + 2`.
static ZONES: Mutex<Vec<TimeZone>> = Mutex::new(Vec::new());
const UTC: u64 = 0;
/// Added to an offset, which lies between -26 and 26 hours, so that zone numbers are positive.
const OFFSET_BIAS: i64 = 1 << 20;

/// The number of a zone.
fn number_of(zone: &TimeZone) -> u64 {
    if *zone == TimeZone::UTC {
        return UTC;
    }
    if let Ok(offset) = zone.to_fixed_offset() {
        return ((offset.seconds() as i64 + OFFSET_BIAS) << 1 | 1) as u64;
    }
    let mut zones = ZONES.lock().unwrap_or_else(PoisonError::into_inner);
    let place = zones.iter().position(|z| z == zone).unwrap_or_else(|| {
        zones.push(zone.clone());
        zones.len() - 1
    });
    2 * place as u64 + 2
}

fn zone_of(number: u64) -> TimeZone {
    if number == UTC {
        return TimeZone::UTC;
    }
    if number & 1 == 1 {
        let seconds = (number >> 1) as i64 - OFFSET_BIAS;
        return TimeZone::fixed(Offset::from_seconds(seconds as i32).unwrap_or(Offset::UTC));
    }
    let zones = ZONES.lock().unwrap_or_else(PoisonError::into_inner);
    zones[number as usize / 2 - 1].clone()
}

fn make(ctx: &mut Context, zoned: &Zoned) -> Value {
    let timestamp = zoned.timestamp();
    let nanoseconds = timestamp.as_nanosecond();
    Moment {
        seconds: nanoseconds.div_euclid(1_000_000_000) as i64,
        nanoseconds: nanoseconds.rem_euclid(1_000_000_000) as u32,
        offset: zoned.offset().seconds(),
        zone: number_of(zoned.time_zone()),
    }
    .make(ctx)
}

impl Moment {
    /// Every DateTime was made from a `Zoned`, so its instant is in range.
    fn zoned(self) -> Zoned {
        let timestamp = Timestamp::from_nanosecond(self.instant()).unwrap_or(Timestamp::UNIX_EPOCH);
        timestamp.to_zoned(zone_of(self.zone))
    }
}

/// Raises `domain-error`.
#[cold]
fn domain(ctx: &mut Context, function: &str, error: impl std::fmt::Display, data: Value) -> Value {
    ctx.error("domain-error", &format!("{function}: {error}"), data)
}

/// The DateTime, or the raised `domain-error`.
fn result(ctx: &mut Context, function: &str, result: Result<Zoned, jiff::Error>, data: Value) -> Value {
    match result {
        Ok(zoned) => make(ctx, &zoned),
        Err(error) => domain(ctx, function, error, data),
    }
}

/// The zone that a String names (an IANA name, or an offset such as +05:30) or, for nil, the system's.
fn zone(ctx: &mut Context, function: &str, position: usize, v: Value) -> Result<TimeZone, Value> {
    if v == Value::NIL {
        return Ok(TimeZone::system());
    }
    let Some(name) = v.as_str() else { return Err(ctx.type_error(function, position, "a String", v)) };
    if name.starts_with(['+', '-'])
        && let Ok(time) = BrokenDownTime::parse("%:z", name)
        && let Some(offset) = time.offset()
    {
        return Ok(TimeZone::fixed(offset));
    }
    TimeZone::get(name).map_err(|_| domain(ctx, function, format!("there is no time zone {name:?}"), v))
}

/// Seconds as nanoseconds, from an Int or a Float: `None` if they are far beyond any DateTime.
fn nanoseconds(n: Number) -> Option<i128> {
    /// More seconds than lie between the first and the last DateTime.
    const MOST: f64 = 1e12;
    match n {
        Number::Fixnum(n) if (n as f64).abs() < MOST => Some(n as i128 * 1_000_000_000),
        Number::Float(f) if f.abs() < MOST => {
            let whole = f.floor();
            Some(whole as i128 * 1_000_000_000 + ((f - whole) * 1e9).round() as i128)
        }
        Number::Fixnum(_) | Number::Float(_) | Number::Big(_) => None,
    }
}

/// (seconds since 1970-01-01 UTC, zone): a DateTime.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_from_timestamp(ctx: &mut Context, seconds: Value, in_zone: Value) -> Value {
    const NAME: &str = "datetime:from-timestamp";
    let Some(n) = Number::of(seconds) else { return ctx.type_error(NAME, 1, "a Number", seconds) };
    let zone = match zone(ctx, NAME, 2, in_zone) {
        Ok(zone) => zone,
        Err(raised) => return raised,
    };
    match nanoseconds(n).and_then(|n| Timestamp::from_nanosecond(n).ok()) {
        Some(timestamp) => make(ctx, &timestamp.to_zoned(zone)),
        None => domain(ctx, NAME, "this is before the year -9999 or after 9999", seconds),
    }
}

/// (function's name, List of year, month, day, hour, minute, second; zone): a DateTime. A time that the zone leaves out is
/// moved on by what was left out, one that it has twice is the first.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_create(ctx: &mut Context, function: Value, parts: Value, in_zone: Value) -> Value {
    const NAMES: [&str; 6] = ["year", "month", "day", "hour", "minute", "second"];
    let function = function.as_str().unwrap_or("");
    let mut numbers = [0i64, 1, 1, 0, 0, 0];
    for (i, part) in list_iter(parts).take(6).enumerate() {
        numbers[i] = match (part.as_fixnum(), Number::of(part)) {
            (Some(n), _) => n,
            (None, Some(Number::Big(_))) => i64::MAX,
            _ => return ctx.type_error(function, i + 1, "an Int", part),
        };
    }
    let zone = match zone(ctx, function, 7, in_zone) {
        Ok(zone) => zone,
        Err(raised) => return raised,
    };
    let small = |n: i64| i8::try_from(n).unwrap_or(-1);
    let year = i16::try_from(numbers[0]).unwrap_or(i16::MAX);
    let civil = DateTime::new(
        year,
        small(numbers[1]),
        small(numbers[2]),
        small(numbers[3]),
        small(numbers[4]),
        small(numbers[5]),
        0,
    );
    let Ok(civil) = civil else {
        let shown: Vec<String> = NAMES.iter().zip(numbers).map(|(name, n)| format!("{name} {n}")).collect();
        return domain(ctx, function, format!("there is no such date or time: {}", shown.join(", ")), parts);
    };
    result(ctx, function, zone.to_zoned(civil), parts)
}

#[cold]
fn unreadable(ctx: &mut Context, function: &str, text: Value, error: impl std::fmt::Display) -> Value {
    let message = format!("{function}: {}: {error}", crate::text::print::brief(ctx, text));
    ctx.error("parse-error", &message, text)
}

/// (text, pattern): a DateTime, in UTC where the pattern has no zone.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_parse(ctx: &mut Context, text: Value, pattern: Value) -> Value {
    const NAME: &str = "datetime:parse";
    let Some(s) = text.as_str() else { return ctx.type_error(NAME, 1, "a String", text) };
    let Some(p) = pattern.as_str() else { return ctx.type_error(NAME, 2, "a String", pattern) };
    let zoned = strtime::parse(p, s).and_then(|time| {
        if time.offset().is_some() || time.iana_time_zone().is_some() || time.timestamp().is_some() {
            return time.to_zoned();
        }
        time.to_datetime()?.to_zoned(TimeZone::UTC)
    });
    match zoned {
        Ok(zoned) => make(ctx, &zoned),
        Err(error) => unreadable(ctx, NAME, text, error),
    }
}

/// A DateTime of a text in ISO 8601 or RFC 3339, which may end in a zone in brackets; in UTC where it has neither offset nor
/// zone.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_parse_iso(ctx: &mut Context, text: Value) -> Value {
    const NAME: &str = "datetime:parse-iso";
    let Some(s) = text.as_str() else { return ctx.type_error(NAME, 1, "a String", text) };
    match parse_iso(s) {
        Ok(zoned) => make(ctx, &zoned),
        Err(error) => unreadable(ctx, NAME, text, error),
    }
}

fn parse_iso(text: &str) -> Result<Zoned, jiff::Error> {
    let pieces = Pieces::parse(text)?;
    if pieces.time_zone_annotation().is_some() {
        return DateTimeParser::new().parse_zoned(text);
    }
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    match pieces.to_numeric_offset() {
        Some(offset) => civil.to_zoned(TimeZone::fixed(offset)),
        // A final Z has no numeric offset.
        None => civil.to_zoned(TimeZone::UTC),
    }
}

/// (DateTime, pattern): the text; `format-error` for what is no pattern.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_format(ctx: &mut Context, v: Value, pattern: Value) -> Value {
    const NAME: &str = "datetime:format";
    let moment = want_moment!(ctx, NAME, 1, v);
    let Some(p) = pattern.as_str() else { return ctx.type_error(NAME, 2, "a String", pattern) };
    match strtime::format(p, &moment.zoned()) {
        Ok(text) => string::make(ctx, &text),
        Err(error) => ctx.error("format-error", &format!("{NAME}: {error}"), pattern),
    }
}

/// (function's name, DateTime, months, days): moved along the calendar, the time of day kept. A day beyond the month's
/// end becomes its last.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_add_calendar(
    ctx: &mut Context,
    function: Value,
    v: Value,
    months: Value,
    days: Value,
) -> Value {
    let function = function.as_str().unwrap_or("");
    let moment = want_moment!(ctx, function, 1, v);
    let mut numbers = [0i64; 2];
    for (number, v) in numbers.iter_mut().zip([months, days]) {
        *number = match (v.as_fixnum(), Number::of(v)) {
            (Some(n), _) => n,
            (None, Some(Number::Big(_))) => i64::MAX,
            _ => return ctx.type_error(function, 2, "an Int", v),
        };
    }
    let span = Span::new().try_months(numbers[0]).and_then(|span| span.try_days(numbers[1]));
    let moved = span.and_then(|span| moment.zoned().checked_add(span));
    result(ctx, function, moved, v)
}

/// (function's name, DateTime, number, seconds that one is): moved by an exact time.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_add_seconds(
    ctx: &mut Context,
    function: Value,
    v: Value,
    count: Value,
    unit: Value,
) -> Value {
    let function = function.as_str().unwrap_or("");
    let moment = want_moment!(ctx, function, 1, v);
    let Some(n) = Number::of(count) else { return ctx.type_error(function, 2, "a Number", count) };
    let unit = unit.as_fixnum().unwrap_or(1) as i128;
    let instant = nanoseconds(n).map(|n| moment.instant() + n * unit);
    match instant.and_then(|n| Timestamp::from_nanosecond(n).ok()) {
        Some(timestamp) => make(ctx, &timestamp.to_zoned(zone_of(moment.zone))),
        None => domain(ctx, function, "this is before the year -9999 or after 9999", count),
    }
}

/// (DateTime, DateTime): whole days by the calendar of the first one's zone, from the second to the first.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_diff_days(ctx: &mut Context, a: Value, b: Value) -> Value {
    const NAME: &str = "datetime:diff-days";
    let (x, y) = (want_moment!(ctx, NAME, 1, a), want_moment!(ctx, NAME, 2, b));
    let x = x.zoned();
    let y = y.zoned().with_time_zone(x.time_zone().clone());
    match x.since((Unit::Day, &y)) {
        Ok(span) => Value::fixnum(span.get_days() as i64),
        Err(error) => domain(ctx, NAME, error, a),
    }
}

/// The same instant in another zone.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_in_zone(ctx: &mut Context, v: Value, in_zone: Value) -> Value {
    const NAME: &str = "datetime:in-zone";
    let moment = want_moment!(ctx, NAME, 1, v);
    if in_zone == Value::NIL {
        return ctx.type_error(NAME, 2, "a String", in_zone);
    }
    match zone(ctx, NAME, 2, in_zone) {
        Ok(zone) => make(ctx, &moment.zoned().with_time_zone(zone)),
        Err(raised) => raised,
    }
}

/// The first moment of the day.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_start_of_day(ctx: &mut Context, v: Value) -> Value {
    let moment = want_moment!(ctx, "datetime:today", 1, v);
    let start = moment.zoned().start_of_day();
    result(ctx, "datetime:today", start, v)
}
