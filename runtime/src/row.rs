//! A row on its way from the driver to a Rust type.

use crate::{
    error::{Error, ErrorKind, Result},
    value::{SqlType, Value, ValueError, ValueRef},
};

/// What a driver shows of the row it stands on.
pub(crate) trait Cells {
    /// The cell at `index`, counted from 0. An error from [`len`](Cells::len) on.
    fn cell(&self, index: usize) -> Result<ValueRef<'_>, ValueError>;
    /// How many columns the row has.
    fn len(&self) -> usize;
    /// The name of the column at `index`, as the database gives it.
    fn name(&self, index: usize) -> &str;
}

/// The names of a result's columns, as the database gives them.
pub(crate) type Names = [String];

/// A row of a result, while the result stands on it.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    cells: &'r dyn Cells,
}

impl<'r> Row<'r> {
    #[cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code))] // for drivers
    pub(crate) fn new(cells: &'r dyn Cells) -> Self {
        Row { cells }
    }

    /// The value in the column at `index`, counted from 0.
    ///
    /// # Errors
    /// [`Data`](ErrorKind::Data), which names the column, when the value does not fit `T`; and
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) when there is no such column.
    #[inline]
    pub fn get<T: SqlType>(&self, index: usize) -> Result<T> {
        match self.cells.cell(index).and_then(T::decode) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.wrong(index, error)),
        }
    }

    /// The names of its columns.
    pub(crate) fn names(&self) -> Vec<String> {
        let name = |index| self.cells.name(index).to_owned();
        (0..self.cells.len()).map(name).collect()
    }

    /// All its values.
    pub(crate) fn values(&self) -> Result<Vec<Value>> {
        let value = |index| self.get::<Option<Value>>(index);
        (0..self.cells.len())
            .map(|index| Ok(value(index)?.unwrap_or(Value::Null)))
            .collect()
    }

    /// Whether the columns at `indexes` are all NULL.
    pub(crate) fn all_null(&self, mut indexes: impl Iterator<Item = usize>) -> bool {
        indexes.all(|index| matches!(self.cells.cell(index), Ok(ValueRef::Null)))
    }

    #[cold]
    fn no_column(&self, index: usize) -> Error {
        let message = format!(
            "there is no column {index} in a row of {}",
            self.cells.len()
        );
        Error::new(ErrorKind::InvalidRequest, message)
    }

    #[cold]
    fn wrong(&self, index: usize, error: ValueError) -> Error {
        if index >= self.cells.len() {
            return self.no_column(index);
        }
        Error::of_cell(index, self.cells.name(index), error)
    }
}
