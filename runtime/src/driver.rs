//! How bytes get to a database and back. Only the files below name a driver crate.

pub mod crates;
#[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
mod limits;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::{any::Any, ops::ControlFlow};

#[cfg(feature = "_frames")]
use crate::frame::FrameType;
use crate::{
    dialect::Dialect,
    error::{Error, ErrorKind, Result},
    row::Row,
    url::Url,
    value::ValueRef,
};

/// Opens connections to one database.
pub(crate) trait Connector: Send + Sync {
    /// Opens a connection.
    fn connect(&self) -> Result<Box<dyn DriverConnection>>;

    /// How the database spells SQL. Where the server decides that, it is known once a connection was opened.
    fn dialect(&self) -> &'static dyn Dialect;
}

/// What opens connections to `url`. Nothing is opened yet, but the options in the URL are checked.
pub(crate) fn connector(url: &Url) -> Result<Box<dyn Connector>> {
    match url.dialect() {
        #[cfg(feature = "sqlite")]
        aludel_catalog::Dialect::Sqlite => Ok(Box::new(sqlite::SqliteConnector::new(url)?)),
        #[cfg(feature = "mysql")]
        aludel_catalog::Dialect::Mysql => Ok(Box::new(mysql::MysqlConnector::new(url)?)),
        #[cfg(feature = "postgres")]
        aludel_catalog::Dialect::Postgres => Ok(Box::new(postgres::PostgresConnector::new(url)?)),
        #[allow(unreachable_patterns)] // with all drivers
        other => Err(no_driver(other)),
    }
}

#[allow(dead_code)] // with all drivers
#[cold]
fn no_driver(dialect: aludel_catalog::Dialect) -> Error {
    let (database, feature) = match dialect {
        aludel_catalog::Dialect::Sqlite => ("SQLite", "sqlite"),
        aludel_catalog::Dialect::Postgres => ("PostgreSQL", "postgres"),
        aludel_catalog::Dialect::Mysql => ("MySQL and MariaDB", "mysql"),
    };
    let message = format!(
        "this build has no driver for {database}: enable the feature `{feature}` of `aludel`"
    );
    Error::new(ErrorKind::Unsupported, message)
}

/// The error of using a connection that is lost.
#[cold]
pub(crate) fn lost_before() -> Error {
    let message = "the connection was lost before: drop it, and take another from the engine";
    Error::new(ErrorKind::Disconnected, message)
}

/// Called for each row of a result; `Break` ends the result early.
pub(crate) type EachRow<'f> = &'f mut dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>>;

/// Called for one row of an open result.
pub(crate) type ReadOne<'f> = &'f mut dyn FnMut(&Row<'_>) -> Result<()>;

/// An open result, read row by row. Dropped, it leaves its statement ready to run again.
pub(crate) trait RowStream {
    /// Reads one row and hands it to `each`; false at the end.
    fn next(&mut self, each: ReadOne<'_>) -> Result<bool>;

    /// The names and types of its columns, as far as the database declares these. Asked for behind the last row.
    #[cfg(feature = "_frames")]
    fn columns(&self) -> Vec<(String, Option<FrameType>)>;
}

/// An open result of whichever driver.
pub(crate) type DriverStream<'c> = Box<dyn RowStream + 'c>;

/// What a statement did of which nothing is known before.
pub(crate) struct Performed {
    /// The names of the columns of its rows; none where it gives no rows.
    pub(crate) columns: Vec<String>,
    /// Their types, as far as the database declares them.
    #[cfg(feature = "_frames")]
    pub(crate) types: Vec<Option<FrameType>>,
    /// How many rows it changed. Where it gives rows, a server may count those.
    pub(crate) changed: u64,
}

/// One connection to a database. Errors come classified by [`ErrorKind`](crate::ErrorKind), without the statement: whoever
/// called adds that.
pub(crate) trait DriverConnection: Any + Send {
    /// Runs a statement that gives no rows; returns how many rows it changed. The statement is prepared once and kept in a
    /// bounded cache.
    fn execute(&mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<u64>;

    /// Runs such a statement once for each `width` of the parameters, in order; `each` is told how many rows it changed.
    fn execute_each(
        &mut self,
        sql: &str,
        width: usize,
        parameters: &[ValueRef<'_>],
        each: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<()> {
        let mut sets = parameters.chunks(width);
        sets.try_for_each(|set| each(self.execute(sql, set)?))
    }

    /// The number that the database counted up for the last row that was inserted, where inserts cannot give back rows.
    fn last_insert_id(&self) -> u64 {
        0
    }

    /// How many rows the last INSERT was given, and how many of them were there already, where the number that
    /// [`execute`](Self::execute) gives says neither.
    fn met(&self) -> Option<(u64, u64)> {
        None
    }

    /// Runs a statement that gives rows. Prepared and cached as in [`execute`](DriverConnection::execute).
    fn query(&mut self, sql: &str, parameters: &[ValueRef<'_>], each: EachRow<'_>) -> Result<()>;

    /// The positions, counted from 0, of those parameters that may be of any type as far as the statement tells, and that the
    /// database therefore takes for text.
    fn guessed(&mut self, _sql: &str) -> Result<Vec<usize>> {
        Ok(Vec::new())
    }

    /// Runs a statement that may give rows or not, and hands those that it gives to `each`. Prepared and cached as in
    /// [`execute`](DriverConnection::execute).
    fn perform(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        each: ReadOne<'_>,
    ) -> Result<Performed>;

    /// Begins a statement that gives rows, to be read one by one. Prepared and cached as in
    /// [`execute`](DriverConnection::execute).
    fn stream<'c>(&'c mut self, sql: &str, parameters: &[ValueRef<'_>])
    -> Result<DriverStream<'c>>;

    /// Runs a statement of a text of many, whatever it is: neither prepared nor cached. Rows that it gives are read over.
    fn run_unprepared(&mut self, sql: &str) -> Result<()>;

    /// Runs a statement that is neither prepared nor cached: transaction control.
    fn control(&mut self, sql: &str) -> Result<()>;

    /// Finds out whether the database answers.
    fn ping(&mut self) -> Result<()> {
        self.control("SELECT 1")
    }

    /// Whether [`control`](Self::control) and [`ping`](Self::ping) give up from now on where the server is silent for as long as a
    /// connection may take to be opened: for whoever must not be held up, and has no use for a connection that does not answer.
    /// Otherwise they wait as long as the options say.
    fn hurry(&mut self, _hurries: bool) {}

    /// Whether a transaction is open, as the database sees it.
    fn in_transaction(&self) -> bool;

    /// Whether the connection can still be used.
    fn is_usable(&self) -> bool;
}
