//! The kinds of error, and the questions that app code asks.

use super::Error;

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A URL or an option of the engine is wrong.
    Configuration,
    /// A query that promised a row found none.
    NoResult,
    /// A query that promised one row found several.
    MultipleResults,
    /// A unique or primary key is there already.
    UniqueViolation,
    /// A foreign key leads nowhere, or a row that others refer to was to be deleted.
    ForeignKeyViolation,
    /// A column that cannot be NULL was to become NULL.
    NotNullViolation,
    /// A check constraint said no.
    CheckViolation,
    /// Another constraint said no.
    Integrity,
    /// A value cannot be what the program or the database needs: out of range, of another type, too long.
    Data,
    /// The database could not do it now: locked, out of space, shutting down.
    Operational,
    /// The database does not let this user in, or not with this password; or it did not prove by its certificate who it is.
    Authentication,
    /// Two transactions waited for each other, and the database ended this one: it can be run again.
    Deadlock,
    /// The transaction saw data that others have changed since: it can be run again.
    Serialization,
    /// A lock that somebody else holds did not come free in time: it can be run again.
    LockTimeout,
    /// Something was to be written where only reading is allowed: in a transaction that only reads, on a standby, in a file that is
    /// opened to be read.
    WriteRefused,
    /// A prepared statement no longer fits the schema, within a transaction that has done something before: it can be run again.
    StaleStatement,
    /// The statement is wrong: a missing table, bad syntax.
    Programming,
    /// Waiting took too long.
    Timeout,
    /// The connection was lost.
    Disconnected,
    /// The connection is in use by something that has not ended.
    Busy,
    /// A row that was to be changed was changed or deleted by somebody else.
    StaleData,
    /// An object is in no session, and what was asked needs one.
    Detached,
    /// The API was used in a way that it does not allow.
    InvalidRequest,
    /// The database cannot do what was asked.
    Unsupported,
    /// The program itself said no, in an event of a session.
    Rejected,
    /// Migrations do not go together, or not with the database: a file is missing or was changed, one is half done.
    Migration,
}

macro_rules! questions {
    ($($(#[$doc:meta])* $name:ident: $($kind:ident)|+;)*) => {
        impl Error {
            $($(#[$doc])* pub fn $name(&self) -> bool { matches!(self.kind(), $(ErrorKind::$kind)|+) })*
        }
    };
}

questions! {
    /// Whether a URL or an option of the engine is wrong.
    is_configuration: Configuration;
    /// Whether a query that promised a row found none.
    is_no_result: NoResult;
    /// Whether a query that promised one row found several.
    is_multiple_results: MultipleResults;
    /// Whether a constraint said no, whichever.
    is_integrity: UniqueViolation | ForeignKeyViolation | NotNullViolation | CheckViolation | Integrity;
    /// Whether a unique or primary key is there already.
    is_unique_violation: UniqueViolation;
    /// Whether a foreign key leads nowhere, or is still in use.
    is_foreign_key_violation: ForeignKeyViolation;
    /// Whether a column that cannot be NULL was to become NULL.
    is_not_null_violation: NotNullViolation;
    /// Whether a check constraint said no.
    is_check_violation: CheckViolation;
    /// Whether a value does not fit where it was to go.
    is_data: Data;
    /// Whether the database could not do it now.
    is_operational: Operational;
    /// Whether the database did not let the user in.
    is_authentication: Authentication;
    /// Whether two transactions waited for each other, and the database ended this one.
    is_deadlock: Deadlock;
    /// Whether the transaction saw data that others have changed since.
    is_serialization: Serialization;
    /// Whether a lock that somebody else holds did not come free in time.
    is_lock_timeout: LockTimeout;
    /// Whether something was to be written where only reading is allowed.
    is_write_refused: WriteRefused;
    /// Whether the transaction may well succeed when all of it is run again: [`Transaction::retries`](crate::Transaction::retries)
    /// does so.
    is_retryable: Serialization | Deadlock | LockTimeout | StaleStatement;
    /// Whether the statement is wrong.
    is_programming: Programming;
    /// Whether waiting took too long.
    is_timeout: Timeout;
    /// Whether the connection was lost.
    is_disconnected: Disconnected;
    /// Whether the connection is in use by something that has not ended.
    is_busy: Busy;
    /// Whether a row that was to be changed was changed or deleted by somebody else.
    is_stale_data: StaleData;
    /// Whether an object is in no session, and what was asked needs one.
    is_detached: Detached;
    /// Whether the API was used in a way that it does not allow.
    is_invalid_request: InvalidRequest;
    /// Whether the database cannot do what was asked.
    is_unsupported: Unsupported;
    /// Whether the program itself said no, in an event of a session.
    is_rejected: Rejected;
    /// Whether migrations do not go together, or not with the database.
    is_migration: Migration;
}
