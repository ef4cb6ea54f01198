//! The text of CREATE and DROP statements.

mod column;
mod dialect;
mod domain;
mod expression;
mod index;
mod order;
mod sql;
mod sqlite;
mod table;
mod view;

use std::fmt;

use crate::{Catalog, Dialect, Name};

use dialect::DdlDialect;
use sqlite::Sqlite;

pub use order::creation_order;

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

impl DdlError {
    fn new(reason: impl Into<String>) -> Self {
        DdlError(reason.into())
    }

    /// The same error, with the place where it came up in front.
    fn within(self, kind: &str, name: impl fmt::Display) -> Self {
        DdlError(format!("{kind} `{name}`: {}", self.0))
    }
}

impl fmt::Display for DdlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DdlError {}

/// The statements that create everything in `catalog`: tables before those that refer to them (see [`creation_order`]), then
/// indexes, then views. Sequences, enums and comments give statements only where the dialect has them.
///
/// # Errors
/// When `dialect` cannot express what the catalog declares, or the catalog contradicts itself: an empty name, a foreign key
/// with more columns than it refers to, an enum or a domain that is not there. A clause is never left out silently: what is
/// no error is written, or does the same in other words.
///
/// Only SQLite's DDL is written so far; the other dialects are an error.
pub fn create_all(catalog: &Catalog, dialect: Dialect) -> Result<Script, DdlError> {
    let dialect = rules(dialect)?;
    let tables = creation_order(catalog);
    let mut statements = Vec::new();
    for table in &tables {
        statements.push(Statement {
            of: Object::Table(table.name.clone()),
            sql: table::create(catalog, table, dialect)?,
        });
    }
    let mut names = index::Names::new(catalog);
    for table in &tables {
        for index in &table.indexes {
            statements.push(Statement {
                of: Object::Table(table.name.clone()),
                sql: index::create(catalog, table, index, &mut names, dialect)?,
            });
        }
    }
    for view in &catalog.views {
        statements.push(Statement {
            of: Object::View(view.name.clone()),
            sql: view::create(view, dialect)?,
        });
    }
    Ok(Script { statements })
}

/// The statements that drop everything in `catalog`, in the opposite order. Indexes go with their tables.
///
/// Where rows refer to each other in a circle, no order satisfies SQLite while it enforces foreign keys: run the statements in
/// one transaction, behind `PRAGMA defer_foreign_keys = ON`.
///
/// # Errors
/// When a name is empty, or `dialect` is one whose DDL is not written yet.
pub fn drop_all(catalog: &Catalog, dialect: Dialect) -> Result<Script, DdlError> {
    let dialect = rules(dialect)?;
    let mut statements = Vec::new();
    for view in catalog.views.iter().rev() {
        statements.push(Statement {
            of: Object::View(view.name.clone()),
            sql: view::drop(view, dialect)?,
        });
    }
    for table in creation_order(catalog).into_iter().rev() {
        statements.push(Statement {
            of: Object::Table(table.name.clone()),
            sql: table::drop(table, dialect)?,
        });
    }
    Ok(Script { statements })
}

fn rules(dialect: Dialect) -> Result<&'static dyn DdlDialect, DdlError> {
    match dialect {
        Dialect::Sqlite => Ok(&Sqlite),
        Dialect::Postgres | Dialect::Mysql => Err(DdlError::new(format!(
            "creating tables is not supported for the dialect {dialect} yet"
        ))),
    }
}
