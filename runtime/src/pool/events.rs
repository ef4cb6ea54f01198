//! What a program is told of the connections of a pool.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use super::Opened;
use crate::{
    error::{Error, ErrorKind, Hidden, Result},
    text::Text,
};

/// Registers closures that are told what happens to the connections of an engine: see
/// [`EngineBuilder::pool_events`](crate::EngineBuilder::pool_events).
///
/// They run where it happens, in whichever thread, and one after the other in the order in which they were registered. No lock is
/// held meanwhile; but a closure that takes a connection from the same engine can wait for itself.
///
/// In the order in which they happen: [`first_connect`](PoolEvents::first_connect), [`connect`](PoolEvents::connect),
/// [`checkout`](PoolEvents::checkout), [`reset`](PoolEvents::reset), [`checkin`](PoolEvents::checkin), and
/// [`close`](PoolEvents::close), where the connection is not kept. One that cannot be used any more is not reset: for it, it is
/// [`invalidate`](PoolEvents::invalidate), [`close`](PoolEvents::close), [`checkin`](PoolEvents::checkin). After
/// [`soft_invalidate`](PoolEvents::soft_invalidate) a connection goes back as usual, and is closed then.
#[derive(Default)]
pub struct PoolEvents {
    /// Whether the first connection was told of.
    had_first: AtomicBool,
    first_connect: Vec<Fallible>,
    connect: Vec<Fallible>,
    checkout: Vec<Fallible>,
    reset: Vec<Fallible>,
    checkin: Vec<Listener>,
    invalidate: Vec<Listener>,
    soft_invalidate: Vec<Listener>,
    close: Vec<Listener>,
}

type Fallible = Box<dyn Fn(&mut PoolMember<'_>) -> Result<()> + Send + Sync>;
type Listener = Box<dyn Fn(&mut PoolMember<'_>) + Send + Sync>;

macro_rules! registrations {
    ($($(#[$doc:meta])* $name:ident $(-> $result:ty)?;)*) => {
        impl PoolEvents {
            $($(#[$doc])* pub fn $name(
                &mut self,
                listener: impl Fn(&mut PoolMember<'_>) $(-> $result)? + Send + Sync + 'static,
            ) {
                self.$name.push(Box::new(listener));
            })*
        }
    };
}

registrations! {
    /// The first connection was opened. An error closes it again, and is that of whoever wanted it; then the next one is the first.
    first_connect -> Result<()>;
    /// A connection was opened. This is the place for settings of the whole connection: what [`PoolMember::execute`] sets here is
    /// outside of any transaction, and stays. An error closes it again, and is that of whoever wanted it.
    connect -> Result<()>;
    /// A connection is about to be used. An error closes it, and is that of whoever wanted it; but where it says that the connection
    /// is [lost](crate::ErrorKind::Disconnected), another is taken in its place, up to three times.
    checkout -> Result<()>;
    /// A connection comes back, and is about to be reset. After an error it is closed.
    reset -> Result<()>;
    /// A connection came back. It may be [closed](PoolMember::is_open) already.
    checkin;
    /// A connection that cannot be used any more, or shall not be, is about to be closed.
    invalidate;
    /// A connection is to be closed when it comes back.
    soft_invalidate;
    /// A connection is about to be closed.
    close;
}

/// A connection, as the closures of [`PoolEvents`] see it.
pub struct PoolMember<'p> {
    /// `None` once it is closed.
    opened: Option<&'p mut Opened>,
    number: u64,
}

impl PoolMember<'_> {
    /// Runs a statement as it stands: nothing is bound, no transaction is begun, no rows are given.
    ///
    /// ```
    /// # use aludel::{Engine, text};
    /// let engine = Engine::builder("sqlite://")
    ///     .pool_events(|on| on.connect(|connection| connection.execute(text("PRAGMA synchronous = off"))))
    ///     .build()?;
    /// # engine.connect()?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the database; [`InvalidRequest`](ErrorKind::InvalidRequest) where values are bound, and where the connection is
    /// closed.
    pub fn execute(&mut self, statement: Text) -> Result<()> {
        let sql = statement.into_plain()?;
        let Some(opened) = &mut self.opened else {
            let message = "the connection is closed";
            return Err(Error::new(ErrorKind::InvalidRequest, message));
        };
        let done = opened.driver.control(&sql);
        done.map_err(|error| error.with_statement(&sql, &[], Hidden::NOTHING))
    }

    /// Its number: those of an engine are counted from 1, in the order in which they were opened.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// For how long it has been open; zero, once it is closed.
    pub fn age(&self) -> Duration {
        let opened = self.opened.as_ref();
        opened.map_or(Duration::ZERO, |opened| opened.since.elapsed())
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.opened.is_some()
    }
}

impl fmt::Debug for PoolMember<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolMember")
            .field("number", &self.number)
            .field("is_open", &self.is_open())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PoolEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolEvents").finish_non_exhaustive()
    }
}

/// What is told without asking.
#[derive(Debug, Clone, Copy)]
pub(super) enum Told {
    Invalidate,
    SoftInvalidate,
    Close,
}

impl PoolEvents {
    pub(super) fn opened(&self, opened: &mut Opened) -> Result<()> {
        let is_first =
            !self.first_connect.is_empty() && !self.had_first.swap(true, Ordering::Relaxed);
        if is_first && let Err(error) = ask(&self.first_connect, opened) {
            self.had_first.store(false, Ordering::Relaxed);
            return Err(error);
        }
        ask(&self.connect, opened)
    }

    pub(super) fn checked_out(&self, opened: &mut Opened) -> Result<()> {
        ask(&self.checkout, opened)
    }

    pub(super) fn resets(&self, opened: &mut Opened) -> Result<()> {
        ask(&self.reset, opened)
    }

    /// Whether each checkout has to be told.
    pub(super) fn hears_checkouts(&self) -> bool {
        !self.checkout.is_empty()
    }

    pub(super) fn tell(&self, what: Told, opened: &mut Opened) {
        let listeners = match what {
            Told::Invalidate => &self.invalidate,
            Told::SoftInvalidate => &self.soft_invalidate,
            Told::Close => &self.close,
        };
        let number = opened.number;
        tell(listeners, Some(opened), number);
    }

    /// Tells that a connection came back; without it, that it is closed.
    pub(super) fn checked_in(&self, opened: Option<&mut Opened>, number: u64) {
        tell(&self.checkin, opened, number);
    }
}

fn ask(listeners: &[Fallible], opened: &mut Opened) -> Result<()> {
    let number = opened.number;
    let mut member = PoolMember {
        opened: Some(opened),
        number,
    };
    listeners
        .iter()
        .try_for_each(|listener| listener(&mut member))
}

fn tell(listeners: &[Listener], opened: Option<&mut Opened>, number: u64) {
    let mut member = PoolMember { opened, number };
    for listener in listeners {
        listener(&mut member);
    }
}
