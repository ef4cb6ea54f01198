//! Dates and times as numbers and as text, without a library: what SQLite keeps, and what logs show.
//!
//! Text is `2024-02-29`, `23:59:59.000001` and `2024-02-29 23:59:59.000001`, always with six digits behind the second. Other
//! usual forms are read too: a `T` between date and time, fewer or no digits, no seconds, an offset or `Z`.

#[cfg(any(feature = "jiff", feature = "time"))]
mod bind;
#[cfg(any(
    feature = "_frames",
    feature = "chrono",
    feature = "jiff",
    feature = "time"
))]
mod cell;
#[cfg(any(
    feature = "_frames",
    feature = "chrono",
    feature = "jiff",
    feature = "time"
))]
mod read;

#[cfg(any(feature = "jiff", feature = "time"))]
pub(crate) use bind::timestamp_value;
#[cfg(any(feature = "jiff", feature = "time"))]
pub(crate) use cell::Clock;
#[cfg(any(
    feature = "_frames",
    feature = "chrono",
    feature = "jiff",
    feature = "time"
))]
pub(crate) use cell::{read_date, read_time, read_timestamp};
#[cfg(any(
    feature = "_frames",
    feature = "chrono",
    feature = "jiff",
    feature = "time"
))]
pub(crate) use read::{parse_date, parse_time, parse_timestamp};

pub(crate) const MICROS_PER_SECOND: i64 = 1_000_000;
pub(crate) const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;

pub(crate) fn format_date(days: i32) -> String {
    let (year, month, day) = civil_from_days(i64::from(days));
    if (0..=9999).contains(&year) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:+05}-{month:02}-{day:02}")
    }
}

pub(crate) fn format_time(micros: i64) -> String {
    // A time of MySQL is a length too, which can be negative.
    if micros < 0 {
        return format!("-{}", format_time(micros.saturating_neg()));
    }
    let seconds = micros.div_euclid(MICROS_PER_SECOND);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!(
        "{hour:02}:{minute:02}:{second:02}.{:06}",
        micros.rem_euclid(MICROS_PER_SECOND)
    )
}

pub(crate) fn format_timestamp(micros: i64) -> String {
    let days = i32::try_from(micros.div_euclid(MICROS_PER_DAY))
        .expect("an i64 of microseconds spans fewer days than an i32 counts");
    format!(
        "{} {}",
        format_date(days),
        format_time(micros.rem_euclid(MICROS_PER_DAY))
    )
}

/// The year, month and day of a number of days since 1970-01-01, in the proleptic Gregorian calendar. Years are counted from
/// March, so that the leap day comes last, and in eras of 400 years, which repeat exactly.
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Days since 1970-01-01: the inverse of [`civil_from_days`]. None for a day that does not exist, such as the 30th of February.
#[cfg(any(
    feature = "_frames",
    feature = "chrono",
    feature = "jiff",
    feature = "mysql",
    feature = "time"
))]
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    // Only what exists comes back as itself.
    (civil_from_days(days) == (year, month, day)).then_some(days)
}
