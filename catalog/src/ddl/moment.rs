//! Days and moments as texts in defaults. SQLite keeps them in any form; other databases read fewer, and each reads an offset
//! in its own way, so that they are written in the form that all read alike, in UTC.

use crate::{Dialect, Type};

use super::DdlError;

/// A text that is the default of a column of the type `kind`: in the common form where that is a day or a moment.
pub(super) fn text(text: &str, kind: &Type, dialect: Dialect) -> Result<String, DdlError> {
    let moment = match kind {
        Type::Date => Moment::of(text).filter(|_| text.len() == "2024-02-29".len()),
        Type::Timestamp { .. } => Moment::of(text),
        _ => return Ok(text.into()),
    };
    let moment = moment
        .ok_or_else(|| DdlError::new(format!("its default `{text}` is not a day or a moment")))?;
    Ok(match kind {
        Type::Date => moment.day(),
        // MySQL's DATETIME has no zone.
        Type::Timestamp { zone: true, .. } if dialect != Dialect::Mysql => {
            format!("{}+00:00", moment.in_utc())
        }
        _ => moment.in_utc(),
    })
}

/// A day, the minutes of it in UTC, and the text of its seconds.
struct Moment {
    /// Days since the first of March of the year 0.
    days: i64,
    minutes: i64,
    seconds: String,
}

impl Moment {
    /// Reads `2024-02-29`, and what stands behind it: `T12:30:00.5+02:00`.
    fn of(text: &str) -> Option<Self> {
        let (day, clock) = match text.char_indices().nth(10) {
            Some((at, 'T' | ' ')) => (&text[..at], &text[at + 1..]),
            Some(_) => return None,
            None => (text, ""),
        };
        let mut parts = day.split('-').map(number);
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let is_day = parts.next().is_none()
            && (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day);
        let moment = Moment {
            days: days(year, month, day),
            minutes: 0,
            seconds: "00".into(),
        };
        match (is_day, clock) {
            (false, _) => None,
            (true, "") => Some(moment),
            (true, clock) => moment.at(clock),
        }
    }

    fn at(mut self, clock: &str) -> Option<Self> {
        let (clock, offset) = offset(clock)?;
        let mut parts = clock.splitn(3, ':');
        let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
        let seconds = parts.next().unwrap_or("00");
        let (whole, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
        let is_clock = hour < 24
            && minute < 60
            && number(whole)? < 60
            && fraction.len() <= 6
            && fraction.bytes().all(|digit| digit.is_ascii_digit());
        let minutes = hour * 60 + minute - offset;
        self.days += minutes.div_euclid(24 * 60);
        self.minutes = minutes.rem_euclid(24 * 60);
        self.seconds = seconds.into();
        is_clock.then_some(self)
    }

    fn day(&self) -> String {
        let (year, month, day) = civil(self.days);
        format!("{year:04}-{month:02}-{day:02}")
    }

    fn in_utc(&self) -> String {
        let (hour, minute) = (self.minutes / 60, self.minutes % 60);
        format!("{} {hour:02}:{minute:02}:{}", self.day(), self.seconds)
    }
}

/// A clock, and the minutes by which it is ahead of UTC.
fn offset(clock: &str) -> Option<(&str, i64)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = clock.rfind(['+', '-']) else {
        return Some((clock, 0));
    };
    let digits = clock[at + 1..].replace(':', "");
    let minutes = match digits.len() {
        2 => number(&digits)? * 60,
        4 => number(&digits[..2])? * 60 + number(&digits[2..])?,
        _ => return None,
    };
    let sign = if clock[at..].starts_with('-') { -1 } else { 1 };
    Some((&clock[..at], sign * minutes))
}

fn number(digits: &str) -> Option<i64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

fn days_of(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// The number of a day, counted in years that begin in March, so that the odd day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = match month > 2 {
        true => (year, month - 3),
        false => (year - 1, month + 9),
    };
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (month * 153 + 2) / 5
        + day
        - 1
}

/// The day of a number: year, month and day.
fn civil(number: i64) -> (i64, i64, i64) {
    let mut year = number.div_euclid(366);
    while days(year + 1, 3, 1) <= number {
        year += 1;
    }
    let of_year = number - days(year, 3, 1);
    let month = (of_year * 5 + 2) / 153;
    let day = of_year - (month * 153 + 2) / 5 + 1;
    match month < 10 {
        true => (year, month + 3, day),
        false => (year + 1, month - 9, day),
    }
}
