//! UUIDs: native where the database has them, else text or 16 bytes.

use uuid::Uuid;

use super::{Class, FromValue, ToValue, Value, ValueError, ValueRef};

impl FromValue for Uuid {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Uuid(bytes) => Ok(Uuid::from_bytes(bytes)),
            ValueRef::Text(text) => Uuid::parse_str(text)
                .map_err(|_| ValueError::new(format!("`{text}` is not a UUID"))),
            ValueRef::Bytes(bytes) => Uuid::from_slice(bytes).map_err(|_| {
                ValueError::new(format!("a UUID has 16 bytes, found {}", bytes.len()))
            }),
            other => Err(ValueError::expected("a UUID", other)),
        }
    }
}

impl ToValue for Uuid {
    const CLASS: Class = Class::Uuid;

    fn to_value(&self) -> Value {
        Value::Uuid(*self.as_bytes())
    }
}
