//! The options of an engine.

use std::{sync::Arc, time::Duration};

use super::{Engine, Inner};
use crate::{
    driver,
    error::Result,
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
/// The options of the pool can stand there as well, by the names of the methods here: `?pool_size=2&max_overflow=0`. Times are in
/// seconds. What is said here goes before.
///
/// | option | |
/// |---|---|
/// | `poolclass` | `queue`, `null`, `static`, `per_thread` or `assertion`, or SQLAlchemy's name of one |
/// | `pool_size`, `max_overflow` | numbers of connections |
/// | `pool_timeout`, `pool_recycle` | seconds; −1 for the second is never |
/// | `pool_use_lifo`, `pool_pre_ping`, `track_checkouts` | `true` or `false` |
/// | `pool_reset_on_return` | `rollback`, `commit` or `none` |
#[derive(Debug)]
#[must_use]
pub struct EngineBuilder {
    url: Result<Url>,
    pool: Given,
    events: Option<PoolEvents>,
    lints_cartesian: bool,
}

impl EngineBuilder {
    pub(super) fn new(url: Result<Url>) -> Self {
        EngineBuilder {
            url,
            pool: Given::default(),
            events: None,
            lints_cartesian: true,
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
    /// served in the order in which they came.
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
    /// If there is none, all idle connections are closed, and another is opened. It costs a round trip each time, and helps
    /// only against what happened before.
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

    /// The engine. No connection is opened.
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration) when the URL or an option is wrong, or does not go with the
    /// [class](PoolClass) of the pool; [`Unsupported`](crate::ErrorKind::Unsupported) when this build has no driver for the
    /// database.
    pub fn build(self) -> Result<Engine> {
        let url = self.url?;
        url.check()?;
        let connector = driver::connector(&of_driver(&url))?;
        let database = connector.dialect().title();
        let options = self.pool.or(in_url(&url, database)?).resolve(database)?;
        Ok(Engine {
            inner: Arc::new(Inner {
                pool: Pool::new(connector, options, self.events),
                url,
                lints_cartesian: self.lints_cartesian,
            }),
        })
    }
}

/// The URL without what is for the pool.
fn of_driver(url: &Url) -> Url {
    let names = url.query().map(|(name, _)| name);
    let ours: Vec<&str> = names.filter(|name| is_option(name)).collect();
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
