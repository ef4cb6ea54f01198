//! The cells of a row, as SQLite holds them.

use std::str;

use rusqlite::types::ValueRef as Stored;

#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    row::Cells,
    value::{ValueError, ValueRef},
};

impl Cells for rusqlite::Row<'_> {
    #[inline]
    fn cell(&self, index: usize) -> Result<ValueRef<'_>, ValueError> {
        let Ok(stored) = self.get_ref(index) else {
            return Err(missing());
        };
        match stored {
            Stored::Integer(value) => Ok(ValueRef::Int(value)),
            Stored::Text(bytes) => match str::from_utf8(bytes) {
                Ok(text) => Ok(ValueRef::Text(text)),
                Err(_) => Err(not_utf8()),
            },
            Stored::Null => Ok(ValueRef::Null),
            Stored::Real(value) => Ok(ValueRef::Float(value)),
            Stored::Blob(bytes) => Ok(ValueRef::Bytes(bytes)),
        }
    }

    fn len(&self) -> usize {
        self.as_ref().column_count()
    }

    fn name(&self, index: usize) -> &str {
        self.as_ref().column_name(index).unwrap_or_default()
    }

    #[cfg(feature = "_frames")]
    fn declared(&self, index: usize) -> Option<FrameType> {
        super::declared::of_column(self.as_ref(), index)
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
