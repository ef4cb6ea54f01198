//! SQLite's errors, by kind.

use rusqlite::{Error as SqliteError, ErrorCode, ffi};

use crate::error::{Error, ErrorKind, Position};

/// The error with its kind, and with whatever SQLite says about table, columns and constraint.
#[cold]
pub(super) fn classify(error: SqliteError) -> Error {
    let message = message(&error);
    let Some(code) = code(&error) else {
        return Error::new(kind_without_code(&error), message).with_source(error);
    };
    let position = position(&error);
    let classified = Error::new(kind(code, &message), &message)
        .with_code(code.extended_code.to_string())
        .with_source(error);
    let classified = match position {
        Some(offset) => classified.with_position(Position::Byte(offset)),
        None => classified,
    };
    match classified.kind() {
        ErrorKind::UniqueViolation | ErrorKind::NotNullViolation => {
            with_culprit(classified, &message)
        }
        ErrorKind::CheckViolation => match subject(&message) {
            Some(constraint) => classified.with_constraint(constraint),
            None => classified,
        },
        _ => classified,
    }
}

/// Whether the connection should not be used again: its file is damaged, or could not be read.
pub(super) fn breaks_connection(error: &SqliteError) -> bool {
    matches!(
        code(error).map(|error| error.code),
        Some(
            ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::OutOfMemory
        )
    )
}

/// Whether the statement was told to stop.
pub(super) fn is_interruption(error: &SqliteError) -> bool {
    code(error).is_some_and(|error| error.code == ErrorCode::OperationInterrupted)
}

fn code(error: &SqliteError) -> Option<ffi::Error> {
    match error {
        SqliteError::SqliteFailure(code, _) => Some(*code),
        SqliteError::SqlInputError { error, .. } => Some(*error),
        _ => None,
    }
}

/// Where in the statement it is.
fn position(error: &SqliteError) -> Option<usize> {
    match error {
        SqliteError::SqlInputError { offset, .. } => usize::try_from(*offset).ok(),
        _ => None,
    }
}

fn message(error: &SqliteError) -> String {
    match error {
        SqliteError::SqlInputError { msg, offset, .. } => format!("{msg} (at byte {offset})"),
        SqliteError::MultipleStatement => {
            "several statements were given, one at a time can run".to_owned()
        }
        // rusqlite hands on a statement of nothing but space and comments, which SQLite does not take.
        SqliteError::SqliteFailure(code, _) if code.code == ErrorCode::ApiMisuse => {
            format!("{error}: the statement may be empty")
        }
        error => error.to_string(),
    }
}

/// The kind of what rusqlite itself refused.
fn kind_without_code(error: &SqliteError) -> ErrorKind {
    match error {
        SqliteError::InvalidPath(_) | SqliteError::NulError(_) => ErrorKind::Configuration,
        SqliteError::SqliteSingleThreadedMode => ErrorKind::Unsupported,
        _ => ErrorKind::Programming,
    }
}

fn kind(error: ffi::Error, message: &str) -> ErrorKind {
    match error.code {
        ErrorCode::ConstraintViolation => constraint_kind(error.extended_code),
        // Somebody else has written since this transaction read.
        ErrorCode::DatabaseBusy if error.extended_code == ffi::SQLITE_BUSY_SNAPSHOT => {
            ErrorKind::Serialization
        }
        ErrorCode::DatabaseBusy => ErrorKind::LockTimeout,
        ErrorCode::DatabaseLocked if error.extended_code == ffi::SQLITE_LOCKED_SHAREDCACHE => {
            ErrorKind::LockTimeout
        }
        ErrorCode::ReadOnly => ErrorKind::WriteRefused,
        ErrorCode::TooBig | ErrorCode::TypeMismatch => ErrorKind::Data,
        ErrorCode::ApiMisuse | ErrorCode::ParameterOutOfRange => ErrorKind::Programming,
        // SQLite's general error is mostly found while preparing; these two depend on the data.
        ErrorCode::Unknown if matches!(message, "integer overflow" | "malformed JSON") => {
            ErrorKind::Data
        }
        ErrorCode::Unknown => ErrorKind::Programming,
        _ => ErrorKind::Operational,
    }
}

fn constraint_kind(extended_code: i32) -> ErrorKind {
    match extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => ErrorKind::UniqueViolation,
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::ForeignKeyViolation,
        ffi::SQLITE_CONSTRAINT_NOTNULL => ErrorKind::NotNullViolation,
        ffi::SQLITE_CONSTRAINT_CHECK => ErrorKind::CheckViolation,
        // A STRICT table got a value of another type.
        ffi::SQLITE_CONSTRAINT_DATATYPE => ErrorKind::Data,
        _ => ErrorKind::Integrity,
    }
}

/// Adds what `UNIQUE constraint failed: t.a, t.b` names; for an index over expressions, that is `index 'name'`.
fn with_culprit(error: Error, message: &str) -> Error {
    let Some(subject) = subject(message) else {
        return error;
    };
    if let Some(index) = subject.strip_prefix("index '") {
        return error.with_constraint(index.strip_suffix('\'').unwrap_or(index));
    }
    let Some((table, _)) = subject.split_once('.') else {
        return error;
    };
    let columns = subject
        .split(", ")
        .filter_map(|column| column.strip_prefix(table)?.strip_prefix('.'))
        .map(str::to_owned);
    error.with_columns(table, columns.collect())
}

/// What follows the colon: `UNIQUE constraint failed: t.a`.
fn subject(message: &str) -> Option<&str> {
    message
        .split_once(" constraint failed: ")
        .map(|(_, subject)| subject)
}
