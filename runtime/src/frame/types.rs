//! What the columns of a frame hold.

use crate::{
    error::{Error, ErrorKind, Result},
    value::ValueRef,
};

/// What a column of a [`Frame`](super::Frame) holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameType {
    /// Nothing but NULL, and nobody said what else.
    Null,
    /// Truth values.
    Bool,
    /// Whole numbers of 8 bits.
    Int8,
    /// Whole numbers of 16 bits.
    Int16,
    /// Whole numbers of 32 bits.
    Int32,
    /// Whole numbers of 64 bits.
    Int64,
    /// Whole numbers of 8 bits, without a sign.
    UInt8,
    /// Whole numbers of 16 bits, without a sign.
    UInt16,
    /// Whole numbers of 32 bits, without a sign.
    UInt32,
    /// Whole numbers of 64 bits, without a sign.
    UInt64,
    /// Floating-point numbers of 32 bits.
    Float32,
    /// Floating-point numbers of 64 bits.
    Float64,
    /// Exact numbers of so many digits, at most 38.
    Decimal {
        /// All digits.
        precision: u8,
        /// Those behind the point.
        scale: u8,
    },
    /// Text.
    Text,
    /// JSON, as text.
    Json,
    /// UUIDs.
    Uuid,
    /// Bytes.
    Bytes,
    /// Days.
    Date,
    /// Times of day, in microseconds.
    Time,
    /// Days with a time, without a zone, in microseconds.
    Timestamp,
    /// Points in time, in microseconds.
    TimestampUtc,
    /// Lists, of any length.
    List(&'static FrameType),
}

impl FrameType {
    /// The type of a column whose first value is this.
    pub(super) fn of(value: ValueRef<'_>) -> Option<FrameType> {
        Some(match value {
            ValueRef::Bool(_) => FrameType::Bool,
            ValueRef::Int(_) => FrameType::Int64,
            ValueRef::UInt(_) => FrameType::UInt64,
            ValueRef::Float(_) => FrameType::Float64,
            ValueRef::Text(_) | ValueRef::Decimal(_) => FrameType::Text,
            ValueRef::Bytes(_) => FrameType::Bytes,
            ValueRef::Date(_) => FrameType::Date,
            ValueRef::Time(_) => FrameType::Time,
            ValueRef::Timestamp(_) => FrameType::Timestamp,
            ValueRef::TimestampUtc(_) => FrameType::TimestampUtc,
            ValueRef::Uuid(_) => FrameType::Uuid,
            ValueRef::Json(_) => FrameType::Json,
            ValueRef::Null | ValueRef::Array(_) | ValueRef::Other(_) => return None,
        })
    }

    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where nothing can have so many digits.
    pub(super) fn check(self) -> Result<()> {
        match self {
            FrameType::List(item) => item.check(),
            FrameType::Decimal { precision, scale }
                if !(1..=MOST_DIGITS).contains(&precision) || scale > precision =>
            {
                let message = format!(
                    "a decimal has 1 to {MOST_DIGITS} digits, and not more behind the point than that: not {precision} with {scale}"
                );
                Err(Error::new(ErrorKind::InvalidRequest, message))
            }
            _ => Ok(()),
        }
    }

    /// Lists of it, where a database has such arrays.
    #[cfg_attr(not(feature = "postgres"), allow(dead_code))] // for drivers
    pub(crate) fn list(self) -> Option<FrameType> {
        Some(FrameType::List(match self {
            FrameType::Bool => &FrameType::Bool,
            FrameType::Int16 => &FrameType::Int16,
            FrameType::Int32 => &FrameType::Int32,
            FrameType::Int64 => &FrameType::Int64,
            FrameType::UInt32 => &FrameType::UInt32,
            FrameType::Float32 => &FrameType::Float32,
            FrameType::Float64 => &FrameType::Float64,
            FrameType::Text => &FrameType::Text,
            FrameType::Json => &FrameType::Json,
            FrameType::Uuid => &FrameType::Uuid,
            FrameType::Bytes => &FrameType::Bytes,
            FrameType::Date => &FrameType::Date,
            FrameType::Time => &FrameType::Time,
            FrameType::Timestamp => &FrameType::Timestamp,
            FrameType::TimestampUtc => &FrameType::TimestampUtc,
            _ => return None,
        }))
    }

    /// The exact numbers of so many digits; text where there are too many of them.
    #[cfg_attr(not(any(feature = "mysql", feature = "postgres")), allow(dead_code))] // for drivers
    pub(crate) fn decimal(precision: i32, scale: i32) -> FrameType {
        match (u8::try_from(precision), u8::try_from(scale)) {
            (Ok(precision @ 1..=MOST_DIGITS), Ok(scale)) if scale <= precision => {
                FrameType::Decimal { precision, scale }
            }
            _ => FrameType::Text,
        }
    }
}

/// How many decimal digits 128 bits always hold.
const MOST_DIGITS: u8 = 38;
