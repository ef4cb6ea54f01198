//! What queries do with dates and times, whichever library their types are from.

use std::time::{SystemTime, UNIX_EPOCH};

use super::{
    cast::CastTarget,
    fill::Now,
    func::{Dated, Timed},
};
use crate::{
    sql::CastType,
    value::{FromValue, ValueRef, civil::MICROS_PER_DAY},
};

macro_rules! types {
    ($($ty:ty: $kind:ident($now:expr), $($Part:ident)+;)+) => { $(
        #[diagnostic::do_not_recommend]
        impl CastTarget for $ty {
            const TYPE: CastType = CastType::$kind;
        }

        impl Now for $ty {
            fn now() -> Self {
                present(ValueRef::$kind($now))
            }
        }

        $(
            #[diagnostic::do_not_recommend]
            impl $Part for $ty {}
        )+
    )+ };
}

/// The types of a library: a date, a time, both, and a point in time.
macro_rules! library {
    ($date:ty, $time:ty, $date_time:ty, $utc_date_time:ty) => {
        types! {
            $date: Date(today()), Dated;
            $time: Time(now().rem_euclid(MICROS_PER_DAY)), Timed;
            $date_time: Timestamp(now()), Dated Timed;
            $utc_date_time: TimestampUtc(now()), Dated Timed;
        }
    };
}

#[cfg(feature = "chrono")]
library! { chrono::NaiveDate, chrono::NaiveTime, chrono::NaiveDateTime, chrono::DateTime<chrono::Utc> }
#[cfg(feature = "jiff")]
library! { jiff::civil::Date, jiff::civil::Time, jiff::civil::DateTime, jiff::Timestamp }
#[cfg(feature = "time")]
library! { time::Date, time::Time, time::PrimitiveDateTime, time::OffsetDateTime }

fn present<T: FromValue>(value: ValueRef<'_>) -> T {
    T::from_value(value).expect("each library's types hold the present")
}

/// The microseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let micros = match since {
        Ok(after) => i64::try_from(after.as_micros()),
        Err(before) => i64::try_from(before.duration().as_micros()).map(|micros| -micros),
    };
    micros.expect("a clock is not off by hundreds of thousands of years")
}

/// The days since 1970.
fn today() -> i32 {
    i32::try_from(now().div_euclid(MICROS_PER_DAY))
        .expect("an i64 of microseconds spans fewer days than an i32 counts")
}

#[cfg(test)]
mod tests {
    use std::time::{SystemTime, UNIX_EPOCH};

    use super::{MICROS_PER_DAY, Now};
    use crate::value::{ToValue, Value};

    fn now() -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        i64::try_from(since.as_micros()).unwrap()
    }

    fn assert_is_now<D: Now + ToValue, T: Now + ToValue, M: Now + ToValue, I: Now + ToValue>() {
        let before = now();
        let values = [
            D::now().to_value(),
            T::now().to_value(),
            M::now().to_value(),
            I::now().to_value(),
        ];
        let [
            Value::Date(day),
            Value::Time(time),
            Value::Timestamp(moment),
            Value::TimestampUtc(instant),
        ] = values
        else {
            panic!("{values:?}");
        };
        let after = now();
        let whole = |micros: i64| micros.div_euclid(MICROS_PER_DAY);
        assert!((whole(before)..=whole(after)).contains(&day.into()));
        assert!((0..MICROS_PER_DAY).contains(&time));
        assert!((before..=after).contains(&moment));
        assert!((before..=after).contains(&instant));
    }

    #[test]
    fn what_is_now_is_now_in_each_library() {
        #[cfg(feature = "chrono")]
        {
            use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
            assert_is_now::<NaiveDate, NaiveTime, NaiveDateTime, DateTime<Utc>>();
        }
        #[cfg(feature = "jiff")]
        {
            use jiff::{Timestamp, civil};
            assert_is_now::<civil::Date, civil::Time, civil::DateTime, Timestamp>();
        }
        #[cfg(feature = "time")]
        {
            use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};
            assert_is_now::<Date, Time, PrimitiveDateTime, OffsetDateTime>();
        }
    }
}
