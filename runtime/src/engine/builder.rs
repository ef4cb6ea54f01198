//! The options of an engine.

use std::{sync::Arc, time::Duration};

use super::{Engine, Inner, Plugin, plugin};
use crate::{
    dialect, driver,
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
    pub(super) url: Result<Url>,
    pub(super) plugins: Vec<Plugin>,
    client_encoding: Option<String>,
    pool: PoolOptions,
    max_overflow: i32,
    lints_cartesian: bool,
    log: Log,
}

impl EngineBuilder {
    pub(super) fn new(url: Result<Url>) -> Self {
        EngineBuilder {
            url,
            plugins: Vec::new(),
            client_encoding: None,
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

    /// In which encoding text is exchanged with PostgreSQL: that can only be `utf8`, which it is without being said.
    pub fn client_encoding(mut self, encoding: impl Into<String>) -> Self {
        self.client_encoding = Some(encoding.into());
        self
    }

    /// Has a plugin change the engine when it is built: a [`Plugin`], or the name of one that is registered.
    pub fn plugin(mut self, plugin: impl Into<Plugin>) -> Self {
        self.plugins.push(plugin.into());
        self
    }

    /// The URL, where it is one.
    pub fn url(&self) -> Option<&Url> {
        self.url.as_ref().ok()
    }

    /// Changes the URL, as plugins do that have options of their own in it.
    pub fn map_url(mut self, change: impl FnOnce(Url) -> Url) -> Self {
        self.url = self.url.map(change);
        self
    }

    /// The engine. No connection is opened.
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) when the URL or an option is wrong, or a plugin is not known; what a plugin
    /// says;
    /// [`Unsupported`](ErrorKind::Unsupported) when this build has no driver for the database.
    pub fn build(self) -> Result<Engine> {
        let this = plugin::apply(self)?;
        let url = this.url?;
        url.check()?;
        let connected = with_encoding(&url, this.client_encoding)?;
        let pool = PoolOptions {
            max_overflow: overflow(this.max_overflow)?,
            ..this.pool
        };
        let log = Arc::new(this.log.of(&url));
        let pool = Pool::new(driver::connector(&connected)?, pool, log);
        Ok(Engine {
            inner: Arc::new(Inner {
                url,
                pool,
                lints_cartesian: this.lints_cartesian,
            }),
        })
    }
}

/// The URL with the encoding, which only one database has a choice of.
fn with_encoding(url: &Url, encoding: Option<String>) -> Result<Url> {
    let url = url.clone();
    match (encoding, url.dialect()) {
        (None, _) => Ok(url),
        (Some(encoding), aludel_catalog::Dialect::Postgres) => {
            Ok(url.with_query("client_encoding", encoding))
        }
        (Some(_), other) => {
            let message = format!(
                "{} has no option `client_encoding`, which is for PostgreSQL",
                dialect::of(other).title()
            );
            Err(Error::new(ErrorKind::Configuration, message))
        }
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
