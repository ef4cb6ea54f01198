//! What stands behind a table's columns.

use crate::{Catalog, Dialect, Table};

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

/// The first number of the column that is counted up, where that is not 1.
fn start(catalog: &Catalog, table: &Table) -> Result<Option<i64>, DdlError> {
    for column in &table.columns {
        let scope = ColumnScope {
            catalog,
            table,
            column,
            ty: domain::resolve(catalog, &column.ty)?.ty,
        };
        let Some(identity) = column::identity(scope, &Mysql) else {
            continue;
        };
        let sequence = identity.sequence.as_ref();
        let start = sequence.and_then(|sequence| sequence.start.or(sequence.min));
        return Ok(start.filter(|start| *start != 1));
    }
    Ok(None)
}
