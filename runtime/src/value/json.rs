//! JSON.

use serde_json::Value as Json;

use super::{FromValue, ToValue, Value, ValueError, ValueRef};

impl FromValue for Json {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Json(text) | ValueRef::Text(text) => serde_json::from_str(text)
                .map_err(|error| ValueError::new(format!("this is not JSON: {error}"))),
            // SQLite makes numbers of JSON that looks like one, in a column that it did not get from us.
            ValueRef::Int(value) => Ok(Json::from(value)),
            ValueRef::Float(value) => Ok(Json::from(value)),
            other => Err(ValueError::expected("JSON", other)),
        }
    }
}

impl ToValue for Json {
    fn to_value(&self) -> Value {
        Value::Json(self.to_string())
    }
}
