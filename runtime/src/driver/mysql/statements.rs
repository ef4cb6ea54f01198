//! The prepared statements that a connection keeps.

use std::collections::HashMap;

use mysql::{Conn, Error as ServerError, Statement, Value, prelude::Queryable};

use super::stream::{Open, Request};

/// Prepared statements by their texts, as many as may be kept; the one that was not used for longest goes first.
pub(super) struct Statements {
    most: usize,
    kept: HashMap<Box<str>, Kept>,
    /// Counts the uses, to tell which was last.
    uses: u64,
}

struct Kept {
    statement: Statement,
    last_use: u64,
}

impl Statements {
    pub(super) fn new(most: usize) -> Self {
        Statements {
            most,
            kept: HashMap::new(),
            uses: 0,
        }
    }

    /// Sends a statement, prepared unless it is kept; with it comes the statement to close behind its result, where it is not
    /// kept. Gives back the connection where that fails.
    pub(super) fn begin(
        &mut self,
        mut connection: Conn,
        sql: &str,
        values: Vec<Value>,
    ) -> Result<(Open, Option<Statement>), (Conn, ServerError)> {
        let statement = match self.get(&mut connection, sql) {
            Ok(statement) => statement,
            Err(error) => return Err((connection, error)),
        };
        match Open::begin(connection, Request::Prepared(&statement, values)) {
            Ok(open) => Ok((open, (!self.keeps()).then_some(statement))),
            Err((mut connection, error)) => {
                if !self.keeps() {
                    // Nothing comes back; a connection that is broken says so with the next statement.
                    let _ = connection.close(statement);
                }
                Err((connection, error))
            }
        }
    }

    /// Closes a statement that the server does not know any more, or cannot run as it is.
    pub(super) fn forget(&mut self, connection: &mut Conn, sql: &str) -> mysql::Result<()> {
        match self.kept.remove(sql) {
            Some(kept) => connection.close(kept.statement),
            None => Ok(()),
        }
    }

    fn keeps(&self) -> bool {
        self.most > 0
    }

    /// The statement, prepared unless it is kept.
    fn get(&mut self, connection: &mut Conn, sql: &str) -> mysql::Result<Statement> {
        self.uses += 1;
        if let Some(kept) = self.kept.get_mut(sql) {
            kept.last_use = self.uses;
            return Ok(kept.statement.clone());
        }
        self.prepare(connection, sql)
    }

    #[cold]
    fn prepare(&mut self, connection: &mut Conn, sql: &str) -> mysql::Result<Statement> {
        let statement = connection.prep(sql)?;
        if self.keeps() {
            if self.kept.len() >= self.most {
                self.make_room(connection)?;
            }
            let kept = Kept {
                statement: statement.clone(),
                last_use: self.uses,
            };
            self.kept.insert(sql.into(), kept);
        }
        Ok(statement)
    }

    /// Looks at all of them, which is nothing beside the round trip that preparing takes.
    fn make_room(&mut self, connection: &mut Conn) -> mysql::Result<()> {
        let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.last_use);
        match oldest.map(|(sql, _)| sql.clone()) {
            Some(sql) => self.forget(connection, &sql),
            None => Ok(()),
        }
    }
}
