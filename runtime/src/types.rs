//! The Rust types that generated structs use, under one name each, whatever library they come from.
//!
//! | column | Rust |
//! |---|---|
//! | `BOOLEAN`; MySQL's `TINYINT(1)` | `bool` |
//! | `TINYINT`, `SMALLINT`, `INTEGER`, `BIGINT`; without a sign on MySQL | `i8`, `i16`, `i32`, `i64`; `u8` to `u64` |
//! | `REAL`, `DOUBLE PRECISION` | `f32`, `f64` |
//! | `NUMERIC`, `DECIMAL` | [`Decimal`] |
//! | `CHAR`, `VARCHAR`, `TEXT`; `INTERVAL` and times with a zone, which have no form of their own | [`String`] |
//! | `BYTEA`, `BLOB`, `BINARY` | `Vec<u8>` |
//! | `DATE`, `TIME`, `TIMESTAMP` or `DATETIME` without a zone, points in time | [`Date`], [`Time`], [`DateTime`], [`UtcDateTime`] |
//! | `UUID`, `JSON` | [`Uuid`], [`Json`] |
//! | an enum | a generated enum |
//! | MySQL's `SET` | [`Set`] of a generated enum; elsewhere it is kept as text |
//! | PostgreSQL's arrays, `integer[]` | `Vec<i32>`; `integer[][]` is a `Vec<Vec<i32>>` |
//! | PostgreSQL's `inet` and `cidr` | [`Inet`] |
//! | PostgreSQL's ranges, `int4range` | [`Range<i32>`](Range) |
//! | anything else | [`Value`], with a warning from the generator |
//!
//! An item of an array that is NULL, or an array of another depth than the column is declared with, is a
//! [`Data`](crate::ErrorKind::Data) error. Where items may be NULL, choose `Vec<Option<i32>>` for the column.
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

pub use crate::value::{Value, inet::Inet, range::Range, set::Set};
