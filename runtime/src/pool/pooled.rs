//! A connection that belongs to a pool, while it is out.

use std::sync::Arc;

use super::{Opened, Pool};
use crate::{
    driver::DriverConnection,
    error::{Error, Hidden, Result},
    log::{Log, Sender},
};

/// A connection on loan. It goes back when it drops: rolled back, and only if it can be used again.
pub(crate) struct PooledConnection {
    pool: Arc<Pool>,
    /// `None` once it has gone back.
    opened: Option<Opened>,
    generation: u64,
    discarded: bool,
}

impl PooledConnection {
    pub(super) fn new(pool: Arc<Pool>, opened: Opened, generation: u64) -> Self {
        PooledConnection {
            pool,
            opened: Some(opened),
            generation,
            discarded: false,
        }
    }

    /// The connection itself.
    #[inline]
    pub(crate) fn driver(&mut self) -> &mut dyn DriverConnection {
        &mut *self.opened().driver
    }

    /// The way to the database for what begins and ends transactions, which the log is told of.
    pub(crate) fn control(&mut self) -> Sender<'_, '_> {
        let pool = &self.pool;
        let opened = self.opened.as_mut().expect(LENT);
        let system = pool.connector().dialect().title();
        Sender::of_control(&mut *opened.driver, pool.log(), system)
    }

    /// Who is told of what is sent.
    pub(crate) fn log(&self) -> &Arc<Log> {
        self.pool.log()
    }

    /// The connection, and what it remembers.
    #[inline]
    pub(crate) fn opened(&mut self) -> &mut Opened {
        self.opened.as_mut().expect(LENT)
    }

    /// Whether a transaction is open.
    #[inline]
    pub(crate) fn in_transaction(&self) -> bool {
        self.opened.as_ref().expect(LENT).driver.in_transaction()
    }

    /// Whether the connection can still be used.
    pub(crate) fn is_usable(&self) -> bool {
        self.opened.as_ref().expect(LENT).driver.is_usable()
    }

    /// Notes that the connection was lost, which takes its peers in the pool with it.
    #[cold]
    pub(crate) fn lose(&self) {
        self.pool.lost(self.generation);
    }

    /// Has the connection closed instead of used again.
    pub(crate) fn discard(&mut self) {
        self.discarded = true;
    }

    /// Gives it back now.
    ///
    /// # Errors
    /// When the open transaction could not be rolled back; the connection was closed then.
    pub(crate) fn close(mut self) -> Result<()> {
        self.give_back()
    }

    fn give_back(&mut self) -> Result<()> {
        let Some(mut opened) = self.opened.take() else {
            return Ok(());
        };
        let system = self.pool.connector().dialect().title();
        let sender = Sender::of_control(&mut *opened.driver, self.pool.log(), system);
        let reset = reset(sender);
        if reset.as_ref().is_err_and(Error::is_disconnected) {
            self.lose();
        }
        if reset.is_ok() && opened.driver.is_usable() && !self.discarded {
            self.pool.give_back(opened, self.generation);
        } else {
            drop(opened);
            self.pool.closed();
        }
        reset
    }
}

impl Drop for PooledConnection {
    fn drop(&mut self) {
        if let Err(error) = self.give_back() {
            log_failed_rollback(&error);
        }
    }
}

const LENT: &str = "a connection is there until it is given back, which ends its owner";

/// Says that a transaction could not be rolled back where nobody can be told.
pub(crate) fn log_failed_rollback(error: &Error) {
    tracing::warn!(target: "aludel::pool", %error, "a transaction could not be rolled back; its connection is closed");
}

fn reset(mut sender: Sender<'_, '_>) -> Result<()> {
    if sender.in_transaction() && sender.is_usable() {
        sender
            .control("ROLLBACK")
            .map_err(|error| error.with_statement("ROLLBACK", &[], Hidden::NOTHING))?;
    }
    Ok(())
}
