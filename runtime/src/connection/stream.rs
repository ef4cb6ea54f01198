//! Results that stay open: rows read one by one, while the connection waits.

use std::{cell::RefMut, fmt, iter::FusedIterator, sync::Arc};

use self_cell::{MutBorrow, self_cell};

use super::{Active, Conflict, Connection};
#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    driver::{DriverStream, ReadOne},
    error::{Error, FailedStatement, Hidden, Result},
    log::{Origin, Sender, Watch},
    pool::Known,
    row::{Names, Row},
    value::ValueRef,
};

/// The open result of a query: each row is fetched and decoded when it is asked for, so that only one at a time is in memory.
///
/// It holds the connection. Until it has given its last row or an error, or is dropped, whatever else is asked of the connection
/// is a [`Busy`](crate::ErrorKind::Busy) error, and nothing is sent: no other statement, no commit, no `transact`. Collect the
/// rows where something is to be done for each of them, or do it on a second connection.
///
/// It ends with the first error; there is nothing behind one.
#[must_use = "rows are fetched when they are asked for"]
pub struct Rows<'c, O> {
    /// `None` once there is nothing more, which gives the connection free.
    stream: Option<Stream<'c>>,
    read: Read<O>,
}

/// Makes a value from a row, beginning at a column, and moves that behind what it read.
pub(super) type ReadRow<O> = fn(&Row<'_>, &mut usize) -> Result<O>;

/// Makes a value from a row and the names of its columns, which it fills in where they are not known yet.
pub(crate) type ReadNamed<O> = fn(&Row<'_>, &mut Option<Arc<Names>>) -> Result<O>;

/// How rows are read.
enum Read<O> {
    /// By the positions of their columns.
    Typed(ReadRow<O>),
    /// With the names of their columns, which are the same for all rows.
    Named(ReadNamed<O>, Option<Arc<Names>>),
}

impl<O> Read<O> {
    fn row(&mut self, row: &Row<'_>) -> Result<O> {
        match self {
            Read::Typed(read) => read(row, &mut 0),
            Read::Named(read, names) => read(row, names),
        }
    }
}

#[cfg(feature = "_frames")]
impl<'c, O> Rows<'c, O> {
    /// The rows that are left, as the database gives them; nothing where the result has come to its end.
    pub(crate) fn into_stream(self) -> Option<Stream<'c>> {
        self.stream
    }
}

impl<O> Iterator for Rows<'_, O> {
    type Item = Result<O>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.stream.as_mut()?;
        let read = &mut self.read;
        let mut value = None;
        let more = stream.next(&mut |row| {
            value = Some(read.row(row)?);
            Ok(())
        });
        let last = match (more, value) {
            (Ok(_), Some(value)) => return Some(Ok(value)),
            (Ok(_), None) => None,
            (Err(error), _) => Some(Err(error)),
        };
        self.stream = None;
        last
    }
}

impl<O> FusedIterator for Rows<'_, O> {}

impl<O> fmt::Debug for Rows<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("open", &self.stream.is_some())
            .finish_non_exhaustive()
    }
}

self_cell! {
    /// A driver's result with the connection that it reads from.
    struct Open<'c> {
        owner: MutBorrow<RefMut<'c, Active>>,
        #[covariant]
        dependent: DriverStream,
    }
}

/// An open result. While it lives, every other use of the connection is [`Busy`](crate::ErrorKind::Busy).
pub(crate) struct Stream<'c> {
    // Dropped in this order: the connection is free when it is settled.
    open: Open<'c>,
    settled: Settled<'c>,
    statement: FailedStatement,
}

impl Stream<'_> {
    /// Reads one row and hands it to `each`; false at the end.
    ///
    /// # Errors
    /// Those of the database and of `each`, with the statement.
    pub(crate) fn next(&mut self, each: ReadOne<'_>) -> Result<bool> {
        let next = self.open.with_dependent_mut(|_, stream| stream.next(each));
        next.map_err(|error| {
            self.settled.note(&error);
            error.with_failed(&self.statement)
        })
    }
}

#[cfg(feature = "_frames")]
impl Stream<'_> {
    /// The names and types of the columns, as far as the database declares these.
    pub(crate) fn columns(&self) -> Vec<(String, Option<FrameType>)> {
        self.open.borrow_dependent().columns()
    }
}

/// Notes and ends what could not be noted and ended while rows were read.
struct Settled<'c> {
    connection: &'c Connection,
    is_lost: bool,
    conflict: Option<Box<Conflict>>,
}

impl<'c> Settled<'c> {
    fn new(connection: &'c Connection) -> Self {
        Settled {
            connection,
            is_lost: false,
            conflict: None,
        }
    }

    #[cold]
    fn note(&mut self, error: &Error) {
        self.is_lost |= error.is_disconnected();
        self.conflict = Conflict::of(error);
    }
}

impl Drop for Settled<'_> {
    fn drop(&mut self) {
        self.connection
            .note_later(self.is_lost, self.conflict.take());
        self.connection.settle();
    }
}

impl Connection {
    /// Runs a statement that gives rows, and leaves its result open.
    pub(crate) fn stream_sql<'c>(
        &'c self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        writes: bool,
    ) -> Result<Stream<'c>> {
        let watch = self.watch_by_hand();
        self.open_stream(sql, parameters, writes, self.hidden(), watch)
    }

    fn open_stream<'c>(
        &'c self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        writes: bool,
        hidden: Hidden<'_>,
        watch: Option<Watch<'_>>,
    ) -> Result<Stream<'c>> {
        let active = self.ready(sql, parameters, writes)?;
        self.count(1);
        let open = Open::try_new(MutBorrow::new(active), |active| {
            let driver = active.borrow_mut().pooled.driver();
            Sender::new(driver, watch).stream(sql, parameters)
        });
        Ok(Stream {
            open: open.map_err(|error| {
                self.note_later(error.is_disconnected(), Conflict::of(&error));
                error.with_statement(sql, parameters, hidden)
            })?,
            settled: Settled::new(self),
            statement: FailedStatement::new(sql, parameters, hidden),
        })
    }

    /// Runs a statement that gives rows, and decodes its rows as they are asked for.
    pub(crate) fn stream_rows<'c, O>(
        &'c self,
        (known, origin): (&Known, Option<Origin>),
        parameters: &[ValueRef<'_>],
        read: ReadRow<O>,
    ) -> Result<Rows<'c, O>> {
        let hidden = self.log.hidden_of(known);
        let watch = origin.map(|origin| self.watch(known, origin));
        let stream = self.open_stream(&known.text, parameters, false, hidden, watch)?;
        Ok(Rows {
            stream: Some(stream),
            read: Read::Typed(read),
        })
    }

    /// Runs a statement that gives rows of which nothing is known before.
    pub(crate) fn stream_named<'c, O>(
        &'c self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        writes: bool,
        read: ReadNamed<O>,
    ) -> Result<Rows<'c, O>> {
        Ok(Rows {
            stream: Some(self.stream_sql(sql, parameters, writes)?),
            read: Read::Named(read, None),
        })
    }
}
