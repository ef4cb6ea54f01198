//! Text and bytes.

use std::borrow::Cow;

use super::{FromValue, ToValue, Value, ValueError, ValueRef};

impl FromValue for String {
    #[inline]
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Text(text) | ValueRef::Json(text) | ValueRef::Decimal(text) => {
                Ok(text.to_owned())
            }
            other => Err(ValueError::expected("text", other)),
        }
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value {
        Value::Text(Cow::Owned(self.clone()))
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value {
        Value::Text(Cow::Owned(self.to_owned()))
    }
}

/// Bytes.
pub(super) fn read_bytes(value: ValueRef<'_>) -> Result<Vec<u8>, ValueError> {
    match value {
        ValueRef::Bytes(bytes) => Ok(bytes.to_vec()),
        ValueRef::Other(opaque) => Ok(opaque.bytes.clone()),
        other => Err(ValueError::expected("bytes", other)),
    }
}
