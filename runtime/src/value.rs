//! Values on their way between Rust and a database: the one neutral form that drivers and Rust types agree on.

mod array;
#[cfg(feature = "chrono")]
mod chrono;
pub(crate) mod civil;
#[cfg(feature = "decimal")]
mod decimal;
pub(crate) mod enumeration;
mod error;
pub(crate) mod inet;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "json")]
mod json;
mod number;
pub(crate) mod range;
mod scalar;
#[cfg(feature = "serde")]
mod serde;
pub(crate) mod set;
mod text;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

use std::{borrow::Cow, fmt};

pub use error::ValueError;
#[doc(hidden)]
pub use scalar::Class;
pub use scalar::{FromValue, Scalar, SqlType, ToValue};

/// A value that owns what it holds: a parameter of a statement.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// NULL.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond `i64`.
    UInt(u64),
    /// A floating-point number.
    Float(f64),
    /// Text.
    Text(Cow<'static, str>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An exact number, in decimal digits: `-12.50`.
    Decimal(String),
    /// A day, counted from 1970-01-01.
    Date(i32),
    /// A time of day, in microseconds.
    Time(i64),
    /// A day and a time without a zone, in microseconds since 1970-01-01 00:00.
    Timestamp(i64),
    /// A point in time, in microseconds since 1970-01-01 00:00 UTC.
    TimestampUtc(i64),
    /// A UUID.
    Uuid([u8; 16]),
    /// JSON, as text.
    Json(String),
    /// An array, whose items may be NULL.
    Array(Vec<Value>),
    /// A value of a type that only the database knows.
    Other(Box<Opaque>),
}

/// A value of a type that only the database knows, in the database's own form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opaque {
    /// What the database calls the type.
    pub type_name: String,
    /// The value, as the database sends it.
    pub bytes: Vec<u8>,
}

/// A value that borrows what it holds: a cell as a driver gives it, or a parameter on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum ValueRef<'a> {
    /// NULL.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond `i64`.
    UInt(u64),
    /// A floating-point number.
    Float(f64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// An exact number, in decimal digits.
    Decimal(&'a str),
    /// A day, counted from 1970-01-01.
    Date(i32),
    /// A time of day, in microseconds.
    Time(i64),
    /// A day and a time without a zone, in microseconds since 1970-01-01 00:00.
    Timestamp(i64),
    /// A point in time, in microseconds since 1970-01-01 00:00 UTC.
    TimestampUtc(i64),
    /// A UUID.
    Uuid([u8; 16]),
    /// JSON, as text.
    Json(&'a str),
    /// An array, whose items may be NULL.
    Array(&'a [Value]),
    /// A value of a type that only the database knows.
    Other(&'a Opaque),
}

impl Value {
    /// The same value, borrowed.
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Value::Null => ValueRef::Null,
            Value::Bool(value) => ValueRef::Bool(*value),
            Value::Int(value) => ValueRef::Int(*value),
            Value::UInt(value) => ValueRef::UInt(*value),
            Value::Float(value) => ValueRef::Float(*value),
            Value::Text(value) => ValueRef::Text(value),
            Value::Bytes(value) => ValueRef::Bytes(value),
            Value::Decimal(value) => ValueRef::Decimal(value),
            Value::Date(value) => ValueRef::Date(*value),
            Value::Time(value) => ValueRef::Time(*value),
            Value::Timestamp(value) => ValueRef::Timestamp(*value),
            Value::TimestampUtc(value) => ValueRef::TimestampUtc(*value),
            Value::Uuid(value) => ValueRef::Uuid(*value),
            Value::Json(value) => ValueRef::Json(value),
            Value::Array(items) => ValueRef::Array(items),
            Value::Other(opaque) => ValueRef::Other(opaque),
        }
    }
}

/// The value as people read it: text without quotes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            other => f.write_str(&other.as_ref().described(usize::MAX)),
        }
    }
}

impl ValueRef<'_> {
    /// The same value, owned.
    pub fn to_owned(self) -> Value {
        match self {
            ValueRef::Null => Value::Null,
            ValueRef::Bool(value) => Value::Bool(value),
            ValueRef::Int(value) => Value::Int(value),
            ValueRef::UInt(value) => Value::UInt(value),
            ValueRef::Float(value) => Value::Float(value),
            ValueRef::Text(value) => Value::Text(Cow::Owned(value.to_owned())),
            ValueRef::Bytes(value) => Value::Bytes(value.to_owned()),
            ValueRef::Decimal(value) => Value::Decimal(value.to_owned()),
            ValueRef::Date(value) => Value::Date(value),
            ValueRef::Time(value) => Value::Time(value),
            ValueRef::Timestamp(value) => Value::Timestamp(value),
            ValueRef::TimestampUtc(value) => Value::TimestampUtc(value),
            ValueRef::Uuid(value) => Value::Uuid(value),
            ValueRef::Json(value) => Value::Json(value.to_owned()),
            ValueRef::Array(items) => Value::Array(items.to_owned()),
            ValueRef::Other(opaque) => Value::Other(Box::new(opaque.clone())),
        }
    }

    /// The value for a log or an error: long ones are cut.
    pub(crate) fn shortened(self) -> String {
        self.described(200)
    }

    fn described(self, longest: usize) -> String {
        match self {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Text(text) => format!("{:?}", shorten(text, longest)),
            ValueRef::Json(text) | ValueRef::Decimal(text) => shorten(text, longest),
            ValueRef::Bytes(bytes) => format!("<{} bytes>", bytes.len()),
            ValueRef::Bool(value) => value.to_string(),
            ValueRef::Int(value) => value.to_string(),
            ValueRef::UInt(value) => value.to_string(),
            ValueRef::Float(value) => value.to_string(),
            ValueRef::Date(days) => civil::format_date(days),
            ValueRef::Time(micros) => civil::format_time(micros),
            ValueRef::Timestamp(micros) => civil::format_timestamp(micros),
            ValueRef::TimestampUtc(micros) => format!("{}Z", civil::format_timestamp(micros)),
            ValueRef::Uuid(bytes) => hyphenated(bytes),
            ValueRef::Array(items) => array::described(items, longest),
            ValueRef::Other(Opaque { type_name, bytes }) => {
                format!("<{type_name}, {} bytes>", bytes.len())
            }
        }
    }

    /// What it is, for an error message: `an integer`.
    pub(crate) fn what(self) -> &'static str {
        match self {
            ValueRef::Null => "NULL",
            ValueRef::Bool(_) => "a boolean",
            ValueRef::Int(_) | ValueRef::UInt(_) => "an integer",
            ValueRef::Float(_) => "a floating-point number",
            ValueRef::Text(_) => "text",
            ValueRef::Bytes(_) => "bytes",
            ValueRef::Decimal(_) => "a decimal number",
            ValueRef::Date(_) => "a date",
            ValueRef::Time(_) => "a time",
            ValueRef::Timestamp(_) | ValueRef::TimestampUtc(_) => "a timestamp",
            ValueRef::Uuid(_) => "a UUID",
            ValueRef::Json(_) => "JSON",
            ValueRef::Array(_) => "an array",
            ValueRef::Other(_) => "a value of a type that only the database knows",
        }
    }
}

/// The usual text of a UUID: 32 hexadecimal digits in five groups.
pub(crate) fn hyphenated(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 0xf] {
            text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    text
}

/// The text, without its middle where it is longer than that.
pub(crate) fn shorten(text: &str, longest: usize) -> String {
    let length = text.chars().count();
    if length <= longest {
        return text.to_owned();
    }
    let head: String = text.chars().take(longest / 2).collect();
    let tail: String = text.chars().skip(length - longest / 2).collect();
    format!("{head} … ({} characters more) … {tail}", length - longest)
}

#[cfg(test)]
mod tests {
    use super::{Value, ValueRef};

    #[test]
    fn values_are_small() {
        // They are passed for each cell.
        assert!(size_of::<ValueRef<'_>>() <= 24);
        assert!(size_of::<Value>() <= 32);
    }
}
