//! A connection that belongs to a pool, while it is out.

use std::sync::Arc;

use super::{Opened, Pool, events::Told, state::Ticket};
use crate::{
    driver::DriverConnection,
    error::{Error, Result},
    log::{Log, Sender},
};

/// A connection on loan. It goes back when it drops: reset, and only if it can be used again.
pub(crate) struct PooledConnection {
    pool: Arc<Pool>,
    /// `None` once it has gone back.
    opened: Option<Box<Opened>>,
    ticket: Ticket,
    fate: Fate,
}

/// What becomes of a connection that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is used again, if it can be.
    Kept,
    /// It comes back as usual, and is closed then.
    Worn,
    /// It is closed.
    Discarded,
    /// It does not belong to the pool any more, and is closed.
    Detached,
}

impl PooledConnection {
    pub(super) fn new(pool: Arc<Pool>, opened: Box<Opened>, ticket: Ticket) -> Self {
        PooledConnection {
            pool,
            opened: Some(opened),
            ticket,
            fate: Fate::Kept,
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

    /// Switches off what was on for a transaction.
    ///
    /// # Errors
    /// Those of the database.
    #[cold]
    pub(crate) fn switch_off(&mut self) -> Result<()> {
        let opened = self.opened.as_mut().expect(LENT);
        self.pool.switch_off(opened)
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

    /// Notes the text of a statement that is sent, where somebody wants to know.
    #[inline]
    pub(crate) fn sends(&self, sql: &str) {
        self.opened.as_ref().expect(LENT).held.sends(sql);
    }

    /// Notes that the connection was lost, which takes its peers in the pool with it.
    #[cold]
    pub(crate) fn lose(&self) {
        self.pool.lost(self.ticket);
    }

    /// Has the connection closed instead of used again.
    pub(crate) fn discard(&mut self) {
        if self.fate != Fate::Detached {
            self.fate = Fate::Discarded;
        }
    }

    /// Takes the connection out of the pool, in which its place is free by that.
    pub(crate) fn detach(&mut self) {
        if self.fate != Fate::Detached {
            self.fate = Fate::Detached;
            let opened = self.opened.as_mut().expect(LENT);
            self.pool.let_go(opened, self.ticket);
        }
    }

    /// Has the connection closed when it comes back; until then it can be used.
    pub(crate) fn wear(&mut self) {
        if self.fate == Fate::Kept {
            self.fate = Fate::Worn;
            let opened = self.opened.as_mut().expect(LENT);
            self.pool.tell(Told::SoftInvalidate, opened);
        }
    }

    /// Gives it back now.
    ///
    /// # Errors
    /// When it could not be reset; the connection was closed then.
    pub(crate) fn close(mut self) -> Result<()> {
        self.give_back()
    }

    fn give_back(&mut self) -> Result<()> {
        match self.opened.take() {
            Some(opened) => self.pool.take_back(opened, self.ticket, self.fate),
            None => Ok(()),
        }
    }
}

impl Drop for PooledConnection {
    fn drop(&mut self) {
        if let Err(error) = self.give_back() {
            log_failed_reset(&error);
        }
    }
}

const LENT: &str = "a connection is there until it is given back, which ends its owner";

/// Says that a transaction could not be rolled back where nobody can be told.
pub(crate) fn log_failed_rollback(error: &Error) {
    tracing::warn!(target: "aludel::pool", %error, "a transaction could not be rolled back; its connection is closed");
}

/// Says that a connection could not be reset where nobody can be told.
pub(crate) fn log_failed_reset(error: &Error) {
    tracing::warn!(target: "aludel::pool", %error, "a connection could not be reset; it is closed");
}
