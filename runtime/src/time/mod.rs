//! Dates and times: DateTime objects, their ISO form and parts (`civil`, which every program that prints may need and
//! which therefore knows no time zones), and what needs zones, calendars and patterns (`zoned`, over the crate `jiff`,
//! which only programs that use it contain).

pub mod civil;
pub mod zoned;
