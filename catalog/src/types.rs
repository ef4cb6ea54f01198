//! Column types, said once for all databases.

use serde::{Deserialize, Serialize};

use crate::Name;

/// A type as all databases understand it. How the schema spelled it stands beside it, in
/// [`ColumnType::sql`](crate::ColumnType::sql).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Type {
    /// True or false.
    Boolean,
    /// A whole number.
    Integer {
        /// How wide it is.
        size: IntegerSize,
        /// Whether it has no sign (MySQL).
        unsigned: bool,
    },
    /// A floating-point number of 32 bits.
    Float,
    /// A floating-point number of 64 bits.
    Double,
    /// An exact number.
    Decimal {
        /// Digits in all, where given.
        precision: Option<u32>,
        /// Digits behind the point, where given.
        scale: Option<i32>,
    },
    /// Text.
    Text {
        /// The greatest number of characters, where given.
        length: Option<u64>,
        /// Whether shorter values are padded (`CHAR`).
        fixed: bool,
    },
    /// Bytes.
    Bytes {
        /// The greatest number of bytes, where given.
        length: Option<u64>,
        /// Whether every value has that length (`BINARY`).
        fixed: bool,
    },
    /// A day.
    Date,
    /// A time of day.
    Time {
        /// Digits of a second, where given.
        precision: Option<u32>,
        /// Whether it carries a zone.
        zone: bool,
    },
    /// A day and a time of day.
    Timestamp {
        /// Digits of a second, where given.
        precision: Option<u32>,
        /// Whether it is a point in time (`true`) or what a calendar and a clock show (`false`).
        zone: bool,
    },
    /// A span of time.
    Interval,
    /// A UUID.
    Uuid,
    /// JSON.
    Json {
        /// Whether it is kept decoded (PostgreSQL's `jsonb`).
        binary: bool,
    },
    /// One of the values of the enum of this name in [`Catalog::enums`](crate::Catalog::enums).
    Enum(Name),
    /// Any number of these values (MySQL's `SET`).
    Set(Vec<String>),
    /// A list (PostgreSQL).
    Array(Box<Type>),
    /// All values between two bounds (PostgreSQL).
    Range(Box<Type>),
    /// An address of the Internet, and how much of it names its network (PostgreSQL's `inet` and `cidr`).
    Network,
    /// The domain of this name in [`Catalog::domains`](crate::Catalog::domains).
    Domain(Name),
    /// Something this list has no word for; only its spelling is known.
    Other,
}

impl Type {
    /// A signed integer.
    pub const fn integer(size: IntegerSize) -> Self {
        Type::Integer {
            size,
            unsigned: false,
        }
    }

    /// Text of any length.
    pub const fn text() -> Self {
        Type::Text {
            length: None,
            fixed: false,
        }
    }

    /// Bytes of any length.
    pub const fn bytes() -> Self {
        Type::Bytes {
            length: None,
            fixed: false,
        }
    }
}

/// The width of an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntegerSize {
    /// 8 bits: `TINYINT`.
    Tiny,
    /// 16 bits: `SMALLINT`.
    Small,
    /// 24 bits: `MEDIUMINT`.
    Medium,
    /// 32 bits: `INTEGER`.
    Regular,
    /// 64 bits: `BIGINT`, and SQLite's `INTEGER`.
    Big,
}
