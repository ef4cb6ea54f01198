//! The connection of the crate `mysql` itself.

use mysql::Conn;

use super::{MysqlConnection, session::Effect};
use crate::{connection::Connection, driver::lost_before, error::Result};

impl Connection {
    /// Hands `work` the driver's own connection to MySQL or MariaDB: for `LOAD DATA LOCAL INFILE`, or several results of a
    /// procedure. The crate is [`drivers::mysql`](crate::drivers::mysql).
    ///
    /// ```no_run
    /// use aludel::drivers::mysql::prelude::Queryable;
    ///
    /// # let conn = aludel::Engine::new("mysql://localhost/shop")?.connect()?;
    /// let warnings = conn.with_mysql(|raw| {
    ///     raw.query_drop("ANALYZE TABLE users")?;
    ///     Ok(raw.warnings())
    /// })?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// It runs in the transaction that is open, and begins none: where none is open, each of its statements commits by itself. It
    /// may begin a transaction and end one; the server is asked about that afterwards, once, when it matters. Within
    /// [`transact`](Connection::transact) it must not end that one, which DDL does too. What it sets stays set when the connection
    /// goes back to the pool: `sql_mode`, the time zone and the character set have to be left as they are.
    ///
    /// # Errors
    /// What `work` returns, classified as any other error of the database. [`Unsupported`](crate::ErrorKind::Unsupported) on
    /// another database, [`Busy`](crate::ErrorKind::Busy) while rows are being read.
    pub fn with_mysql<T>(&self, work: impl FnOnce(&mut Conn) -> mysql::Result<T>) -> Result<T> {
        let hand = |driver: &mut MysqlConnection| {
            // Before, for it may panic.
            driver.session.ran(Effect::Unknown);
            driver.session.check()?;
            let connection = driver.connection.get_mut().as_mut();
            work(connection.ok_or_else(lost_before)?)
                .map_err(|error| driver.session.failed(Effect::Unknown, error))
        };
        self.with_driver("with_mysql", "MySQL and MariaDB", hand)
    }
}
