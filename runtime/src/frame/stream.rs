//! An open result, read as frames of so many rows.

use std::{fmt, iter::FusedIterator};

use super::{Builder, Expected, Frame, FrameType};
use crate::{
    connection::{Rows, Stream},
    error::{Error, ErrorKind, Result},
};

/// An open result, read as [frames](Frame) of so many rows, the last one smaller: nothing but the current one is in memory. There is
/// at least one frame, so that a result without rows has its columns. All have columns of the same types.
///
/// It holds the connection, as [`Rows`] do, and ends with the first error.
#[must_use = "rows are fetched when they are asked for"]
pub struct Frames<'c> {
    stream: Option<Stream<'c>>,
    builder: Builder,
    size: usize,
}

impl<'c, O> Rows<'c, O> {
    /// The rows that are left as [frames](Frame) of so many, the last one smaller.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) for frames of no row, and where the result has come to its end.
    pub fn frames(self, rows: usize) -> Result<Frames<'c>> {
        self.expecting(rows, Vec::new())
    }

    pub(crate) fn expecting(self, rows: usize, expected: Vec<Expected>) -> Result<Frames<'c>> {
        let refused = |message: &str| Err(Error::new(ErrorKind::InvalidRequest, message));
        if rows == 0 {
            return refused("frames of 0 rows would never end");
        }
        let Some(stream) = self.into_stream() else {
            return refused("the result has come to its end: its columns are not known any more");
        };
        Ok(Frames {
            stream: Some(stream),
            builder: Builder::new(expected),
            size: rows,
        })
    }
}

impl Frames<'_> {
    /// Gives the columns other names, in their order. The first frame is an [`InvalidRequest`](ErrorKind::InvalidRequest) error where
    /// there are more or fewer names than columns.
    pub fn named<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.builder.names = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Says the type of a column: where SQLite does not, and the rows at the beginning do not show it. The first frame is an
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) error where there is no column of this name, or several.
    pub fn with_type(mut self, column: impl Into<String>, ty: FrameType) -> Self {
        self.builder.types.push((column.into(), ty));
        self
    }

    fn read(&mut self) -> Result<Option<Frame>> {
        let is_first = !self.builder.has_begun();
        while let Some(stream) = &mut self.stream {
            let builder = &mut self.builder;
            if !stream.next(&mut |row| builder.push(row))? {
                if !builder.has_begun() {
                    builder.begin(stream.columns())?;
                }
                self.stream = None;
            }
            if self.builder.rows() == self.size {
                break;
            }
        }
        match self.builder.rows() {
            0 if !is_first => Ok(None),
            _ => self.builder.take().map(Some),
        }
    }
}

impl Iterator for Frames<'_> {
    type Item = Result<Frame>;

    fn next(&mut self) -> Option<Result<Frame>> {
        self.stream.as_ref()?;
        let read = self.read();
        if read.is_err() {
            self.stream = None;
        }
        read.transpose()
    }
}

impl FusedIterator for Frames<'_> {}

impl fmt::Debug for Frames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frames")
            .field("open", &self.stream.is_some())
            .finish_non_exhaustive()
    }
}
