//! `transact`: a transaction, or a part of one, around a closure.

use super::{Active, Connection, ended};
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
    /// What `work` returns; or the error of beginning or committing, after which nothing that `work` did remains.
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

/// A running `transact`. Dropped before it is committed, it rolls back.
struct Scope<'c> {
    connection: &'c Connection,
    /// The name of its savepoint; the outermost has none.
    savepoint: Option<String>,
    open: bool,
}

impl<'c> Scope<'c> {
    fn open(connection: &'c Connection) -> Result<Self> {
        let mut active = connection.active()?;
        let in_transaction = active.pooled.in_transaction();
        if active.depth > 0 && !in_transaction {
            return Err(ended());
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
            return Err(ended());
        }
        match &self.savepoint {
            Some(name) => active.control(&format!("RELEASE SAVEPOINT {name}"))?,
            None => active.control("COMMIT")?,
        }
        active.depth -= 1;
        self.open = false;
        Ok(())
    }

    fn roll_back(&self, active: &mut Active) -> Result<()> {
        active.depth -= 1;
        if !active.pooled.in_transaction() {
            return Ok(());
        }
        match &self.savepoint {
            Some(name) => {
                active.control(&format!("ROLLBACK TO SAVEPOINT {name}"))?;
                active.control(&format!("RELEASE SAVEPOINT {name}"))
            }
            None => active.control("ROLLBACK"),
        }
    }
}

impl Drop for Scope<'_> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        // Nothing can be running: whatever ran in `work` ended with it.
        let Ok(mut active) = self.connection.active() else {
            return;
        };
        if let Err(error) = self.roll_back(&mut active) {
            active.pooled.discard();
            log_failed_rollback(&error);
        }
    }
}
