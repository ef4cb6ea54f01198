//! The Rust types that generated structs use, under one name each, whatever library they come from.

#[cfg(feature = "chrono")]
pub use chrono::{NaiveDate as Date, NaiveDateTime as DateTime, NaiveTime as Time};
#[cfg(feature = "decimal")]
pub use rust_decimal::Decimal;
#[cfg(feature = "uuid")]
pub use uuid::Uuid;

/// JSON.
// Not a `use`: its variants would come along, and with a second `String` in sight the compiler calls the first one
// `std::string::String` in every message.
#[cfg(feature = "json")]
pub type Json = serde_json::Value;

/// A point in time.
#[cfg(feature = "chrono")]
pub type UtcDateTime = chrono::DateTime<chrono::Utc>;

pub use crate::value::Value;
