//! COMMENT ON.

use crate::{Name, Table, View};

use super::super::{DdlError, Object, Statement, sql::Sql};
use super::Postgres;

/// The comments of a table, its columns, and its indexes, which have these names.
pub(super) fn of_table(table: &Table, indexes: &[String]) -> Result<Vec<Statement>, DdlError> {
    let of = || Object::Table(table.name.clone());
    let mut statements = Vec::new();
    statements.extend(comment(
        "TABLE",
        &table.name,
        None,
        table.comment.as_ref(),
        of(),
    )?);
    for column in &table.columns {
        let (name, text) = (Some(&column.name), column.comment.as_ref());
        statements.extend(comment("COLUMN", &table.name, name, text, of())?);
    }
    for (index, name) in table.indexes.iter().zip(indexes) {
        let name = Name {
            schema: table.name.schema.clone(),
            name: name.clone(),
        };
        statements.extend(comment("INDEX", &name, None, index.comment.as_ref(), of())?);
    }
    Ok(statements)
}

/// The comment of a view.
pub(super) fn of_view(view: &View) -> Result<Vec<Statement>, DdlError> {
    let kind = match view.materialized {
        true => "MATERIALIZED VIEW",
        false => "VIEW",
    };
    let of = Object::View(view.name.clone());
    let statement = comment(kind, &view.name, None, view.comment.as_ref(), of)?;
    Ok(statement.into_iter().collect())
}

/// The comment of an enum or a domain.
pub(super) fn of_type(
    kind: &str,
    name: &Name,
    text: Option<&String>,
) -> Result<Option<Statement>, DdlError> {
    comment(kind, name, None, text, Object::Type(name.clone()))
}

fn comment(
    kind: &str,
    name: &Name,
    column: Option<&String>,
    text: Option<&String>,
    of: Object,
) -> Result<Option<Statement>, DdlError> {
    match text {
        Some(_) => set(kind, name, column, text, of).map(Some),
        None => Ok(None),
    }
}

/// The statement that gives something a comment, or takes it.
pub(in super::super) fn set(
    kind: &str,
    name: &Name,
    column: Option<&String>,
    text: Option<&String>,
    of: Object,
) -> Result<Statement, DdlError> {
    let mut sql = Sql::new(&Postgres);
    sql.push("COMMENT ON ");
    sql.push(kind);
    sql.push(" ");
    sql.qualified(name)?;
    if let Some(column) = column {
        sql.push(".");
        sql.name(column)?;
    }
    sql.push(" IS ");
    match text {
        Some(text) => sql.literal(text),
        None => sql.push("NULL"),
    }
    Ok(Statement {
        of,
        sql: sql.finish()?,
    })
}
