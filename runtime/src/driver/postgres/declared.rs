//! The types that PostgreSQL declares, as data frames have them.

use tokio_postgres::Column;

use super::kind::Kind;
use crate::frame::FrameType;

/// The type of a column; nothing where it has no counterpart.
pub(super) fn of_column(column: &Column) -> Option<FrameType> {
    match Kind::of(column.type_()) {
        Kind::Numeric => Some(numeric(column.type_modifier())),
        kind => of_kind(&kind),
    }
}

fn of_kind(kind: &Kind) -> Option<FrameType> {
    Some(match kind {
        Kind::Bool => FrameType::Bool,
        Kind::Int2 => FrameType::Int16,
        Kind::Int4 => FrameType::Int32,
        Kind::Int8 => FrameType::Int64,
        Kind::Oid => FrameType::UInt32,
        Kind::Float4 => FrameType::Float32,
        Kind::Float8 => FrameType::Float64,
        Kind::Bytes => FrameType::Bytes,
        Kind::Date => FrameType::Date,
        Kind::Time => FrameType::Time,
        Kind::Timestamp => FrameType::Timestamp,
        Kind::TimestampTz => FrameType::TimestampUtc,
        Kind::Uuid => FrameType::Uuid,
        Kind::Json | Kind::Jsonb => FrameType::Json,
        Kind::Array(element) => return of_kind(&element.kind).and_then(FrameType::list),
        Kind::Other(_) => return None,
        // Their values are text.
        Kind::Numeric
        | Kind::Text
        | Kind::TimeTz
        | Kind::Interval
        | Kind::Inet
        | Kind::MacAddress
        | Kind::Bits
        | Kind::Range(_)
        | Kind::Multirange(_) => FrameType::Text,
    })
}

/// What the server says of a numeric: nothing (-1), or the digits, with four more than both numbers. The scale can be negative.
fn numeric(modifier: i32) -> FrameType {
    const BEHIND: i32 = 0x7ff;
    match modifier.checked_sub(4) {
        Some(modifier) if modifier >= 0 => {
            let scale = ((modifier & BEHIND) ^ 0x400) - 0x400;
            FrameType::decimal(modifier >> 16, scale)
        }
        _ => FrameType::Text,
    }
}
