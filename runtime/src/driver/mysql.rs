//! MySQL and MariaDB through the `mysql` crate.

mod bind;
mod cells;
#[cfg(feature = "_frames")]
mod declared;
mod direct;
mod error;
mod helper;
mod open;
mod options;
mod session;
mod statements;
mod stream;

use std::cell::RefCell;

use mysql::{Conn, prelude::Queryable};

use bind::{bind_all, size_of};
pub(super) use open::MysqlConnector;
use session::{Effect, Session, is_open};
use statements::Statements;
use stream::{MysqlStream, Open, Request};

use super::{DriverConnection, DriverStream, EachRow, Performed, ReadOne, lost_before};
use crate::{error::Result, row::Row, value::ValueRef};

/// A connection to MySQL or MariaDB.
struct MysqlConnection {
    /// In a cell, to ask it whether a transaction is open. `None` once it was given up, and while an open result or a helper has it.
    connection: RefCell<Option<Conn>>,
    /// Whether whoever controls the transaction must not be held up.
    hurries: bool,
    statements: Statements,
    session: Session,
}

impl MysqlConnection {
    fn new(connection: Conn, session: Session, cached_statements: usize) -> Self {
        MysqlConnection {
            connection: RefCell::new(Some(connection)),
            hurries: false,
            statements: Statements::new(cached_statements),
            session,
        }
    }

    /// Has something done by a helper, for somebody who must not be held up. A connection whose server is silent is given up.
    fn in_a_hurry<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Conn) -> mysql::Result<T> + Send + 'static,
    ) -> Result<mysql::Result<T>> {
        let Some(mut connection) = self.connection.take() else {
            return Err(lost_before());
        };
        let done = helper::within(self.session.limits().hurried(), move || {
            let done = work(&mut connection);
            (connection, done)
        });
        match done {
            Ok(Some((connection, done))) => {
                self.connection.replace(Some(connection));
                Ok(done)
            }
            Ok(None) => Err(self.session.given_up()),
            Err(error) => {
                self.session.given_up();
                Err(error::no_helper(error))
            }
        }
    }

    /// Sends a statement, to be prepared unless it is. What the server does not prepare is sent as it is.
    fn send<'c>(&'c mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<MysqlStream<'c>> {
        self.session.check()?;
        let effect = Effect::of(sql);
        let values = bind_all(parameters)?;
        if size_of(&values) > self.session.largest_packet() {
            return Err(error::too_large());
        }
        let statements = &mut self.statements;
        let home = &self.connection;
        let connection = home.take().ok_or_else(lost_before)?;
        let begun = match statements.begin(connection, sql, values) {
            // Nothing has happened yet, and a transaction is as it was.
            Err((mut connection, error)) if error::is_outdated_statement(&error) => {
                let values = bind_all(parameters)?;
                match statements.forget(&mut connection, sql) {
                    Ok(()) => statements.begin(connection, sql, values),
                    Err(error) => Err((connection, error)),
                }
            }
            Err((connection, error))
                if error::is_not_preparable(&error) && parameters.is_empty() =>
            {
                Open::begin(connection, Request::Plain(sql)).map(|open| (open, None))
            }
            begun => begun,
        };
        match begun {
            Ok((open, closes)) => Ok(MysqlStream::new(open, home, &self.session, effect, closes)),
            Err((connection, error)) => {
                home.replace(Some(connection));
                Err(self.session.not_sent(effect, error))
            }
        }
    }

    /// Sends what is not prepared, and reads over its answer.
    fn send_plain(&self, sql: &str, effect: Effect) -> Result<()> {
        let (home, session) = (&self.connection, &self.session);
        let connection = home.take().ok_or_else(lost_before)?;
        let open = Open::begin(connection, Request::Plain(sql));
        let open = open.map_err(|(connection, error)| {
            home.replace(Some(connection));
            session.failed(Effect::Unknown, error)
        })?;
        MysqlStream::new(open, home, session, effect, None).end()
    }
}

impl DriverConnection for MysqlConnection {
    fn execute(&mut self, sql: &str, parameters: &[ValueRef<'_>]) -> Result<u64> {
        self.send(sql, parameters)?.changed()
    }

    fn last_insert_id(&self) -> u64 {
        let connection = self.connection.borrow();
        connection.as_ref().map_or(0, Conn::last_insert_id)
    }

    /// From `Records: 3  Duplicates: 1  Warnings: 0`, with words in the server's language. Of one row of values nothing is said;
    /// what leaves it as it is says it by the greatest number.
    fn met(&self) -> Option<(u64, u64)> {
        let connection = self.connection.borrow();
        let connection = connection.as_ref()?;
        let info = connection.info_str();
        let mut numbers = info.split(|letter: char| !letter.is_ascii_digit());
        let mut next = || numbers.find_map(|number| number.parse().ok());
        let of_one = || (1, u64::from(connection.last_insert_id() == u64::MAX));
        Some(next().zip(next()).unwrap_or_else(of_one))
    }

    fn query(&mut self, sql: &str, parameters: &[ValueRef<'_>], each: EachRow<'_>) -> Result<()> {
        let mut stream = self.send(sql, parameters)?;
        while let Some(row) = stream.row()? {
            if each(&Row::new(&row))?.is_break() {
                break;
            }
        }
        stream.end()
    }

    fn perform(
        &mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        each: ReadOne<'_>,
    ) -> Result<Performed> {
        self.send(sql, parameters)?.performed(each)
    }

    fn stream<'c>(
        &'c mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
    ) -> Result<DriverStream<'c>> {
        let stream = self.send(sql, parameters)?;
        #[cfg(feature = "_frames")]
        let stream = stream.described()?;
        Ok(Box::new(stream))
    }

    fn run_unprepared(&mut self, sql: &str) -> Result<()> {
        self.session.check()?;
        if sql.len() > self.session.largest_packet() {
            return Err(error::too_large());
        }
        // Where another sign ends statements, several may have come as one.
        let effect = match sql.contains(';') {
            true => Effect::Unknown,
            false => Effect::of(sql),
        };
        self.send_plain(sql, effect)
    }

    fn control(&mut self, sql: &str) -> Result<()> {
        let session = &self.session;
        session.check()?;
        if self.hurries {
            let text = sql.to_owned();
            let done = self.in_a_hurry(move |connection| connection.query_drop(text))?;
            done.map_err(|error| session.failed(Effect::Unknown, error))?;
            session.controlled(sql);
            return Ok(());
        }
        self.send_plain(sql, Effect::Reads)?;
        session.controlled(sql);
        Ok(())
    }

    fn ping(&mut self) -> Result<()> {
        self.session.check()?;
        let answered = if self.hurries {
            self.in_a_hurry(Conn::ping)?
        } else {
            let connection = self.connection.get_mut().as_mut();
            connection.ok_or_else(lost_before)?.ping()
        };
        answered.map_err(|error| self.session.failed(Effect::Reads, error))
    }

    fn hurry(&mut self, hurries: bool) {
        // Nobody has to help where the driver itself waits no longer.
        let limits = self.session.limits();
        self.hurries = hurries && limits.hurried() != limits.read;
    }

    fn in_transaction(&self) -> bool {
        // Nobody else holds it: whoever reads a result of the connection has borrowed all of this.
        if self.connection.try_borrow_mut().is_err() {
            return true;
        }
        self.session.in_transaction(|| {
            if self.hurries {
                // Where it was given up, nothing is open.
                return self.in_a_hurry(is_open).unwrap_or(Ok(false));
            }
            let mut connection = self.connection.borrow_mut();
            connection.as_mut().map_or(Ok(false), is_open)
        })
    }

    fn is_usable(&self) -> bool {
        // A panic of the driver's may have taken it along.
        let is_here = self
            .connection
            .try_borrow()
            .is_ok_and(|kept| kept.is_some());
        is_here && self.session.is_usable()
    }
}

#[cfg(test)]
mod tests;
