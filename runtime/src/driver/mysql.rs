//! MySQL and MariaDB through the `mysql` crate.

mod bind;
mod cells;
mod error;
mod open;
mod options;
mod session;
mod statements;
mod stream;

use std::cell::RefCell;

use mysql::Conn;

use bind::{bind_all, size_of};
pub(super) use open::MysqlConnector;
use session::{Agreed, Effect, Session};
use statements::Statements;
use stream::{MysqlStream, Open, Request};

use super::{DriverConnection, DriverStream, EachRow, RowStream};
use crate::{
    error::{Error, ErrorKind, Result},
    row::Row,
    value::ValueRef,
};

/// A connection to MySQL or MariaDB.
struct MysqlConnection {
    /// In a cell, to ask it whether a transaction is open.
    connection: RefCell<Conn>,
    statements: Statements,
    session: Session,
}

impl MysqlConnection {
    fn new(connection: Conn, agreed: Agreed, cached_statements: usize) -> Self {
        MysqlConnection {
            connection: RefCell::new(connection),
            statements: Statements::new(cached_statements),
            session: Session::new(agreed),
        }
    }

    /// Sends a statement, to be prepared unless it is. What the server does not prepare is sent as it is.
    fn send<'c>(&'c mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<MysqlStream<'c>> {
        let Self {
            connection,
            statements,
            session,
        } = self;
        let connection = connection.get_mut();
        let effect = Effect::of(sql);
        let failed = |error| session.not_sent(effect, error);
        let values = bind_all(parameters)?;
        if size_of(&values) > session.largest_packet() {
            return Err(error::too_large());
        }
        let statement = match statements.get(connection, sql) {
            Ok(statement) => statement,
            Err(error) if error::is_not_preparable(&error) && parameters.is_empty() => {
                let open = Open::begin(connection, Request::Plain(sql));
                let open = open.map_err(|(_, error)| failed(error))?;
                return Ok(MysqlStream::new(open, session, effect, None));
            }
            Err(error) => return Err(failed(error)),
        };
        let expected = usize::from(statement.num_params());
        if expected != parameters.len() {
            statements.used(connection, statement);
            return Err(wrong_count(expected, parameters.len()));
        }
        let begun = match Open::begin(connection, Request::Prepared(&statement, values)) {
            // Nothing has happened yet, and a transaction is as it was.
            Err((connection, error)) if error::is_outdated_statement(&error) => {
                statements.forget(connection, sql).map_err(failed)?;
                let statement = statements.get(connection, sql).map_err(failed)?;
                let request = Request::Prepared(&statement, bind_all(parameters)?);
                Open::begin(connection, request).map(|open| (open, statement))
            }
            Err((connection, error)) => {
                statements.used(connection, statement);
                Err((connection, error))
            }
            Ok(open) => Ok((open, statement)),
        };
        match begun {
            Ok((open, statement)) => {
                let closes = (!statements.keeps()).then_some(statement);
                Ok(MysqlStream::new(open, session, effect, closes))
            }
            Err((_, error)) => Err(failed(error)),
        }
    }
}

impl DriverConnection for MysqlConnection {
    fn execute(&mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<u64> {
        self.send(sql, parameters)?.changed()
    }

    fn query(&mut self, sql: &str, parameters: &[ValueRef<'_>], each: EachRow<'_>) -> Result<()> {
        let mut stream = self.send(sql, parameters)?;
        let mut done = false;
        while !done
            && stream.next(&mut |row: &Row<'_>| {
                done = each(row)?.is_break();
                Ok(())
            })?
        {}
        stream.end()
    }

    fn stream<'c>(
        &'c mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
    ) -> Result<DriverStream<'c>> {
        Ok(Box::new(self.send(sql, parameters)?))
    }

    fn control(&mut self, sql: &str) -> Result<()> {
        let session = &self.session;
        let open = Open::begin(self.connection.get_mut(), Request::Plain(sql));
        let open = open.map_err(|(_, error)| session.failed(Effect::Unknown, error))?;
        MysqlStream::new(open, session, Effect::Reads, None).end()?;
        session.controlled(sql);
        Ok(())
    }

    fn in_transaction(&self) -> bool {
        // Nobody else holds it: whoever reads a result of the connection has borrowed all of this.
        match self.connection.try_borrow_mut() {
            Ok(mut connection) => self.session.in_transaction(&mut connection),
            Err(_) => true,
        }
    }

    fn is_usable(&self) -> bool {
        self.session.is_usable()
    }
}

#[cold]
fn wrong_count(expected: usize, given: usize) -> Error {
    let message = format!("the statement has {expected} parameters, but {given} values were given");
    Error::new(ErrorKind::Programming, message)
}

#[cfg(test)]
mod tests;
