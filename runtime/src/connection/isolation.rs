//! The isolation level of a connection's transactions.

use super::Connection;
use crate::{
    dialect::{Isolation, Mode},
    error::{Error, ErrorKind, Result},
};

impl Connection {
    /// Has the transactions of this connection begin at a level, until it goes back to the pool. With
    /// [`Isolation::Autocommit`], statements begin none.
    ///
    /// Nothing is sent: the level is said as each transaction begins.
    ///
    /// ```
    /// # use aludel::{Engine, Isolation, text};
    /// # let engine = Engine::new("sqlite://")?;
    /// let connection = engine.connect()?;
    /// connection.set_isolation(Isolation::Autocommit)?;
    /// connection.execute(text("VACUUM"))?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Unsupported`](ErrorKind::Unsupported) for a level that the database does not have;
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) while a transaction is open.
    pub fn set_isolation(&self, level: Isolation) -> Result<()> {
        level.check(self.dialect, ErrorKind::Unsupported)?;
        let mut active = self.active()?;
        if active.depth > 0 || active.in_transaction() {
            let message = "a transaction is open, whose isolation level stays as it is: commit or roll back first";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        active.mode.isolation = Some(level);
        Ok(())
    }

    /// Has statements begin transactions of which this is said, and always begin one.
    pub(crate) fn begin_with(&self, mode: Mode) -> Result<()> {
        let mut active = self.active()?;
        active.mode = mode.within(active.mode);
        Ok(())
    }
}
