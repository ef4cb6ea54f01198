//! Foreign keys: within CREATE TABLE, and added or dropped by ALTER TABLE where tables refer to each other in a circle.

use std::collections::HashMap;

use crate::{Catalog, Deferrable, ForeignKey, MatchType, Name, Table};

use super::{DdlError, dialect::DdlDialect, names::Names, order, sql::Sql};

/// The foreign keys of one table, each with its name.
pub(super) struct TableKeys<'c> {
    pub(super) table: &'c Table,
    /// Those that CREATE TABLE declares.
    pub(super) early: Vec<(&'c ForeignKey, Option<String>)>,
    /// Those to tables or indexes that are created later.
    pub(super) late: Vec<(&'c ForeignKey, String)>,
}

/// All tables in the order of their creation, with their foreign keys. Creating and dropping have to give the same names.
pub(super) fn of_tables<'c>(
    catalog: &'c Catalog,
    names: &mut Names,
    dialect: &'static dyn DdlDialect,
) -> Vec<TableKeys<'c>> {
    let tables = order::creation_order(catalog);
    let positions: HashMap<&Name, usize> = tables
        .iter()
        .enumerate()
        .map(|(position, table)| (&table.name, position))
        .collect();
    let of_table = |(position, table): (usize, &'c Table)| {
        let mut keys = TableKeys {
            table,
            early: Vec::new(),
            late: Vec::new(),
        };
        for key in &table.foreign_keys {
            let target = positions.get(&key.table);
            let is_late = dialect.adds_foreign_keys()
                && target.is_some_and(|target| {
                    *target > position || waits_for_index(key, tables[*target], dialect)
                });
            let name = names.foreign_key(table, key, is_late);
            match name {
                Some(name) if is_late => keys.late.push((key, name)),
                name => keys.early.push((key, name)),
            }
        }
        keys
    };
    tables.iter().copied().enumerate().map(of_table).collect()
}

/// Whether a foreign key leads to columns that only an index makes unique, which is created behind the tables.
fn waits_for_index(key: &ForeignKey, target: &Table, dialect: &'static dyn DdlDialect) -> bool {
    let same = |columns: &[String]| {
        columns.len() == key.references.len()
            && columns.iter().all(|column| key.references.contains(column))
    };
    let is_constrained =
        same(target.key_columns()) || target.uniques.iter().any(|it| same(&it.columns));
    !dialect.has_indexes_in_tables() && !is_constrained && target.is_unique(&key.references)
}

/// `ALTER TABLE … ADD CONSTRAINT …`
pub(super) fn add(
    table: &Table,
    key: &ForeignKey,
    name: &String,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    let written = || {
        let mut sql = Sql::new(dialect);
        sql.push("ALTER TABLE ");
        sql.qualified(&table.name)?;
        sql.push(" ADD ");
        write(&mut sql, table, key, Some(name), dialect)?;
        sql.finish()
    };
    written().map_err(|error| {
        error
            .within("foreign key", name)
            .within("table", &table.name)
    })
}

/// `ALTER TABLE … DROP CONSTRAINT …`
pub(super) fn drop(
    table: &Table,
    name: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    let written = || {
        let mut sql = Sql::new(dialect);
        sql.push("ALTER TABLE ");
        sql.qualified(&table.name)?;
        sql.push(dialect.drop_foreign_key());
        sql.name(name)?;
        sql.finish()
    };
    written().map_err(|error| {
        error
            .within("foreign key", name)
            .within("table", &table.name)
    })
}

/// Appends a foreign key as a constraint of its table.
pub(super) fn write(
    sql: &mut Sql,
    table: &Table,
    key: &ForeignKey,
    name: Option<&String>,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    if key.columns.len() != key.references.len() {
        return Err(DdlError::new(format!(
            "{} columns refer to {} columns of `{}`",
            key.columns.len(),
            key.references.len(),
            key.table
        )));
    }
    dialect.admit_foreign_key(key)?;
    sql.constraint(name)?;
    sql.push("FOREIGN KEY ");
    sql.names(&key.columns)?;
    sql.push(" REFERENCES ");
    dialect.push_reference(sql, &table.name, &key.table)?;
    sql.push(" ");
    sql.names(&key.references)?;
    // Where there is one column, all ways to compare are the same; MySQL would not heed the actions behind a MATCH.
    if let Some(match_type) = key
        .match_type
        .filter(|_| dialect.has_match_and_deferrable())
    {
        sql.push(match match_type {
            MatchType::Simple => " MATCH SIMPLE",
            MatchType::Full => " MATCH FULL",
            MatchType::Partial => " MATCH PARTIAL",
        });
    }
    for (event, action) in [
        (" ON DELETE ", key.on_delete),
        (" ON UPDATE ", key.on_update),
    ] {
        if let Some(action) = action {
            sql.push(event);
            sql.push(action.sql());
        }
    }
    if dialect.has_match_and_deferrable() {
        write_deferrable(sql, key.deferrable);
    }
    Ok(())
}

/// Appends when a constraint is checked.
pub(super) fn write_deferrable(sql: &mut Sql, deferrable: Option<Deferrable>) {
    sql.push(match deferrable {
        None => "",
        Some(Deferrable {
            deferrable: false, ..
        }) => " NOT DEFERRABLE",
        Some(Deferrable {
            initially_deferred: false,
            ..
        }) => " DEFERRABLE INITIALLY IMMEDIATE",
        Some(Deferrable {
            initially_deferred: true,
            ..
        }) => " DEFERRABLE INITIALLY DEFERRED",
    });
}
