//! Exact numbers.

use rust_decimal::Decimal;

use super::{FromValue, ToValue, Value, ValueError, ValueRef};

impl FromValue for Decimal {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        match value {
            ValueRef::Decimal(text) | ValueRef::Text(text) => Decimal::from_str_exact(text)
                .map_err(|error| {
                    ValueError::new(format!("`{text}` does not fit into Decimal: {error}"))
                }),
            ValueRef::Int(value) => Ok(Decimal::from(value)),
            ValueRef::UInt(value) => Ok(Decimal::from(value)),
            // What SQLite makes of a number in a column that it did not get from us: the shortest text is what was meant.
            ValueRef::Float(value) => Decimal::from_str_exact(&value.to_string())
                .map_err(|_| ValueError::out_of_range(value, "Decimal")),
            other => Err(ValueError::expected("an exact number", other)),
        }
    }
}

impl ToValue for Decimal {
    const EXACT: bool = true;

    fn to_value(&self) -> Value {
        Value::Decimal(self.to_string())
    }
}
