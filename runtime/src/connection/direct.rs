//! The driver's own connection, for what has no counterpart here. The drivers say how theirs is handed out.

use std::any::Any;

use super::Connection;
use crate::{
    driver::DriverConnection,
    error::{Error, ErrorKind, Result},
};

impl Connection {
    /// Hands the driver to `work`, in the transaction that is open; where none is, in none. `method` and `database` are for whom
    /// the connection is another driver's.
    #[allow(dead_code)] // without a driver
    pub(crate) fn with_driver<D: DriverConnection, T>(
        &self,
        method: &str,
        database: &str,
        work: impl FnOnce(&mut D) -> Result<T>,
    ) -> Result<T> {
        let mut active = self.active()?;
        let is_gone = active.depth > 0 && !active.pooled.in_transaction();
        let opened = active.pooled.opened();
        let driver: &mut dyn Any = &mut *opened.driver;
        let Some(driver) = driver.downcast_mut::<D>() else {
            return Err(self.of_another(method, database));
        };
        if is_gone || !driver.is_usable() {
            return Err(active.missing());
        }
        let done = work(driver);
        // Nobody knows what it did: a `transact` must not take the transaction for one that only reads, and commit it.
        active.wrote = true;
        active.noted(done)
    }

    #[cold]
    fn of_another(&self, method: &str, database: &str) -> Error {
        let title = self.dialect.title();
        let message =
            format!("`{method}` is for connections to {database}, and this one is to {title}");
        Error::new(ErrorKind::Unsupported, message)
    }
}
