//! The pool: connections that wait to be used again.
//!
//! What is counted and who is next is decided in `state`, who waits and wakes in `queue`, what is told of it by `events`.

mod checkin;
mod events;
mod holders;
mod options;
mod pooled;
mod queue;
mod state;
mod status;
mod sync;
mod texts;
mod written;

use std::{
    fmt::Write,
    process,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Instant,
};

pub use events::{PoolEvents, PoolMember};
pub use holders::Checkout;
pub(crate) use holders::Taker;
use holders::{Held, Holders};
pub(crate) use options::{Given, PoolOptions};
pub use options::{PoolClass, ResetOnReturn};
pub(crate) use pooled::{PooledConnection, log_failed_reset, log_failed_rollback};
use queue::{Denied, Queue};
use state::Ticket;
pub use status::PoolStatus;
pub(crate) use texts::{Known, Texts};
pub(crate) use written::is_option;

use crate::{
    dialect::Switch,
    driver::{Connector, DriverConnection},
    error::{Error, ErrorKind, Result},
    log::Log,
};

/// So many connections are tried while those who listen say that they are lost.
const TRIES: usize = 3;

/// An open connection, and what it remembers.
pub(crate) struct Opened {
    pub(crate) driver: Box<dyn DriverConnection>,
    /// The texts of statements that ran on it.
    pub(crate) texts: Texts,
    pub(crate) held: Held,
    /// What is on for a transaction, and has to be switched off when that has ended.
    pub(crate) switched: Vec<&'static Switch>,
    /// Counted from 1.
    number: u64,
    since: Instant,
    /// The process that opened it.
    process: u32,
}

/// A pool of connections to one database. It opens them when they are asked for.
pub(crate) struct Pool {
    connector: Box<dyn Connector>,
    options: PoolOptions,
    events: Option<PoolEvents>,
    /// Whether a connection has to be looked at before it is used again.
    prepares: bool,
    queue: Queue<Box<Opened>>,
    holders: Holders,
    opened: AtomicU64,
    /// The process whose connections these are.
    process: AtomicU32,
    /// Held by whoever begins anew in another process.
    beginning: Mutex<()>,
    log: Arc<Log>,
}

impl Pool {
    pub(crate) fn new(
        connector: Box<dyn Connector>,
        options: PoolOptions,
        events: Option<PoolEvents>,
        log: Arc<Log>,
    ) -> Arc<Self> {
        let hears = events.as_ref().is_some_and(PoolEvents::hears_checkouts);
        Arc::new(Pool {
            connector,
            prepares: hears || options.pre_ping || options.recycle.is_some(),
            queue: Queue::new(options.rules()),
            options,
            events,
            holders: Holders::default(),
            opened: AtomicU64::new(0),
            process: AtomicU32::new(process::id()),
            beginning: Mutex::default(),
            log,
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
    /// [`Timeout`](ErrorKind::Timeout) when none came free in time, [`InvalidRequest`](ErrorKind::InvalidRequest) where none may be
    /// waited for, or whatever opening one gave.
    pub(crate) fn get(self: &Arc<Self>, taker: Taker) -> Result<PooledConnection> {
        let process = process::id();
        if process != self.process.load(Ordering::Acquire) {
            self.start_anew(process);
        }
        let claimed = self.queue.claim(self.owner(), self.options.timeout);
        let (found, ticket) = claimed.map_err(|denied| self.denied(denied))?;
        let mut place = Place {
            pool: self,
            ticket,
            is_taken: false,
        };
        let mut opened = match found {
            Some(opened) if !self.prepares => opened,
            found => self.prepare(found, &mut place)?,
        };
        let ticket = place.taken();
        if self.options.tracks {
            opened.held = self.holders.begin(taker);
        }
        Ok(PooledConnection::new(Arc::clone(self), opened, ticket))
    }

    /// Closes all idle connections, and those in use when they come back. The pool can be used further.
    pub(crate) fn dispose(&self) {
        tracing::info!(target: "aludel::pool", "the connections of a pool are disposed of");
        self.close_all(self.queue.retire());
    }

    pub(crate) fn status(&self) -> PoolStatus {
        PoolStatus::new(self.options, self.queue.counts(), self.holders.checkouts())
    }

    /// A connection that can be used, in a place that was claimed for it.
    #[cold]
    fn prepare(
        &self,
        mut found: Option<Box<Opened>>,
        place: &mut Place<'_>,
    ) -> Result<Box<Opened>> {
        let mut refused = None;
        for _ in 0..TRIES {
            let mut opened = match found.take() {
                Some(idle) => self.checked(idle, place)?,
                None => self.open()?,
            };
            let Some(events) = &self.events else {
                return Ok(opened);
            };
            match events.checked_out(&mut opened) {
                Ok(()) => return Ok(opened),
                Err(error) => {
                    self.tell(events::Told::Invalidate, &mut opened);
                    self.close(opened);
                    if !error.is_disconnected() {
                        return Err(error);
                    }
                    refused = Some(error);
                    place.renew();
                }
            }
        }
        let message =
            "closures that were told of checkouts said of each connection that it is lost";
        let error = Error::new(ErrorKind::InvalidRequest, message);
        Err(match refused {
            Some(cause) => error.with_source(cause),
            None => error,
        })
    }

    /// An idle connection, or another in its place where it is too old or does not answer.
    fn checked(&self, mut idle: Box<Opened>, place: &mut Place<'_>) -> Result<Box<Opened>> {
        let limit = self.options.recycle;
        if limit.is_some_and(|limit| idle.since.elapsed() > limit) {
            tracing::info!(target: "aludel::pool", connection = idle.number, "a connection is too old, and is replaced");
        } else if self.options.pre_ping {
            idle.driver.hurry(true);
            let answered = idle.driver.ping();
            idle.driver.hurry(false);
            match answered {
                Ok(()) => return Ok(idle),
                Err(error) if error.is_disconnected() || error.is_timeout() => {
                    tracing::info!(target: "aludel::pool", connection = idle.number, %error, "a connection does not answer, and is replaced");
                    self.lost(place.ticket);
                }
                Err(error) => {
                    self.close(idle);
                    return Err(error);
                }
            }
        } else {
            return Ok(idle);
        }
        self.close(idle);
        place.renew();
        self.open()
    }

    fn open(&self) -> Result<Box<Opened>> {
        let driver = self.connector.connect()?;
        let number = self.opened.fetch_add(1, Ordering::Relaxed) + 1;
        let mut opened = Box::new(Opened {
            driver,
            texts: Texts::default(),
            held: Held::default(),
            switched: Vec::new(),
            number,
            since: Instant::now(),
            process: process::id(),
        });
        tracing::debug!(target: "aludel::pool", connection = number, "a connection is opened");
        if let Some(events) = &self.events
            && let Err(error) = events.opened(&mut opened)
        {
            self.close(opened);
            return Err(error);
        }
        Ok(opened)
    }

    /// In a process that was forked from the pool's: what it inherited is left to the other one.
    #[cold]
    fn start_anew(&self, process: u32) {
        let _beginning = self
            .beginning
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if process == self.process.load(Ordering::Acquire) {
            return;
        }
        for opened in self.queue.forsake() {
            checkin::forget(opened);
        }
        self.holders.forsake();
        self.process.store(process, Ordering::Release);
    }

    /// Who has a connection of its own, where each thread has.
    fn owner(&self) -> u64 {
        if self.options.class == PoolClass::PerThread {
            this_thread()
        } else {
            0
        }
    }

    #[cold]
    fn denied(&self, denied: Denied) -> Error {
        let (kind, mut message) = match denied {
            Denied::TimedOut => (ErrorKind::Timeout, self.exhausted()),
            Denied::Refused if self.options.class == PoolClass::PerThread => {
                let message =
                    "this thread's connection is in use, and a thread can have one at a time";
                (ErrorKind::InvalidRequest, message.to_owned())
            }
            Denied::Refused => {
                let message = "the connection is in use, and there can be one at a time";
                (ErrorKind::InvalidRequest, message.to_owned())
            }
        };
        if self.options.tracks {
            for checkout in self.holders.checkouts() {
                let _ = write!(message, "\n  {checkout}");
            }
        } else {
            message.push_str("; `track_checkouts` tells who has them");
        }
        Error::new(kind, message)
    }

    fn exhausted(&self) -> String {
        let PoolOptions {
            class,
            size,
            max_overflow,
            timeout,
            ..
        } = self.options;
        if class != PoolClass::Queue {
            return format!("the only connection did not come free within {timeout:?}");
        }
        let overflow = max_overflow.map_or_else(|| "-1".to_owned(), |most| most.to_string());
        format!(
            "no connection came free within {timeout:?}: as many as may be open are in use (pool_size {size}, \
             max_overflow {overflow})"
        )
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.close_all(self.queue.retire());
    }
}

/// The place of a connection that is being made ready; given up, also by a panic, unless taken.
struct Place<'p> {
    pool: &'p Pool,
    ticket: Ticket,
    is_taken: bool,
}

impl Place<'_> {
    fn taken(mut self) -> Ticket {
        self.is_taken = true;
        self.ticket
    }

    /// Another connection is opened here than was.
    fn renew(&mut self) {
        self.ticket = self.pool.queue.renewed(self.ticket);
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.is_taken {
            self.pool.queue.gone(self.ticket);
        }
    }
}

/// A number for each thread, counted from 1.
fn this_thread() -> u64 {
    static THREADS: AtomicU64 = AtomicU64::new(1);
    thread_local! {
        static NUMBER: u64 = THREADS.fetch_add(1, Ordering::Relaxed);
    }
    NUMBER.with(|number| *number)
}

#[cfg(test)]
mod state_tests;
#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests;
