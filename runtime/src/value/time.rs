//! The types of `time` for dates and times.

use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use super::{
    FromValue, ToValue, Value, ValueError, ValueRef,
    civil::{self, Clock},
};

/// The Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;

impl FromValue for Date {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_date(value, "time::Date", |days| {
            Date::from_julian_day(days.checked_add(EPOCH)?).ok()
        })
    }
}

impl ToValue for Date {
    fn to_value(&self) -> Value {
        Value::Date(self.to_julian_day() - EPOCH)
    }
}

impl FromValue for Time {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_time(value, "time::Time", |time| {
            Time::from_hms_micro(time.hour, time.minute, time.second, time.micro).ok()
        })
    }
}

impl ToValue for Time {
    fn to_value(&self) -> Value {
        let (hour, minute, second, micro) = self.as_hms_micro();
        let clock = Clock {
            hour,
            minute,
            second,
            micro,
        };
        Value::Time(clock.micros())
    }
}

impl FromValue for PrimitiveDateTime {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let utc = civil::read_timestamp(value, "time::PrimitiveDateTime", instant)?;
        Ok(PrimitiveDateTime::new(utc.date(), utc.time()))
    }
}

impl ToValue for PrimitiveDateTime {
    fn to_value(&self) -> Value {
        let nanos = self.assume_utc().unix_timestamp_nanos();
        civil::timestamp_value(nanos, Value::Timestamp)
    }
}

impl FromValue for OffsetDateTime {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_timestamp(value, "time::OffsetDateTime", instant)
    }
}

impl ToValue for OffsetDateTime {
    fn to_value(&self) -> Value {
        civil::timestamp_value(self.unix_timestamp_nanos(), Value::TimestampUtc)
    }
}

fn instant(micros: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok()
}
