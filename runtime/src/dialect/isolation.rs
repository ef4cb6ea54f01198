//! How far transactions are kept apart, and what else is said when one begins.

use std::{fmt, str::FromStr};

use super::Dialect;
use crate::error::{Error, ErrorKind, Result};

/// How far a transaction is kept apart from others: what of their changes it may see.
///
/// A level is said for an engine ([`EngineBuilder::isolation`](crate::EngineBuilder::isolation),
/// [`Engine::with_isolation`](crate::Engine::with_isolation)), for a connection
/// ([`Connection::set_isolation`](crate::Connection::set_isolation)), or for one transaction
/// ([`Transaction::isolation`](crate::Transaction::isolation)); the narrowest holds. Where none is said, it is the database's default. One
/// that the database does not have is an error, and nothing is sent.
///
/// | | PostgreSQL | MySQL, MariaDB | SQLite |
/// |---|---|---|---|
/// | `ReadUncommitted` | is `ReadCommitted` | yes | only for caches that are shared, which ours are not |
/// | `ReadCommitted` | the default | yes | no |
/// | `RepeatableRead` | yes: a snapshot | the default | no |
/// | `Serializable` | yes | yes: by locks | the default |
/// | `Autocommit` | yes | yes | yes |
///
/// It is written and read as SQL has it, also in lower case and with `_` between the words:
///
/// ```
/// # use aludel::Isolation;
/// let level: Isolation = "read_committed".parse()?;
/// assert_eq!(level, Isolation::ReadCommitted);
/// assert_eq!(level.to_string(), "READ COMMITTED");
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// Changes are seen that others have not committed.
    ReadUncommitted,
    /// Each statement sees what is committed when it begins.
    ReadCommitted,
    /// What was read once is the same when it is read again.
    RepeatableRead,
    /// It is as if transactions ran one after the other. Those for which that cannot be are refused, and can be run again.
    Serializable,
    /// No transaction is begun: each statement is one of its own. For statements that cannot stand in one, as `VACUUM` and
    /// `CREATE DATABASE`. `commit` and `rollback` do nothing then. `transact`, whatever is run as a
    /// [`Transaction`](crate::Transaction), and sessions have transactions all the same, at the database's default level.
    Autocommit,
}

impl Isolation {
    const ALL: [Isolation; 5] = [
        Isolation::ReadUncommitted,
        Isolation::ReadCommitted,
        Isolation::RepeatableRead,
        Isolation::Serializable,
        Isolation::Autocommit,
    ];

    fn name(self) -> &'static str {
        match self {
            Isolation::ReadUncommitted => "READ UNCOMMITTED",
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
            Isolation::Autocommit => "AUTOCOMMIT",
        }
    }

    /// # Errors
    /// Of this kind, where the database does not have the level.
    pub(crate) fn check(self, dialect: &dyn Dialect, kind: ErrorKind) -> Result<()> {
        let levels = dialect.isolations();
        if levels.contains(&self) {
            return Ok(());
        }
        let message = format!(
            "{} has no isolation level `{self}`: it has {}",
            dialect.title(),
            listed(levels)
        );
        Err(Error::new(kind, message))
    }

    /// The names of all levels, for messages.
    pub(crate) fn names() -> String {
        listed(&Isolation::ALL)
    }
}

fn listed(levels: &[Isolation]) -> String {
    let names: Vec<String> = levels.iter().map(|level| format!("`{level}`")).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

impl fmt::Display for Isolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Isolation {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let words: Vec<&str> = text
            .split(|letter: char| letter == '_' || letter.is_ascii_whitespace())
            .filter(|word| !word.is_empty())
            .collect();
        let asked = words.join(" ");
        let mut levels = Isolation::ALL.into_iter();
        levels
            .find(|level| level.name().eq_ignore_ascii_case(&asked))
            .ok_or_else(|| {
                let message = format!("the isolation levels are {}", Isolation::names());
                Error::new(ErrorKind::Configuration, message)
            })
    }
}

/// What is said when a transaction begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mode {
    /// `None` for the database's default.
    pub(crate) isolation: Option<Isolation>,
    pub(crate) read_only: bool,
    /// Whether it begins as one that writes, also where its first statement only reads.
    pub(crate) writes: bool,
    /// Whether foreign keys are not looked at, where that can only be said before it begins.
    pub(crate) foreign_keys_off: bool,
}

impl Mode {
    /// Whether nothing is said.
    #[inline]
    pub(crate) fn is_default(self) -> bool {
        self.isolation.is_none() && !self.read_only && !self.foreign_keys_off
    }

    /// This, and where nothing is said here, what holds for all transactions; but a transaction it is.
    pub(crate) fn within(self, standing: Mode) -> Mode {
        let isolation = self.isolation.or(standing.isolation);
        Mode {
            isolation: isolation.filter(|level| *level != Isolation::Autocommit),
            read_only: self.read_only || standing.read_only,
            writes: self.writes || standing.writes,
            foreign_keys_off: self.foreign_keys_off || standing.foreign_keys_off,
        }
    }
}

/// A setting of a connection that is on while a transaction lasts, where the database has no words for it at the beginning.
pub(crate) struct Switch {
    /// The query for whether it is on: a number.
    pub(crate) ask: &'static str,
    pub(crate) on: &'static str,
    pub(crate) off: &'static str,
}

#[cfg(test)]
mod tests {
    use super::Isolation;

    #[test]
    fn levels_are_read_as_they_are_written_and_in_other_spellings() {
        for level in Isolation::ALL {
            let name = level.to_string();
            for text in [
                name.clone(),
                name.to_lowercase(),
                name.replace(' ', "_"),
                format!("  {}", name.replace(' ', "  ")),
            ] {
                assert_eq!(text.parse::<Isolation>().unwrap(), level, "{text}");
            }
        }
        for text in ["", "READCOMMITTED", "snapshot", "serializable read"] {
            let error = text.parse::<Isolation>().unwrap_err();
            assert!(error.is_configuration());
            assert!(
                error.message().ends_with("`SERIALIZABLE` and `AUTOCOMMIT`"),
                "{error}"
            );
        }
    }
}
