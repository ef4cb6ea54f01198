//! CREATE TABLE and DROP TABLE.

use crate::{Catalog, Check, Deferrable, ForeignKey, MatchType, PrimaryKey, Table, Unique};

use super::{DdlError, column, dialect::DdlDialect, sql::Sql};

pub(super) fn create(
    catalog: &Catalog,
    table: &Table,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    write_create(catalog, table, dialect).map_err(|error| error.within("table", &table.name))
}

pub(super) fn drop(table: &Table, dialect: &'static dyn DdlDialect) -> Result<String, DdlError> {
    let mut sql = Sql::new(dialect);
    sql.push("DROP TABLE ");
    sql.qualified(&table.name)
        .and_then(|()| sql.finish())
        .map_err(|error| error.within("table", &table.name))
}

fn write_create(
    catalog: &Catalog,
    table: &Table,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    dialect.admit_table(table)?;
    let mut sql = Sql::new(dialect);
    sql.push("CREATE TABLE ");
    sql.qualified(&table.name)?;
    sql.push(" (");
    let mut has_key = false;
    for (position, column) in table.columns.iter().enumerate() {
        sql.push(if position == 0 { "\n  " } else { ",\n  " });
        has_key |= column::write(&mut sql, catalog, table, column, dialect)
            .map_err(|error| error.within("column", &column.name))?;
    }
    if let Some(key) = table.primary_key.as_ref().filter(|_| !has_key) {
        write_primary_key(&mut sql, key)
            .map_err(|error| place(error, "primary key", &key.name, &key.columns))?;
    }
    for unique in &table.uniques {
        write_unique(&mut sql, unique, dialect)
            .map_err(|error| place(error, "unique constraint", &unique.name, &unique.columns))?;
    }
    for key in &table.foreign_keys {
        write_foreign_key(&mut sql, table, key, dialect)
            .map_err(|error| place(error, "foreign key", &key.name, &key.columns))?;
    }
    for check in &table.checks {
        let condition = dialect.condition(catalog, table, &check.expression)?;
        write_check(&mut sql, check, &condition)
            .map_err(|error| place(error, "check constraint", &check.name, &[]))?;
    }
    sql.push("\n)");
    sql.push(&dialect.table_options(table)?);
    sql.finish()
}

fn place(error: DdlError, kind: &str, name: &Option<String>, columns: &[String]) -> DdlError {
    match name {
        Some(name) => error.within(kind, name),
        None => error.within(&format!("{kind} on"), columns.join(", ")),
    }
}

fn write_primary_key(sql: &mut Sql, key: &PrimaryKey) -> Result<(), DdlError> {
    sql.push(",\n  ");
    sql.constraint(key.name.as_ref())?;
    sql.push("PRIMARY KEY ");
    sql.names(&key.columns)
}

fn write_unique(
    sql: &mut Sql,
    unique: &Unique,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    dialect.admit_unique(unique)?;
    sql.push(",\n  ");
    sql.constraint(unique.name.as_ref())?;
    sql.push("UNIQUE ");
    sql.names(&unique.columns)
}

fn write_check(sql: &mut Sql, check: &Check, condition: &str) -> Result<(), DdlError> {
    sql.push(",\n  ");
    sql.constraint(check.name.as_ref())?;
    sql.push("CHECK (");
    sql.push(condition);
    sql.push(")");
    Ok(())
}

fn write_foreign_key(
    sql: &mut Sql,
    table: &Table,
    key: &ForeignKey,
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
    sql.push(",\n  ");
    sql.constraint(key.name.as_ref())?;
    sql.push("FOREIGN KEY ");
    sql.names(&key.columns)?;
    sql.push(" REFERENCES ");
    dialect.push_reference(sql, &table.name, &key.table)?;
    sql.push(" ");
    sql.names(&key.references)?;
    if let Some(match_type) = key.match_type {
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
    write_deferrable(sql, key.deferrable);
    Ok(())
}

fn write_deferrable(sql: &mut Sql, deferrable: Option<Deferrable>) {
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
