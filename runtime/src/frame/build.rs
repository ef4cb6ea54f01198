//! How rows become a frame.

use super::{Frame, FrameType, column::Column, position, rename};
use crate::{
    error::{Error, ErrorKind, Result},
    row::Row,
};

/// What is known of a column before the database says anything.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    /// What it is called, where that is not left to the database.
    pub(crate) name: Option<&'static str>,
    /// Whether it is never NULL.
    pub(crate) required: bool,
}

/// A frame that grows by one row after the other.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    expected: Vec<Expected>,
    pub(super) names: Option<Vec<String>>,
    pub(super) types: Vec<(String, FrameType)>,
    /// `None` before they are known.
    columns: Option<Vec<Column>>,
    /// The rows of the frame that is growing.
    rows: usize,
    /// Those of the frames before it.
    before: usize,
}

impl Builder {
    /// `expected` has as many as the result has columns, or none.
    pub(crate) fn new(expected: Vec<Expected>) -> Self {
        Builder {
            expected,
            ..Builder::default()
        }
    }

    /// Says which columns the database gives, unless that is known already.
    pub(crate) fn begin(
        &mut self,
        given: impl IntoIterator<Item = (String, Option<FrameType>)>,
    ) -> Result<()> {
        if self.columns.is_some() {
            return Ok(());
        }
        let mut columns: Vec<Column> = given
            .into_iter()
            .map(|(name, ty)| Column::new(name, ty.unwrap_or(FrameType::Null)))
            .collect();
        if self.expected.len() == columns.len() {
            for (column, expected) in columns.iter_mut().zip(&self.expected) {
                column.required = expected.required;
                if let Some(name) = expected.name {
                    name.clone_into(&mut column.name);
                }
            }
        }
        if let Some(names) = &self.names {
            rename(&mut columns, names)?;
        }
        for (name, ty) in &self.types {
            ty.check()?;
            let index = position(&columns, name)?;
            columns[index] = columns[index].empty(*ty);
        }
        self.columns = Some(columns);
        Ok(())
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`Data`](ErrorKind::Data), which names the column and the row, where a value does not fit its column.
    pub(crate) fn push(&mut self, row: &Row<'_>) -> Result<()> {
        if self.columns.is_none() {
            self.begin(row.described())?;
        }
        let number = self.before + self.rows + 1;
        let columns = self.columns.iter_mut().flatten();
        for (index, column) in columns.enumerate() {
            if let Err(error) = row.cell(index).and_then(|value| column.push(value)) {
                return Err(Error::of_cell_in_row(index, &column.name, number, error));
            }
        }
        self.rows += 1;
        Ok(())
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn has_begun(&self) -> bool {
        self.columns.is_some()
    }

    /// The rows so far as a frame. Further rows make the next one, of the same types.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where there are no columns.
    pub(crate) fn take(&mut self) -> Result<Frame> {
        let columns: Vec<Column> = self
            .columns
            .iter_mut()
            .flatten()
            .map(Column::take)
            .collect();
        if columns.is_empty() {
            let message = "the statement gives no rows, of which a frame could be made";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        let rows = std::mem::take(&mut self.rows);
        self.before += rows;
        debug_assert!(columns.iter().all(|column| column.len() == rows));
        Ok(Frame { columns, rows })
    }
}
