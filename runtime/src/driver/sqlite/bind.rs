//! Parameters on their way to SQLite, which knows five types.

use rusqlite::{Statement, types::Null};

use super::SqliteConnection;
use crate::{
    error::{Error, Result},
    value::{ValueError, ValueRef, civil, hyphenated},
};

impl SqliteConnection {
    /// Binds `value` as the parameter with this number. Nothing is altered: what SQLite cannot hold is an error.
    // Each type is bound by a call of its own, in which rusqlite's choice between them folds away.
    pub(super) fn bind(
        &self,
        statement: &mut Statement<'_>,
        number: usize,
        value: ValueRef<'_>,
    ) -> Result<()> {
        let bound = match value {
            ValueRef::Int(value) => statement.raw_bind_parameter(number, value),
            ValueRef::Text(text) | ValueRef::Json(text) | ValueRef::Decimal(text) => {
                statement.raw_bind_parameter(number, text)
            }
            ValueRef::Null => statement.raw_bind_parameter(number, Null),
            ValueRef::Bool(value) => statement.raw_bind_parameter(number, i64::from(value)),
            ValueRef::UInt(value) => match i64::try_from(value) {
                Ok(value) => statement.raw_bind_parameter(number, value),
                Err(_) => return Err(too_large(number, value)),
            },
            // SQLite would store NULL.
            ValueRef::Float(value) if value.is_nan() => {
                return Err(Error::of_parameter(
                    number,
                    ValueError::new("SQLite has no NaN"),
                ));
            }
            ValueRef::Float(value) => statement.raw_bind_parameter(number, value),
            ValueRef::Array(_) => {
                return Err(Error::of_parameter(
                    number,
                    ValueError::new("SQLite has no arrays"),
                ));
            }
            ValueRef::Other(opaque) => {
                statement.raw_bind_parameter(number, opaque.bytes.as_slice())
            }
            ValueRef::Bytes(bytes) => statement.raw_bind_parameter(number, bytes),
            ValueRef::Date(days) => {
                statement.raw_bind_parameter(number, civil::format_date(days).as_str())
            }
            ValueRef::Time(micros) => {
                statement.raw_bind_parameter(number, civil::format_time(micros).as_str())
            }
            ValueRef::Timestamp(micros) | ValueRef::TimestampUtc(micros) => {
                statement.raw_bind_parameter(number, civil::format_timestamp(micros).as_str())
            }
            ValueRef::Uuid(bytes) => {
                statement.raw_bind_parameter(number, hyphenated(bytes).as_str())
            }
        };
        bound.map_err(|error| self.failed(error))
    }
}

#[cold]
fn too_large(number: usize, value: u64) -> Error {
    let integers = "SQLite's integers, which end at 2^63 - 1";
    Error::of_parameter(number, ValueError::out_of_range(value, integers))
}
