//! A result of SQLite that stays open: a statement, and the rows that borrow it.

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
}

impl<'c> SqliteStream<'c> {
    pub(super) fn new(connection: &'c SqliteConnection, bound: CachedStatement<'c>) -> Self {
        let open = Open::new(MutBorrow::new(bound), |bound| {
            bound.borrow_mut().raw_query()
        });
        SqliteStream { connection, open }
    }
}

impl RowStream for SqliteStream<'_> {
    fn next(&mut self, each: ReadOne<'_>) -> Result<bool> {
        let connection = self.connection;
        self.open.with_dependent_mut(|_, rows| {
            match rows.next().map_err(|error| connection.failed(error))? {
                Some(row) => each(&Row::new(row)).map(|()| true),
                None => Ok(false),
            }
        })
    }
}
