//! CREATE TABLE and DROP TABLE.

use crate::{Catalog, Name, PrimaryKey, Table, Unique};

use super::{
    DdlError, column,
    dialect::DdlDialect,
    expression,
    foreign_key::{self, TableKeys},
    index,
    names::Names,
    sql::Sql,
};

pub(super) fn create(
    catalog: &Catalog,
    keys: &TableKeys<'_>,
    names: &mut Names,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    let mut writer = Writer {
        sql: Sql::new(dialect),
        catalog,
        table: keys.table,
        names,
        dialect,
    };
    writer
        .write(keys)
        .and_then(|()| writer.sql.finish())
        .map_err(|error| error.within("table", &keys.table.name))
}

pub(super) fn drop(name: &Name, dialect: &'static dyn DdlDialect) -> Result<String, DdlError> {
    let mut sql = Sql::new(dialect);
    sql.push("DROP TABLE ");
    sql.qualified(name)
        .and_then(|()| sql.finish())
        .map_err(|error| error.within("table", name))
}

struct Writer<'c, 'n> {
    sql: Sql,
    catalog: &'c Catalog,
    table: &'c Table,
    names: &'n mut Names,
    dialect: &'static dyn DdlDialect,
}

impl Writer<'_, '_> {
    fn write(&mut self, keys: &TableKeys<'_>) -> Result<(), DdlError> {
        let table = self.table;
        self.dialect.admit_table(table)?;
        self.sql.push("CREATE TABLE ");
        self.sql.qualified(&table.name)?;
        self.sql.push(" (");
        let (has_key, checks) = self.columns()?;
        if let Some(key) = table.primary_key.as_ref().filter(|_| !has_key) {
            self.primary_key(key)
                .map_err(|error| place(error, "primary key", &key.name, &key.columns))?;
        }
        for unique in &table.uniques {
            self.unique(unique).map_err(|error| {
                place(error, "unique constraint", &unique.name, &unique.columns)
            })?;
        }
        for (key, name) in &keys.early {
            self.sql.push(",\n  ");
            foreign_key::write(&mut self.sql, table, key, name.as_ref(), self.dialect)
                .map_err(|error| place(error, "foreign key", &key.name, &key.columns))?;
        }
        for condition in &checks {
            self.check(None, condition)?;
        }
        for check in &table.checks {
            let names = expression::Scope::of(self.catalog, table);
            expression::translate(&check.expression, names, self.dialect)
                .and_then(|condition| {
                    let name = self.names.check(table, check.name.as_ref());
                    self.check(name.as_ref(), &condition)
                })
                .map_err(|error| match &check.name {
                    Some(name) => error.within("check constraint", name),
                    None => error,
                })?;
        }
        if self.dialect.has_indexes_in_tables() {
            self.indexes()?;
        }
        for line in self.dialect.more_in_table(self.catalog, table)? {
            self.sql.push(",\n  ");
            self.sql.push(&line);
        }
        self.sql.push("\n)");
        let options = self.dialect.table_options(self.catalog, table)?;
        self.sql.push(&options);
        Ok(())
    }

    /// Appends all columns. Returns whether one of them says that it is the key, and the checks that they leave to the table.
    fn columns(&mut self) -> Result<(bool, Vec<String>), DdlError> {
        let mut has_key = false;
        let mut checks = Vec::new();
        for (position, column) in self.table.columns.iter().enumerate() {
            self.sql.push(if position == 0 { "\n  " } else { ",\n  " });
            let written = column::write(
                &mut self.sql,
                self.catalog,
                self.table,
                column,
                self.dialect,
            )
            .map_err(|error| error.within("column", &column.name))?;
            has_key |= written.is_key;
            checks.extend(written.checks);
        }
        Ok((has_key, checks))
    }

    fn primary_key(&mut self, key: &PrimaryKey) -> Result<(), DdlError> {
        self.sql.push(",\n  ");
        let name = self.names.key(self.table, key.name.as_ref());
        write_primary_key(&mut self.sql, key, name.as_ref())
    }

    fn unique(&mut self, unique: &Unique) -> Result<(), DdlError> {
        self.sql.push(",\n  ");
        let name = self.names.key(self.table, unique.name.as_ref());
        write_unique(&mut self.sql, unique, name.as_ref(), self.dialect)
    }

    fn check(&mut self, name: Option<&String>, condition: &str) -> Result<(), DdlError> {
        self.sql.push(",\n  ");
        write_check(&mut self.sql, name, condition)
    }

    fn indexes(&mut self) -> Result<(), DdlError> {
        for index in &self.table.indexes {
            let name = self.names.index(self.table, index);
            self.sql.push(",\n  ");
            index::write(
                &mut self.sql,
                self.catalog,
                self.table,
                index,
                &name,
                self.dialect,
            )
            .map_err(|error| error.within("index", &name))?;
        }
        Ok(())
    }
}

/// Appends a primary key as a constraint of its table.
pub(super) fn write_primary_key(
    sql: &mut Sql,
    key: &PrimaryKey,
    name: Option<&String>,
) -> Result<(), DdlError> {
    sql.constraint(name)?;
    sql.push("PRIMARY KEY ");
    sql.names(&key.columns)
}

/// Appends a unique constraint.
pub(super) fn write_unique(
    sql: &mut Sql,
    unique: &Unique,
    name: Option<&String>,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    dialect.admit_unique(unique)?;
    sql.constraint(name)?;
    sql.push("UNIQUE ");
    if unique.nulls_not_distinct {
        sql.push("NULLS NOT DISTINCT ");
    }
    sql.names(&unique.columns)?;
    if dialect.has_match_and_deferrable() && dialect.defers_uniques() {
        foreign_key::write_deferrable(sql, unique.deferrable);
    }
    Ok(())
}

/// Appends a check.
pub(super) fn write_check(
    sql: &mut Sql,
    name: Option<&String>,
    condition: &str,
) -> Result<(), DdlError> {
    sql.constraint(name)?;
    sql.push("CHECK (");
    sql.push(condition);
    sql.push(")");
    Ok(())
}

fn place(error: DdlError, kind: &str, name: &Option<String>, columns: &[String]) -> DdlError {
    match name {
        Some(name) => error.within(kind, name),
        None => error.within(&format!("{kind} on"), columns.join(", ")),
    }
}
