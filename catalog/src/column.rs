//! Columns: their type, default, and how their values come about.

use serde::{Deserialize, Serialize};

use crate::{Sequence, Type};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: ColumnType,
    /// Whether it can be NULL. Columns of a primary key cannot, whatever the declaration says.
    pub nullable: bool,
    /// The value that the database fills in where none is given.
    pub default: Option<Default>,
    /// The expression that it is computed from.
    pub generated: Option<Generated>,
    /// Whether, and how, the database counts it up.
    pub identity: Option<Identity>,
    /// An expression that MySQL sets it to whenever its row changes (`ON UPDATE CURRENT_TIMESTAMP`).
    pub on_update: Option<String>,
    /// Its collation, where given.
    pub collation: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
}

impl Column {
    /// A column that cannot be NULL and has nothing else to it.
    pub fn new(name: impl Into<String>, ty: ColumnType) -> Self {
        Column {
            name: name.into(),
            ty,
            nullable: false,
            default: None,
            generated: None,
            identity: None,
            on_update: None,
            collation: None,
            comment: None,
        }
    }

    /// Whether an insert may leave it out: it can be NULL, or the database has something to fill in.
    pub fn is_optional_on_insert(&self) -> bool {
        self.nullable
            || self.default.is_some()
            || self.identity.is_some()
            || self.generated.is_some()
    }

    /// Whether the database refuses values of ours: it computes the column, or always counts it up.
    pub fn is_read_only(&self) -> bool {
        self.generated.is_some()
            || self
                .identity
                .as_ref()
                .is_some_and(|identity| identity.always)
    }
}

/// A type, neutral and as the schema spelled it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnType {
    /// The type that all databases understand.
    pub kind: Type,
    /// The schema's spelling: `varchar(20)`.
    pub sql: String,
}

impl ColumnType {
    /// A type and its spelling.
    pub fn new(kind: Type, sql: impl Into<String>) -> Self {
        ColumnType {
            kind,
            sql: sql.into(),
        }
    }
}

/// What the database fills in where an insert gives no value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Default {
    /// NULL, said explicitly.
    Null,
    /// A truth value.
    Boolean(bool),
    /// A number, as written.
    Number(String),
    /// A text, without its quotes.
    Text(String),
    /// The current date, time, or both: one of `CURRENT_DATE`, `CURRENT_TIME`, `CURRENT_TIMESTAMP`.
    Now(String),
    /// Any other expression, as written.
    Expression(String),
}

/// A computed column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The expression, as written.
    pub expression: String,
    /// When it is computed.
    pub storage: Storage,
}

/// When a generated column is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// When its row is written.
    Stored,
    /// When it is read.
    Virtual,
}

/// A column that the database counts up: `AUTOINCREMENT`, `AUTO_INCREMENT`, `SERIAL`, `GENERATED … AS IDENTITY`, and SQLite's
/// `INTEGER PRIMARY KEY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Whether values of ours are refused (`GENERATED ALWAYS`).
    pub always: bool,
    /// Whether a number is never used again (SQLite's `AUTOINCREMENT` keyword).
    pub strict: bool,
    /// The numbers of its sequence, where said.
    pub sequence: Option<Sequence>,
}
