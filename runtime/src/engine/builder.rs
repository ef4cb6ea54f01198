//! The options of an engine.

use std::{sync::Arc, time::Duration};

use super::{Engine, Inner};
use crate::{
    driver,
    error::{Error, ErrorKind, Result},
    pool::{Pool, PoolOptions},
    url::Url,
};

/// Builds an [`Engine`] with options. The defaults are those of SQLAlchemy.
///
/// ```
/// # use aludel::Engine;
/// let engine = Engine::builder("sqlite:///shop.db").pool_size(2).max_overflow(0).build()?;
/// assert_eq!(engine.to_string(), "Engine(sqlite:///shop.db)");
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Debug)]
#[must_use]
pub struct EngineBuilder {
    url: Result<Url>,
    pool: PoolOptions,
    max_overflow: i32,
    lints_cartesian: bool,
}

impl EngineBuilder {
    pub(super) fn new(url: Result<Url>) -> Self {
        EngineBuilder {
            url,
            pool: PoolOptions::default(),
            max_overflow: 10,
            lints_cartesian: true,
        }
    }

    /// How many connections the pool keeps: 5, unless said otherwise; 0 for no limit.
    pub fn pool_size(mut self, connections: u32) -> Self {
        self.pool.size = connections;
        self
    }

    /// How many connections may be open beyond [`pool_size`](EngineBuilder::pool_size): 10, unless said otherwise; −1 for no
    /// limit. They are closed when they come back.
    pub fn max_overflow(mut self, connections: i32) -> Self {
        self.max_overflow = connections;
        self
    }

    /// How long [`Engine::connect`] waits while all connections are in use: 30 seconds, unless said otherwise.
    pub fn pool_timeout(mut self, timeout: Duration) -> Self {
        self.pool.timeout = timeout;
        self
    }

    /// Whether a query is warned about that reads two tables without a condition between them, and so gives every row of the one
    /// with every row of the other: it is, unless said otherwise. The warning goes to the target `aludel::lint` of `tracing`, once
    /// for each query of a connection.
    pub fn lint_cartesian(mut self, warns: bool) -> Self {
        self.lints_cartesian = warns;
        self
    }

    /// The engine. No connection is opened.
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) when the URL or an option is wrong;
    /// [`Unsupported`](ErrorKind::Unsupported) when this build has no driver for the database.
    pub fn build(self) -> Result<Engine> {
        let url = self.url?;
        url.check()?;
        let pool = PoolOptions {
            max_overflow: overflow(self.max_overflow)?,
            ..self.pool
        };
        let pool = Pool::new(driver::connector(&url)?, pool);
        Ok(Engine {
            inner: Arc::new(Inner {
                url,
                pool,
                lints_cartesian: self.lints_cartesian,
            }),
        })
    }
}

fn overflow(connections: i32) -> Result<Option<u32>> {
    if connections == -1 {
        return Ok(None);
    }
    u32::try_from(connections).map(Some).map_err(|_| {
        let message = format!(
            "`max_overflow` is a number of connections, or -1 for no limit, but not {connections}"
        );
        Error::new(ErrorKind::Configuration, message)
    })
}
