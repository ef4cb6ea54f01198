//! Parameters as text, which the server reads.

use bytes::{BufMut, BytesMut};

use super::{array, mismatch};
use crate::{
    driver::postgres::kind::Kind,
    value::{ValueError, ValueRef, civil, hyphenated},
};

/// Writes a value as the text that the type is written as.
pub(super) fn write(
    kind: &Kind,
    value: ValueRef<'_>,
    out: &mut BytesMut,
) -> Result<(), ValueError> {
    if let (Kind::Array(element), ValueRef::Array(items)) = (kind, value) {
        return array::literal(element, items, out);
    }
    if !is_readable(kind, value) {
        return Err(mismatch(kind, value));
    }
    let made;
    let text = match value {
        ValueRef::Text(text) | ValueRef::Json(text) | ValueRef::Decimal(text) => text,
        other => {
            made = text_of(other).ok_or_else(|| mismatch(kind, other))?;
            &made
        }
    };
    out.put_slice(without_nul(text)?.as_bytes());
    Ok(())
}

/// Whether the server reads the text of the value as the value that it is, or refuses it. It would drop the time of a day
/// without a word, and read the escapes of bytes.
fn is_readable(kind: &Kind, value: ValueRef<'_>) -> bool {
    match (kind, value) {
        (Kind::Bytes, _) => false,
        (_, ValueRef::Text(_)) => true,
        (Kind::Text, value) => !matches!(
            value,
            ValueRef::Bytes(_) | ValueRef::Array(_) | ValueRef::Other(_)
        ),
        (Kind::Bool, ValueRef::Int(0 | 1)) => true,
        (
            Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Float4 | Kind::Float8 | Kind::Numeric,
            ValueRef::Decimal(_) | ValueRef::Float(_),
        ) => true,
        (
            Kind::Json | Kind::Jsonb,
            ValueRef::Int(_) | ValueRef::UInt(_) | ValueRef::Bool(_) | ValueRef::Decimal(_),
        ) => true,
        (Kind::Interval | Kind::TimeTz, ValueRef::Time(_)) => true,
        (Kind::Other(_), ValueRef::Array(_)) => false,
        (Kind::Other(_), _) => true,
        _ => false,
    }
}

/// The text of a value, where it has one.
fn text_of(value: ValueRef<'_>) -> Option<String> {
    Some(match value {
        ValueRef::Bool(value) => value.to_string(),
        ValueRef::Int(value) => value.to_string(),
        ValueRef::UInt(value) => value.to_string(),
        ValueRef::Float(value) => value.to_string(),
        ValueRef::Date(days) => civil::format_date(days),
        ValueRef::Time(micros) => civil::format_time(micros),
        ValueRef::Timestamp(micros) => civil::format_timestamp(micros),
        ValueRef::TimestampUtc(micros) => format!("{}Z", civil::format_timestamp(micros)),
        ValueRef::Uuid(bytes) => hyphenated(bytes),
        _ => return None,
    })
}

/// The text, unless it has a character that PostgreSQL cannot keep.
pub(super) fn without_nul(text: &str) -> Result<&str, ValueError> {
    if text.as_bytes().contains(&0) {
        return Err(ValueError::new(
            "text on PostgreSQL cannot hold the character NUL",
        ));
    }
    Ok(text)
}
