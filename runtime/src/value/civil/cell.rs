//! Dates and times from cells: what each library needs, so that it says only how its own types are made.

use super::{
    MICROS_PER_SECOND, format_date, format_time, format_timestamp, parse_date, parse_time,
    parse_timestamp,
};
use crate::value::{ValueError, ValueRef};

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    pub(crate) micro: u32,
}

impl Clock {
    /// None where it is no time of day: a time of MySQL is a length too, which can be negative or longer than a day.
    pub(crate) fn of(micros: i64) -> Option<Self> {
        let seconds = u32::try_from(micros.div_euclid(MICROS_PER_SECOND)).ok()?;
        let part = |number: u32| u8::try_from(number).ok();
        let hour = part(seconds / 3_600).filter(|hour| *hour < 24)?;
        Some(Clock {
            hour,
            minute: part(seconds / 60 % 60)?,
            second: part(seconds % 60)?,
            micro: u32::try_from(micros.rem_euclid(MICROS_PER_SECOND)).ok()?,
        })
    }
}

/// A date from a cell. `make` makes it of the days since 1970-01-01, and says none where `ty` does not reach that far.
pub(crate) fn read_date<T>(
    value: ValueRef<'_>,
    ty: &str,
    make: impl FnOnce(i32) -> Option<T>,
) -> Result<T, ValueError> {
    let days = match value {
        ValueRef::Date(days) => days,
        ValueRef::Text(text) => parse_date(text)?,
        other => return Err(ValueError::expected("a date", other)),
    };
    make(days).ok_or_else(|| ValueError::out_of_range(format_date(days), ty))
}

/// A time of day from a cell.
pub(crate) fn read_time<T>(
    value: ValueRef<'_>,
    ty: &str,
    make: impl FnOnce(Clock) -> Option<T>,
) -> Result<T, ValueError> {
    let micros = match value {
        ValueRef::Time(micros) => micros,
        ValueRef::Text(text) => parse_time(text)?,
        other => return Err(ValueError::expected("a time", other)),
    };
    let time = Clock::of(micros).and_then(make);
    time.ok_or_else(|| ValueError::out_of_range(format_time(micros), ty))
}

/// A date with a time from a cell. `make` makes it of the microseconds since 1970, and says none where `ty` does not reach that
/// far.
pub(crate) fn read_timestamp<T>(
    value: ValueRef<'_>,
    ty: &str,
    make: impl FnOnce(i64) -> Option<T>,
) -> Result<T, ValueError> {
    let micros = match value {
        ValueRef::Timestamp(micros) | ValueRef::TimestampUtc(micros) => micros,
        ValueRef::Text(text) => parse_timestamp(text)?,
        other => return Err(ValueError::expected("a timestamp", other)),
    };
    make(micros).ok_or_else(|| ValueError::out_of_range(format_timestamp(micros), ty))
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::value::civil::MICROS_PER_DAY;

    #[test]
    fn a_time_of_day_is_what_a_clock_shows() {
        let last = Clock {
            hour: 23,
            minute: 59,
            second: 59,
            micro: 999_999,
        };
        assert_eq!(Clock::of(MICROS_PER_DAY - 1), Some(last));
        for micros in [-1, MICROS_PER_DAY, i64::MIN, i64::MAX] {
            assert_eq!(Clock::of(micros), None, "{micros}");
        }
    }
}
