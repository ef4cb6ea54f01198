//! Dates and times on their way to a database, from libraries that count in parts or in nanoseconds.

use super::{Clock, MICROS_PER_DAY, MICROS_PER_SECOND, format_date, format_time};
use crate::value::Value;

impl Clock {
    /// The microseconds since midnight.
    pub(crate) fn micros(self) -> i64 {
        let minutes = i64::from(self.hour) * 60 + i64::from(self.minute);
        let seconds = minutes * 60 + i64::from(self.second);
        seconds * MICROS_PER_SECOND + i64::from(self.micro)
    }
}

/// A timestamp to bind, from nanoseconds since 1970; what is finer than a microsecond is cut off. One that is further away than
/// microseconds can say goes as text, which no database takes for another.
pub(crate) fn timestamp_value(nanos: i128, value: fn(i64) -> Value) -> Value {
    let micros = nanos.div_euclid(1_000);
    i64::try_from(micros).map_or_else(|_| far_away(micros), value)
}

#[cold]
fn far_away(micros: i128) -> Value {
    let per_day = i128::from(MICROS_PER_DAY);
    let days = i32::try_from(micros.div_euclid(per_day)).unwrap_or(i32::MAX);
    let time = i64::try_from(micros.rem_euclid(per_day)).unwrap_or_default();
    Value::Text(format!("{} {}", format_date(days), format_time(time)).into())
}

#[cfg(test)]
mod tests {
    use super::timestamp_value;
    use crate::value::{
        Value,
        civil::{Clock, MICROS_PER_DAY, parse_timestamp},
    };

    #[test]
    fn a_time_of_day_is_made_of_its_parts() {
        for micros in [0, 1, 59_999_999, 3_600_000_000, MICROS_PER_DAY - 1] {
            assert_eq!(Clock::of(micros).map(Clock::micros), Some(micros));
        }
    }

    #[test]
    fn a_timestamp_beyond_microseconds_is_not_bound_as_another() {
        let bound = |nanos| timestamp_value(nanos, Value::Timestamp);
        assert_eq!(bound(-1), Value::Timestamp(-1));
        assert_eq!(bound(1_999), Value::Timestamp(1));
        let last = i128::from(i64::MAX) * 1_000;
        assert_eq!(bound(last), Value::Timestamp(i64::MAX));
        let Value::Text(beyond) = bound(last + 1_000) else {
            panic!("it is bound as if it were within");
        };
        assert_eq!(beyond, "+294247-01-10 04:00:54.775808");
        assert!(parse_timestamp(&beyond).is_err());
    }
}
