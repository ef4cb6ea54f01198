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

    /// For generated code: the values of the columns from `at` on, as many as the tuple has.
    ///
    /// # Errors
    /// As [`get`](Row::get).
    #[doc(hidden)]
    #[inline]
    pub fn read<C: SideBySide>(&self, at: usize) -> Result<C> {
        C::read(self, at)
    }

    /// How many columns it has.
    pub(crate) fn width(&self) -> usize {
        self.cells.len()
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

/// The values of columns that lie side by side, up to sixteen. With a tuple the compiler looks at one `?`, and not at one for each column
/// of each table.
pub trait SideBySide: Sized {
    #[doc(hidden)]
    fn read(row: &Row<'_>, at: usize) -> Result<Self>;
}

macro_rules! tuples {
    ($($T:ident $index:literal)+) => {
        tuples!(@ $($T $index)+; );
    };
    (@ ; $($T:ident $index:literal)*) => {};
    (@ $T:ident $index:literal $($Next:ident $next:literal)*; $($Done:ident $done:literal)*) => {
        impl<$($Done: SqlType,)* $T: SqlType> SideBySide for ($($Done,)* $T,) {
            #[inline]
            fn read(row: &Row<'_>, at: usize) -> Result<Self> {
                Ok(($(row.get::<$Done>(at + $done)?,)* row.get::<$T>(at + $index)?,))
            }
        }

        tuples!(@ $($Next $next)*; $($Done $done)* $T $index);
    };
}

tuples! { A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15 }
