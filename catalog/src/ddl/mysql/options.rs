//! What stands behind a table's columns.

use std::borrow::Cow;

use crate::{Catalog, Column, Dialect, Identity, Index, IndexKey, Table};

use super::super::{DdlError, column, dialect::ColumnScope, domain, sql::Sql};
use super::{Mysql, limits::BINARY_COLLATION};

/// The options as declared; without them, InnoDB and all of Unicode. SQLite and PostgreSQL compare texts by their bytes, so
/// tables of their schemas do so too: MySQL's own default takes 'a' and 'A' for equal, and a unique constraint would refuse
/// one of them.
pub(super) fn of_table(catalog: &Catalog, table: &Table) -> Result<String, DdlError> {
    let declared = || {
        let options = table.options.iter();
        options.filter(|option| option.dialect == Dialect::Mysql)
    };
    let has = |name: &str| declared().any(|option| option.name == name);
    let mut sql = Sql::new(&Mysql);
    if !has("ENGINE") {
        sql.push(" ENGINE=InnoDB");
    }
    if !has("CHARSET") && !has("COLLATE") {
        sql.push(" DEFAULT CHARSET=utf8mb4");
        if catalog.dialect != Dialect::Mysql {
            sql.push(" COLLATE=");
            sql.push(BINARY_COLLATION);
        }
    }
    let is_last = |name: &str| ["PARTITION BY", "WITH SYSTEM VERSIONING"].contains(&name);
    for option in declared().filter(|option| !is_last(&option.name)) {
        sql.push(" ");
        sql.push(&option.name);
        if let Some(value) = &option.value {
            sql.push("=");
            sql.push(value);
        }
    }
    if !has("AUTO_INCREMENT")
        && let Some(start) = start(catalog, table)?
    {
        sql.push(&format!(" AUTO_INCREMENT={start}"));
    }
    if let Some(comment) = &table.comment {
        sql.push(" COMMENT=");
        sql.literal(comment);
    }
    for option in declared().filter(|option| is_last(&option.name)) {
        sql.push(" ");
        sql.push(&option.name);
        if let Some(value) = &option.value {
            sql.push(" ");
            sql.push(value);
        }
    }
    sql.finish()
}

/// An index for the column that is counted up, where no key begins with it: MySQL wants one.
pub(super) fn index_of_counted(catalog: &Catalog, table: &Table) -> Result<Vec<String>, DdlError> {
    let Some((column, _)) = counted(catalog, table)? else {
        return Ok(Vec::new());
    };
    let begins = |columns: &[String]| columns.first() == Some(&column.name);
    let begins_index = |index: &Index| match index.parts.first().map(|part| &part.key) {
        Some(IndexKey::Column(first)) => *first == column.name,
        _ => false,
    };
    let has_key = begins(table.key_columns())
        || table.uniques.iter().any(|unique| begins(&unique.columns))
        || table.indexes.iter().any(begins_index);
    if has_key {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(&Mysql);
    sql.push("INDEX (");
    sql.name(&column.name)?;
    sql.push(")");
    Ok(vec![sql.finish()?])
}

/// The first number of the column that is counted up, where that is not 1.
fn start(catalog: &Catalog, table: &Table) -> Result<Option<i64>, DdlError> {
    let identity = counted(catalog, table)?.map(|(_, identity)| identity);
    let sequence = identity
        .as_ref()
        .and_then(|identity| identity.sequence.as_ref());
    let start = sequence.and_then(|sequence| sequence.start.or(sequence.min));
    Ok(start.filter(|start| *start != 1))
}

/// The column that is counted up, and how.
fn counted<'c>(
    catalog: &'c Catalog,
    table: &'c Table,
) -> Result<Option<(&'c Column, Cow<'c, Identity>)>, DdlError> {
    for column in &table.columns {
        let scope = ColumnScope {
            catalog,
            table,
            column,
            ty: domain::resolve(catalog, &column.ty)?.ty,
        };
        if let Some(identity) = column::identity(scope, &Mysql) {
            return Ok(Some((column, identity)));
        }
    }
    Ok(None)
}
