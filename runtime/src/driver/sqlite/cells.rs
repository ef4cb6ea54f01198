//! The cells of a row, as SQLite holds them.

use std::str;

use rusqlite::types::ValueRef as Stored;

use crate::{
    row::Cells,
    value::{ValueError, ValueRef},
};

/// The row that a statement stands on.
pub(super) struct SqliteCells<'r> {
    row: &'r rusqlite::Row<'r>,
    columns: usize,
}

impl<'r> SqliteCells<'r> {
    pub(super) fn new(row: &'r rusqlite::Row<'r>) -> Self {
        // Asked of each row, because a statement that was prepared again by SQLite itself may have other columns than before.
        let columns = row.as_ref().column_count();
        SqliteCells { row, columns }
    }
}

impl Cells for SqliteCells<'_> {
    #[inline]
    fn cell(&self, index: usize) -> Result<ValueRef<'_>, ValueError> {
        match self.row.get_ref(index) {
            Ok(Stored::Integer(value)) => Ok(ValueRef::Int(value)),
            Ok(Stored::Text(bytes)) => match str::from_utf8(bytes) {
                Ok(text) => Ok(ValueRef::Text(text)),
                Err(_) => Err(not_utf8()),
            },
            Ok(Stored::Null) => Ok(ValueRef::Null),
            Ok(Stored::Real(value)) => Ok(ValueRef::Float(value)),
            Ok(Stored::Blob(bytes)) => Ok(ValueRef::Bytes(bytes)),
            Err(_) => Err(missing()),
        }
    }

    #[inline]
    fn len(&self) -> usize {
        self.columns
    }

    fn name(&self, index: usize) -> &str {
        self.row.as_ref().column_name(index).unwrap_or_default()
    }
}

#[cold]
fn not_utf8() -> ValueError {
    ValueError::new("its text is not UTF-8")
}

#[cold]
fn missing() -> ValueError {
    ValueError::new("the row has no such column")
}
