//! The text of CREATE, DROP and ALTER statements.

mod alter;
mod column;
mod dialect;
mod domain;
pub(crate) mod expression;
mod foreign_key;
mod index;
mod moment;
mod mysql;
mod names;
mod order;
mod postgres;
mod schemas;
mod sql;
mod sqlite;
mod table;
mod values;
mod view;

use std::fmt;

use crate::{Catalog, Dialect, Name, Table};

use dialect::DdlDialect;
use mysql::Mysql;
use names::Names;
use postgres::Postgres;
use sqlite::Sqlite;

pub use alter::alter;
pub use order::creation_order;

/// Statements that are to run in this order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// The statements, without semicolons at their ends.
    pub statements: Vec<Statement>,
    /// Whether foreign keys have to be off while it runs. Only [`alter`] on SQLite asks for that: a table that others refer to
    /// is made anew there, and dropping the old one would do to their rows what deleting its rows does. `PRAGMA foreign_keys =
    /// OFF` does nothing within a transaction, so it comes before BEGIN; `PRAGMA foreign_key_check`, which then has to give
    /// nothing, before COMMIT; and `PRAGMA foreign_keys = ON` behind it.
    pub foreign_keys_off: bool,
    /// The tables that are made anew (SQLite), by their new names. Triggers on them are gone afterwards, since a catalog does
    /// not know them: whoever runs the script reads them from `sqlite_schema` before, drops those that name such a table,
    /// and creates them again.
    pub rebuilt: Vec<Name>,
}

impl Script {
    fn of(statements: Vec<Statement>) -> Self {
        Script {
            statements,
            ..Script::default()
        }
    }
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
    /// A view, materialized or not.
    View(Name),
    /// A namespace (`CREATE SCHEMA`).
    Schema(String),
    /// An enum or a domain.
    Type(Name),
    /// A sequence.
    Sequence(Name),
    /// A foreign key, by the name of its constraint.
    ForeignKey {
        /// The table that has it.
        table: Name,
        /// Its name.
        name: String,
    },
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

/// The statements that create everything in `catalog`: namespaces, sequences, enums and domains, where the dialect has them;
/// tables, before those that refer to them (see [`creation_order`]); indexes and comments; the foreign keys of tables that
/// refer to each other in a circle; views.
///
/// # Errors
/// When `dialect` cannot express what the catalog declares, or the catalog contradicts itself: an empty name, a foreign key
/// with more columns than it refers to, an enum or a domain that is not there. A clause is never left out silently: what is
/// no error is written, or does the same in other words. Only comments and sequences that nobody uses are left out where a
/// dialect has none.
pub fn create_all(catalog: &Catalog, dialect: Dialect) -> Result<Script, DdlError> {
    let dialect = rules(dialect);
    let mut names = Names::new(catalog, dialect);
    let tables = foreign_key::of_tables(catalog, &mut names, dialect);
    let mut statements = dialect.before_tables(catalog)?;
    for keys in &tables {
        statements.push(Statement {
            of: Object::Table(keys.table.name.clone()),
            sql: table::create(catalog, keys, &mut names, dialect)?,
        });
    }
    for keys in &tables {
        let indexes = match dialect.has_indexes_in_tables() {
            true => Vec::new(),
            false => create_indexes(&mut statements, catalog, keys.table, &mut names, dialect)?,
        };
        statements.extend(dialect.table_comments(keys.table, &indexes)?);
    }
    for keys in &tables {
        for (key, name) in &keys.late {
            statements.push(Statement {
                of: Object::Table(keys.table.name.clone()),
                sql: foreign_key::add(keys.table, key, name, dialect)?,
            });
        }
    }
    for view in view::creation_order(catalog) {
        statements.push(Statement {
            of: Object::View(view.name.clone()),
            sql: view::create(catalog, view, dialect)?,
        });
        statements.extend(dialect.view_comments(view)?);
    }
    Ok(Script::of(statements))
}

/// Appends the statements for the indexes of a table. Returns their names.
fn create_indexes(
    statements: &mut Vec<Statement>,
    catalog: &Catalog,
    table: &Table,
    names: &mut Names,
    dialect: &'static dyn DdlDialect,
) -> Result<Vec<String>, DdlError> {
    let mut written = Vec::new();
    for index in &table.indexes {
        let name = names.index(table, index);
        statements.push(Statement {
            of: Object::Table(table.name.clone()),
            sql: index::create(catalog, table, index, &name, dialect)?,
        });
        written.push(name);
    }
    Ok(written)
}

/// The statements that drop everything in `catalog`, in the opposite order. Indexes go with their tables. Foreign keys of
/// tables that refer to each other in a circle are dropped before these. Nothing is dropped that the catalog does not
/// declare: what refers to its tables from elsewhere makes the database refuse, and namespaces stay.
///
/// Where rows refer to each other in a circle, no order satisfies SQLite while it enforces foreign keys: run the statements in
/// one transaction, behind `PRAGMA defer_foreign_keys = ON`.
///
/// # Errors
/// When a name is empty, or longer than the database keeps.
pub fn drop_all(catalog: &Catalog, dialect: Dialect) -> Result<Script, DdlError> {
    let dialect = rules(dialect);
    let mut names = Names::new(catalog, dialect);
    let mut statements = Vec::new();
    for view in view::creation_order(catalog).into_iter().rev() {
        statements.push(Statement {
            of: Object::View(view.name.clone()),
            sql: view::drop(view, dialect)?,
        });
    }
    let tables = foreign_key::of_tables(catalog, &mut names, dialect);
    for keys in &tables {
        for (_, name) in &keys.late {
            statements.push(Statement {
                of: Object::ForeignKey {
                    table: keys.table.name.clone(),
                    name: name.clone(),
                },
                sql: foreign_key::drop(keys.table, name, dialect)?,
            });
        }
    }
    for keys in tables.iter().rev() {
        statements.push(Statement {
            of: Object::Table(keys.table.name.clone()),
            sql: table::drop(&keys.table.name, dialect)?,
        });
    }
    statements.extend(dialect.after_tables(catalog)?);
    Ok(Script::of(statements))
}

fn rules(dialect: Dialect) -> &'static dyn DdlDialect {
    match dialect {
        Dialect::Sqlite => &Sqlite,
        Dialect::Postgres => &Postgres,
        Dialect::Mysql => &Mysql,
    }
}
