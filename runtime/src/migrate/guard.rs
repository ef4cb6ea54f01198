//! One process at a time: a connection that nobody else has while it works.

use std::{
    ops::ControlFlow,
    thread,
    time::{Duration, Instant},
};

use super::Migrations;
use crate::{
    connection::{Connection, Failure, Terms},
    dialect::{Isolation, Lock, Mode},
    engine::Engine,
    error::{Error, ErrorKind, Result},
};

/// How long to wait before a lock is asked for again.
const PAUSE: Duration = Duration::from_millis(25);

/// A connection for one migration, and how long it waits for others.
pub(super) struct Guarded<'c> {
    pub(super) connection: &'c Connection,
    until: Instant,
    patience: Duration,
}

impl Migrations {
    /// Hands `work` a connection of its own, while nobody else has one for this. It is closed afterwards, with all that was set on it.
    pub(super) fn guarded<T>(
        &self,
        engine: &Engine,
        work: impl FnOnce(&Guarded<'_>) -> Result<T>,
    ) -> Result<T> {
        let connection = engine.connect()?;
        connection.invalidate_soft()?;
        // What waits in a transaction would hold up a CREATE INDEX CONCURRENTLY of the one that it waits for.
        connection.set_isolation(Isolation::Autocommit)?;
        let guarded = Guarded {
            connection: &connection,
            until: Instant::now() + self.patience,
            patience: self.patience,
        };
        let lock = connection.dialect().lock_of_all();
        if let Some(lock) = lock {
            guarded.take(lock)?;
        }
        let done = work(&guarded);
        if let Some(lock) = lock {
            // Where this fails, closing the connection gives it up.
            let _ = connection.execute_sql(lock.release, &[]);
        }
        done
    }

    /// Runs `work` in a transaction, while nobody else changes what is known of migrations.
    pub(super) fn alone<T>(
        &self,
        engine: &Engine,
        work: impl Fn(&Connection) -> Result<T>,
    ) -> Result<T> {
        self.guarded(engine, |guarded| {
            guarded.patiently(|| super::record::create(guarded.connection))?;
            guarded.whole(Mode::default(), &work)
        })
    }
}

impl Guarded<'_> {
    fn take(&self, lock: &Lock) -> Result<()> {
        loop {
            let mut taken = None;
            self.connection
                .query_sql(lock.take, &[], false, &mut |row| {
                    taken = row.get::<Option<i64>>(0)?;
                    Ok(ControlFlow::Break(()))
                })?;
            if taken == Some(1) {
                return Ok(());
            }
            if Instant::now() >= self.until {
                return Err(self.too_long());
            }
            thread::sleep(PAUSE);
        }
    }

    /// Does something again for as long as somebody else has the lock of a database that has one for whoever writes.
    pub(super) fn patiently<T>(&self, work: impl Fn() -> Result<T>) -> Result<T> {
        loop {
            match work() {
                Err(error) if error.is_lock_timeout() => self.pause(error)?,
                done => return done,
            }
        }
    }

    /// Runs `work` in a transaction, which is begun again for as long as somebody else has the lock.
    pub(super) fn whole<T>(
        &self,
        mode: Mode,
        work: impl Fn(&Connection) -> Result<T>,
    ) -> Result<T> {
        let terms = Terms {
            mode,
            is_retried: false,
        };
        loop {
            match self.connection.attempt(terms, &work) {
                // Nothing of it has happened.
                Err(Failure::Ours(error)) if error.is_lock_timeout() => self.pause(error)?,
                done => return done.map_err(Failure::into_error),
            }
        }
    }

    fn pause(&self, error: Error) -> Result<()> {
        if Instant::now() >= self.until {
            return Err(self.too_long().with_source(error));
        }
        thread::sleep(PAUSE);
        Ok(())
    }

    #[cold]
    fn too_long(&self) -> Error {
        let message = format!(
            "somebody else changes this database, and was not done within {:?}: try again later, or wait for longer",
            self.patience
        );
        Error::new(ErrorKind::LockTimeout, message)
    }
}
