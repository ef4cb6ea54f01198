//! What a pool looks like at a moment.

use std::{fmt, thread::ThreadId};

use super::{
    holders::Checkout,
    options::{PoolClass, PoolOptions},
    state::Counts,
};

/// The connections of an engine at a moment: [`Engine::pool_status`](crate::Engine::pool_status). Printed, it is SQLAlchemy's line.
///
/// ```
/// # use aludel::Engine;
/// let engine = Engine::builder("sqlite://").pool_size(2).build()?;
/// let connection = engine.connect()?;
/// let status = engine.pool_status();
/// assert_eq!((status.in_use(), status.idle()), (1, 0));
/// assert_eq!(
///     status.to_string(),
///     "Pool size: 2  Connections in pool: 0 Current Overflow: -1 Current Checked out connections: 1"
/// );
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PoolStatus {
    options: PoolOptions,
    counts: Counts,
    checkouts: Vec<Checkout>,
    thread: ThreadId,
}

impl PoolStatus {
    pub(super) fn new(options: PoolOptions, counts: Counts, checkouts: Vec<Checkout>) -> Self {
        PoolStatus {
            options,
            counts,
            checkouts,
            thread: std::thread::current().id(),
        }
    }

    /// How the pool keeps connections.
    pub fn class(&self) -> PoolClass {
        self.options.class
    }

    /// How many connections are open, or about to be opened or closed.
    pub fn open(&self) -> usize {
        self.counts.open
    }

    /// How many of them wait to be used.
    pub fn idle(&self) -> usize {
        self.counts.idle
    }

    /// How many of them are in use, or about to be opened or closed.
    pub fn in_use(&self) -> usize {
        self.counts.open.saturating_sub(self.counts.idle)
    }

    /// How many callers wait for one.
    pub fn waiting(&self) -> usize {
        self.counts.waiting
    }

    /// Who has one, whoever has it for longest first; with
    /// [`track_checkouts`](crate::EngineBuilder::track_checkouts), else nobody is known.
    pub fn checkouts(&self) -> &[Checkout] {
        &self.checkouts
    }
}

impl fmt::Display for PoolStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.options.class {
            PoolClass::Queue => {
                let size = i128::from(self.options.size);
                let overflow = self.counts.open as i128 - size;
                let (idle, in_use) = (self.idle(), self.in_use());
                write!(
                    f,
                    "Pool size: {size}  Connections in pool: {idle} Current Overflow: {overflow} \
                     Current Checked out connections: {in_use}"
                )
            }
            PoolClass::Null => f.write_str("NullPool"),
            PoolClass::Static => f.write_str("StaticPool"),
            PoolClass::PerThread => {
                let open = self.open();
                write!(f, "SingletonThreadPool id:{:?} size: {open}", self.thread)
            }
            PoolClass::Assertion => f.write_str("AssertionPool"),
        }
    }
}
