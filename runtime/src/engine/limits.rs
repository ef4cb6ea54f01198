//! The options of an engine that limit how long something may take.

use std::time::Duration;

use aludel_catalog::Dialect;

use super::EngineBuilder;
use crate::{
    dialect,
    error::{Error, ErrorKind, Result},
    url::Url,
};

/// The limits that were given.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Limits {
    connect: Option<Duration>,
    read: Option<Duration>,
    statement: Option<Duration>,
}

/// Each can stand in the URL as well, in seconds: `?connect_timeout=3&statement_timeout=0.5`. Zero is no limit.
impl EngineBuilder {
    /// How long opening a connection to a server may take, until it can be used: 10 seconds, unless said otherwise. Whoever
    /// waits longer gets a [`Timeout`](ErrorKind::Timeout) error. Where several hosts are named, it is for each of them.
    ///
    /// SQLite has no server, so [`build`](EngineBuilder::build) says that it has no such option.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = Some(limit);
        self
    }

    /// How long a server may be silent while somebody waits for it: without a limit, unless said otherwise. What it is for is
    /// servers and networks that are gone without a word; slow statements are ended by
    /// [`statement_timeout`](EngineBuilder::statement_timeout), which should be shorter.
    ///
    /// Whoever waits longer gets a [`Timeout`](ErrorKind::Timeout) error. The connection is closed by that, its transaction is rolled
    /// back by the server, and whether the statement was carried out, nobody knows. PostgreSQL is told that nobody waits for the statement
    /// any more. The same limit holds for a server that takes nothing, unless `write_timeout` in the URL is another.
    ///
    /// SQLite has no server, so [`build`](EngineBuilder::build) says that it has no such option.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.limits.read = Some(limit);
        self
    }

    /// How long the database may work for a statement: without a limit, unless said otherwise. The database itself ends one that
    /// takes longer, which is a [`Timeout`](ErrorKind::Timeout) error; the connection can be used further, and the transaction
    /// as after other errors.
    ///
    /// | database | what is set | which statements |
    /// |---|---|---|
    /// | PostgreSQL | `statement_timeout`, when the connection is opened | all; of a result that is read row by row within a transaction, each thousand rows |
    /// | MariaDB | `max_statement_time` | all but COMMIT |
    /// | MySQL | `max_execution_time` | SELECT alone: the server has no limit for others |
    /// | SQLite | nothing; the library looks at the clock every thousand steps | all but BEGIN, COMMIT and ROLLBACK; an interrupted write rolls the transaction back |
    pub fn statement_timeout(mut self, limit: Duration) -> Self {
        self.limits.statement = Some(limit);
        self
    }
}

impl Limits {
    /// The URL with the limits, in place of those in it.
    ///
    /// # Errors
    /// [`Configuration`](ErrorKind::Configuration) where the database has no such limit.
    pub(super) fn within(self, url: Url) -> Result<Url> {
        let of_servers = [
            ("connect_timeout", self.connect),
            ("read_timeout", self.read),
        ];
        let mut url = url;
        for (option, limit) in of_servers {
            if limit.is_some() && url.dialect() == Dialect::Sqlite {
                return Err(without_server(option));
            }
            url = with(url, option, limit);
        }
        Ok(with(url, "statement_timeout", self.statement))
    }
}

fn with(url: Url, option: &str, limit: Option<Duration>) -> Url {
    match limit {
        Some(limit) => url.with_query(option, limit.as_secs_f64().to_string()),
        None => url,
    }
}

#[cold]
fn without_server(option: &str) -> Error {
    let database = dialect::of(Dialect::Sqlite).title();
    let message = format!(
        "{database} has no option `{option}`, which is for servers: `statement_timeout` limits what a statement may take"
    );
    Error::new(ErrorKind::Configuration, message)
}
