//! The engine: where everything that talks to a database begins.

mod builder;
mod config;
mod limits;
mod plugin;

use std::{fmt, panic::Location, sync::Arc};

pub use builder::EngineBuilder;
pub use plugin::Plugin;

use crate::{
    connection::Connection,
    dialect::{Dialect, Isolation, Mode},
    error::{Error, ErrorKind, Result},
    pool::{Pool, PoolStatus, Taker},
    url::Url,
};

/// A database and a pool of connections to it.
///
/// A program makes one for each database, and keeps it; clones share it, in any thread. Making one opens nothing: the first
/// connection is opened when it is asked for.
///
/// ```
/// # use aludel::Engine;
/// let engine = Engine::new("sqlite:///:memory:")?;
/// let connection = engine.connect()?;
/// assert!(!connection.in_transaction());
/// # Ok::<(), aludel::Error>(())
/// ```
///
/// # SQLite in memory
/// All connections of an engine share its database, which lives as long as the engine and its connections do; another engine
/// has another. It holds up to one gigabyte. Unlike a file, it cannot be read by others while a transaction writes, and a
/// transaction cannot commit while others read: whoever has to wait does so for up to five seconds, and gets an
/// [`LockTimeout`](crate::ErrorKind::LockTimeout) error then. A thread that holds two connections can wait for itself.
///
/// # MySQL and MariaDB
/// With the feature `mysql`. The options of the URL have the names that they have elsewhere:
///
/// | option | |
/// |---|---|
/// | `ssl_mode` | `disabled`, `preferred` (TLS where the server can), `required` (always, with any certificate), `verify_ca` (of an authority in `ssl_ca`), `verify_identity` (and for this host); on this machine `disabled`, elsewhere `verify_identity`, unless said otherwise |
/// | `ssl_ca`, `ssl_cert`, `ssl_key` | files: authorities to trust besides the public ones; this side's certificate and key |
/// | `unix_socket` | the file of a socket, instead of host and port |
/// | `connect_timeout`, `read_timeout`, `write_timeout` | seconds, 0 for no limit; 10 for the first, no limit for the second, and as much for the third; a connection that exceeds one of the others is not used again |
/// | `statement_timeout` | seconds that the server may work for a statement; on MySQL only for a SELECT |
/// | `charset` | `utf8mb4`, and nothing else |
/// | `statement_cache` | how many prepared statements a connection keeps: 256, unless said otherwise; 0 for none, as behind a pooler |
///
/// Connections are strict (`STRICT_ALL_TABLES`, no zero dates), in UTC, and count the rows that an UPDATE found. DDL commits by
/// itself: within `transact`, what follows it is an error.
///
/// # PostgreSQL
/// With the feature `postgres`. The options in the URL are those of other clients, by the same names:
///
/// | option | what |
/// |---|---|
/// | `sslmode` | `prefer` (the default): TLS where the server offers it, and its certificate has to be trusted and for the host; `disable`; `require`: TLS, whatever the certificate; `verify-ca`, `verify-full` |
/// | `sslrootcert` | a file of certificates that are trusted instead of the system's |
/// | `host`, `port` | several, with commas between them; a host that begins with `/` is the folder of a Unix socket |
/// | `target_session_attrs` | which of the hosts: `any`, `read-write`, `read-only`, `primary`, `standby`, `prefer-standby` |
/// | `connect_timeout`, `read_timeout`, `write_timeout` | seconds, 0 for no limit; 10 for the first, no limit for the second, and as much for the third; a connection that exceeds one of the others is not used again |
/// | `statement_timeout` | seconds that the server may work for a statement |
/// | `application_name`, `options`, `user`, `password`, `dbname`, `client_encoding` | as usual; the encoding can only be `utf8` |
/// | `statement_cache` | 0 behind a pooler that cannot keep prepared statements |
///
/// Sessions are in UTC. A transaction begins on the server with its first statement.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    url: Url,
    pool: Arc<Pool>,
    lints_cartesian: bool,
    /// How transactions begin of which nothing else is said.
    mode: Mode,
}

impl Engine {
    /// An engine with the default options. See [`Url`] for how URLs are written.
    ///
    /// # Errors
    /// As [`EngineBuilder::build`].
    pub fn new(url: impl TryInto<Url, Error: Into<Error>>) -> Result<Engine> {
        Engine::builder(url).build()
    }

    /// An engine with options.
    pub fn builder(url: impl TryInto<Url, Error: Into<Error>>) -> EngineBuilder {
        EngineBuilder::new(url.try_into().map_err(Into::into))
    }

    /// A connection, from the pool or newly opened.
    ///
    /// # Errors
    /// [`Timeout`](crate::ErrorKind::Timeout) when all connections that may be open stayed in use; whatever the database says
    /// when it cannot be opened; [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where the [class](crate::PoolClass) of the
    /// pool refuses a second one.
    #[track_caller]
    pub fn connect(&self) -> Result<Connection> {
        self.connect_for(Taker::Here(Location::caller()))
    }

    pub(crate) fn connect_for(&self, taker: Taker) -> Result<Connection> {
        let pool = &self.inner.pool;
        Ok(Connection::new(
            pool.get(taker)?,
            pool.connector().dialect(),
            self.inner.lints_cartesian,
            self.inner.mode,
        ))
    }

    /// How the database spells SQL, as far as that is known.
    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.inner.pool.connector().dialect()
    }

    /// Runs `work` in a transaction of its own, on a connection of its own: committed when it returns `Ok`, rolled back when it
    /// returns an error or panics. It is run once; [`transaction`](Engine::transaction) has more to say of it.
    ///
    /// # Errors
    /// As [`connect`](Engine::connect) and [`Connection::transact`].
    #[track_caller]
    pub fn transact<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.connect()?.transact(work)
    }

    /// The same engine with another isolation level: it shares the pool, and its transactions begin at that level. With
    /// [`Isolation::Autocommit`], statements begin none.
    ///
    /// ```
    /// # use aludel::{Engine, Isolation};
    /// # let engine = Engine::new("sqlite://")?;
    /// let serializable = engine.with_isolation(Isolation::Serializable)?;
    /// # Ok::<(), aludel::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) for a level that the database does not have; it names those that it has.
    pub fn with_isolation(&self, level: Isolation) -> Result<Engine> {
        let Inner {
            url,
            pool,
            lints_cartesian,
            mode,
        } = &*self.inner;
        level.check(self.dialect(), ErrorKind::Configuration)?;
        Ok(Engine {
            inner: Arc::new(Inner {
                url: url.clone(),
                pool: Arc::clone(pool),
                lints_cartesian: *lints_cartesian,
                mode: Mode {
                    isolation: Some(level),
                    ..*mode
                },
            }),
        })
    }

    /// Where the database is.
    pub fn url(&self) -> &Url {
        &self.inner.url
    }

    /// Closes the idle connections, and those in use as soon as they come back: no connection that is open now is given to anybody
    /// any more. The engine can still be used: it opens new ones. A database in memory stays.
    pub fn dispose(&self) {
        self.inner.pool.dispose();
    }

    /// How many connections there are, and where they are, at this moment.
    pub fn pool_status(&self) -> PoolStatus {
        self.inner.pool.status()
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Engine({})", self.inner.url)
    }
}
