//! The options of an engine.

use std::{sync::Arc, time::Duration};

use super::{Engine, Inner, Plugin, limits::Limits, plugin};
use crate::{
    dialect::{self, Isolation, Mode},
    driver,
    error::{Error, ErrorKind, Result},
    log::{Echo, Log},
    pool::{Given, Pool, PoolClass, PoolEvents, ResetOnReturn, is_option},
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
///
/// # In the URL
/// The options of the pool can stand there as well, by the names of the methods here: `?pool_size=2&max_overflow=0`; so can the
/// isolation level. Times are in seconds. What is said here goes before.
///
/// | option | |
/// |---|---|
/// | `poolclass` | `queue`, `null`, `static`, `per_thread` or `assertion`, or SQLAlchemy's name of one |
/// | `pool_size`, `max_overflow` | numbers of connections |
/// | `pool_timeout`, `pool_recycle` | seconds; −1 for the second is never |
/// | `pool_use_lifo`, `pool_pre_ping`, `track_checkouts` | `true` or `false` |
/// | `pool_reset_on_return` | `rollback`, `commit` or `none` |
/// | `isolation_level` | the [level](Isolation) of transactions, as `serializable` or `READ%20COMMITTED` |
/// | `connect_timeout`, `read_timeout`, `statement_timeout` | seconds, 0 for no limit |
#[derive(Debug)]
#[must_use]
pub struct EngineBuilder {
    pub(super) url: Result<Url>,
    pub(super) plugins: Vec<Plugin>,
    client_encoding: Option<String>,
    pub(super) limits: Limits,
    pub(super) pool: Given,
    events: Option<PoolEvents>,
    lints_cartesian: bool,
    log: Log,
    isolation: Option<Isolation>,
}

impl EngineBuilder {
    pub(super) fn new(url: Result<Url>) -> Self {
        EngineBuilder {
            url,
            plugins: Vec::new(),
            client_encoding: None,
            limits: Limits::default(),
            pool: Given::default(),
            events: None,
            lints_cartesian: true,
            log: Log::default(),
            isolation: None,
        }
    }

    /// How connections are kept: in a [queue](PoolClass::Queue), unless said otherwise.
    pub fn pool(mut self, class: PoolClass) -> Self {
        self.pool.class = Some(class);
        self
    }

    /// How many connections the pool keeps: 5, unless said otherwise; 0 for no limit.
    pub fn pool_size(mut self, connections: u32) -> Self {
        self.pool.size = Some(connections);
        self
    }

    /// How many connections may be open beyond [`pool_size`](EngineBuilder::pool_size): 10, unless said otherwise; −1 for no
    /// limit. They are closed when they come back.
    pub fn max_overflow(mut self, connections: i32) -> Self {
        self.pool.max_overflow = Some(connections);
        self
    }

    /// How long [`Engine::connect`] waits while all connections are in use: 30 seconds, unless said otherwise. Those who wait are
    /// served in the order in which they came, and before all who come later than half a millisecond after them.
    pub fn pool_timeout(mut self, timeout: Duration) -> Self {
        self.pool.timeout = Some(timeout);
        self
    }

    /// How old a connection gets: one that is asked for later than that after it was opened is closed, and another opened in its
    /// place. `None`, which is the default, is for ever. For servers and firewalls that end connections after some time.
    pub fn pool_recycle(mut self, age: impl Into<Option<Duration>>) -> Self {
        self.pool.recycle = Some(age.into());
        self
    }

    /// Whether the connection that came back last goes out first, so that some stay unused where few are needed; else they take
    /// turns, which is the default.
    pub fn pool_use_lifo(mut self, lifo: bool) -> Self {
        self.pool.use_lifo = Some(lifo);
        self
    }

    /// Whether the database is asked for a sign of life before an idle connection is used again: it is not, unless said otherwise.
    /// If there is none, or none in time ([`connect_timeout`](EngineBuilder::connect_timeout), or `read_timeout` where that is
    /// less), all idle connections are closed, and another is opened. It costs a round trip each time, and helps only against
    /// what happened before.
    pub fn pool_pre_ping(mut self, pings: bool) -> Self {
        self.pool.pre_ping = Some(pings);
        self
    }

    /// What is done with a connection that comes back: what is open is [rolled back](ResetOnReturn::Rollback), unless said
    /// otherwise. Nothing is sent where nothing is open.
    pub fn pool_reset_on_return(mut self, reset: ResetOnReturn) -> Self {
        self.pool.reset = Some(reset);
        self
    }

    /// Whether it is noted who has a connection: where in the program it was taken, since when, and its last statement. The error of
    /// a pool that stays full tells it then, and so does [`Engine::pool_status`]. It costs a little each time, so it is not,
    /// unless said otherwise; but it is for [`PoolClass::Assertion`].
    pub fn track_checkouts(mut self, tracks: bool) -> Self {
        self.pool.tracks = Some(tracks);
        self
    }

    /// Registers closures that are told what happens to the connections: see [`PoolEvents`].
    ///
    /// ```
    /// # use aludel::{Engine, text};
    /// let engine = Engine::builder("sqlite://")
    ///     .pool_events(|on| {
    ///         on.connect(|connection| connection.execute(text("PRAGMA synchronous = off")));
    ///         on.close(|connection| println!("{} is closed after {:?}", connection.number(), connection.age()));
    ///     })
    ///     .build()?;
    /// # engine.connect()?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    pub fn pool_events(mut self, register: impl FnOnce(&mut PoolEvents)) -> Self {
        register(self.events.get_or_insert_default());
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

    /// The isolation level of transactions of which nothing else is said: the database's default, unless said otherwise.
    pub fn isolation(mut self, level: Isolation) -> Self {
        self.isolation = Some(level);
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
    /// [`Configuration`](ErrorKind::Configuration) when the URL or an option is wrong, does not go with the [class](PoolClass) of
    /// the pool, or a plugin is not known, or the database does not have the isolation level; what a plugin says; [`Unsupported`](ErrorKind::Unsupported) when this build has no
    /// driver for the database.
    pub fn build(self) -> Result<Engine> {
        let this = plugin::apply(self)?;
        let url = this.url?;
        url.check()?;
        let connected = with_encoding(&of_driver(&url), this.client_encoding)?;
        let connected = this.limits.within(connected)?;
        let connector = driver::connector(&connected)?;
        let database = connector.dialect().title();
        let options = this.pool.or(in_url(&url, database)?).resolve(database)?;
        let isolation = this.isolation.or(isolation_in(&url)?);
        if let Some(level) = isolation {
            level.check(connector.dialect(), ErrorKind::Configuration)?;
        }
        let log = Arc::new(this.log.of(&url));
        Ok(Engine {
            inner: Arc::new(Inner {
                pool: Pool::new(connector, options, this.events, log),
                url,
                lints_cartesian: this.lints_cartesian,
                mode: Mode {
                    isolation,
                    ..Mode::default()
                },
            }),
        })
    }
}

/// The name of the isolation level in a URL.
const ISOLATION_LEVEL: &str = "isolation_level";

/// The URL without what is for the engine.
fn of_driver(url: &Url) -> Url {
    let names = url.query().map(|(name, _)| name);
    let is_ours = |name: &&str| is_option(name) || *name == ISOLATION_LEVEL;
    let ours: Vec<&str> = names.filter(is_ours).collect();
    ours.iter()
        .fold(url.clone(), |url, name| url.without_query(name))
}

/// The options of the pool that stand in the URL.
fn in_url(url: &Url, database: &str) -> Result<Given> {
    let mut given = Given::default();
    for (name, value) in url.query().filter(|(name, _)| is_option(name)) {
        given.read(name, value, database)?;
    }
    Ok(given)
}

/// The isolation level that stands in the URL.
fn isolation_in(url: &Url) -> Result<Option<Isolation>> {
    let mut levels = url.query().filter(|(name, _)| *name == ISOLATION_LEVEL);
    let level = levels.next().map(|(_, level)| level.parse());
    let message = match (&level, levels.next()) {
        (_, Some(_)) => format!("`{ISOLATION_LEVEL}` is given twice"),
        (Some(Err(_)), None) => {
            format!("`{ISOLATION_LEVEL}` is one of {}", Isolation::names())
        }
        _ => return level.transpose(),
    };
    Err(Error::new(ErrorKind::Configuration, message))
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
