//! What is known about a connection: whether it can be used, and whether a transaction is open.
//!
//! The server says with each answer whether a transaction is open, but the driver crate does not hand that on. So it is concluded
//! from the statements, and asked for where a statement may have ended a transaction, or begun one: DDL, procedures, errors.

use std::cell::Cell;

use mysql::{Conn, Error as ServerError, prelude::Queryable};

use super::error::{self, NO_SAVEPOINT};
use crate::{
    driver::{
        limits::{Limits, too_long},
        lost_before,
    },
    error::{Error, ErrorKind, Result},
};

/// Whether a transaction is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    None,
    Open,
    /// It has to be asked for.
    Unknown,
}

/// What a statement does, by its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It reads, and leaves a transaction as it is.
    Reads,
    /// It writes, and leaves a transaction as it is.
    Writes,
    /// It may end a transaction, or begin one.
    Unknown,
}

const READING: [&str; 7] = [
    "SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE",
];

const WRITING: [&str; 4] = ["INSERT", "UPDATE", "DELETE", "REPLACE"];

/// What is known about a connection.
pub(super) struct Session {
    transaction: Cell<Transaction>,
    /// Whether an error was seen that speaks against using the connection again.
    broken: Cell<bool>,
    agreed: Agreed,
    limits: Limits,
}

/// What the server said of itself.
#[derive(Clone, Copy)]
pub(super) struct Agreed {
    pub(super) is_mariadb: bool,
    /// The largest packet that it takes.
    pub(super) max_allowed_packet: usize,
}

impl Effect {
    pub(super) fn of(sql: &str) -> Self {
        let sql = sql.trim_start_matches(|character: char| {
            character.is_ascii_whitespace() || character == '('
        });
        let first = first_word(sql);
        let is_among = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(first));
        if is_among(&READING) {
            Effect::Reads
        } else if is_among(&WRITING) {
            Effect::Writes
        } else {
            Effect::Unknown
        }
    }
}

impl Session {
    pub(super) fn new(agreed: Agreed, limits: Limits) -> Self {
        Session {
            transaction: Cell::new(Transaction::None),
            broken: Cell::new(false),
            agreed,
            limits,
        }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The largest packet that the server takes.
    pub(super) fn largest_packet(&self) -> usize {
        self.agreed.max_allowed_packet
    }

    pub(super) fn is_usable(&self) -> bool {
        !self.broken.get()
    }

    /// Refuses to send something on a broken connection: an answer that is still to come would be taken for that of another
    /// statement.
    pub(super) fn check(&self) -> Result<()> {
        if self.is_usable() {
            Ok(())
        } else {
            Err(lost_before())
        }
    }

    /// Whether a transaction is open; `ask` asks for it where that is not known.
    pub(super) fn in_transaction(&self, ask: impl FnOnce() -> mysql::Result<bool>) -> bool {
        if self.transaction.get() == Transaction::Unknown {
            let is_open = ask().unwrap_or_else(|error| {
                // Whatever is sent next says so.
                let breaks = error::breaks_connection(&error);
                self.broken.set(self.broken.get() || breaks);
                false
            });
            self.transaction.set(if is_open {
                Transaction::Open
            } else {
                Transaction::None
            });
        }
        self.transaction.get() == Transaction::Open
    }

    /// Notes that a statement was run.
    pub(super) fn ran(&self, effect: Effect) {
        if effect == Effect::Unknown {
            self.transaction.set(Transaction::Unknown);
        }
    }

    /// Notes that a statement of transaction control was run; of several, the last counts.
    pub(super) fn controlled(&self, sql: &str) {
        let last = sql.rsplit(';').next().unwrap_or(sql);
        let mut words = last.split_ascii_whitespace();
        let first = words.next().unwrap_or_default().to_ascii_uppercase();
        let only_in_part = words.any(|word| word.eq_ignore_ascii_case("TO"));
        match first.as_str() {
            "BEGIN" | "START" => self.transaction.set(Transaction::Open),
            "SAVEPOINT" | "RELEASE" => {}
            "ROLLBACK" if only_in_part => {}
            "COMMIT" | "ROLLBACK" => self.transaction.set(Transaction::None),
            _ => self.transaction.set(Transaction::Unknown),
        }
    }

    /// Notes an error of sending a statement, and classifies it. What is too large was not sent.
    #[cold]
    pub(super) fn not_sent(&self, effect: Effect, error: ServerError) -> Error {
        if error::is_too_large(&error) {
            return error::classify(error, self.agreed.is_mariadb);
        }
        self.failed(effect, error)
    }

    /// Notes an error of a statement, and classifies it.
    #[cold]
    pub(super) fn failed(&self, effect: Effect, error: ServerError) -> Error {
        let breaks = error::breaks_connection(&error);
        let error = error::classify(error, self.agreed.is_mariadb);
        if breaks {
            self.broken.set(true);
            self.transaction.set(Transaction::None);
        } else if effect == Effect::Unknown || !leaves_transaction(error.kind()) {
            self.transaction.set(Transaction::Unknown);
        }
        match (error.is_timeout(), self.limits.statement) {
            (true, _) if breaks => self.limits.silent(false).with_source(error),
            (true, Some(limit)) => error.with_advice(&too_long(limit)),
            _ => error,
        }
    }

    /// Notes that the connection was given up, because the server was silent.
    #[cold]
    pub(super) fn given_up(&self) -> Error {
        self.broken.set(true);
        self.transaction.set(Transaction::None);
        self.limits.silent(true)
    }
}

/// Whether a transaction is open. A savepoint outside of one is gone at once.
pub(super) fn is_open(connection: &mut Conn) -> mysql::Result<bool> {
    let set = connection.query_drop("SAVEPOINT aludel_asks");
    let released = set.and_then(|()| connection.query_drop("RELEASE SAVEPOINT aludel_asks"));
    match released {
        Ok(()) => Ok(true),
        Err(ServerError::MySqlError(error)) if error.code == NO_SAVEPOINT => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether an error of this kind undoes its statement alone.
fn leaves_transaction(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UniqueViolation
            | ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation
            | ErrorKind::Integrity
            | ErrorKind::Data
            | ErrorKind::Programming
    )
}

fn first_word(sql: &str) -> &str {
    let end = sql.find(|character: char| !character.is_ascii_alphabetic());
    &sql[..end.unwrap_or(sql.len())]
}
