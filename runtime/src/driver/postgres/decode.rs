//! Cells as PostgreSQL sends them, in binary.

mod array;
mod text;

use super::{
    bind::{EPOCH_DAYS, EPOCH_MICROS, JSONB_VERSION},
    kind::Kind,
    numeric,
};
use crate::value::{Opaque, Value, ValueError, ValueRef};

/// A value that can be lent as it is. For the others there is [`make`].
#[inline]
pub(super) fn lend<'a>(kind: &'a Kind, bytes: &'a [u8]) -> Result<ValueRef<'a>, ValueError> {
    Ok(match kind {
        Kind::Int4 => ValueRef::Int(i64::from(i32::from_be_bytes(fixed(bytes)?))),
        Kind::Int8 => ValueRef::Int(i64::from_be_bytes(fixed(bytes)?)),
        Kind::Text => ValueRef::Text(utf8(bytes)?),
        Kind::Bool => ValueRef::Bool(fixed::<1>(bytes)? != [0]),
        Kind::Int2 => ValueRef::Int(i64::from(i16::from_be_bytes(fixed(bytes)?))),
        Kind::Oid => ValueRef::Int(i64::from(u32::from_be_bytes(fixed(bytes)?))),
        Kind::Float8 => ValueRef::Float(f64::from_be_bytes(fixed(bytes)?)),
        Kind::Float4 => ValueRef::Float(f64::from(f32::from_be_bytes(fixed(bytes)?))),
        Kind::Bytes => ValueRef::Bytes(bytes),
        Kind::Date => ValueRef::Date(date(i32::from_be_bytes(fixed(bytes)?))?),
        Kind::Time => ValueRef::Time(i64::from_be_bytes(fixed(bytes)?)),
        Kind::Timestamp => ValueRef::Timestamp(micros(i64::from_be_bytes(fixed(bytes)?))?),
        Kind::TimestampTz => ValueRef::TimestampUtc(micros(i64::from_be_bytes(fixed(bytes)?))?),
        Kind::Uuid => ValueRef::Uuid(fixed(bytes)?),
        Kind::Json => ValueRef::Json(utf8(bytes)?),
        Kind::Jsonb => match bytes.split_first() {
            Some((&JSONB_VERSION, text)) => ValueRef::Json(utf8(text)?),
            _ => return Err(damaged()),
        },
        // Never asked for: they are made.
        _ => return Err(damaged()),
    })
}

/// A value of its own, in the place of one that is not needed any more.
pub(super) fn make(kind: &Kind, bytes: &[u8], into: &mut Value) -> Result<(), ValueError> {
    match kind {
        Kind::Numeric => {
            let mut text = match std::mem::replace(into, Value::Null) {
                Value::Decimal(text) => text,
                _ => String::new(),
            };
            text.clear();
            numeric::decode(bytes, &mut text).ok_or_else(damaged)?;
            *into = Value::Decimal(text);
        }
        Kind::Array(element) => {
            *into = Value::Array(array::items(element, bytes).ok_or_else(damaged)??);
        }
        Kind::Other(name) => {
            *into = Value::Other(Box::new(Opaque {
                type_name: name.to_string(),
                bytes: bytes.to_vec(),
            }));
        }
        kind if kind.is_made() => {
            let text = text::write(kind, bytes).ok_or_else(damaged)??;
            *into = Value::Text(text.into());
        }
        kind => *into = lend(kind, bytes)?.to_owned(),
    }
    Ok(())
}

/// A value of its own.
fn made(kind: &Kind, bytes: &[u8]) -> Result<Value, ValueError> {
    let mut value = Value::Null;
    make(kind, bytes, &mut value)?;
    Ok(value)
}

fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], ValueError> {
    bytes.try_into().map_err(|_| damaged())
}

fn utf8(bytes: &[u8]) -> Result<&str, ValueError> {
    str::from_utf8(bytes).map_err(|_| ValueError::new("its text is not UTF-8"))
}

fn date(days: i32) -> Result<i32, ValueError> {
    if matches!(days, i32::MIN | i32::MAX) {
        return Err(infinite());
    }
    let days = days.checked_add(EPOCH_DAYS);
    days.ok_or_else(|| ValueError::new("the date is too late"))
}

fn micros(micros: i64) -> Result<i64, ValueError> {
    if matches!(micros, i64::MIN | i64::MAX) {
        return Err(infinite());
    }
    let micros = micros.checked_add(EPOCH_MICROS);
    micros.ok_or_else(|| ValueError::new("the timestamp is too late"))
}

#[cold]
fn infinite() -> ValueError {
    ValueError::new("`infinity` is no date and no time")
}

#[cold]
fn damaged() -> ValueError {
    ValueError::new("its bytes are not what PostgreSQL sends for its type")
}

/// Takes what a cell holds apart.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    #[inline]
    pub(super) fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.fixed().map(|[byte]| byte)
    }

    fn i32(&mut self) -> Option<i32> {
        self.fixed().map(i32::from_be_bytes)
    }

    fn i64(&mut self) -> Option<i64> {
        self.fixed().map(i64::from_be_bytes)
    }

    /// What follows its own length; nothing for NULL, whose length is negative.
    #[inline]
    pub(super) fn sized(&mut self) -> Option<Option<&'b [u8]>> {
        match usize::try_from(self.i32()?) {
            Ok(length) => self.bytes(length).map(Some),
            Err(_) => Some(None),
        }
    }
}
