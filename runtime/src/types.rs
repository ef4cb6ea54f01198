//! The Rust types that generated structs use, under one name each, whatever library they come from.

#[cfg(feature = "chrono")]
pub use chrono::{NaiveDate as Date, NaiveDateTime as DateTime, NaiveTime as Time};
#[cfg(feature = "decimal")]
pub use rust_decimal::Decimal;
#[cfg(feature = "json")]
pub use serde_json::Value as Json;
#[cfg(feature = "uuid")]
pub use uuid::Uuid;

/// A point in time.
#[cfg(feature = "chrono")]
pub type UtcDateTime = chrono::DateTime<chrono::Utc>;

pub use crate::value::Value;
