//! m06: dates and times by `jiff` and by `time`, each with a struct of its own for the same table.

use aludel::{ErrorKind, FromValue, ValueRef, prelude::Expression, query::func, types};
use aludel_testing::{each_database, models};

use super::held::{refused, round_trip};
use crate::{
    backend::{Backend, current},
    features::tables,
};

/// The tests, for a library whose constructors are in `$make`.
macro_rules! tests {
    ($make:ident, $models:ident) => {
        use aludel_testing::$models::EveryType;

        use super::*;
        use $make::{at, day, hour, utc};

        #[each_database]
        fn m06_dates_and_times() {
            let hours = [
                hour(0, 0, 0, 0),
                hour(0, 0, 0, 1_000),
                hour(23, 59, 59, 999_999_000),
            ];
            round_trip!(hour, hours);
            let days = [
                day(1, 1, 1),
                day(1582, 10, 10),
                day(1900, 2, 28),
                day(1969, 12, 31),
                day(2000, 2, 29),
                day(9999, 12, 31),
            ];
            round_trip!(day, days);
            let moments = days.iter().flat_map(|day| hours.map(|hour| at(*day, hour)));
            let moments: Vec<_> = moments.collect();
            round_trip!(moment, moments.clone());
            // Some points in time are beyond the library, but not their days.
            let instants: Vec<_> = moments.into_iter().filter_map(utc).collect();
            assert!(instants.len() >= 15);
            round_trip!(instant, instants);
        }

        #[each_database]
        fn m06_the_ends_of_the_library_are_held_or_refused() {
            let first = match current() {
                Backend::Sqlite => $make::FIRST,
                Backend::Postgres => day(-4713, 11, 24),
                Backend::MariaDb | Backend::Mysql => day(0, 1, 1),
            };
            let days = [
                $make::FIRST,
                first,
                day(-1, 1, 1),
                day(0, 1, 1),
                $make::LAST,
            ];
            let (held, beyond): (Vec<_>, Vec<_>) = days.into_iter().partition(|day| *day >= first);
            let midnights = |days: &[_]| -> Vec<_> {
                days.iter().map(|day| at(*day, hour(0, 0, 0, 0))).collect()
            };
            round_trip!(moment, midnights(&held));
            refused!(moment, midnights(&beyond));
            round_trip!(day, held);
            refused!(day, beyond);
            round_trip!(instant, [$make::LAST_INSTANT]);
        }

        #[each_database]
        fn m06_what_is_beyond_the_library_is_a_data_error() {
            // The first day of the year 10,000.
            const DAYS: i32 = 2_932_897;
            const MICROS: i64 = 253_402_300_800_000_000;
            let read = [
                types::$make::Date::from_value(ValueRef::Date(DAYS)).map(drop),
                types::$make::DateTime::from_value(ValueRef::Timestamp(MICROS)).map(drop),
                types::$make::UtcDateTime::from_value(ValueRef::TimestampUtc(MICROS)).map(drop),
            ];
            for error in read.map(Result::unwrap_err) {
                let error = error.to_string();
                assert!(
                    error.starts_with("10000-01-01") || error.starts_with("+10000-01-01"),
                    "{error}"
                );
                assert!(
                    error.contains(concat!("does not fit into ", stringify!($make), "::")),
                    "{error}"
                );
            }
            let conn = tables();
            let row = models::EveryType::insert;
            for (column, moment) in $make::beyond() {
                let inserted = match column {
                    "day" => conn.insert(row().day(moment.date_naive())),
                    "moment" => conn.insert(row().moment(moment.naive_utc())),
                    _ => conn.insert(row().instant(moment)),
                };
                inserted.unwrap();
                let error = conn.query::<EveryType>().all().unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Data, "{error}");
                let named = format!("column `{column}` of the result: ");
                assert!(error.message().starts_with(&named), "{error}");
                assert!(error.message().contains("does not fit into"), "{error}");
                conn.rollback().unwrap();
            }
        }

        #[each_database]
        fn m06_what_is_finer_than_a_microsecond_is_cut_off_as_elsewhere() {
            let conn = tables();
            let (fine, cut) = (hour(23, 59, 59, 999_999_999), hour(23, 59, 59, 999_999_000));
            for day in [day(1969, 12, 31), day(2024, 2, 29)] {
                let instant = utc(at(day, fine)).unwrap();
                let row = EveryType::insert().hour(fine).moment(at(day, fine));
                let row = conn.insert(row.instant(instant)).unwrap();
                assert_eq!(row.hour, Some(cut));
                assert_eq!(row.moment, Some(at(day, cut)));
                assert_eq!(row.instant, utc(at(day, cut)));
            }
        }

        #[each_database]
        fn q07_queries_compute_with_them() {
            let conn = tables();
            let leap = at(day(2024, 2, 29), hour(12, 30, 5, 0));
            conn.insert(EveryType::insert().moment(leap).day(day(2024, 2, 29)))
                .unwrap();
            let query = conn
                .query::<EveryType>()
                .filter(EveryType::moment.lt(func::$make::now()));
            let query = query.filter(EveryType::day.between(day(2024, 1, 1), day(2024, 12, 31)));
            let row = query.select((
                func::year(EveryType::day),
                func::month(EveryType::moment),
                func::minute(EveryType::moment),
                EveryType::moment.cast::<types::$make::Date>(),
                func::value::<types::$make::DateTime>(leap),
            ));
            let date = Some(day(2024, 2, 29));
            assert_eq!(
                row.one().unwrap(),
                (Some(2024), Some(2), Some(30), date, leap)
            );
        }
    };
}

mod by_jiff {
    tests!(jiff, with_jiff);
}

mod by_time {
    tests!(time, with_time);
}

/// Columns, and what chrono can put there, but the library does not hold, though the database does.
type Beyond = Vec<(&'static str, types::UtcDateTime)>;

fn midnight(year: i32, month: u32, day: u32) -> types::UtcDateTime {
    let day = types::Date::from_ymd_opt(year, month, day).unwrap();
    day.and_hms_opt(0, 0, 0).unwrap().and_utc()
}

fn after_ten_thousand_years() -> Beyond {
    if matches!(current(), Backend::MariaDb | Backend::Mysql) {
        return Vec::new();
    }
    ["day", "moment", "instant"]
        .map(|column| (column, midnight(10_000, 1, 1)))
        .to_vec()
}

mod jiff {
    use aludel::types::jiff::{Date, DateTime, Time, UtcDateTime};

    pub(super) const FIRST: Date = Date::MIN;
    pub(super) const LAST: Date = Date::MAX;
    pub(super) const LAST_INSTANT: UtcDateTime =
        UtcDateTime::constant(253_402_207_200, 999_999_000);

    pub(super) fn day(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    pub(super) fn hour(hour: i8, minute: i8, second: i8, nanos: i32) -> Time {
        Time::new(hour, minute, second, nanos).unwrap()
    }

    pub(super) fn at(day: Date, hour: Time) -> DateTime {
        DateTime::from_parts(day, hour)
    }

    pub(super) fn utc(moment: DateTime) -> Option<UtcDateTime> {
        format!("{moment}Z").parse().ok()
    }

    pub(super) fn beyond() -> super::Beyond {
        let mut beyond = super::after_ten_thousand_years();
        // A point in time has to have a day in each zone.
        beyond.push(("instant", super::midnight(9999, 12, 31)));
        beyond
    }
}

mod time {
    use aludel::types::time::{Date, DateTime, Time, UtcDateTime};

    pub(super) const FIRST: Date = Date::MIN;
    pub(super) const LAST: Date = Date::MAX;
    pub(super) const LAST_INSTANT: UtcDateTime = match Time::from_hms_micro(23, 59, 59, 999_999) {
        Ok(time) => DateTime::new(Date::MAX, time).assume_utc(),
        Err(_) => panic!("it is a time"),
    };

    pub(super) fn day(year: i32, month: u8, day: u8) -> Date {
        Date::from_calendar_date(year, month.try_into().unwrap(), day).unwrap()
    }

    pub(super) fn hour(hour: u8, minute: u8, second: u8, nanos: u32) -> Time {
        Time::from_hms_nano(hour, minute, second, nanos).unwrap()
    }

    pub(super) fn at(day: Date, hour: Time) -> DateTime {
        DateTime::new(day, hour)
    }

    pub(super) fn utc(moment: DateTime) -> Option<UtcDateTime> {
        Some(moment.assume_utc())
    }

    pub(super) fn beyond() -> super::Beyond {
        super::after_ten_thousand_years()
    }
}
