//! Who has a connection, where the pool is asked to note it.

use std::{
    fmt,
    panic::Location,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::value::shorten;

/// A longer statement is cut in the middle.
const SHOWN_CHARACTERS: usize = 200;

/// Where a connection is taken.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Taker {
    Here(&'static Location<'static>),
    /// By a session, with the first statement that it sends.
    Session,
}

impl fmt::Display for Taker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Taker::Here(place) => write!(f, "at {place}"),
            Taker::Session => f.write_str("by a session"),
        }
    }
}

/// The connections that are out.
#[derive(Default)]
pub(super) struct Holders(Mutex<Vec<Arc<Holder>>>);

/// Somebody who has a connection.
struct Holder {
    taker: Taker,
    thread: String,
    since: Instant,
    /// The text of the last statement; never its values.
    statement: Mutex<Option<String>>,
}

/// What a connection knows of who has it: nothing, where nobody asks.
#[derive(Default)]
pub(crate) struct Held(Option<Arc<Holder>>);

impl Held {
    /// Notes the text of a statement that is sent.
    #[inline]
    pub(crate) fn sends(&self, sql: &str) {
        if let Some(holder) = &self.0 {
            holder.sends(sql);
        }
    }
}

/// A connection that is in use, and by whom: [`PoolStatus::checkouts`](crate::PoolStatus::checkouts).
#[derive(Debug, Clone)]
pub struct Checkout {
    taker: Taker,
    thread: String,
    age: Duration,
    statement: Option<String>,
}

impl Checkout {
    /// Where in the program it was taken; `None` for a connection of a session.
    pub fn location(&self) -> Option<&'static Location<'static>> {
        match self.taker {
            Taker::Here(location) => Some(location),
            Taker::Session => None,
        }
    }

    /// The name of the thread that took it; the number of one without a name.
    pub fn thread(&self) -> &str {
        &self.thread
    }

    /// How long ago it was taken.
    pub fn age(&self) -> Duration {
        self.age
    }

    /// The last statement that was sent on it, without its values, and cut where it is long.
    pub fn statement(&self) -> Option<&str> {
        self.statement.as_deref()
    }
}

impl fmt::Display for Checkout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checkout {
            taker, thread, age, ..
        } = self;
        write!(f, "taken {taker} in thread `{thread}`, {age:.1?} ago; ")?;
        match &self.statement {
            Some(statement) => write!(f, "its last statement: {statement}"),
            None => f.write_str("it has sent nothing"),
        }
    }
}

impl Holders {
    pub(super) fn begin(&self, taker: Taker) -> Held {
        let thread = thread::current();
        let holder = Arc::new(Holder {
            taker,
            thread: thread
                .name()
                .map_or_else(|| format!("{:?}", thread.id()), str::to_owned),
            since: Instant::now(),
            statement: Mutex::default(),
        });
        self.all().push(Arc::clone(&holder));
        Held(Some(holder))
    }

    pub(super) fn end(&self, held: &mut Held) {
        if let Some(holder) = held.0.take() {
            self.all().retain(|other| !Arc::ptr_eq(other, &holder));
        }
    }

    /// All of them, who has one for longest first.
    pub(super) fn checkouts(&self) -> Vec<Checkout> {
        let holders = self.all().clone();
        holders.iter().map(|holder| holder.checkout()).collect()
    }

    /// Forgets those of another process.
    pub(super) fn forsake(&self) {
        self.all().clear();
    }

    fn all(&self) -> MutexGuard<'_, Vec<Arc<Holder>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Holder {
    #[cold]
    fn sends(&self, sql: &str) {
        *self.statement() = Some(shorten(sql, SHOWN_CHARACTERS));
    }

    fn checkout(&self) -> Checkout {
        Checkout {
            taker: self.taker,
            thread: self.thread.clone(),
            age: self.since.elapsed(),
            statement: self.statement().clone(),
        }
    }

    fn statement(&self) -> MutexGuard<'_, Option<String>> {
        self.statement
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
