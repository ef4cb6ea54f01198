//! The cells of a row, as MySQL and MariaDB send them.

use std::{fmt::Display, str};

use mysql::{Column, Row, Value as Stored, consts::ColumnType};

#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    row::Cells,
    value::{
        ValueError, ValueRef,
        civil::{self, MICROS_PER_DAY, MICROS_PER_SECOND},
    },
};

/// The character set of what is not text.
pub(super) const BINARY: u16 = 63;

impl Cells for Row {
    #[inline]
    fn cell(&self, index: usize) -> Result<ValueRef<'_>, ValueError> {
        match self.as_ref(index) {
            Some(Stored::Bytes(bytes)) => match self.columns_ref().get(index) {
                Some(column) => of_bytes(column, bytes),
                None => Err(missing()),
            },
            Some(Stored::Int(value)) => Ok(ValueRef::Int(*value)),
            Some(Stored::NULL) => Ok(ValueRef::Null),
            Some(Stored::UInt(value)) => Ok(unsigned(*value)),
            Some(Stored::Double(value)) => Ok(ValueRef::Float(*value)),
            Some(Stored::Float(value)) => Ok(ValueRef::Float((*value).into())),
            Some(&Stored::Date(year, month, day, hour, minute, second, micros)) => {
                let time = in_micros(0, hour, minute, second, micros);
                let kind = self.columns_ref().get(index).map(Column::column_type);
                of_date((year, month, day), time, kind)
            }
            Some(&Stored::Time(is_negative, days, hour, minute, second, micros)) => {
                let time = in_micros(days, hour, minute, second, micros);
                Ok(ValueRef::Time(if is_negative { -time } else { time }))
            }
            None => Err(missing()),
        }
    }

    fn len(&self) -> usize {
        Row::len(self)
    }

    fn name(&self, index: usize) -> &str {
        let column = self.columns_ref().get(index);
        column
            .and_then(|column| str::from_utf8(column.name_ref()).ok())
            .unwrap_or_default()
    }

    #[cfg(feature = "_frames")]
    fn declared(&self, index: usize) -> Option<FrameType> {
        self.columns_ref()
            .get(index)
            .and_then(super::declared::of_column)
    }
}

/// What was sent as a string of bytes: text, bytes, exact numbers, and whatever has no form of its own. A statement that the
/// server does not prepare gives nothing else.
#[inline]
fn of_bytes<'r>(column: &Column, bytes: &'r [u8]) -> Result<ValueRef<'r>, ValueError> {
    match column.column_type() {
        ColumnType::MYSQL_TYPE_DECIMAL | ColumnType::MYSQL_TYPE_NEWDECIMAL => {
            text(bytes).map(ValueRef::Decimal)
        }
        ColumnType::MYSQL_TYPE_JSON => text(bytes).map(ValueRef::Json),
        ColumnType::MYSQL_TYPE_BIT => Ok(bits(bytes)),
        ColumnType::MYSQL_TYPE_GEOMETRY => Ok(ValueRef::Bytes(bytes)),
        ColumnType::MYSQL_TYPE_TINY
        | ColumnType::MYSQL_TYPE_SHORT
        | ColumnType::MYSQL_TYPE_INT24
        | ColumnType::MYSQL_TYPE_LONG
        | ColumnType::MYSQL_TYPE_LONGLONG
        | ColumnType::MYSQL_TYPE_YEAR => integer(bytes),
        ColumnType::MYSQL_TYPE_FLOAT | ColumnType::MYSQL_TYPE_DOUBLE => float(bytes),
        ColumnType::MYSQL_TYPE_DATE
        | ColumnType::MYSQL_TYPE_NEWDATE
        | ColumnType::MYSQL_TYPE_TIME
        | ColumnType::MYSQL_TYPE_TIME2
        | ColumnType::MYSQL_TYPE_DATETIME
        | ColumnType::MYSQL_TYPE_DATETIME2
        | ColumnType::MYSQL_TYPE_TIMESTAMP
        | ColumnType::MYSQL_TYPE_TIMESTAMP2 => text(bytes).map(ValueRef::Text),
        _ if column.character_set() == BINARY => Ok(ValueRef::Bytes(bytes)),
        _ => text(bytes).map(ValueRef::Text),
    }
}

fn of_date(
    (year, month, day): (u16, u8, u8),
    time: i64,
    kind: Option<ColumnType>,
) -> Result<ValueRef<'static>, ValueError> {
    let days = civil::days_from_civil(year.into(), month.into(), day.into());
    let days = days.ok_or_else(|| no_date(year, month, day))?;
    let timestamp = days * MICROS_PER_DAY + time;
    match kind {
        Some(ColumnType::MYSQL_TYPE_DATE | ColumnType::MYSQL_TYPE_NEWDATE) => {
            let days = i32::try_from(days).map_err(|_| no_date(year, month, day))?;
            Ok(ValueRef::Date(days))
        }
        // The connection's time zone is UTC.
        Some(ColumnType::MYSQL_TYPE_TIMESTAMP | ColumnType::MYSQL_TYPE_TIMESTAMP2) => {
            Ok(ValueRef::TimestampUtc(timestamp))
        }
        _ => Ok(ValueRef::Timestamp(timestamp)),
    }
}

fn in_micros(days: u32, hour: u8, minute: u8, second: u8, micros: u32) -> i64 {
    let hours = i64::from(days) * 24 + i64::from(hour);
    let minutes = hours * 60 + i64::from(minute);
    (minutes * 60 + i64::from(second)) * MICROS_PER_SECOND + i64::from(micros)
}

fn unsigned(value: u64) -> ValueRef<'static> {
    i64::try_from(value).map_or(ValueRef::UInt(value), ValueRef::Int)
}

/// Bits as a number, with the first bit as the highest: a column has at most 64.
fn bits(bytes: &[u8]) -> ValueRef<'_> {
    if bytes.len() > 8 {
        return ValueRef::Bytes(bytes);
    }
    let number = bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(*byte));
    unsigned(number)
}

fn integer(bytes: &[u8]) -> Result<ValueRef<'_>, ValueError> {
    let text = text(bytes)?;
    match text.parse() {
        Ok(value) => Ok(ValueRef::Int(value)),
        Err(_) => match text.parse() {
            Ok(value) => Ok(ValueRef::UInt(value)),
            Err(_) => Err(no_number(text)),
        },
    }
}

fn float(bytes: &[u8]) -> Result<ValueRef<'_>, ValueError> {
    let text = text(bytes)?;
    text.parse()
        .map(ValueRef::Float)
        .map_err(|_| no_number(text))
}

#[inline]
fn text(bytes: &[u8]) -> Result<&str, ValueError> {
    str::from_utf8(bytes).map_err(|_| not_utf8())
}

#[cold]
fn not_utf8() -> ValueError {
    ValueError::new("its text is not UTF-8")
}

#[cold]
fn missing() -> ValueError {
    ValueError::new("the row has no such column")
}

#[cold]
fn no_number(text: impl Display) -> ValueError {
    ValueError::new(format!("`{text}` is not a number"))
}

#[cold]
fn no_date(year: u16, month: u8, day: u8) -> ValueError {
    ValueError::new(format!(
        "`{year:04}-{month:02}-{day:02}` is not a date, although MySQL and MariaDB can keep it"
    ))
}
