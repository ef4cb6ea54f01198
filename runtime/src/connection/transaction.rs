//! `transact`: a transaction, or a part of one, around a closure.

use super::{
    Conflict, Connection,
    active::{Active, Mark},
};
use crate::{
    dialect::{Dialect, Mode},
    error::{Error, ErrorKind, Result},
    pool::log_failed_rollback,
};

/// What is said of a transaction.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms {
    pub(crate) mode: Mode,
    /// Whether it is run again after a conflict.
    pub(crate) is_retried: bool,
}

/// How a transaction failed.
pub(crate) enum Failure<E> {
    /// It could not be begun or committed.
    Ours(Error),
    /// The work itself said no.
    Works(E),
}

impl Terms {
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) where something is said that a part of a transaction cannot have.
    pub(crate) fn check_part(&self) -> Result<()> {
        if self.mode.is_default() && !self.is_retried {
            return Ok(());
        }
        let message = "isolation level, `read_only` and `retries` are those of a whole transaction, and this would be a part of the one \
             that is open: say them where that begins, or commit or roll it back first";
        Err(Error::new(ErrorKind::InvalidRequest, message))
    }

    /// # Errors
    /// [`Unsupported`](ErrorKind::Unsupported) for a level that the database does not have;
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) for the one without transactions.
    pub(crate) fn check(&self, dialect: &dyn Dialect) -> Result<()> {
        let Some(level) = self.mode.isolation else {
            return Ok(());
        };
        if level == crate::Isolation::Autocommit {
            let message = "a transaction cannot be run at the isolation level `AUTOCOMMIT`, which is to have none: set it on a connection";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        }
        level.check(dialect, ErrorKind::Unsupported)
    }
}

impl<E: From<Error>> Failure<E> {
    pub(crate) fn into_error(self) -> E {
        match self {
            Failure::Ours(error) => E::from(error),
            Failure::Works(error) => error,
        }
    }
}

impl Connection {
    /// Runs `work` in a transaction that writes: committed when it returns `Ok`, rolled back when it returns an error or panics.
    ///
    /// Within another `transact`, or when statements before it have written and are not committed yet, it is a part of that
    /// transaction, in a savepoint: only what `work` did is rolled back, and what it did is committed with the whole. A
    /// transaction that has only read is ended first.
    ///
    /// It is run once; [`transaction`](Connection::transaction) has more to say of it.
    ///
    /// ```
    /// # use aludel::Engine;
    /// let connection = Engine::new("sqlite://")?.connect()?;
    /// let answer = connection.transact(|_| Ok::<_, aludel::Error>(42))?;
    /// assert_eq!(answer, 42);
    /// assert!(!connection.in_transaction());
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// # Errors
    /// What `work` returns; or the error of beginning or committing, after which nothing that `work` did remains. That is
    /// [`Busy`](crate::ErrorKind::Busy) when rows that `work` began to read outlive it: it is rolled back when they end.
    pub fn transact<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.attempt(Terms::default(), work)
            .map_err(Failure::into_error)
    }

    /// Runs `work` once, in a transaction of which something is said.
    pub(crate) fn attempt<T, E>(
        &self,
        terms: Terms,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, Failure<E>> {
        let scope = Scope::open(self, terms).map_err(Failure::Ours)?;
        // When `work` fails or panics, dropping the scope rolls back.
        let result = work(self).map_err(Failure::Works)?;
        scope.commit().map_err(Failure::Ours)?;
        Ok(result)
    }

    /// What the transaction that is open, or was last, can be run again for.
    pub(crate) fn conflict(&self) -> Option<Conflict> {
        self.active().ok()?.conflict().cloned()
    }
}

impl Connection {
    /// Rolls back what could not be rolled back while rows were being read.
    pub(super) fn settle(&self) {
        let unsettled = self.unsettled.take();
        if unsettled.is_empty() {
            return;
        }
        // Nobody else holds the connection: it was held by the rows, which are gone.
        let mut active = self.active.borrow_mut();
        for part in unsettled {
            active.abandon(&part);
        }
    }
}

/// What a `transact` ends: its savepoint; the outermost has none, but the transaction.
pub(super) type Part = Option<Mark>;

/// A running `transact`. Dropped before it is committed, it rolls back.
struct Scope<'c> {
    connection: &'c Connection,
    part: Part,
    open: bool,
}

impl<'c> Scope<'c> {
    fn open(connection: &'c Connection, terms: Terms) -> Result<Self> {
        let mut active = connection.active()?;
        let in_transaction = active.pooled.in_transaction();
        if active.depth == 0 && !in_transaction {
            active.forget_conflict();
        }
        terms.check(connection.dialect)?;
        if active.depth > 0 && !in_transaction {
            return Err(active.missing());
        }
        let part = if active.depth > 0 || (in_transaction && active.wrote) {
            terms.check_part()?;
            let name = format!("aludel_{}", active.depth + 1);
            Some(active.mark(name)?)
        } else {
            if in_transaction {
                active.finish("COMMIT")?;
            }
            let mode = terms.mode.within(active.mode);
            active.begin_as(connection.dialect, mode, true)?;
            None
        };
        active.depth += 1;
        Ok(Scope {
            connection,
            part,
            open: true,
        })
    }

    fn commit(mut self) -> Result<()> {
        let mut active = self.connection.active()?;
        if !active.pooled.in_transaction() {
            return Err(active.missing());
        }
        match &self.part {
            Some(mark) => active.release(mark)?,
            None => active.finish("COMMIT")?,
        }
        active.depth -= 1;
        self.open = false;
        Ok(())
    }
}

impl Drop for Scope<'_> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        let part = self.part.take();
        match self.connection.active() {
            Ok(mut active) => active.abandon(&part),
            // Rows that `work` began on the connection outlive it.
            Err(_) => self.connection.unsettled.borrow_mut().push(part),
        }
    }
}

impl Active {
    /// Ends a `transact` without what it did. A connection that cannot is not used again.
    fn abandon(&mut self, part: &Part) {
        self.depth -= 1;
        // This is in a drop, which a server that is silent must not hold up.
        self.pooled.driver().hurry(true);
        let rolled_back = self.roll_back(part);
        self.pooled.driver().hurry(false);
        if let Err(error) = rolled_back {
            self.pooled.discard();
            log_failed_rollback(&error);
        }
    }

    fn roll_back(&mut self, part: &Part) -> Result<()> {
        if !self.in_transaction() {
            return Ok(());
        }
        match part {
            Some(mark) => self.roll_back_to(mark),
            None => self.finish("ROLLBACK"),
        }
    }
}
