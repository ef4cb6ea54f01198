//! Parameters on their way to SQLite, which knows five types.

use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef as Borrowed};

use crate::{
    error::{Error, ErrorKind, Result},
    value::{Value, ValueError, civil, hyphenated},
};

/// What SQLite stores for `value`, the parameter with this number. Nothing is altered: what SQLite cannot hold is an error.
pub(super) fn to_sqlite(value: &Value, number: usize) -> Result<ToSqlOutput<'_>> {
    let borrowed = match value {
        Value::Null => Borrowed::Null,
        Value::Bool(value) => Borrowed::Integer(i64::from(*value)),
        Value::Int(value) => Borrowed::Integer(*value),
        Value::UInt(value) => match i64::try_from(*value) {
            Ok(value) => Borrowed::Integer(value),
            Err(_) => {
                return Err(refused(
                    number,
                    ValueError::out_of_range(value, "SQLite's integers, which end at 2^63 - 1"),
                ));
            }
        },
        // SQLite would store NULL.
        Value::Float(value) if value.is_nan() => {
            return Err(refused(number, ValueError::new("SQLite has no NaN")));
        }
        Value::Float(value) => Borrowed::Real(*value),
        Value::Text(text) => Borrowed::Text(text.as_bytes()),
        Value::Json(text) | Value::Decimal(text) => Borrowed::Text(text.as_bytes()),
        Value::Bytes(bytes) => Borrowed::Blob(bytes),
        Value::Date(days) => return Ok(text(civil::format_date(*days))),
        Value::Time(micros) => return Ok(text(civil::format_time(*micros))),
        Value::Timestamp(micros) | Value::TimestampUtc(micros) => {
            return Ok(text(civil::format_timestamp(*micros)));
        }
        Value::Uuid(bytes) => return Ok(text(hyphenated(*bytes))),
    };
    Ok(ToSqlOutput::Borrowed(borrowed))
}

fn text(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(Owned::Text(text))
}

#[cold]
fn refused(number: usize, error: ValueError) -> Error {
    Error::new(ErrorKind::Data, format!("parameter {number}: {error}")).with_source(error)
}
