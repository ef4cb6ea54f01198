//! Parameters on their way to SQLite, which knows five types.

use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef as Borrowed};

use crate::{
    error::{Error, ErrorKind, Result},
    value::{ValueError, ValueRef, civil, hyphenated},
};

/// What SQLite stores for `value`, the parameter with this number. Text and bytes stay where they are; nothing is altered: what
/// SQLite cannot hold is an error.
#[inline]
pub(super) fn to_sqlite(value: ValueRef<'_>, number: usize) -> Result<ToSqlOutput<'_>> {
    let borrowed = match value {
        ValueRef::Null => Borrowed::Null,
        ValueRef::Bool(value) => Borrowed::Integer(i64::from(value)),
        ValueRef::Int(value) => Borrowed::Integer(value),
        ValueRef::UInt(value) => match i64::try_from(value) {
            Ok(value) => Borrowed::Integer(value),
            Err(_) => return Err(beyond_integers(number, value)),
        },
        // SQLite would store NULL.
        ValueRef::Float(value) if value.is_nan() => {
            return Err(refused(number, ValueError::new("SQLite has no NaN")));
        }
        ValueRef::Float(value) => Borrowed::Real(value),
        ValueRef::Text(text) | ValueRef::Json(text) | ValueRef::Decimal(text) => {
            Borrowed::Text(text.as_bytes())
        }
        ValueRef::Bytes(bytes) => Borrowed::Blob(bytes),
        ValueRef::Date(days) => return Ok(text(civil::format_date(days))),
        ValueRef::Time(micros) => return Ok(text(civil::format_time(micros))),
        ValueRef::Timestamp(micros) | ValueRef::TimestampUtc(micros) => {
            return Ok(text(civil::format_timestamp(micros)));
        }
        ValueRef::Uuid(bytes) => return Ok(text(hyphenated(bytes))),
    };
    Ok(ToSqlOutput::Borrowed(borrowed))
}

fn text(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Owned::Text(text))
}

#[cold]
fn beyond_integers(number: usize, value: u64) -> Error {
    let integers = "SQLite's integers, which end at 2^63 - 1";
    refused(number, ValueError::out_of_range(value, integers))
}

#[cold]
fn refused(number: usize, error: ValueError) -> Error {
    Error::new(ErrorKind::Data, format!("parameter {number}: {error}")).with_source(error)
}
