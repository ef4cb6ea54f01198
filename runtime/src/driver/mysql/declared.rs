//! The types that MySQL and MariaDB declare, as data frames have them.

use mysql::{
    Column,
    consts::{ColumnFlags, ColumnType},
};

use super::cells::BINARY;
use crate::frame::FrameType;

/// The type of a column; nothing where its values are always NULL, or it has no counterpart.
pub(super) fn of_column(column: &Column) -> Option<FrameType> {
    let sign = |signed, unsigned| {
        let is_unsigned = column.flags().contains(ColumnFlags::UNSIGNED_FLAG);
        if is_unsigned { unsigned } else { signed }
    };
    Some(match column.column_type() {
        // `BOOLEAN` is `TINYINT(1)`.
        ColumnType::MYSQL_TYPE_TINY if column.column_length() == 1 => FrameType::Bool,
        ColumnType::MYSQL_TYPE_TINY => sign(FrameType::Int8, FrameType::UInt8),
        ColumnType::MYSQL_TYPE_SHORT => sign(FrameType::Int16, FrameType::UInt16),
        ColumnType::MYSQL_TYPE_YEAR => FrameType::UInt16,
        ColumnType::MYSQL_TYPE_INT24 | ColumnType::MYSQL_TYPE_LONG => {
            sign(FrameType::Int32, FrameType::UInt32)
        }
        ColumnType::MYSQL_TYPE_LONGLONG => sign(FrameType::Int64, FrameType::UInt64),
        ColumnType::MYSQL_TYPE_BIT => FrameType::UInt64,
        ColumnType::MYSQL_TYPE_FLOAT => FrameType::Float32,
        ColumnType::MYSQL_TYPE_DOUBLE => FrameType::Float64,
        ColumnType::MYSQL_TYPE_DECIMAL | ColumnType::MYSQL_TYPE_NEWDECIMAL => decimal(column),
        ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE => FrameType::Date,
        ColumnType::MYSQL_TYPE_TIME | ColumnType::MYSQL_TYPE_TIME2 => FrameType::Time,
        ColumnType::MYSQL_TYPE_DATETIME | ColumnType::MYSQL_TYPE_DATETIME2 => FrameType::Timestamp,
        ColumnType::MYSQL_TYPE_TIMESTAMP | ColumnType::MYSQL_TYPE_TIMESTAMP2 => {
            FrameType::TimestampUtc
        }
        ColumnType::MYSQL_TYPE_JSON => FrameType::Json,
        ColumnType::MYSQL_TYPE_GEOMETRY => FrameType::Bytes,
        ColumnType::MYSQL_TYPE_NULL => return None,
        _ if column.character_set() == BINARY => FrameType::Bytes,
        _ => FrameType::Text,
    })
}

/// A column says how wide it is when it is shown: with a point where digits stand behind one, and a sign where it can have one.
fn decimal(column: &Column) -> FrameType {
    let length = i32::try_from(column.column_length()).unwrap_or(i32::MAX);
    let scale = i32::from(column.decimals());
    let has_sign = !column.flags().contains(ColumnFlags::UNSIGNED_FLAG);
    FrameType::decimal(length - i32::from(scale > 0) - i32::from(has_sign), scale)
}
