//! What came of SQL by hand.

use std::{fmt, iter::FusedIterator, sync::Arc, vec};

use super::{FromRow, RawRow};
use crate::{
    error::Result,
    query::{exactly_one, one_or_none},
    row::Names,
    value::{Scalar, SqlType, Value},
};
#[cfg(feature = "_frames")]
use crate::{
    frame::{Builder, Frame, FrameType},
    row::Row,
};

/// What a statement gave: the number of rows that it changed, and its rows, which are all fetched. It is an iterator over them;
/// what was taken of it is gone.
///
/// ```
/// # use aludel::{Engine, text};
/// # let conn = Engine::new("sqlite://")?.connect()?;
/// let result = conn.execute(text("select 'ed' as name, 7 as n union all select 'wendy', 8"))?;
/// assert_eq!(result.columns(), ["name", "n"]);
/// for row in result {
///     println!("{}: {}", row.get::<String>("name")?, row.get::<i64>(1)?);
/// }
/// let pairs = conn.execute(text("select 'ed', 7"))?.typed::<(String, i64)>()?;
/// assert_eq!(pairs, [("ed".to_owned(), 7)]);
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Clone)]
pub struct RawResult {
    names: Arc<Names>,
    rows: vec::IntoIter<Vec<Value>>,
    changed: u64,
    is_hidden: bool,
    /// The types of the columns, as far as the database declares them.
    #[cfg(feature = "_frames")]
    types: Vec<Option<FrameType>>,
}

impl RawResult {
    /// `is_hidden` says that no error may show a value of it.
    pub(super) fn new(
        names: Vec<String>,
        rows: Vec<Vec<Value>>,
        changed: u64,
        is_hidden: bool,
        #[cfg(feature = "_frames")] types: Vec<Option<FrameType>>,
    ) -> Self {
        RawResult {
            names: names.into(),
            rows: rows.into_iter(),
            changed,
            is_hidden,
            #[cfg(feature = "_frames")]
            types,
        }
    }

    /// How many rows an INSERT, UPDATE or DELETE changed; 0 for what reads, and for what creates or drops.
    pub fn rows_affected(&self) -> u64 {
        self.changed
    }

    /// The names of the columns, as the database gives them, also where there is no row. None for a statement that gives no
    /// rows.
    pub fn columns(&self) -> &[String] {
        &self.names
    }

    /// All rows that are left.
    pub fn all(self) -> Vec<RawRow> {
        self.collect()
    }

    /// The next rows, at most so many.
    pub fn many(&mut self, rows: usize) -> Vec<RawRow> {
        self.take(rows).collect()
    }

    /// The first row, or `None`.
    pub fn first(mut self) -> Option<RawRow> {
        self.next()
    }

    /// The only row.
    ///
    /// # Errors
    /// [`NoResult`](crate::ErrorKind::NoResult) where there is none, [`MultipleResults`](crate::ErrorKind::MultipleResults) where there are
    /// several.
    pub fn one(self) -> Result<RawRow> {
        exactly_one(self.all())
    }

    /// The only row, or `None`.
    ///
    /// # Errors
    /// [`MultipleResults`](crate::ErrorKind::MultipleResults) where there are several.
    pub fn one_or_none(self) -> Result<Option<RawRow>> {
        one_or_none(self.all())
    }

    /// The value of the only row of the only column; `None` where there is no row, or the value is NULL.
    ///
    /// # Errors
    /// [`MultipleResults`](crate::ErrorKind::MultipleResults) where there are several rows;
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where there are several columns; [`Data`](crate::ErrorKind::Data) when the value
    /// does not fit.
    pub fn scalar<T: Scalar>(self) -> Result<Option<T>> {
        Ok(one_or_none(self.scalars::<Option<T>>()?)?.flatten())
    }

    /// The values of the only column.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where there are several columns; [`Data`](crate::ErrorKind::Data) when a value
    /// does not fit.
    pub fn scalars<T: SqlType>(self) -> Result<Vec<T>> {
        let rows = self.typed::<(T,)>()?;
        Ok(rows.into_iter().map(|(value,)| value).collect())
    }

    /// All rows that are left, as tuples of their columns, or as structs that [`row!`](macro@crate::row) declares.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where the columns are not those of `T`, also where there is no row;
    /// [`Data`](crate::ErrorKind::Data), which names the column, when a value does not fit.
    pub fn typed<T: FromRow>(self) -> Result<Vec<T>> {
        T::check(&self.names)?;
        self.map(|row| T::from_row(&row)).collect()
    }
}

#[cfg(feature = "_frames")]
impl RawResult {
    /// All rows that are left, as columns.
    ///
    /// # Errors
    /// [`Data`](crate::ErrorKind::Data), which names the column and the row, where a column holds values of several types, or of
    /// one that frames do not have; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for a statement that gives no rows.
    pub fn frame(self) -> Result<Frame> {
        let is_hidden = self.is_hidden;
        let mut builder = Builder::new(Vec::new());
        let names = self.names.iter().cloned();
        builder.begin(names.zip(self.types.iter().copied()))?;
        self.into_iter().try_for_each(|row| {
            let pushed = builder.push(&Row::new(&row));
            pushed.map_err(|error| {
                if is_hidden {
                    error.of_hidden_row()
                } else {
                    error
                }
            })
        })?;
        builder.take()
    }

    /// All rows that are left, as a record batch of Arrow.
    ///
    /// # Errors
    /// As [`frame`](Self::frame).
    #[cfg(feature = "arrow")]
    pub fn record_batch(self) -> Result<crate::frame::arrow_array::RecordBatch> {
        self.frame()?.into_record_batch()
    }

    /// All rows that are left, as a data frame of Polars.
    ///
    /// # Errors
    /// As [`frame`](Self::frame); [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where two columns have the same name.
    #[cfg(feature = "polars")]
    pub fn data_frame(self) -> Result<crate::frame::polars_core::frame::DataFrame> {
        self.frame()?.into_data_frame()
    }
}

impl Iterator for RawResult {
    type Item = RawRow;

    fn next(&mut self) -> Option<RawRow> {
        let values = self.rows.next()?;
        let names = Arc::clone(&self.names);
        Some(RawRow::new(names, values, self.is_hidden))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for RawResult {}

impl FusedIterator for RawResult {}

impl fmt::Debug for RawResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResult")
            .field("rows_affected", &self.changed)
            .field("rows", &self.clone().all())
            .finish()
    }
}
