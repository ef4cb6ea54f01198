//! A result of SQLite that stays open: a statement, and the rows that borrow it.

use std::time::Duration;

use rusqlite::{CachedStatement, Rows};
use self_cell::{MutBorrow, self_cell};

use super::SqliteConnection;
#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    driver::{ReadOne, RowStream},
    error::Result,
    row::Row,
};

self_cell! {
    /// The rows go first, which resets the statement, and then the statement goes back to the cache.
    struct Open<'c> {
        owner: MutBorrow<CachedStatement<'c>>,
        #[covariant]
        dependent: Rows,
    }
}

/// A statement that stands between two of its rows.
pub(super) struct SqliteStream<'c> {
    connection: &'c SqliteConnection,
    open: Open<'c>,
    /// How long it has worked, where that is limited.
    worked: Duration,
    /// Its text, which says what the columns are also where there is no row.
    #[cfg(feature = "_frames")]
    sql: Box<str>,
}

impl<'c> SqliteStream<'c> {
    pub(super) fn new(
        connection: &'c SqliteConnection,
        bound: CachedStatement<'c>,
        #[cfg(feature = "_frames")] sql: &str,
    ) -> Self {
        let open = Open::new(MutBorrow::new(bound), |bound| {
            bound.borrow_mut().raw_query()
        });
        SqliteStream {
            connection,
            open,
            worked: Duration::ZERO,
            #[cfg(feature = "_frames")]
            sql: sql.into(),
        }
    }
}

impl RowStream for SqliteStream<'_> {
    fn next(&mut self, each: ReadOne<'_>) -> Result<bool> {
        let connection = self.connection;
        // What the program does between two rows is its own time.
        let running = connection
            .deadline
            .as_ref()
            .map(|deadline| deadline.run(self.worked));
        let more = self.open.with_dependent_mut(|_, rows| {
            match rows.next().map_err(|error| connection.failed(error))? {
                Some(row) => each(&Row::new(row)).map(|()| true),
                None => Ok(false),
            }
        });
        if let Some(running) = running {
            self.worked += running.elapsed();
        }
        more
    }

    #[cfg(feature = "_frames")]
    fn columns(&self) -> Vec<(String, Option<FrameType>)> {
        // The end of the rows has let go of the statement. By now the schema is known as it is.
        let again = self.connection.connection.prepare(&self.sql);
        again
            .map(|statement| super::declared::columns(&statement))
            .unwrap_or_default()
    }
}
