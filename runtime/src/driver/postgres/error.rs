//! PostgreSQL's errors, by kind.

use std::{error::Error as StdError, io, time::Duration};

use tokio_postgres::{
    Error as PostgresError,
    error::{DbError, ErrorPosition, SqlState},
};

use crate::{
    driver::{limits::too_long, lost_before, postgres::bind::Refused},
    error::{Error, ErrorKind, Position},
};

const FAILED_TRANSACTION: &str = ": a statement before this one failed, so roll back; a part that may fail is run by `transact` \
                                  within the transaction, which keeps the rest";

/// The code of a statement that took too long, or was cancelled.
const CANCELED: &str = "57014";

/// What is said of a server that does not let in whoever connects, nor says that it does not.
pub(super) const NO_ANSWER: &str = "the server did not answer in time (`connect_timeout`): check host and port in the URL, and whether it is overloaded";

/// Why something did not work, before anybody has looked at it.
pub(super) enum Failure {
    Postgres(PostgresError),
    /// An error of our own: of a parameter, or of whoever reads the rows.
    Own(Error),
    /// The connection was lost before.
    Lost,
}

impl From<PostgresError> for Failure {
    fn from(error: PostgresError) -> Self {
        Failure::Postgres(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Own(error)
    }
}

impl Failure {
    /// Whether the server no longer runs a prepared statement as it is: what it reads was changed, the server has forgotten it,
    /// or knows another by its name.
    pub(super) fn is_stale_statement(&self) -> bool {
        let Failure::Postgres(error) = self else {
            return false;
        };
        error.as_db_error().is_some_and(|error| {
            // By the routine, for the message may be in another language.
            let is_changed = *error.code() == SqlState::FEATURE_NOT_SUPPORTED
                && error.routine() == Some("RevalidateCachedQuery");
            let is_unknown = *error.code() == SqlState::INVALID_SQL_STATEMENT_NAME;
            is_changed || is_unknown || *error.code() == SqlState::DUPLICATE_PSTATEMENT
        })
    }

    /// Whether the server was silent for longer than anybody waits.
    pub(super) fn is_silence(&self) -> bool {
        let Failure::Postgres(error) = self else {
            return false;
        };
        io_error(error).is_some_and(is_timeout)
    }

    /// Whether the connection cannot be used any more.
    pub(super) fn breaks_connection(&self) -> bool {
        match self {
            Failure::Lost => true,
            Failure::Own(_) => false,
            Failure::Postgres(error) => match error.as_db_error() {
                Some(error) => is_fatal(error) || kind(error.code()) == ErrorKind::Disconnected,
                None => error.is_closed() || io_error(error).is_some(),
            },
        }
    }
}

/// The error with its kind, and with whatever the server says about table, columns and constraint.
#[cold]
pub(super) fn classify(failure: Failure) -> Error {
    match failure {
        Failure::Own(error) => error,
        Failure::Lost => lost_before(),
        Failure::Postgres(error) => match error.as_db_error() {
            Some(told) => {
                let classified = of_server(told, kind(told.code()));
                if classified.is_integrity() {
                    // Its detail shows the row, with columns that are nobody's business here.
                    classified
                } else {
                    classified.with_source(error)
                }
            }
            None => of_client(error),
        },
    }
}

/// As [`classify`], for what went wrong while connecting.
#[cold]
pub(super) fn classify_start(error: PostgresError) -> Error {
    let Some(told) = error.as_db_error() else {
        return unwelcome(error);
    };
    let classified = match kind(told.code()) {
        // A database that does not exist.
        ErrorKind::Programming => of_server(told, ErrorKind::Configuration),
        kind => of_server(told, kind),
    };
    classified.with_source(error)
}

/// As [`classify`], for what went wrong before the connection could be used.
#[cold]
pub(super) fn classify_ready(failure: Failure) -> Error {
    match failure {
        Failure::Postgres(error) if io_error(&error).is_some_and(is_timeout) => unwelcome(error),
        failure => classify(failure),
    }
}

/// Adds which limit it was, and what to do, to the error of a statement that took too long.
#[cold]
pub(super) fn with_limit(error: Error, limit: Option<Duration>) -> Error {
    // Somebody who cancelled a statement has the same code.
    let is_cancelled = error.message().contains("user request");
    match limit {
        Some(limit) if error.code() == Some(CANCELED) && !is_cancelled => {
            error.with_advice(&too_long(limit))
        }
        _ => error,
    }
}

pub(super) fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock
    )
}

#[cold]
pub(super) fn lost(message: &str) -> Error {
    Error::new(ErrorKind::Disconnected, message)
}

fn of_server(told: &DbError, kind: ErrorKind) -> Error {
    let is_violation = told.constraint().is_some() || told.column().is_some();
    let text = if is_violation {
        told.message().to_owned()
    } else {
        text(told)
    };
    let error = Error::new(kind, text).with_code(told.code().code());
    let error = match told.position() {
        Some(ErrorPosition::Original(number)) => {
            error.with_position(Position::Character(*number as usize))
        }
        _ => error,
    };
    with_culprit(error, told)
}

fn with_culprit(error: Error, told: &DbError) -> Error {
    let error = match told.constraint() {
        Some(constraint) => error.with_constraint(constraint),
        None => error,
    };
    match told.table() {
        Some(table) => error.with_columns(table, columns(told)),
        None => error,
    }
}

/// What the server says, with what it adds.
fn text(told: &DbError) -> String {
    let mut text = told.message().to_owned();
    for more in [told.detail(), told.hint()].into_iter().flatten() {
        text.push_str(": ");
        text.push_str(more.trim_end_matches('.'));
    }
    if *told.code() == SqlState::IN_FAILED_SQL_TRANSACTION {
        text.push_str(FAILED_TRANSACTION);
    }
    text
}

/// The columns that are named by themselves, or by `Key (a, b)=(1, 2) already exists.`
fn columns(told: &DbError) -> Vec<String> {
    if let Some(column) = told.column() {
        return vec![column.to_owned()];
    }
    told.detail().map(key_columns).unwrap_or_default()
}

/// The words before are in the server's language.
fn key_columns(detail: &str) -> Vec<String> {
    let Some((key, _)) = detail.split_once(")=(") else {
        return Vec::new();
    };
    let Some((_, names)) = key.split_once('(') else {
        return Vec::new();
    };
    let mut columns = Vec::new();
    let mut name = String::new();
    let mut is_quoted = false;
    let mut rest = names.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                name.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => columns.push(std::mem::take(&mut name)),
            ' ' if !is_quoted && name.is_empty() => {}
            other => name.push(other),
        }
    }
    columns.push(name);
    columns
}

/// What the client itself found.
fn of_client(error: PostgresError) -> Error {
    if error.is_closed() {
        return lost("the connection to PostgreSQL was closed").with_source(error);
    }
    if let Some(cause) = io_error(&error) {
        let message = format!("the connection to PostgreSQL was lost: {cause}");
        return lost(&message).with_source(error);
    }
    let refused = error.source().and_then(|source| source.downcast_ref());
    if let Some(Refused { number, error }) = refused.cloned() {
        return Error::of_parameter(number, error);
    }
    // What is left is an answer that nobody asked for.
    let message = format!(
        "{}: data can be neither copied in nor out",
        with_cause(&error)
    );
    Error::new(ErrorKind::Unsupported, message).with_source(error)
}

/// What the client found while connecting.
fn unwelcome(error: PostgresError) -> Error {
    if io_error(&error).is_some_and(is_timeout) {
        return Error::new(ErrorKind::Timeout, NO_ANSWER).with_source(error);
    }
    match io_error(&error).map(io::Error::kind) {
        Some(io::ErrorKind::UnexpectedEof) => {
            let message =
                "the server closed the connection at once: it may want TLS, or be no PostgreSQL";
            Error::new(ErrorKind::Operational, message).with_source(error)
        }
        Some(_) => Error::new(ErrorKind::Operational, with_cause(&error)).with_source(error),
        // It wants a password, or a way to prove one that this side has not.
        None => {
            let message = format!("{}; give user and password in the URL", with_cause(&error));
            Error::new(ErrorKind::Authentication, message).with_source(error)
        }
    }
}

fn with_cause(error: &PostgresError) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn io_error(error: &PostgresError) -> Option<&io::Error> {
    error.source()?.downcast_ref()
}

fn is_fatal(error: &DbError) -> bool {
    matches!(error.severity(), "FATAL" | "PANIC")
        || matches!(
            error.parsed_severity(),
            Some(tokio_postgres::error::Severity::Fatal | tokio_postgres::error::Severity::Panic)
        )
}

/// The kind of a SQLSTATE: of itself, else of its class.
fn kind(state: &SqlState) -> ErrorKind {
    match state.code() {
        "23505" => ErrorKind::UniqueViolation,
        "23503" => ErrorKind::ForeignKeyViolation,
        "23502" => ErrorKind::NotNullViolation,
        "23514" => ErrorKind::CheckViolation,
        "40P01" => ErrorKind::Deadlock,
        "55P03" => ErrorKind::LockTimeout,
        "25006" => ErrorKind::WriteRefused,
        // Nobody knows whether it was carried out, so it is not one to be run again.
        "40003" => ErrorKind::Operational,
        // Statement time-out or a cancelled statement; a transaction or an idle session that took too long.
        "57014" | "25P03" | "25P04" | "57P05" => ErrorKind::Timeout,
        "57P01" | "57P02" => ErrorKind::Disconnected,
        "42501" => ErrorKind::Programming,
        code => kind_of_class(code.get(..2).unwrap_or_default()),
    }
}

fn kind_of_class(class: &str) -> ErrorKind {
    match class {
        "08" => ErrorKind::Disconnected,
        "0A" => ErrorKind::Unsupported,
        "21" | "22" => ErrorKind::Data,
        "23" | "44" => ErrorKind::Integrity,
        "28" => ErrorKind::Authentication,
        "40" => ErrorKind::Serialization,
        "03" | "0B" | "26" | "34" | "3B" | "3D" | "3F" | "42" => ErrorKind::Programming,
        _ => ErrorKind::Operational,
    }
}

#[cfg(test)]
mod tests {
    use tokio_postgres::error::SqlState;

    use super::{key_columns, kind};
    use crate::error::ErrorKind;

    #[test]
    fn each_sqlstate_has_its_kind() {
        let table = [
            ("23505", ErrorKind::UniqueViolation),
            ("23503", ErrorKind::ForeignKeyViolation),
            ("23502", ErrorKind::NotNullViolation),
            ("23514", ErrorKind::CheckViolation),
            ("23P01", ErrorKind::Integrity),
            ("40001", ErrorKind::Serialization),
            ("40P01", ErrorKind::Deadlock),
            ("55P03", ErrorKind::LockTimeout),
            ("25006", ErrorKind::WriteRefused),
            ("40001", ErrorKind::Serialization),
            ("40003", ErrorKind::Operational),
            ("57014", ErrorKind::Timeout),
            ("57P01", ErrorKind::Disconnected),
            ("57P03", ErrorKind::Operational),
            ("08006", ErrorKind::Disconnected),
            ("28P01", ErrorKind::Authentication),
            ("28000", ErrorKind::Authentication),
            ("42P01", ErrorKind::Programming),
            ("22003", ErrorKind::Data),
            ("53300", ErrorKind::Operational),
            ("25P02", ErrorKind::Operational),
            ("0A000", ErrorKind::Unsupported),
            ("P0001", ErrorKind::Operational),
        ];
        for (code, expected) in table {
            assert_eq!(kind(&SqlState::from_code(code)), expected, "{code}");
        }
    }

    #[test]
    fn the_columns_of_a_key_are_read_from_the_detail() {
        let table: [(&str, &[&str]); 5] = [
            ("Key (id)=(1) already exists.", &["id"]),
            (
                "Key (a, b)=(1, 2) is not present in table \"t\".",
                &["a", "b"],
            ),
            (
                "Schlüssel »(\"A, \"\"B\", c)=(1, 2)« existiert bereits.",
                &["A, \"B", "c"],
            ),
            ("Failing row contains (1, null).", &[]),
            ("", &[]),
        ];
        for (detail, expected) in table {
            assert_eq!(key_columns(detail), expected, "{detail}");
        }
    }
}
