//! The error of everything that runs: one type, asked by its kind.

mod kind;
mod parameters;
mod statement;

use std::{error::Error as StdError, fmt, time::Duration};

pub use kind::ErrorKind;
pub(crate) use parameters::{Hidden, Shown};
pub(crate) use statement::{FailedStatement, Position};

use parameters::without_values;

use crate::{
    model::{Constraint, violated},
    sql::Statement,
    value::{ValueError, ValueRef},
};

/// What went wrong.
///
/// It shows the message, then the statement and its parameters where there was one. It never shows a password. Ask
/// [`kind`](Error::kind) or the `is_…` methods what to do about it.
///
/// ```
/// # use aludel::Engine;
/// let error = Engine::new("oracle://host/db").unwrap_err();
/// assert!(error.is_configuration());
/// ```
pub struct Error(Box<Inner>);

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    constraint: Option<String>,
    table: Option<String>,
    columns: Vec<String>,
    code: Option<String>,
    statement: Option<FailedStatement>,
    /// The table that the statement changes, and whether it inserts.
    changed: Option<(&'static str, bool)>,
    /// The number of the parameter that cannot be sent, counted from 1.
    parameter: Option<usize>,
    /// The column of a row whose value cannot be read, counted from 0.
    cell: Option<usize>,
    /// Where in the statement the database stopped.
    position: Option<Position>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// The kind of error, for a decision in code.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The message alone, without statement and parameters.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The statement that failed, where there was one.
    pub fn sql(&self) -> Option<&str> {
        self.0
            .statement
            .as_ref()
            .map(|statement| statement.sql.as_str())
    }

    /// The constraint that was violated, where the database names it. SQLite names only check constraints.
    pub fn constraint(&self) -> Option<&str> {
        self.0.constraint.as_deref()
    }

    /// The table that the database complained about, where it says so.
    pub fn table(&self) -> Option<&str> {
        self.0.table.as_deref()
    }

    /// The columns that the database complained about, where it names them.
    pub fn columns(&self) -> &[String] {
        &self.0.columns
    }

    /// The constraint of a model's table that was violated, as the enum that is generated for it says: `UserConstraint::EmailKey`.
    ///
    /// It is found by the constraint's name where the database gives that, else by the columns. SQLite does not say which foreign key
    /// it was: of a new row it can be told where the table has only one. `None` where it is another table's constraint, where the
    /// database does not say enough, and where the error is another.
    ///
    /// ```ignore
    /// match conn.insert(User::insert().name("ed").email("ed@example.org")) {
    ///     Err(error) if error.violated() == Some(UserConstraint::EmailKey) => println!("this address is taken"),
    ///     other => drop(other?),
    /// }
    /// ```
    pub fn violated<C: Constraint>(&self) -> Option<C> {
        violated(self)
    }

    /// The table that the statement changes, and whether it inserts; where that is known.
    pub(crate) fn changed(&self) -> Option<(&'static str, bool)> {
        self.0.changed
    }

    /// The code that the database gives its errors: SQLSTATE on servers, the extended result code on SQLite.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// An error of the program itself: what a closure gives that is told of an [event](crate::session::Events) and says no. It takes
    /// texts and errors; an [`Error`] stays what it is.
    ///
    /// ```
    /// # use aludel::{Error, ErrorKind};
    /// let error = Error::rejected("a person needs a name");
    /// assert_eq!((error.kind(), error.message()), (ErrorKind::Rejected, "a person needs a name"));
    /// ```
    pub fn rejected(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        match cause.into().downcast::<Error>() {
            Ok(error) => *error,
            Err(cause) => {
                let mut error = Error::new(ErrorKind::Rejected, cause.to_string());
                error.0.source = Some(cause);
                error
            }
        }
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            kind,
            message: message.into(),
            constraint: None,
            table: None,
            columns: Vec::new(),
            code: None,
            statement: None,
            changed: None,
            parameter: None,
            cell: None,
            position: None,
            source: None,
        }))
    }

    /// A parameter is a value that the database cannot hold.
    #[cfg(any(feature = "mysql", feature = "postgres", feature = "sqlite"))]
    #[cold]
    pub(crate) fn of_parameter(number: usize, error: ValueError) -> Self {
        let message = format!("parameter {number}: {error}");
        let mut refused = Error::new(ErrorKind::Data, message).with_source(error);
        refused.0.parameter = Some(number);
        refused
    }

    /// Says how often what failed was tried, and how long that took.
    #[cold]
    pub(crate) fn after_tries(mut self, tries: u32, took: Duration) -> Self {
        self.0.message = format!("{} (after {tries} tries in {took:.1?})", self.0.message);
        self
    }

    /// Says which table the statement changes.
    #[cold]
    pub(crate) fn changing(mut self, changed: Option<(&'static str, bool)>) -> Self {
        self.0.changed = changed;
        self
    }

    /// Names the column that the parameter was to be stored in, where it is one that was refused and has a column.
    #[cold]
    pub(crate) fn naming_column(mut self, statement: &Statement<'_>) -> Self {
        let number = self.0.parameter;
        let (Some(column), Some(reason)) = (
            number.and_then(|number| statement.column_of(number)),
            &self.0.source,
        ) else {
            return self;
        };
        let (table, column) = (column.0.name, column.1);
        self.0.message = format!("column `{column}` of table `{table}`: {reason}");
        self.with_columns(table, vec![column.to_owned()])
    }

    /// Says where it happened, before what happened.
    #[cold]
    pub(crate) fn within(mut self, place: impl fmt::Display) -> Self {
        self.0.message = format!("{place}: {}", self.0.message);
        self
    }

    /// Where in the statement the database stopped, if it says so.
    pub(crate) fn position(&self) -> Option<Position> {
        self.0.position
    }

    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    pub(crate) fn with_position(mut self, position: Position) -> Self {
        self.0.position = Some(position);
        self
    }

    /// Adds what to do about it.
    #[cold]
    pub(crate) fn with_advice(mut self, advice: &str) -> Self {
        self.0.message.push_str(": ");
        self.0.message.push_str(advice);
        self
    }

    pub(crate) fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    #[cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code))] // for drivers
    pub(crate) fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    #[cfg_attr(not(any(feature = "postgres", feature = "sqlite")), allow(dead_code))] // for drivers
    pub(crate) fn with_constraint(mut self, constraint: impl Into<String>) -> Self {
        self.0.constraint = Some(constraint.into());
        self
    }

    pub(crate) fn with_columns(mut self, table: impl Into<String>, columns: Vec<String>) -> Self {
        self.0.table = Some(table.into());
        self.0.columns = columns;
        self
    }

    /// The table alone, where the database does not say which columns.
    #[cfg(feature = "mysql")]
    pub(crate) fn with_table(mut self, table: impl Into<String>) -> Self {
        self.0.table = Some(table.into());
        self
    }

    /// A column alone, where the database does not say of which table.
    #[cfg(feature = "mysql")]
    pub(crate) fn with_column(mut self, column: impl Into<String>) -> Self {
        self.0.columns = vec![column.into()];
        self
    }

    /// Adds the statement, unless one is there already. Of its parameters nothing stays that is hidden.
    #[cold]
    pub(crate) fn with_statement(
        mut self,
        sql: &str,
        parameters: &[ValueRef<'_>],
        hidden: Hidden<'_>,
    ) -> Self {
        if self.0.statement.is_none() {
            self.0.statement = Some(FailedStatement::new(sql, parameters, hidden));
            self.hide_reason(hidden);
            if hidden.among(parameters).next().is_some() {
                self.hide(hidden.among(parameters));
            }
        }
        self
    }

    /// A value of a row does not fit.
    #[cold]
    pub(crate) fn of_cell(index: usize, name: &str, error: ValueError) -> Self {
        Error::at_cell(index, format_args!("column `{name}` of the result"), error)
    }

    /// As [`of_cell`](Error::of_cell), of one of many rows, counted from 1.
    #[cfg(feature = "_frames")]
    #[cold]
    pub(crate) fn of_cell_in_row(index: usize, name: &str, row: usize, error: ValueError) -> Self {
        let place = format_args!("column `{name}` in row {row} of the result");
        Error::at_cell(index, place, error)
    }

    fn at_cell(index: usize, place: fmt::Arguments<'_>, error: ValueError) -> Self {
        let message = format!("{place}: {error}");
        let mut refused = Error::new(ErrorKind::Data, message).with_source(error);
        refused.0.cell = Some(index);
        refused
    }

    /// Takes out why a value does not fit where it is hidden: that may show it.
    fn hide_reason(&mut self, hidden: Hidden<'_>) {
        let is_hidden = match (self.0.parameter, self.0.cell) {
            (Some(number), _) => hidden.hides(number - 1),
            (None, Some(cell)) => hidden.of_row().hides(cell),
            (None, None) => false,
        };
        if is_hidden {
            self.forget_reason();
        }
    }

    fn forget_reason(&mut self) {
        if let Some((place, _)) = self.0.message.split_once(": ") {
            self.0.message = format!("{place}: the value, which is hidden, does not fit");
            self.0.source = None;
        }
    }

    /// Takes out why a value of a row that is hidden does not fit.
    #[cold]
    pub(crate) fn of_hidden_row(mut self) -> Self {
        if self.0.cell.is_some() {
            self.forget_reason();
        }
        self
    }

    /// Takes values out of what the database said.
    fn hide<'v>(&mut self, hidden: impl Iterator<Item = ValueRef<'v>>) {
        let quotes_values = matches!(
            self.0.kind,
            ErrorKind::UniqueViolation | ErrorKind::Integrity | ErrorKind::Data
        );
        self.0.message = without_values(&self.0.message, quotes_values, hidden);
        // The driver's own error says the same in other words.
        self.0.source = None;
    }

    /// As [`with_statement`](Error::with_statement), for a statement that began long before it failed.
    #[cold]
    pub(crate) fn with_failed(mut self, statement: &FailedStatement) -> Self {
        if self.0.statement.is_none() {
            self.0.statement = Some(statement.clone());
            self.hide_reason(statement.hidden());
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match &self.0.statement {
            Some(statement) => write!(f, "\n{statement}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
