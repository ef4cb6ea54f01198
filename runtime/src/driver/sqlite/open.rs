//! Opening SQLite databases: where they are, and in which mode.

use std::{
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use rusqlite::{OpenFlags, config::DbConfig};

use super::{SqliteConnection, error};
use crate::{
    dialect::{Dialect, Sqlite},
    driver::{Connector, DriverConnection, limits},
    error::Result,
    url::{Url, wrong},
};

/// How long a statement waits for somebody else's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens connections to one SQLite database.
pub(in crate::driver) struct SqliteConnector {
    place: Place,
    statement_timeout: Option<Duration>,
}

enum Place {
    File { path: String, access: OpenFlags },
    Memory(Memory),
}

/// A database in memory, which all connections of the engine share. It exists as long as a connection to it does, so that one
/// is kept here, unused.
struct Memory {
    uri: String,
    anchor: OnceLock<Mutex<rusqlite::Connection>>,
}

impl SqliteConnector {
    pub(in crate::driver) fn new(url: &Url) -> Result<Self> {
        let Options {
            mode,
            statement_timeout,
        } = Options::of(url)?;
        let path = url.database().filter(|path| *path != ":memory:");
        let place = match (path, mode) {
            (_, Some("memory")) => Place::Memory(Memory::new()),
            (None, Some("ro")) => {
                return Err(wrong(
                    "`mode=ro` is for files: a database in memory begins empty",
                ));
            }
            (None, _) => Place::Memory(Memory::new()),
            (Some(path), mode) => Place::File {
                path: plain(path),
                access: access(mode),
            },
        };
        Ok(SqliteConnector {
            place,
            statement_timeout,
        })
    }

    fn open(&self) -> rusqlite::Result<rusqlite::Connection> {
        match &self.place {
            Place::File { path, access } => open(path, *access),
            Place::Memory(memory) => memory.open(),
        }
    }
}

impl Connector for SqliteConnector {
    fn connect(&self) -> Result<Box<dyn DriverConnection>> {
        let connection = self.open().map_err(error::classify)?;
        let connection = SqliteConnection::new(connection, self.statement_timeout);
        Ok(Box::new(connection.map_err(error::classify)?))
    }

    fn dialect(&self) -> &'static dyn Dialect {
        &Sqlite
    }
}

impl Memory {
    fn new() -> Self {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        Memory {
            // The version keeps apart two versions of this crate in one program, which share SQLite but not the counter.
            uri: format!(
                "file:/aludel-{}-{number}?vfs=memdb",
                env!("CARGO_PKG_VERSION")
            ),
            anchor: OnceLock::new(),
        }
    }

    fn open(&self) -> rusqlite::Result<rusqlite::Connection> {
        let access = access(None) | OpenFlags::SQLITE_OPEN_URI;
        if self.anchor.get().is_none() {
            // Whoever is second opens one in vain; it is the same database.
            let _ = self.anchor.set(Mutex::new(open(&self.uri, access)?));
        }
        open(&self.uri, access)
    }
}

fn open(path: &str, access: OpenFlags) -> rusqlite::Result<rusqlite::Connection> {
    let connection = rusqlite::Connection::open_with_flags(path, access)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    Ok(connection)
}

/// The options in the URL. Whatever else stands there is an error: an option that does nothing would be a silent one.
struct Options<'u> {
    mode: Option<&'u str>,
    statement_timeout: Option<Duration>,
}

impl<'u> Options<'u> {
    fn of(url: &'u Url) -> Result<Self> {
        let (mut mode, mut statement_timeout) = (None, None);
        for (key, value) in url.query() {
            let before = match key {
                "mode" => mode.replace(value),
                "statement_timeout" => statement_timeout.replace(value),
                _ => {
                    return Err(wrong(&format!(
                        "SQLite knows no option `{key}`: expected `mode` or `statement_timeout`"
                    )));
                }
            };
            if before.is_some() {
                return Err(wrong(&format!("`{key}` is given twice")));
            }
        }
        let limit = statement_timeout.map(|value| limits::seconds("statement_timeout", value));
        match mode {
            None | Some("ro" | "rw" | "rwc" | "memory") => Ok(Options {
                mode,
                statement_timeout: limit.transpose()?.flatten(),
            }),
            Some(_) => Err(wrong(
                "`mode` is `ro` (read-only), `rw`, `rwc` (created if missing, the default) or `memory`",
            )),
        }
    }
}

fn access(mode: Option<&str>) -> OpenFlags {
    // The pool gives a connection to one thread at a time, so SQLite's own lock around each call is not needed.
    let access = match mode {
        Some("ro") => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Some("rw") => OpenFlags::SQLITE_OPEN_READ_WRITE,
        _ => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// A path that SQLite takes as one, also where it begins like a URI.
fn plain(path: &str) -> String {
    if path.starts_with("file:") {
        format!("./{path}")
    } else {
        path.to_owned()
    }
}
