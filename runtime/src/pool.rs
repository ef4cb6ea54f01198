//! The pool: connections that wait to be used again.
//!
//! What is counted and who is next is decided in `state`, under a lock that is never held while anything is sent to a database.

mod pooled;
mod state;
mod texts;

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

pub(crate) use pooled::{PooledConnection, log_failed_rollback};
use state::{Claim, Limits, State};
pub(crate) use texts::{Known, Texts};

use crate::{
    driver::{Connector, DriverConnection},
    error::{Error, ErrorKind, Result},
    log::Log,
};

/// How large a pool gets, and how long one waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PoolOptions {
    /// How many connections are kept; 0 for no limit.
    pub(crate) size: u32,
    /// How many more may be open at times; `None` for no limit.
    pub(crate) max_overflow: Option<u32>,
    /// How long to wait for a connection.
    pub(crate) timeout: Duration,
}

impl Default for PoolOptions {
    fn default() -> Self {
        PoolOptions {
            size: 5,
            max_overflow: Some(10),
            timeout: Duration::from_secs(30),
        }
    }
}

/// An open connection, and what it remembers.
pub(crate) struct Opened {
    pub(crate) driver: Box<dyn DriverConnection>,
    /// The texts of statements that ran on it.
    pub(crate) texts: Texts,
}

/// A pool of connections to one database. It opens them when they are asked for; the one that came back last goes out first.
pub(crate) struct Pool {
    connector: Box<dyn Connector>,
    options: PoolOptions,
    log: Arc<Log>,
    state: Mutex<State<Opened, Turn>>,
}

/// Wakes one waiter. Each has its own, so that whoever waits longest is served first.
#[derive(Clone)]
struct Turn(Arc<Condvar>);

impl PartialEq for Turn {
    fn eq(&self, other: &Turn) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Pool {
    pub(crate) fn new(
        connector: Box<dyn Connector>,
        options: PoolOptions,
        log: Arc<Log>,
    ) -> Arc<Self> {
        let limits = Limits::new(options.size, options.max_overflow);
        Arc::new(Pool {
            connector,
            options,
            log,
            state: Mutex::new(State::new(limits)),
        })
    }

    /// Who is told of what is sent.
    pub(crate) fn log(&self) -> &Arc<Log> {
        &self.log
    }

    pub(crate) fn connector(&self) -> &dyn Connector {
        &*self.connector
    }

    /// A connection, opened if none is idle. Waits while the limit is reached.
    ///
    /// # Errors
    /// [`Timeout`](ErrorKind::Timeout) when none came free in time, or whatever opening one gave.
    pub(crate) fn get(self: &Arc<Self>) -> Result<PooledConnection> {
        let (opened, generation) = match self.claim()? {
            Claim::Use(opened, generation) => (opened, generation),
            Claim::Open(generation) => (self.open()?, generation),
        };
        Ok(PooledConnection::new(Arc::clone(self), opened, generation))
    }

    /// Closes all idle connections, and those in use when they come back. The pool can be used further.
    pub(crate) fn dispose(&self) {
        let idle = self.state().retire();
        self.close_all(idle);
    }

    /// Closes the peers of a connection that was lost, as [`dispose`](Pool::dispose) does.
    #[cold]
    fn lost(&self, generation: u64) {
        let idle = self.state().lost(generation);
        self.close_all(idle);
    }

    fn close_all(&self, idle: Vec<Opened>) {
        for opened in idle {
            drop(opened);
            self.closed();
        }
    }

    /// Opens a connection in the place that was claimed for it; the place is free again when that fails.
    fn open(&self) -> Result<Opened> {
        let place = Place(Some(self));
        let driver = self.connector.connect()?;
        place.taken();
        Ok(Opened {
            driver,
            texts: Texts::default(),
        })
    }

    fn claim(&self) -> Result<Claim<Opened>> {
        let mut state = self.state();
        match state.claim() {
            Some(claim) => Ok(claim),
            None => self.wait(state),
        }
    }

    fn wait(&self, mut state: MutexGuard<'_, State<Opened, Turn>>) -> Result<Claim<Opened>> {
        let turn = Turn(Arc::default());
        let deadline = Instant::now().checked_add(self.options.timeout);
        state.wait(turn.clone());
        let claim = loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            state = sleep(&turn.0, state, left);
            // Looked at once more when the time is up: a connection may have come in that very moment.
            let claim = state.claim_next(&turn);
            if claim.is_some() || left.is_some_and(|left| left.is_zero()) {
                break claim;
            }
        };
        state.leave(&turn);
        wake(state.next_waiter());
        claim.ok_or_else(|| self.exhausted())
    }

    /// Takes back a connection that is in order.
    fn give_back(&self, opened: Opened, generation: u64) {
        let mut state = self.state();
        let surplus = state.give_back(opened, generation);
        if surplus.is_none() {
            wake(state.next_waiter());
            return;
        }
        drop(state);
        drop(surplus);
        self.closed();
    }

    /// Counts a connection out that was closed, or not opened.
    fn closed(&self) {
        let mut state = self.state();
        state.closed();
        wake(state.next_waiter());
    }

    fn state(&self) -> MutexGuard<'_, State<Opened, Turn>> {
        // Nothing that can panic runs while the state is half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cold]
    fn exhausted(&self) -> Error {
        let PoolOptions {
            size,
            max_overflow,
            timeout,
        } = self.options;
        let overflow = max_overflow.map_or_else(|| "-1".to_owned(), |most| most.to_string());
        let message = format!(
            "no connection came free within {timeout:?}: as many as may be open are in use (pool_size {size}, \
             max_overflow {overflow})"
        );
        Error::new(ErrorKind::Timeout, message)
    }
}

/// The place of a connection that is being opened; given up, also by a panic, unless taken.
struct Place<'p>(Option<&'p Pool>);

impl Place<'_> {
    fn taken(mut self) {
        self.0 = None;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(pool) = self.0 {
            pool.closed();
        }
    }
}

fn wake(waiter: Option<&Turn>) {
    if let Some(turn) = waiter {
        turn.0.notify_one();
    }
}

/// Sleeps until woken, at most as long as is `left`.
fn sleep<'s, T>(
    condvar: &Condvar,
    state: MutexGuard<'s, T>,
    left: Option<Duration>,
) -> MutexGuard<'s, T> {
    match left {
        Some(left) => {
            let woken = condvar.wait_timeout(state, left);
            woken.unwrap_or_else(PoisonError::into_inner).0
        }
        None => condvar.wait(state).unwrap_or_else(PoisonError::into_inner),
    }
}

#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests;
