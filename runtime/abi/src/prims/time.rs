//! Dates and times.

#[macro_export]
macro_rules! time_prims {
    ($m:ident) => {
        $m! {
            "%is-datetime" cl_is_datetime 1 PURE, Bool;
            // (function's name, DateTime, index of year, month, day, hour, minute, second, weekday)
            "%datetime-part" cl_datetime_part 3 FALLIBLE|PURE, Fixnum;
            "%datetime-iso" cl_datetime_iso 1 FALLIBLE|PURE, String;
            // (function's name, DateTime, DateTime)
            "%datetime-diff" cl_datetime_diff 3 FALLIBLE|PURE, Number;
            "%datetime-order" cl_datetime_order 3 FALLIBLE|PURE, Fixnum;
            "%datetime-timestamp" cl_datetime_timestamp 1 FALLIBLE|PURE, Number;
            // a zone is a String, or nil for the system's: looking that up is an effect
            "%datetime-from-timestamp" cl_datetime_from_timestamp 2 FALLIBLE, Any;
            // (function's name, List of year month day hour minute second, zone)
            "%datetime-create" cl_datetime_create 3 FALLIBLE, Any;
            // (text, pattern)
            "%datetime-parse" cl_datetime_parse 2 FALLIBLE, Any;
            "%datetime-parse-iso" cl_datetime_parse_iso 1 FALLIBLE, Any;
            // (DateTime, pattern)
            "%datetime-format" cl_datetime_format 2 FALLIBLE, String;
            // (function's name, DateTime, months, days)
            "%datetime-add-calendar" cl_datetime_add_calendar 4 FALLIBLE, Any;
            // (function's name, DateTime, number, seconds that one is)
            "%datetime-add-seconds" cl_datetime_add_seconds 4 FALLIBLE, Any;
            "%datetime-diff-days" cl_datetime_diff_days 2 FALLIBLE, Fixnum;
            "%datetime-in-zone" cl_datetime_in_zone 2 FALLIBLE, Any;
            "%datetime-start-of-day" cl_datetime_start_of_day 1 FALLIBLE, Any;
        }
    };
}
