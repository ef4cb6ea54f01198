//! SQLite through rusqlite.

mod bind;
mod cells;
mod deadline;
#[cfg(feature = "_frames")]
mod declared;
mod direct;
mod error;
mod open;
mod stream;

use std::{cell::Cell, time::Duration};

use deadline::{Deadline, Running};
use error::{classify, is_interruption};
pub(super) use open::SqliteConnector;
use rusqlite::{CachedStatement, Statement};
use stream::SqliteStream;

use super::{DriverConnection, DriverStream, EachRow, Performed, ReadOne};
use crate::{
    error::{Error, ErrorKind, Result},
    row::Row,
    value::ValueRef,
};

/// How many prepared statements a connection keeps.
const CACHED_STATEMENTS: usize = 256;

/// A connection to SQLite.
struct SqliteConnection {
    connection: rusqlite::Connection,
    /// Whether an error was seen that speaks against using it again.
    broken: Cell<bool>,
    /// How long a statement may work, where that is limited.
    deadline: Option<Deadline>,
}

impl SqliteConnection {
    fn new(
        mut connection: rusqlite::Connection,
        statement_timeout: Option<Duration>,
    ) -> rusqlite::Result<Self> {
        connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        let deadline = statement_timeout.map(|limit| Deadline::new(&mut connection, limit));
        Ok(SqliteConnection {
            deadline: deadline.transpose()?,
            connection,
            broken: Cell::new(false),
        })
    }

    /// Begins a statement's time, where that is limited.
    #[inline]
    fn running(&self) -> Option<Running<'_>> {
        let deadline = self.deadline.as_ref()?;
        Some(deadline.run(Duration::ZERO))
    }

    /// Hands the statement to `work`, from the cache or prepared, with its parameters bound. It goes back to the cache, reset,
    /// in the end.
    fn with_bound<T>(
        &self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        work: impl FnOnce(&mut CachedStatement<'_>) -> Result<T>,
    ) -> Result<T> {
        let _running = self.running();
        match self.connection.prepare_cached(sql) {
            // Used where it stands: it is large to move.
            Ok(ref mut statement) => {
                self.bind_all(statement, parameters)?;
                work(statement)
            }
            Err(error) => Err(self.failed(error)),
        }
    }

    fn bind_all(
        &self,
        statement: &mut CachedStatement<'_>,
        parameters: &[ValueRef<'_>],
    ) -> Result<()> {
        let expected = statement.parameter_count();
        if expected != parameters.len() {
            return Err(wrong_count(expected, parameters.len()));
        }
        for (number, parameter) in (1..).zip(parameters) {
            self.bind(statement, number, *parameter)?;
        }
        Ok(())
    }

    /// Runs a statement to its end; rows that it gives are read over, so that it is never left half done. Returns how many rows
    /// were changed by the last statement that changed rows, which need not be this one.
    fn run(&self, statement: &mut Statement<'_>) -> rusqlite::Result<u64> {
        if statement.column_count() == 0 {
            return statement.raw_execute().map(|changed| changed as u64);
        }
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(self.connection.changes())
    }

    /// Runs a statement to its end; returns how many rows it changed.
    fn change(&self, statement: &mut CachedStatement<'_>) -> Result<u64> {
        let before = self.connection.total_changes();
        let changed = self.run(statement).map_err(|error| self.failed(error))?;
        if self.connection.total_changes() == before {
            Ok(0)
        } else {
            Ok(changed)
        }
    }

    #[cold]
    fn failed(&self, error: rusqlite::Error) -> Error {
        if error::breaks_connection(&error) {
            self.broken.set(true);
        }
        let deadline = self.deadline.as_ref();
        match deadline
            .filter(|_| is_interruption(&error))
            .and_then(Deadline::exceeded)
        {
            Some(exceeded) => exceeded.with_source(error),
            None => classify(error),
        }
    }
}

impl DriverConnection for SqliteConnection {
    fn execute(&mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<u64> {
        self.with_bound(sql, parameters, |statement| self.change(statement))
    }

    fn execute_each(
        &mut self,
        sql: &str,
        width: usize,
        parameters: &[ValueRef<'_>],
        each: &mut dyn FnMut(u64) -> Result<()>,
    ) -> Result<()> {
        let prepared = self.connection.prepare_cached(sql);
        let statement = &mut prepared.map_err(|error| self.failed(error))?;
        parameters.chunks(width).try_for_each(|set| {
            let _running = self.running();
            self.bind_all(statement, set)?;
            each(self.change(statement)?)
        })
    }

    fn last_insert_id(&self) -> u64 {
        self.connection.last_insert_rowid().cast_unsigned()
    }

    fn query(&mut self, sql: &str, parameters: &[ValueRef<'_>], each: EachRow<'_>) -> Result<()> {
        self.with_bound(sql, parameters, |statement| {
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().map_err(|error| self.failed(error))? {
                if each(&Row::new(row))?.is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    fn perform(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        each: ReadOne<'_>,
    ) -> Result<Performed> {
        self.with_bound(sql, parameters, |statement| {
            let before = self.connection.total_changes();
            let mut columns = None;
            #[cfg(feature = "_frames")]
            let mut types = None;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().map_err(|error| self.failed(error))? {
                // Not before the first row: only then the statement is as the schema is now.
                columns.get_or_insert_with(|| names(row.as_ref()));
                #[cfg(feature = "_frames")]
                types.get_or_insert_with(|| declared::types(row.as_ref()));
                each(&Row::new(row))?;
            }
            drop(rows);
            let is_unchanged = self.connection.total_changes() == before;
            Ok(Performed {
                columns: columns.unwrap_or_else(|| names(statement)),
                #[cfg(feature = "_frames")]
                types: types.unwrap_or_else(|| declared::types(statement)),
                changed: if is_unchanged {
                    0
                } else {
                    self.connection.changes()
                },
            })
        })
    }

    fn stream<'c>(
        &'c mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
    ) -> Result<DriverStream<'c>> {
        let _running = self.running();
        let mut statement = self
            .connection
            .prepare_cached(sql)
            .map_err(|error| self.failed(error))?;
        self.bind_all(&mut statement, parameters)?;
        Ok(Box::new(SqliteStream::new(
            self,
            statement,
            #[cfg(feature = "_frames")]
            sql,
        )))
    }

    fn run_unprepared(&mut self, sql: &str) -> Result<()> {
        let _running = self.running();
        let prepared = self.connection.prepare(sql);
        let mut statement = prepared.map_err(|error| self.failed(error))?;
        let expected = statement.parameter_count();
        if expected > 0 {
            return Err(wrong_count(expected, 0));
        }
        let run = self.run(&mut statement);
        run.map(drop).map_err(|error| self.failed(error))
    }

    fn control(&mut self, sql: &str) -> Result<()> {
        self.connection
            .execute_batch(sql)
            .map_err(|error| self.failed(error))
    }

    fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn is_usable(&self) -> bool {
        !self.broken.get()
    }
}

fn names(statement: &Statement<'_>) -> Vec<String> {
    statement.column_names().map(str::to_owned).collect()
}

#[cold]
fn wrong_count(expected: usize, given: usize) -> Error {
    let message = format!("the statement has {expected} parameters, but {given} values were given");
    Error::new(ErrorKind::Programming, message)
}

#[cfg(test)]
mod tests;
