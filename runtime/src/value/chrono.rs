//! The types of `chrono` for dates and times.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{FromValue, ToValue, Value, ValueError, ValueRef, civil};

const MICROS_PER_SECOND: i64 = 1_000_000;

impl FromValue for NaiveDate {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let days = match value {
            ValueRef::Date(days) => days,
            ValueRef::Text(text) => civil::parse_date(text)?,
            other => return Err(ValueError::expected("a date", other)),
        };
        NaiveDate::from_epoch_days(days)
            .ok_or_else(|| ValueError::out_of_range(civil::format_date(days), "NaiveDate"))
    }
}

impl ToValue for NaiveDate {
    fn to_value(&self) -> Value {
        Value::Date(self.to_epoch_days())
    }
}

impl FromValue for NaiveTime {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        let micros = match value {
            ValueRef::Time(micros) => micros,
            ValueRef::Text(text) => civil::parse_time(text)?,
            other => return Err(ValueError::expected("a time", other)),
        };
        let seconds = u32::try_from(micros.div_euclid(MICROS_PER_SECOND)).ok();
        let nanos = u32::try_from(micros.rem_euclid(MICROS_PER_SECOND) * 1_000).ok();
        seconds
            .zip(nanos)
            .and_then(|(seconds, nanos)| {
                NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos)
            })
            .ok_or_else(|| ValueError::out_of_range(civil::format_time(micros), "NaiveTime"))
    }
}

impl ToValue for NaiveTime {
    fn to_value(&self) -> Value {
        let since_midnight = self.signed_duration_since(NaiveTime::MIN);
        Value::Time(
            since_midnight
                .num_microseconds()
                .expect("a day has fewer microseconds than an i64 holds"),
        )
    }
}

impl FromValue for NaiveDateTime {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        timestamp(value, "NaiveDateTime").map(|timestamp| timestamp.naive_utc())
    }
}

impl ToValue for NaiveDateTime {
    fn to_value(&self) -> Value {
        Value::Timestamp(self.and_utc().timestamp_micros())
    }
}

impl FromValue for DateTime<Utc> {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        timestamp(value, "DateTime<Utc>")
    }
}

impl ToValue for DateTime<Utc> {
    fn to_value(&self) -> Value {
        Value::TimestampUtc(self.timestamp_micros())
    }
}

fn timestamp(value: ValueRef<'_>, ty: &str) -> Result<DateTime<Utc>, ValueError> {
    let micros = match value {
        ValueRef::Timestamp(micros) | ValueRef::TimestampUtc(micros) => micros,
        ValueRef::Text(text) => civil::parse_timestamp(text)?,
        other => return Err(ValueError::expected("a timestamp", other)),
    };
    DateTime::from_timestamp_micros(micros)
        .ok_or_else(|| ValueError::out_of_range(civil::format_timestamp(micros), ty))
}
