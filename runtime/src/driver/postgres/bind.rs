//! Parameters on their way to PostgreSQL, as the types that it expects.
//!
//! A value whose type fits travels in binary. Where only the server can tell whether it fits, as with text for a type that is not
//! text, it travels as its text, and the server reads or refuses it. What would be altered on the way is an error.

mod array;
mod text;

use std::{error::Error as StdError, fmt};

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{Format, IsNull, ToSql, Type};

use super::{kind::Kind, numeric};
use crate::value::{ValueError, ValueRef};

/// Days from 1970-01-01 to 2000-01-01, from which PostgreSQL counts.
pub(super) const EPOCH_DAYS: i32 = 10_957;
pub(super) const MICROS_PER_DAY: i64 = 86_400_000_000;
pub(super) const EPOCH_MICROS: i64 = EPOCH_DAYS as i64 * MICROS_PER_DAY;
/// What stands before the text of a jsonb.
pub(super) const JSONB_VERSION: u8 = 1;

/// A parameter, with the type that is expected in its place.
pub(super) struct Bound<'v> {
    pub(super) number: usize,
    pub(super) value: ValueRef<'v>,
    pub(super) kind: &'v Kind,
}

/// Not shown: the client would log it.
impl fmt::Debug for Bound<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.number)
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        if matches!(self.value, ValueRef::Null) {
            return Ok(IsNull::Yes);
        }
        let written = if is_binary(self.kind, self.value) {
            binary(self.kind, self.value, out)
        } else {
            text::write(self.kind, self.value, out)
        };
        match written {
            Ok(()) => Ok(IsNull::No),
            Err(error) => Err(Box::new(Refused {
                number: self.number,
                error,
            })),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        match self.value {
            ValueRef::Null => Format::Binary,
            value if is_binary(self.kind, value) => Format::Binary,
            _ => Format::Text,
        }
    }

    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        self.to_sql(ty, out)
    }
}

/// A parameter that cannot be sent.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    pub(super) number: usize,
    pub(super) error: ValueError,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parameter {}: {}", self.number, self.error)
    }
}

impl StdError for Refused {}

/// Whether a value, which is not NULL, can be written as the type keeps it.
fn is_binary(kind: &Kind, value: ValueRef<'_>) -> bool {
    match kind {
        Kind::Bool => matches!(value, ValueRef::Bool(_)),
        Kind::Int2 | Kind::Int4 | Kind::Int8 | Kind::Oid => {
            matches!(value, ValueRef::Int(_) | ValueRef::UInt(_))
        }
        Kind::Float4 | Kind::Float8 => matches!(
            value,
            ValueRef::Float(_) | ValueRef::Int(_) | ValueRef::UInt(_)
        ),
        Kind::Numeric => match value {
            ValueRef::Int(_) | ValueRef::UInt(_) => true,
            ValueRef::Decimal(text) => numeric::Digits::of(text).is_some(),
            _ => false,
        },
        Kind::Bytes => matches!(value, ValueRef::Bytes(_) | ValueRef::Other(_)),
        Kind::Date => matches!(value, ValueRef::Date(_)),
        Kind::Time => matches!(value, ValueRef::Time(_)),
        Kind::Timestamp | Kind::TimestampTz => matches!(
            value,
            ValueRef::Timestamp(_) | ValueRef::TimestampUtc(_) | ValueRef::Date(_)
        ),
        Kind::Uuid => matches!(value, ValueRef::Uuid(_) | ValueRef::Bytes(_)),
        Kind::Json | Kind::Jsonb => matches!(value, ValueRef::Json(_) | ValueRef::Text(_)),
        Kind::Array(element) => match value {
            ValueRef::Array(items) => items.iter().all(|item| array::is_binary(element, item)),
            _ => false,
        },
        Kind::Other(_) => matches!(value, ValueRef::Other(_) | ValueRef::Bytes(_)),
        Kind::Text
        | Kind::TimeTz
        | Kind::Interval
        | Kind::Inet
        | Kind::MacAddress
        | Kind::Bits
        | Kind::Range(_)
        | Kind::Multirange(_) => false,
    }
}

/// Writes a value as the type keeps it.
fn binary(kind: &Kind, value: ValueRef<'_>, out: &mut BytesMut) -> Result<(), ValueError> {
    match (kind, value) {
        (_, ValueRef::Bool(value)) => out.put_u8(u8::from(value)),
        (Kind::Int2, value) => out.put_i16(whole(value, "smallint")?),
        (Kind::Int4, value) => out.put_i32(whole(value, "integer")?),
        (Kind::Int8, value) => out.put_i64(whole(value, "bigint")?),
        (Kind::Oid, value) => out.put_u32(whole(value, "oid")?),
        (Kind::Float8, value) => out.put_f64(float(value)?),
        (Kind::Float4, value) => out.put_f32(single(float(value)?)?),
        (Kind::Numeric, value) => decimal(value, out)?,
        (Kind::Timestamp | Kind::TimestampTz, value) => out.put_i64(micros(value)?),
        (Kind::Jsonb, ValueRef::Json(text) | ValueRef::Text(text)) => {
            out.put_u8(JSONB_VERSION);
            out.put_slice(text::without_nul(text)?.as_bytes());
        }
        (_, ValueRef::Json(text) | ValueRef::Text(text)) => {
            out.put_slice(text::without_nul(text)?.as_bytes());
        }
        (_, ValueRef::Date(days)) => out.put_i32(date(days)?),
        (_, ValueRef::Time(micros)) => out.put_i64(time(micros)?),
        (_, ValueRef::Uuid(bytes)) => out.put_slice(&bytes),
        (Kind::Uuid, ValueRef::Bytes(bytes)) if bytes.len() != 16 => {
            let message = format!("a UUID has 16 bytes, found {}", bytes.len());
            return Err(ValueError::new(message));
        }
        (_, ValueRef::Bytes(bytes)) => out.put_slice(bytes),
        (_, ValueRef::Other(opaque)) => out.put_slice(&opaque.bytes),
        (Kind::Array(element), ValueRef::Array(items)) => array::binary(element, items, out)?,
        (kind, value) => return Err(mismatch(kind, value)),
    }
    Ok(())
}

/// A whole number that fits.
fn whole<T: TryFrom<i64> + TryFrom<u64>>(
    value: ValueRef<'_>,
    title: &str,
) -> Result<T, ValueError> {
    match value {
        ValueRef::Int(value) => {
            T::try_from(value).map_err(|_| ValueError::out_of_range(value, title))
        }
        ValueRef::UInt(value) => {
            T::try_from(value).map_err(|_| ValueError::out_of_range(value, title))
        }
        other => Err(ValueError::expected("an integer", other)),
    }
}

fn float(value: ValueRef<'_>) -> Result<f64, ValueError> {
    match value {
        ValueRef::Float(value) => Ok(value),
        ValueRef::Int(value) if i128::from(value) == (value as f64) as i128 => Ok(value as f64),
        ValueRef::UInt(value) if i128::from(value) == (value as f64) as i128 => Ok(value as f64),
        ValueRef::Int(value) => Err(inexact(value)),
        ValueRef::UInt(value) => Err(inexact(value)),
        other => Err(ValueError::expected("a number", other)),
    }
}

#[cold]
fn inexact(value: impl fmt::Display) -> ValueError {
    ValueError::out_of_range(value, "a floating-point number without a loss")
}

/// The nearest number of half the size, as the server itself would have it.
fn single(wide: f64) -> Result<f32, ValueError> {
    let narrow = wide as f32;
    if narrow.is_infinite() && wide.is_finite() {
        return Err(ValueError::out_of_range(wide, "real"));
    }
    Ok(narrow)
}

fn decimal(value: ValueRef<'_>, out: &mut BytesMut) -> Result<(), ValueError> {
    let made;
    let text = match value {
        ValueRef::Decimal(text) => text,
        ValueRef::Int(value) => {
            made = value.to_string();
            &made
        }
        ValueRef::UInt(value) => {
            made = value.to_string();
            &made
        }
        other => return Err(ValueError::expected("an exact number", other)),
    };
    let digits = numeric::Digits::of(text)
        .ok_or_else(|| ValueError::new(format!("`{text}` is no decimal number")))?;
    numeric::encode(digits, out)
}

/// Days as PostgreSQL counts them. The outermost stand for infinity there.
fn date(days: i32) -> Result<i32, ValueError> {
    days.checked_sub(EPOCH_DAYS)
        .filter(|days| *days != i32::MIN)
        .ok_or_else(|| ValueError::out_of_range(crate::value::civil::format_date(days), "date"))
}

fn time(micros: i64) -> Result<i64, ValueError> {
    if (0..=MICROS_PER_DAY).contains(&micros) {
        return Ok(micros);
    }
    Err(ValueError::new("the time is not one of a day"))
}

fn micros(value: ValueRef<'_>) -> Result<i64, ValueError> {
    let micros = match value {
        ValueRef::Timestamp(micros) | ValueRef::TimestampUtc(micros) => Some(micros),
        ValueRef::Date(days) => i64::from(days).checked_mul(MICROS_PER_DAY),
        other => return Err(ValueError::expected("a timestamp", other)),
    };
    micros
        .and_then(|micros| micros.checked_sub(EPOCH_MICROS))
        .filter(|micros| *micros != i64::MIN)
        .ok_or_else(|| ValueError::new("the timestamp is too early for PostgreSQL"))
}

#[cold]
fn mismatch(kind: &Kind, value: ValueRef<'_>) -> ValueError {
    ValueError::expected(kind.title(), value)
}
