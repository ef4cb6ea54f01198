//! The types of `chrono` for dates and times.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{FromValue, ToValue, Value, ValueError, ValueRef, civil};

impl FromValue for NaiveDate {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_date(value, "NaiveDate", NaiveDate::from_epoch_days)
    }
}

impl ToValue for NaiveDate {
    fn to_value(&self) -> Value {
        Value::Date(self.to_epoch_days())
    }
}

impl FromValue for NaiveTime {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_time(value, "NaiveTime", |time| {
            let (hour, minute, second) = (time.hour, time.minute, time.second);
            NaiveTime::from_hms_micro_opt(hour.into(), minute.into(), second.into(), time.micro)
        })
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
        let utc = civil::read_timestamp(value, "NaiveDateTime", DateTime::from_timestamp_micros);
        utc.map(|utc| utc.naive_utc())
    }
}

impl ToValue for NaiveDateTime {
    fn to_value(&self) -> Value {
        Value::Timestamp(self.and_utc().timestamp_micros())
    }
}

impl FromValue for DateTime<Utc> {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        civil::read_timestamp(value, "DateTime<Utc>", DateTime::from_timestamp_micros)
    }
}

impl ToValue for DateTime<Utc> {
    fn to_value(&self) -> Value {
        Value::TimestampUtc(self.timestamp_micros())
    }
}
