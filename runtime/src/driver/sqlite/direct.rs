//! The connection of `rusqlite` itself.

use super::SqliteConnection;
use crate::{connection::Connection, error::Result};

impl Connection {
    /// Hands `work` the driver's own connection to SQLite: for BLOBs that are read in parts, backups, functions of one's own. The
    /// crate is [`drivers::rusqlite`](crate::drivers::rusqlite).
    ///
    /// ```
    /// # let conn = aludel::Engine::new("sqlite://")?.connect()?;
    /// let version: String = conn.with_sqlite(|raw| raw.query_row("SELECT sqlite_version()", [], |row| row.get(0)))?;
    /// # assert!(version.starts_with("3."));
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// It runs in the transaction that is open, and begins none: where none is open, each of its statements commits by itself. It
    /// may begin a transaction and end one, which [`in_transaction`](Connection::in_transaction) then tells; within
    /// [`transact`](Connection::transact) it must not end that one. What it sets stays set when the connection goes back to the
    /// pool: whoever changes a PRAGMA changes it back.
    ///
    /// # Errors
    /// What `work` returns, classified as any other error of the database. [`Unsupported`](crate::ErrorKind::Unsupported) on
    /// another database, [`Busy`](crate::ErrorKind::Busy) while rows are being read.
    pub fn with_sqlite<T>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T>,
    ) -> Result<T> {
        self.with_driver("with_sqlite", "SQLite", |driver: &mut SqliteConnection| {
            work(&driver.connection).map_err(|error| driver.failed(error))
        })
    }
}
