//! A type of one's own for columns, and a function that makes values for them: what a schema can name.

use aludel::{FromValue, ToValue, Value, ValueError, ValueRef};

/// An amount in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cents(pub i64);

impl FromValue for Cents {
    fn from_value(value: ValueRef<'_>) -> Result<Self, ValueError> {
        i64::from_value(value).map(Cents)
    }
}

impl ToValue for Cents {
    fn to_value(&self) -> Value {
        Value::Int(self.0)
    }
}

/// A code for a new row.
pub fn code() -> String {
    "A-1".to_owned()
}
