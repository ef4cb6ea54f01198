//! Dates and times read from text.

use super::{MICROS_PER_DAY, MICROS_PER_SECOND, days_from_civil};
use crate::value::ValueError;

pub(crate) fn parse_date(text: &str) -> Result<i32, ValueError> {
    let date = date(text).filter(|(_, rest)| rest.is_empty());
    date.and_then(|(days, _)| i32::try_from(days).ok())
        .ok_or_else(|| wrong(text, "a date"))
}

pub(crate) fn parse_time(text: &str) -> Result<i64, ValueError> {
    let time = time(text).filter(|(_, rest)| rest.is_empty());
    time.map(|(micros, _)| micros)
        .ok_or_else(|| wrong(text, "a time"))
}

/// Microseconds since 1970; an offset, where given, is taken off, so that the result is UTC.
pub(crate) fn parse_timestamp(text: &str) -> Result<i64, ValueError> {
    timestamp(text).ok_or_else(|| wrong(text, "a timestamp"))
}

#[cold]
fn wrong(text: &str, what: &str) -> ValueError {
    ValueError::new(format!("`{text}` is not {what}"))
}

fn timestamp(text: &str) -> Option<i64> {
    let (days, rest) = date(text)?;
    let midnight = days.checked_mul(MICROS_PER_DAY)?;
    if rest.is_empty() {
        return Some(midnight);
    }
    let (micros, rest) = time(rest.strip_prefix([' ', 'T', 't'])?)?;
    midnight
        .checked_add(micros)?
        .checked_sub(offset(rest.trim_start())?)
}

/// Days since 1970-01-01, and what follows.
fn date(text: &str) -> Option<(i64, &str)> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let (year, rest) = digits(unsigned, 4, 6)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2, 2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 2, 2)?;
    Some((days_from_civil(sign * year, month, day)?, rest))
}

/// Microseconds since midnight, and what follows.
fn time(text: &str) -> Option<(i64, &str)> {
    let (hour, rest) = digits(text, 2, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest, 2, 2)?,
        None => (0, rest),
    };
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => micros(rest)?,
        None => (0, rest),
    };
    let fits = hour < 24 && minute < 60 && second < 60;
    fits.then_some((
        ((hour * 60 + minute) * 60 + second) * MICROS_PER_SECOND + fraction,
        rest,
    ))
}

/// Microseconds from the digits behind the point; what is finer than that is cut off.
fn micros(text: &str) -> Option<(i64, &str)> {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    let kept = &text[..end.min(6)];
    let missing = u32::try_from(6 - kept.len()).ok()?;
    let value: i64 = kept.parse().ok()?;
    Some((value * 10_i64.pow(missing), &text[end..]))
}

/// Microseconds to take off for UTC.
fn offset(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first() {
        None => return Some(0),
        Some(b'Z' | b'z') => return text[1..].is_empty().then_some(0),
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(_) => return None,
    };
    let (hours, rest) = digits(&text[1..], 2, 2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let (minutes, rest) = if rest.is_empty() {
        (0, rest)
    } else {
        digits(rest, 2, 2)?
    };
    rest.is_empty()
        .then_some(sign * (hours * 60 + minutes) * 60 * MICROS_PER_SECOND)
}

fn digits(text: &str, least: usize, most: usize) -> Option<(i64, &str)> {
    let found = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let value = text[..found].parse().ok()?;
    (found >= least).then_some((value, &text[found..]))
}

#[cfg(test)]
mod tests {
    use super::{MICROS_PER_DAY, parse_date, parse_time, parse_timestamp};
    use crate::value::civil::{format_date, format_timestamp};

    #[test]
    fn every_day_of_six_centuries_reads_back_as_itself() {
        for days in -150_000..100_000 {
            assert_eq!(parse_date(&format_date(days)), Ok(days));
        }
        assert_eq!(format_date(0), "1970-01-01");
        assert_eq!(format_date(19_782), "2024-02-29");
    }

    #[test]
    fn the_ends_of_what_microseconds_can_say_read_back_as_themselves() {
        for micros in [
            i64::MIN + MICROS_PER_DAY,
            -1,
            0,
            1,
            i64::MAX - MICROS_PER_DAY,
        ] {
            assert_eq!(parse_timestamp(&format_timestamp(micros)), Ok(micros));
        }
    }

    #[test]
    fn usual_forms_of_one_moment_are_all_read() {
        let noon = parse_timestamp("2024-02-29 12:00:00.000000").unwrap();
        for form in [
            "2024-02-29 12:00",
            "2024-02-29T12:00:00",
            "2024-02-29T12:00:00.0Z",
            "2024-02-29 14:00:00+02",
            "2024-02-29 14:30:00 +02:30",
            "2024-02-29T07:00:00-0500",
        ] {
            assert_eq!(parse_timestamp(form), Ok(noon), "{form}");
        }
        assert_eq!(parse_timestamp("2024-02-29"), Ok(noon - MICROS_PER_DAY / 2));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2024",
            "2024-02-30",
            "2024-13-01",
            "2024-1-1",
            "2024-01-01x",
            "٢٠٢٤-01-01",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
        for text in ["24:00:00", "12", "12:60", "12:00:00.", "12:00:00 PM"] {
            assert!(parse_time(text).is_err(), "{text}");
        }
        for text in [
            "2024-01-01 ",
            "2024-01-01 12:00:00 CET",
            "2024-01-01 12:00+2",
        ] {
            assert!(parse_timestamp(text).is_err(), "{text}");
        }
    }
}
