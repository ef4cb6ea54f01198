//! The options of an engine.

use std::{sync::Arc, time::Duration};

use super::{Engine, Inner};
use crate::{
    driver,
    error::{Error, ErrorKind, Result},
    log::{Echo, Log},
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
    log: Log,
}

impl EngineBuilder {
    pub(super) fn new(url: Result<Url>) -> Self {
        EngineBuilder {
            url,
            pool: PoolOptions::default(),
            max_overflow: 10,
            lints_cartesian: true,
            log: Log::default(),
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

    /// Prints every statement to standard error, with its parameters, whether its text was written anew or was there already, and
    /// how transactions begin and end; with [`Echo::Rows`] also the rows that come back. `true` is [`Echo::Statements`].
    ///
    /// Without it all of that goes to `tracing`, at the level `DEBUG` (rows at `TRACE`) of the target `aludel::engine`: a span for each
    /// statement, with the fields that OpenTelemetry has for databases, and an event when it is done. Nothing is computed where
    /// nobody listens.
    ///
    /// Colours are for terminals, and where `NO_COLOR` is not set.
    pub fn echo(mut self, echo: impl Into<Echo>) -> Self {
        self.log.echo = echo.into();
        self
    }

    /// Warns of each statement that takes so long or longer: with the target `aludel::engine` in `tracing`, and on standard error
    /// where that has nobody to tell or [`echo`](EngineBuilder::echo) is on.
    pub fn slow_query(mut self, after: Duration) -> Self {
        self.log.slow_query = Some(after);
        self
    }

    /// Keeps values out of logs and errors: those of parameters, of rows, and what a database quotes of them in its messages.
    /// Those of columns that the schema calls `sensitive` are always kept out.
    pub fn hide_parameters(mut self, hides: bool) -> Self {
        self.log.hide_parameters = hides;
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
        let log = Arc::new(self.log.of(&url));
        let pool = Pool::new(driver::connector(&url)?, pool, log);
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
