//! The values of a foreign key, to find rows by.

use std::hash::{Hash, Hasher};

use crate::{error::Result, row::Row, value::Value};

/// The values of the columns of a foreign key, none of which is NULL.
#[derive(Debug, Clone)]
pub enum Key {
    /// One whole number, which it is nearly always.
    Number(i64),
    /// Anything else.
    Values(Box<[Value]>),
}

impl Key {
    /// Reads it from these columns of a row; `None` where one of them is NULL.
    pub(super) fn read(
        row: &Row<'_>,
        mut columns: impl ExactSizeIterator<Item = usize>,
    ) -> Result<Option<Key>> {
        let several = columns.len() > 1;
        let Some(first) = columns.next() else {
            return Ok(None);
        };
        let first = match row.get::<Option<Value>>(first)? {
            Some(Value::Int(number)) if !several => return Ok(Some(Key::Number(number))),
            Some(value) => value,
            None => return Ok(None),
        };
        let mut values = Vec::with_capacity(1 + columns.len());
        values.push(first);
        for column in columns {
            match row.get::<Option<Value>>(column)? {
                Some(value) => values.push(value),
                None => return Ok(None),
            }
        }
        Ok(Some(Key::Values(values.into_boxed_slice())))
    }

    /// Adds the values to others.
    pub(super) fn append_to(&self, values: &mut Vec<Value>) {
        match self {
            Key::Number(number) => values.push(Value::Int(*number)),
            Key::Values(own) => values.extend_from_slice(own),
        }
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        match (self, other) {
            (Key::Number(a), Key::Number(b)) => a == b,
            (Key::Values(a), Key::Values(b)) => a == b,
            _ => false,
        }
    }
}

// Floating-point numbers are no keys that anybody relies on: one that is not equal to itself finds nothing.
impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Key::Number(number) => number.hash(state),
            Key::Values(values) => values.iter().for_each(|value| hash_value(value, state)),
        }
    }
}

/// Equal values have equal hashes, which is all that is asked of a hash.
fn hash_value(value: &Value, state: &mut impl Hasher) {
    match value {
        Value::Bool(value) => value.hash(state),
        Value::Int(value) | Value::Time(value) => value.hash(state),
        Value::Timestamp(value) | Value::TimestampUtc(value) => value.hash(state),
        Value::UInt(value) => value.hash(state),
        Value::Date(value) => value.hash(state),
        Value::Text(value) => value.hash(state),
        Value::Decimal(value) | Value::Json(value) => value.hash(state),
        Value::Bytes(value) => value.hash(state),
        Value::Other(opaque) => opaque.bytes.hash(state),
        Value::Array(items) => items.iter().for_each(|item| hash_value(item, state)),
        Value::Uuid(value) => value.hash(state),
        Value::Null | Value::Float(_) => {}
    }
}
