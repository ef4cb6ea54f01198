//! A result of SQLite that stays open: a statement, and the rows that borrow it.

use std::time::Duration;

use rusqlite::{CachedStatement, Rows};
use self_cell::{MutBorrow, self_cell};

use super::SqliteConnection;
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
}

impl<'c> SqliteStream<'c> {
    pub(super) fn new(connection: &'c SqliteConnection, bound: CachedStatement<'c>) -> Self {
        let open = Open::new(MutBorrow::new(bound), |bound| {
            bound.borrow_mut().raw_query()
        });
        SqliteStream {
            connection,
            open,
            worked: Duration::ZERO,
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
}
