//! Types that are read as their text, which is written here as the server writes it.

use std::{
    fmt::Write,
    net::{Ipv4Addr, Ipv6Addr},
};

use super::{Reader, made};
use crate::{
    driver::postgres::kind::Kind,
    value::{Value, ValueError, civil},
};

/// The text of a value. Nothing when the bytes are damaged.
pub(super) fn write(kind: &Kind, bytes: &[u8]) -> Option<Result<String, ValueError>> {
    let mut reader = Reader(bytes);
    let text = match kind {
        Kind::TimeTz => time_with_zone(&mut reader)?,
        Kind::Interval => interval(&mut reader)?,
        Kind::Inet => address(&mut reader)?,
        Kind::MacAddress => mac_address(bytes),
        Kind::Bits => bits(&mut reader)?,
        Kind::Range(item) => return range(item, &mut reader),
        Kind::Multirange(item) => return multirange(item, &mut reader),
        _ => return None,
    };
    Some(Ok(text))
}

/// `23:59:59.000001+02`.
fn time_with_zone(reader: &mut Reader<'_>) -> Option<String> {
    let micros = reader.i64()?;
    // West of Greenwich it is positive.
    let east = -reader.i32()?;
    let sign = if east < 0 { '-' } else { '+' };
    let seconds = east.unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let mut text = time(micros);
    let _ = write!(text, "{sign}{hours:02}");
    if minutes > 0 || seconds > 0 {
        let _ = write!(text, ":{minutes:02}");
    }
    if seconds > 0 {
        let _ = write!(text, ":{seconds:02}");
    }
    Some(text)
}

/// A time of day without the zeros at its end.
fn time(micros: i64) -> String {
    let text = civil::format_time(micros);
    let text = text.trim_end_matches('0');
    // `00:00:00.` or, cut too far, `00:00:00.5`.
    text.strip_suffix('.').unwrap_or(text).to_owned()
}

/// `1 year 2 mons -3 days +04:05:06.7`.
fn interval(reader: &mut Reader<'_>) -> Option<String> {
    let micros = reader.i64()?;
    let (days, months) = (reader.i32()?, reader.i32()?);
    let mut text = String::new();
    let mut was_negative = false;
    for (count, unit) in [(months / 12, "year"), (months % 12, "mon"), (days, "day")] {
        if count != 0 {
            let space = if text.is_empty() { "" } else { " " };
            let sign = if was_negative && count > 0 { "+" } else { "" };
            let plural = if count == 1 { "" } else { "s" };
            let _ = write!(text, "{space}{sign}{count} {unit}{plural}");
            was_negative = count < 0;
        }
    }
    if micros != 0 || text.is_empty() {
        if !text.is_empty() {
            text.push(' ');
        }
        if micros < 0 {
            text.push('-');
        } else if was_negative {
            text.push('+');
        }
        text.push_str(&time(
            i64::try_from(micros.unsigned_abs()).unwrap_or(i64::MAX),
        ));
    }
    Some(text)
}

/// `192.168.0.1`, `10.0.0.0/8`, `::1`.
fn address(reader: &mut Reader<'_>) -> Option<String> {
    const VERSION_4: u8 = 2;
    const VERSION_6: u8 = 3;
    let (family, prefix, is_network, _length) = (
        reader.byte()?,
        reader.byte()?,
        reader.byte()?,
        reader.byte()?,
    );
    let (mut text, longest) = match family {
        VERSION_4 => (Ipv4Addr::from(reader.fixed::<4>()?).to_string(), 32),
        VERSION_6 => (Ipv6Addr::from(reader.fixed::<16>()?).to_string(), 128),
        _ => return None,
    };
    if is_network != 0 || prefix != longest {
        let _ = write!(text, "/{prefix}");
    }
    Some(text)
}

fn mac_address(bytes: &[u8]) -> String {
    let pairs = bytes.iter().map(|byte| format!("{byte:02x}"));
    pairs.collect::<Vec<_>>().join(":")
}

fn bits(reader: &mut Reader<'_>) -> Option<String> {
    let count = usize::try_from(reader.i32()?).ok()?;
    let bytes = reader.bytes(count.div_ceil(8))?;
    let bit = |index: usize| (bytes[index / 8] >> (7 - index % 8)) & 1;
    Some(
        (0..count)
            .map(|index| char::from(b'0' + bit(index)))
            .collect(),
    )
}

/// `[1,5)`, `(,"2024-01-01 00:00:00")`, `empty`.
fn range(item: &Kind, reader: &mut Reader<'_>) -> Option<Result<String, ValueError>> {
    const EMPTY: u8 = 0x01;
    const WITH_LOWER: u8 = 0x02;
    const WITH_UPPER: u8 = 0x04;
    const WITHOUT_LOWER: u8 = 0x08;
    const WITHOUT_UPPER: u8 = 0x10;
    let flags = reader.byte()?;
    if flags & EMPTY != 0 {
        return Some(Ok("empty".to_owned()));
    }
    let mut text = String::from(if flags & WITH_LOWER != 0 { "[" } else { "(" });
    if flags & WITHOUT_LOWER == 0
        && let Err(error) = bound(item, reader.sized()??, &mut text)
    {
        return Some(Err(error));
    }
    text.push(',');
    if flags & WITHOUT_UPPER == 0
        && let Err(error) = bound(item, reader.sized()??, &mut text)
    {
        return Some(Err(error));
    }
    text.push(if flags & WITH_UPPER != 0 { ']' } else { ')' });
    Some(Ok(text))
}

fn multirange(item: &Kind, reader: &mut Reader<'_>) -> Option<Result<String, ValueError>> {
    let mut texts = Vec::new();
    for _ in 0..reader.i32()? {
        match range(item, &mut Reader(reader.sized()??))? {
            Ok(text) => texts.push(text),
            Err(error) => return Some(Err(error)),
        }
    }
    Some(Ok(format!("{{{}}}", texts.join(","))))
}

/// One end of a range, in quotes where it has something in it that would end it.
fn bound(item: &Kind, bytes: &[u8], text: &mut String) -> Result<(), ValueError> {
    let shown = match made(item, bytes) {
        Ok(Value::Timestamp(micros)) => timestamp(micros),
        Ok(Value::TimestampUtc(micros)) => format!("{}+00", timestamp(micros)),
        Ok(value) => value.to_string(),
        Err(_) if matches!(item, Kind::Date | Kind::Timestamp | Kind::TimestampTz) => {
            // Infinity is the end of many ranges. The sign is the first bit.
            let is_past = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
            if is_past { "-infinity" } else { "infinity" }.to_owned()
        }
        Err(error) => return Err(error),
    };
    let ends = |character: char| "()[],\"\\".contains(character) || character.is_whitespace();
    if shown.is_empty() || shown.contains(ends) {
        let escaped = shown.replace('\\', "\\\\").replace('"', "\"\"");
        let _ = write!(text, "\"{escaped}\"");
    } else {
        text.push_str(&shown);
    }
    Ok(())
}

fn timestamp(micros: i64) -> String {
    let text = civil::format_timestamp(micros);
    let text = text.trim_end_matches('0');
    text.strip_suffix('.').unwrap_or(text).to_owned()
}
