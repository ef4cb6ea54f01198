//! What a statement needs of a connection for itself alone: the driver, and what is known of its transaction.

use std::ops::ControlFlow;

use super::Conflict;
use crate::{
    dialect::{Dialect, Isolation, Mode, Switch},
    driver::lost_before,
    error::{Error, ErrorKind, Hidden, Result},
    pool::{PooledConnection, log_failed_reset},
    row::Row,
};

/// What a statement needs for itself alone.
pub(super) struct Active {
    pub(super) pooled: PooledConnection,
    /// Whether the open transaction was begun to write, or has written.
    pub(super) wrote: bool,
    /// How many `transact` are running, one inside the other.
    pub(super) depth: u32,
    /// How transactions begin of which nothing else is said.
    pub(super) mode: Mode,
    /// How many savepoints were begun.
    savepoints: u64,
    /// What the open transaction, or the last one, cannot be committed for, and can be run again for.
    conflict: Option<Box<Conflict>>,
}

/// An open savepoint.
pub(crate) struct Mark {
    name: String,
    /// Its number.
    number: u64,
}

impl Active {
    pub(super) fn new(pooled: PooledConnection, mode: Mode) -> Self {
        Active {
            pooled,
            wrote: false,
            depth: 0,
            mode,
            savepoints: 0,
            conflict: None,
        }
    }

    /// Begins a transaction for a statement, unless one is open.
    #[inline]
    pub(super) fn begin(&mut self, dialect: &dyn Dialect, writes: bool) -> Result<()> {
        if self.pooled.in_transaction() {
            self.wrote |= writes;
            return Ok(());
        }
        self.begin_anew(dialect, writes)
    }

    fn begin_anew(&mut self, dialect: &dyn Dialect, writes: bool) -> Result<()> {
        if self.depth > 0 || !self.pooled.is_usable() {
            return Err(self.missing());
        }
        if self.mode.isolation == Some(Isolation::Autocommit) {
            self.switch_off();
            self.forget_conflict();
            self.pooled.log().tell_autocommit();
            return Ok(());
        }
        self.begin_as(dialect, self.mode, writes || self.mode.writes)
    }

    /// Begins a transaction of which something is said, or nothing.
    pub(super) fn begin_as(
        &mut self,
        dialect: &dyn Dialect,
        mode: Mode,
        writes: bool,
    ) -> Result<()> {
        if !self.pooled.is_usable() {
            return Err(self.missing());
        }
        self.switch_off();
        self.forget_conflict();
        if mode.is_default() {
            self.control(dialect.begin(writes))?;
        } else {
            self.begin_with(dialect, mode, writes)?;
        }
        self.wrote = writes && !mode.read_only;
        Ok(())
    }

    #[cold]
    fn begin_with(&mut self, dialect: &dyn Dialect, mode: Mode, writes: bool) -> Result<()> {
        let begun = self
            .switch_on(dialect.switches(mode))
            .and_then(|()| self.control(&dialect.begin_as(mode, writes)));
        if begun.is_err() {
            self.switch_off();
        }
        begun
    }

    /// Switches on what is not on; that is switched off when the transaction has ended.
    fn switch_on(&mut self, switches: Vec<&'static Switch>) -> Result<()> {
        for switch in switches {
            let mut is_on = false;
            let mut each = |row: &Row<'_>| {
                is_on = row.get::<i64>(0)? != 0;
                Ok(ControlFlow::Break(()))
            };
            let asked = self.pooled.driver().query(switch.ask, &[], &mut each);
            self.noted(asked)?;
            if !is_on {
                self.pooled.opened().switched.push(switch);
                self.control(switch.on)?;
            }
        }
        Ok(())
    }

    /// Switches off what was on for a transaction that has ended.
    #[inline]
    fn switch_off(&mut self) {
        if self.pooled.opened().switched.is_empty() {
            return;
        }
        self.switch_all_off();
    }

    #[cold]
    fn switch_all_off(&mut self) {
        if let Err(error) = self.pooled.switch_off() {
            self.pooled.discard();
            log_failed_reset(&error);
        }
    }

    /// Ends the transaction, by `COMMIT` or `ROLLBACK`.
    pub(super) fn finish(&mut self, sql: &str) -> Result<()> {
        let done = self.control(sql);
        if !self.pooled.opened().switched.is_empty() && !self.pooled.in_transaction() {
            self.switch_all_off();
        }
        done
    }

    /// Begins a savepoint.
    pub(super) fn mark(&mut self, name: String) -> Result<Mark> {
        self.control(&format!("SAVEPOINT {name}"))?;
        self.savepoints += 1;
        Ok(Mark {
            name,
            number: self.savepoints,
        })
    }

    /// Ends a savepoint; what was done in it stays.
    pub(super) fn release(&mut self, mark: &Mark) -> Result<()> {
        self.control(&format!("RELEASE SAVEPOINT {}", mark.name))
    }

    /// Ends a savepoint; what was done in it is undone, and with it what was in somebody's way.
    pub(super) fn roll_back_to(&mut self, mark: &Mark) -> Result<()> {
        self.control(&format!("ROLLBACK TO SAVEPOINT {}", mark.name))?;
        self.release(mark)?;
        let within = |conflict: &Conflict| conflict.since >= mark.number;
        if self.conflict.as_deref().is_some_and(within) {
            self.conflict = None;
        }
        Ok(())
    }

    pub(super) fn control(&mut self, sql: &str) -> Result<()> {
        self.pooled.sends(sql);
        let done = self.pooled.control().control(sql);
        self.noted(done)
            .map_err(|error| error.with_statement(sql, &[], Hidden::NOTHING))
    }

    /// What the driver did, with a look at how it failed.
    #[inline]
    pub(super) fn noted<T>(&mut self, done: Result<T>) -> Result<T> {
        if let Err(error) = &done {
            self.note(error);
        }
        done
    }

    #[cold]
    pub(super) fn note(&mut self, error: &Error) {
        self.note_all(error.is_disconnected(), Conflict::of(error));
    }

    pub(super) fn note_all(&mut self, is_lost: bool, conflict: Option<Box<Conflict>>) {
        if is_lost {
            self.pooled.lose();
            // Whether what was sent last was carried out, nobody knows.
            self.conflict = None;
        } else if let Some(mut conflict) = conflict
            && self.conflict.is_none()
        {
            conflict.since = self.savepoints;
            self.conflict = Some(conflict);
        }
    }

    /// What the transaction can be run again for.
    pub(super) fn conflict(&self) -> Option<&Conflict> {
        self.conflict.as_deref()
    }

    /// Forgets what the last transaction could be run again for.
    pub(super) fn forget_conflict(&mut self) {
        self.conflict = None;
    }

    pub(super) fn in_transaction(&self) -> bool {
        self.pooled.in_transaction() && self.pooled.is_usable()
    }

    /// Why a transaction that should be open is not.
    #[cold]
    pub(super) fn missing(&self) -> Error {
        if self.pooled.is_usable() {
            ended()
        } else {
            lost_before()
        }
    }
}

/// The transaction of a `transact` is gone: going on would write outside of it.
#[cold]
fn ended() -> Error {
    let message = "the transaction ended within `transact`: the database rolled it back after an error, or a statement ended it";
    Error::new(ErrorKind::Operational, message)
}
