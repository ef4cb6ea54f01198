//! The types of `jiff` for dates and times.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
};

use super::{
    FromValue, ToValue, Value, ValueError, ValueRef,
    civil::{self, Clock, MICROS_PER_DAY},
};

impl FromValue for Date {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_date(value, "jiff::civil::Date", date)
    }
}

impl ToValue for Date {
    fn to_value(&self) -> Value {
        Value::Date(days(*self))
    }
}

impl FromValue for Time {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_time(value, "jiff::civil::Time", time)
    }
}

impl ToValue for Time {
    fn to_value(&self) -> Value {
        Value::Time(micros(*self))
    }
}

impl FromValue for DateTime {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_timestamp(value, "jiff::civil::DateTime", |micros| {
            let days = i32::try_from(micros.div_euclid(MICROS_PER_DAY)).ok()?;
            let clock = Clock::of(micros.rem_euclid(MICROS_PER_DAY))?;
            Some(DateTime::from_parts(date(days)?, time(clock)?))
        })
    }
}

impl ToValue for DateTime {
    fn to_value(&self) -> Value {
        let midnight = i64::from(days(self.date())) * MICROS_PER_DAY;
        Value::Timestamp(midnight + micros(self.time()))
    }
}

impl FromValue for Timestamp {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_timestamp(value, "jiff::Timestamp", |micros| {
            // Not from microseconds: of the last second it takes those of the first only.
            Timestamp::from_nanosecond(i128::from(micros) * 1_000).ok()
        })
    }
}

impl ToValue for Timestamp {
    fn to_value(&self) -> Value {
        civil::timestamp_value(self.as_nanosecond(), Value::TimestampUtc)
    }
}

fn date(days: i32) -> Option<Date> {
    let (year, month, day) = civil::civil_from_days(days.into());
    let year = i16::try_from(year).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn days(date: Date) -> i32 {
    let (year, month, day) = (date.year(), date.month(), date.day());
    civil::days_from_civil(year.into(), month.into(), day.into())
        .and_then(|days| i32::try_from(days).ok())
        .expect("a date of the calendar has a number of four digits for its year")
}

fn time(clock: Clock) -> Option<Time> {
    let part = |number: u8| i8::try_from(number).ok();
    let nanos = i32::try_from(clock.micro * 1_000).ok()?;
    Time::new(
        part(clock.hour)?,
        part(clock.minute)?,
        part(clock.second)?,
        nanos,
    )
    .ok()
}

fn micros(time: Time) -> i64 {
    let clock = Clock {
        hour: time.hour().unsigned_abs(),
        minute: time.minute().unsigned_abs(),
        second: time.second().unsigned_abs(),
        micro: time.subsec_nanosecond().unsigned_abs() / 1_000,
    };
    clock.micros()
}
