//! The Rust types that generated structs use, under one name each, whatever library they come from.
//!
//! Dates and times are those of `chrono`, and under the same names in a module of their own those of `jiff` and of `time`: which
//! of them a struct has is chosen where it is generated, by `dates` of `aludel_build::Builder`, and does not depend on which
//! features are on.

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

/// Dates and times by `jiff`.
#[cfg(feature = "jiff")]
pub mod jiff {
    pub use jiff::{
        Timestamp as UtcDateTime,
        civil::{Date, DateTime, Time},
    };
}

/// Dates and times by `time`.
#[cfg(feature = "time")]
pub mod time {
    pub use time::{Date, OffsetDateTime as UtcDateTime, PrimitiveDateTime as DateTime, Time};
}

pub use crate::value::Value;
