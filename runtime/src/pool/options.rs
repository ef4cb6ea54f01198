//! The options of a pool: what was said, what holds, and what does not go together.

use std::time::Duration;

use super::state::Rules;
use crate::error::{Error, ErrorKind, Result};

/// How connections are kept: [`EngineBuilder::pool`](crate::EngineBuilder::pool).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum PoolClass {
    /// Some are kept, some more may be open at times, and whoever finds all of them in use waits. This is the usual one, also for
    /// SQLite in memory.
    #[default]
    Queue,
    /// None are kept: each is opened when it is asked for, and closed when it comes back. For a pooler between here and the
    /// server, and for processes that fork.
    Null,
    /// One connection for all, which stays open. A connection is used by one at a time, so whoever comes while it is out waits.
    Static,
    /// Each thread has its own, which it gets again and again, and of which it can have only one at a time. As many as
    /// [`pool_size`](crate::EngineBuilder::pool_size) are kept; beyond that, the one that came back first is closed.
    PerThread,
    /// At most one connection at a time: a second one is an [`InvalidRequest`](ErrorKind::InvalidRequest) error that says where
    /// the first was taken. For tests of programs that should need no more.
    Assertion,
}

impl PoolClass {
    /// Its name, as it is written in a URL.
    pub(super) fn name(self) -> &'static str {
        match self {
            PoolClass::Queue => "queue",
            PoolClass::Null => "null",
            PoolClass::Static => "static",
            PoolClass::PerThread => "per_thread",
            PoolClass::Assertion => "assertion",
        }
    }

    /// Whether an option means something here. Those that are not named here always do.
    fn has(self, option: &str) -> bool {
        match option {
            "pool_size" => matches!(self, PoolClass::Queue | PoolClass::PerThread),
            "max_overflow" | "pool_use_lifo" => self == PoolClass::Queue,
            "pool_timeout" => matches!(self, PoolClass::Queue | PoolClass::Static),
            _ => true,
        }
    }
}

/// What is done with a connection that comes back: [`EngineBuilder::pool_reset_on_return`](crate::EngineBuilder::pool_reset_on_return).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ResetOnReturn {
    /// What is open is rolled back.
    #[default]
    Rollback,
    /// What is open is committed; by a panic, it is rolled back all the same.
    Commit,
    /// Nothing. A transaction that is open stays so, and becomes that of whoever gets the connection next.
    None,
}

/// The options that were given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    pub(crate) class: Option<PoolClass>,
    pub(crate) size: Option<u32>,
    pub(crate) max_overflow: Option<i32>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) recycle: Option<Option<Duration>>,
    pub(crate) use_lifo: Option<bool>,
    pub(crate) pre_ping: Option<bool>,
    pub(crate) reset: Option<ResetOnReturn>,
    pub(crate) tracks: Option<bool>,
}

/// The options of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PoolOptions {
    pub(super) class: PoolClass,
    /// How many connections are kept; 0 for no limit.
    pub(super) size: u32,
    /// How many more may be open at times; `None` for no limit.
    pub(super) max_overflow: Option<u32>,
    /// How long to wait for a connection.
    pub(super) timeout: Duration,
    /// How old a connection gets.
    pub(super) recycle: Option<Duration>,
    pub(super) use_lifo: bool,
    pub(super) pre_ping: bool,
    pub(super) reset: ResetOnReturn,
    /// Whether it is noted who has a connection.
    pub(super) tracks: bool,
}

impl Given {
    /// These, and where nothing is said here, those.
    pub(crate) fn or(self, other: Given) -> Given {
        Given {
            class: self.class.or(other.class),
            size: self.size.or(other.size),
            max_overflow: self.max_overflow.or(other.max_overflow),
            timeout: self.timeout.or(other.timeout),
            recycle: self.recycle.or(other.recycle),
            use_lifo: self.use_lifo.or(other.use_lifo),
            pre_ping: self.pre_ping.or(other.pre_ping),
            reset: self.reset.or(other.reset),
            tracks: self.tracks.or(other.tracks),
        }
    }

    /// What holds, with the defaults of SQLAlchemy.
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) for what is wrong, or means nothing with this class of pool. It names the
    /// option and `database`.
    pub(crate) fn resolve(self, database: &str) -> Result<PoolOptions> {
        let class = self.class.unwrap_or_default();
        let given = [
            ("pool_size", self.size.is_some()),
            ("max_overflow", self.max_overflow.is_some()),
            ("pool_timeout", self.timeout.is_some()),
            ("pool_use_lifo", self.use_lifo.is_some()),
        ];
        for (option, is_given) in given {
            if is_given && !class.has(option) {
                let class = class.name();
                let message = format!("`{option}` means nothing in a pool of the class `{class}`");
                return Err(refused(&message, database));
            }
        }
        Ok(PoolOptions {
            class,
            size: self.size.unwrap_or(5),
            max_overflow: overflow(self.max_overflow.unwrap_or(10), database)?,
            timeout: self.timeout.unwrap_or(Duration::from_secs(30)),
            recycle: self.recycle.flatten(),
            use_lifo: self.use_lifo.unwrap_or(false),
            pre_ping: self.pre_ping.unwrap_or(false),
            reset: self.reset.unwrap_or_default(),
            tracks: self.tracks.unwrap_or(class == PoolClass::Assertion),
        })
    }
}

fn overflow(connections: i32, database: &str) -> Result<Option<u32>> {
    if connections == -1 {
        return Ok(None);
    }
    u32::try_from(connections).map(Some).map_err(|_| {
        let message = format!(
            "`max_overflow` is a number of connections, or -1 for no limit, but not {connections}"
        );
        refused(&message, database)
    })
}

/// The error of an option.
#[cold]
pub(super) fn refused(message: &str, database: &str) -> Error {
    let message = format!("{message} (the engine is one on {database})");
    Error::new(ErrorKind::Configuration, message)
}

impl PoolOptions {
    pub(super) fn rules(&self) -> Rules {
        const NO_LIMIT: usize = usize::MAX;
        let number = |count: u32| usize::try_from(count).unwrap_or(NO_LIMIT);
        let size = if self.size == 0 {
            NO_LIMIT
        } else {
            number(self.size)
        };
        let overflow = self.max_overflow.map_or(NO_LIMIT, number);
        let (kept, open) = match self.class {
            PoolClass::Queue => (size, size.saturating_add(overflow)),
            PoolClass::Null => (0, NO_LIMIT),
            PoolClass::Static | PoolClass::Assertion => (1, 1),
            PoolClass::PerThread => (size, NO_LIMIT),
        };
        Rules {
            kept,
            open,
            lifo: self.use_lifo,
            waits: matches!(self.class, PoolClass::Queue | PoolClass::Static),
            per_owner: self.class == PoolClass::PerThread,
        }
    }
}
