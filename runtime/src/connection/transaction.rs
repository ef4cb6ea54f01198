//! `transact`: a transaction, or a part of one, around a closure.

use super::{Active, Connection};
use crate::{
    error::{Error, Result},
    pool::log_failed_rollback,
};

impl Connection {
    /// Runs `work` in a transaction that writes: committed when it returns `Ok`, rolled back when it returns an error or panics.
    ///
    /// Within another `transact`, or when statements before it have written and are not committed yet, it is a part of that
    /// transaction, in a savepoint: only what `work` did is rolled back, and what it did is committed with the whole. A
    /// transaction that has only read is ended first.
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
        let scope = Scope::open(self)?;
        // When `work` fails or panics, dropping the scope rolls back.
        let result = work(self)?;
        scope.commit()?;
        Ok(result)
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
        for savepoint in unsettled {
            active.abandon(&savepoint);
        }
    }
}

/// The name of a `transact`'s savepoint; the outermost has none, but the transaction.
pub(super) type Savepoint = Option<String>;

/// A running `transact`. Dropped before it is committed, it rolls back.
struct Scope<'c> {
    connection: &'c Connection,
    savepoint: Savepoint,
    open: bool,
}

impl<'c> Scope<'c> {
    fn open(connection: &'c Connection) -> Result<Self> {
        let mut active = connection.active()?;
        let in_transaction = active.pooled.in_transaction();
        if active.depth > 0 && !in_transaction {
            return Err(active.missing());
        }
        let savepoint = (active.depth > 0 || (in_transaction && active.wrote))
            .then(|| format!("aludel_{}", active.depth + 1));
        match &savepoint {
            Some(name) => active.control(&format!("SAVEPOINT {name}"))?,
            None => {
                if in_transaction {
                    active.control("COMMIT")?;
                }
                active.begin(connection.dialect, true)?;
            }
        }
        active.depth += 1;
        Ok(Scope {
            connection,
            savepoint,
            open: true,
        })
    }

    fn commit(mut self) -> Result<()> {
        let mut active = self.connection.active()?;
        if !active.pooled.in_transaction() {
            return Err(active.missing());
        }
        match &self.savepoint {
            Some(name) => active.control(&format!("RELEASE SAVEPOINT {name}"))?,
            None => active.control("COMMIT")?,
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
        let savepoint = self.savepoint.take();
        match self.connection.active() {
            Ok(mut active) => active.abandon(&savepoint),
            // Rows that `work` began on the connection outlive it.
            Err(_) => self.connection.unsettled.borrow_mut().push(savepoint),
        }
    }
}

impl Active {
    /// Ends a `transact` without what it did. A connection that cannot is not used again.
    fn abandon(&mut self, savepoint: &Savepoint) {
        self.depth -= 1;
        // This is in a drop, which a server that is silent must not hold up.
        self.pooled.driver().hurry(true);
        let rolled_back = self.roll_back(savepoint);
        self.pooled.driver().hurry(false);
        if let Err(error) = rolled_back {
            self.pooled.discard();
            log_failed_rollback(&error);
        }
    }

    fn roll_back(&mut self, savepoint: &Savepoint) -> Result<()> {
        if !self.in_transaction() {
            return Ok(());
        }
        match savepoint {
            Some(name) => {
                self.control(&format!("ROLLBACK TO SAVEPOINT {name}"))?;
                self.control(&format!("RELEASE SAVEPOINT {name}"))
            }
            None => self.control("ROLLBACK"),
        }
    }
}
