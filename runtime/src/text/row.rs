//! Rows of which nothing was known before: values with the names of their columns.

use std::{cell::RefCell, fmt, sync::Arc};

use super::FromRow;
use crate::{
    error::{Error, ErrorKind, Result},
    row::{Cells, Names, Row},
    value::{SqlType, Value, ValueError, ValueRef},
};

/// A row of a [result](super::RawResult), which owns its values.
#[derive(Clone)]
pub struct RawRow {
    names: Arc<Names>,
    values: Vec<Value>,
    /// Whether no error may show a value.
    is_hidden: bool,
}

/// With the same columns and values.
impl PartialEq for RawRow {
    fn eq(&self, other: &RawRow) -> bool {
        (&self.names, &self.values) == (&other.names, &other.values)
    }
}

impl RawRow {
    pub(super) fn new(names: Arc<Names>, values: Vec<Value>, is_hidden: bool) -> Self {
        RawRow {
            names,
            values,
            is_hidden,
        }
    }

    pub(super) fn read(row: &Row<'_>, names: &mut Option<Arc<Names>>) -> Result<Self> {
        let names = names.get_or_insert_with(|| row.names().into());
        Ok(RawRow::new(Arc::clone(names), row.values()?, false))
    }

    /// All columns, for queries whose columns are known only when they run. Rows that follow each other share their names. Nobody says
    /// here whether values are to be hidden, so no error shows one.
    pub(crate) fn read_all(row: &Row<'_>, at: &mut usize) -> Result<Self> {
        thread_local! {
            static LAST: RefCell<Option<Arc<Names>>> = const { RefCell::new(None) };
        }
        let names = LAST.with_borrow_mut(|last| match last {
            Some(names) if row.is_named(names) => Arc::clone(names),
            _ => Arc::clone(last.insert(row.names().into())),
        });
        *at = names.len();
        Ok(RawRow::new(names, row.values()?, true))
    }

    /// As [`read`](RawRow::read), of which no error may show a value.
    pub(super) fn read_hidden(row: &Row<'_>, names: &mut Option<Arc<Names>>) -> Result<Self> {
        RawRow::read(row, names).map(|row| RawRow {
            is_hidden: true,
            ..row
        })
    }

    /// The value of a column, by its position, counted from 0, or by its name.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where there is no such column, or several of that name;
    /// [`Data`](ErrorKind::Data), which names the column, when the value does not fit `T`.
    pub fn get<T: SqlType>(&self, column: impl ColumnIndex) -> Result<T> {
        let value = Row::new(self).get(column.index(&self.names)?);
        value.map_err(|error| match self.is_hidden {
            true => error.of_hidden_row(),
            false => error,
        })
    }

    /// The row as a tuple of its columns, or as a struct that [`row!`](macro@crate::row) declares.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where its columns are not those of `T`; [`Data`](ErrorKind::Data) when a
    /// value does not fit.
    pub fn typed<T: FromRow>(&self) -> Result<T> {
        T::check(&self.names)?;
        T::from_row(self)
    }

    /// How many columns it has.
    #[allow(clippy::len_without_is_empty)] // a row without columns is none
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The names of its columns, as the database gives them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Its values.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Its values, with the names of their columns, in order. Names can occur twice.
    pub fn mapping(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.names.iter().map(String::as_str).zip(&self.values)
    }
}

/// As a mapping.
impl fmt::Debug for RawRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.mapping()).finish()
    }
}

impl Cells for RawRow {
    fn cell(&self, index: usize) -> Result<ValueRef<'_>, ValueError> {
        let value = self.values.get(index).map(Value::as_ref);
        value.ok_or_else(|| ValueError::new("the row has no such column"))
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }
}

/// What says which column: its position, or its name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which column",
    label = "expected the column's position as `usize`, or its name"
)]
pub trait ColumnIndex {
    #[doc(hidden)]
    fn index(&self, names: &[String]) -> Result<usize>;
}

#[diagnostic::do_not_recommend]
impl ColumnIndex for usize {
    fn index(&self, _names: &[String]) -> Result<usize> {
        Ok(*self)
    }
}

#[diagnostic::do_not_recommend]
impl ColumnIndex for &str {
    fn index(&self, names: &[String]) -> Result<usize> {
        let mut found = (0..names.len()).filter(|index| names[*index] == *self);
        match (found.next(), found.next()) {
            (Some(index), None) => Ok(index),
            (Some(_), Some(_)) => Err(ambiguous(self)),
            (None, _) => Err(unknown(self, names)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl ColumnIndex for &String {
    fn index(&self, names: &[String]) -> Result<usize> {
        self.as_str().index(names)
    }
}

#[cold]
fn unknown(name: &str, names: &[String]) -> Error {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let message = format!(
        "there is no column `{name}` in the result: it has {}",
        if names.is_empty() {
            "no columns".to_owned()
        } else {
            names.join(", ")
        }
    );
    Error::new(ErrorKind::InvalidRequest, message)
}

#[cold]
fn ambiguous(name: &str) -> Error {
    let message = format!(
        "several columns of the result are called `{name}`: give one of them another name by AS, or ask by position"
    );
    Error::new(ErrorKind::InvalidRequest, message)
}
