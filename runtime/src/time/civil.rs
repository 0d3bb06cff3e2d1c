//! DateTime objects without their zone: an instant with the offset from UTC that held there. The parts of the date come from
//! the days since 1970 by Howard Hinnant's algorithm ("chrono-compatible low-level date algorithms", 2014).

use crate::number::arith::make_float;
use crate::{Context, Value};
use cl_abi::layout::Kind;
use std::cmp::Ordering;
use std::fmt::Write;

const DAY: i64 = 86_400;

/// A DateTime's content.
#[derive(Clone, Copy)]
pub struct Moment {
    /// Seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// Below 1,000,000,000.
    pub nanoseconds: u32,
    /// Seconds east of UTC.
    pub offset: i32,
    /// The zone, a number of `zoned::Zones`.
    pub zone: u64,
}

impl Moment {
    /// The content of a DateTime; `None` for another value.
    pub fn of(v: Value) -> Option<Moment> {
        v.is(Kind::DateTime).then(|| Moment {
            seconds: v.raw(0) as i64,
            nanoseconds: v.raw(1) as u32,
            offset: (v.raw(1) >> 32) as i32,
            zone: v.raw(2),
        })
    }

    pub fn make(self, ctx: &mut Context) -> Value {
        let v = ctx.alloc(Kind::DateTime, 0, 3);
        v.init(0, self.seconds as u64);
        v.init(1, self.nanoseconds as u64 | (self.offset as u32 as u64) << 32);
        v.init(2, self.zone);
        v
    }

    /// Nanoseconds since 1970.
    pub fn instant(self) -> i128 {
        self.seconds as i128 * 1_000_000_000 + self.nanoseconds as i128
    }

    fn local_seconds(self) -> i64 {
        self.seconds + self.offset as i64
    }

    /// Year, month and day (from 1) where the zone is.
    fn date(self) -> (i64, i64, i64) {
        date_of_days(self.local_seconds().div_euclid(DAY))
    }

    /// Part `index`: year, month, day, hour, minute, second, weekday (0 is Monday).
    fn part(self, index: i64) -> i64 {
        let (year, month, day) = self.date();
        let second = self.local_seconds().rem_euclid(DAY);
        match index {
            0 => year,
            1 => month,
            2 => day,
            3 => second / 3600,
            4 => second / 60 % 60,
            5 => second % 60,
            // 1970-01-01 was a Thursday.
            _ => (self.local_seconds().div_euclid(DAY) + 3).rem_euclid(7),
        }
    }

    /// The order of the instants.
    pub fn order(self, other: Moment) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

/// Year, month and day of a number of days since 1970-01-01. Years are counted from March 1 of year 0, so that the leap
/// day is the last; 400 of them have 146,097 days.
fn date_of_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + (month <= 2) as i64, month, day)
}

/// Appends the form of RFC 3339, `2024-03-10T12:00:00+01:00`, with a fraction if there is one. Years that four digits cannot
/// hold have a sign and six, as in ISO 8601.
pub fn push_iso(moment: Moment, out: &mut String) {
    let (year, month, day) = moment.date();
    let _ = if (0..10_000).contains(&year) { write!(out, "{year:04}") } else { write!(out, "{year:+07}") };
    let _ = write!(out, "-{month:02}-{day:02}T{:02}:{:02}:{:02}", moment.part(3), moment.part(4), moment.part(5));
    if moment.nanoseconds != 0 {
        let digits = format!("{:09}", moment.nanoseconds);
        let _ = write!(out, ".{}", digits.trim_end_matches('0'));
    }
    if moment.offset == 0 {
        out.push('Z');
        return;
    }
    let minutes = moment.offset.abs() / 60;
    let sign = if moment.offset < 0 { '-' } else { '+' };
    let _ = write!(out, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
    // Offsets before zones were standardised have seconds.
    if moment.offset % 60 != 0 {
        let _ = write!(out, ":{:02}", moment.offset.abs() % 60);
    }
}

/// Returns from the primitive with a `type-error` unless the argument is a DateTime.
macro_rules! want_moment {
    ($ctx:ident, $function:expr, $position:expr, $v:expr) => {
        match Moment::of($v) {
            Some(moment) => moment,
            None => return $ctx.type_error($function, $position, "a DateTime", $v),
        }
    };
}
pub(super) use want_moment;

/// Whether a value is a DateTime.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_datetime(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::DateTime))
}

/// (function's name, DateTime, index): a part of the date or time where the zone is, see `Moment::part`.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_part(ctx: &mut Context, function: Value, v: Value, index: Value) -> Value {
    let moment = want_moment!(ctx, function.as_str().unwrap_or(""), 1, v);
    Value::fixnum(moment.part(index.as_fixnum().unwrap_or(0)))
}

/// The form of RFC 3339.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_iso(ctx: &mut Context, v: Value) -> Value {
    let moment = want_moment!(ctx, "datetime:iso-format", 1, v);
    let mut out = String::new();
    push_iso(moment, &mut out);
    crate::text::string::make(ctx, &out)
}

/// (function's name, DateTime, DateTime): seconds from the second to the first; an Int if they are whole.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_diff(ctx: &mut Context, function: Value, a: Value, b: Value) -> Value {
    let function = function.as_str().unwrap_or("");
    let (a, b) = (want_moment!(ctx, function, 1, a), want_moment!(ctx, function, 2, b));
    seconds(ctx, a.instant() - b.instant())
}

/// Seconds since 1970-01-01 UTC; an Int if they are whole.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_timestamp(ctx: &mut Context, v: Value) -> Value {
    let moment = want_moment!(ctx, "datetime:to-timestamp", 1, v);
    seconds(ctx, moment.instant())
}

/// Nanoseconds as seconds.
fn seconds(ctx: &mut Context, nanoseconds: i128) -> Value {
    let (whole, rest) = (nanoseconds.div_euclid(1_000_000_000), nanoseconds.rem_euclid(1_000_000_000));
    if rest == 0 { Value::fixnum(whole as i64) } else { make_float(ctx, whole as f64 + rest as f64 / 1e9) }
}

/// (function's name, DateTime, DateTime): -1, 0 or 1, the order of the instants.
#[unsafe(no_mangle)]
pub extern "C" fn cl_datetime_order(ctx: &mut Context, function: Value, a: Value, b: Value) -> Value {
    let function = function.as_str().unwrap_or("");
    let (a, b) = (want_moment!(ctx, function, 1, a), want_moment!(ctx, function, 2, b));
    Value::fixnum(a.order(b) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(seconds: i64, nanoseconds: u32, offset: i32) -> String {
        let mut out = String::new();
        push_iso(Moment { seconds, nanoseconds, offset, zone: 0 }, &mut out);
        out
    }

    #[test]
    fn the_iso_form_has_all_parts_that_count() {
        assert_eq!(iso(0, 0, 0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_400, 0, 0), "2000-02-29T00:00:00Z");
        assert_eq!(iso(1_710_073_800, 120_000_000, 3600), "2024-03-10T13:30:00.12+01:00");
        assert_eq!(iso(-1, 0, -18_000), "1969-12-31T18:59:59-05:00");
        assert_eq!(iso(-62_167_219_201, 0, 0), "-000001-12-31T23:59:59Z");
        assert_eq!(iso(0, 0, -2670), "1969-12-31T23:15:30-00:44:30");
    }

    #[test]
    fn days_and_dates_agree_over_four_centuries() {
        let mut days = -146_097;
        let mut date = (1570, 1, 1);
        while days < 146_097 {
            assert_eq!(date_of_days(days), date);
            let (year, month, day) = date;
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = [31, 28 + leap as i64, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1];
            date = if day < length {
                (year, month, day + 1)
            } else if month < 12 {
                (year, month + 1, 1)
            } else {
                (year + 1, 1, 1)
            };
            days += 1;
        }
    }
}
