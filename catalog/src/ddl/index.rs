//! CREATE INDEX, and indexes within CREATE TABLE.

use crate::{Catalog, Index, IndexKey, IndexPart, SortOrder, Table};

use super::{DdlError, dialect::DdlDialect, expression, sql::Sql};

/// One CREATE INDEX statement.
pub(super) fn create(
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    name: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    write_create(catalog, table, index, name, dialect)
        .map_err(|error| error.within("index", name).within("table", &table.name))
}

/// Appends the definition of an index within its table.
pub(super) fn write(
    sql: &mut Sql,
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    name: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    write_kind(sql, catalog, index, dialect)?;
    sql.name(name)?;
    write_parts(sql, catalog, table, index, dialect)
}

fn write_create(
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    name: &str,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    let mut sql = Sql::new(dialect);
    sql.push("CREATE ");
    write_kind(&mut sql, catalog, index, dialect)?;
    dialect.push_index_on(&mut sql, name, &table.name)?;
    write_parts(&mut sql, catalog, table, index, dialect)?;
    if let Some(condition) = &index.condition {
        sql.push(" WHERE ");
        let names = expression::Scope::of(catalog, table);
        sql.push(&expression::translate(condition, names, dialect)?);
    }
    sql.finish()
}

fn write_kind(
    sql: &mut Sql,
    catalog: &Catalog,
    index: &Index,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    dialect.admit_index(catalog.dialect, index)?;
    if index.parts.is_empty() {
        return Err(DdlError::new("it has no columns"));
    }
    if dialect.has_indexes_in_tables() {
        // FULLTEXT and SPATIAL indexes are of another kind and not of another method.
        if let Some(kind) = special_kind(index) {
            sql.push(&kind.to_uppercase());
            sql.push(" ");
        }
    }
    sql.push(if index.unique {
        "UNIQUE INDEX "
    } else {
        "INDEX "
    });
    Ok(())
}

/// The kind of an index of MySQL that is not searched like others.
pub(super) fn special_kind(index: &Index) -> Option<&str> {
    let method = index.method.as_deref()?;
    let mut kinds = ["fulltext", "spatial", "vector"].into_iter();
    kinds.find(|kind| method.eq_ignore_ascii_case(kind))
}

fn write_parts(
    sql: &mut Sql,
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    dialect.push_index_method(sql, catalog.dialect, index);
    for (position, part) in index.parts.iter().enumerate() {
        sql.push(if position == 0 { " (" } else { ", " });
        dialect.admit_index_part(index, part)?;
        write_part(sql, catalog, table, index, part, dialect)?;
    }
    sql.push(")");
    dialect.push_index_end(sql, index)
}

fn write_part(
    sql: &mut Sql,
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    part: &IndexPart,
    dialect: &'static dyn DdlDialect,
) -> Result<(), DdlError> {
    match (dialect.index_part(catalog, table, index, part)?, &part.key) {
        (Some(written), _) => sql.push(&written),
        (None, IndexKey::Column(column)) => sql.name(column)?,
        (None, IndexKey::Expression(expression)) => {
            let names = expression::Scope::of(catalog, table);
            sql.push("(");
            sql.push(&expression::translate(expression, names, dialect)?);
            sql.push(")");
        }
    }
    if let Some(collation) = &part.collation
        && let Some(name) = dialect.collation(catalog.dialect, collation)?
    {
        sql.push(" COLLATE ");
        sql.name(name)?;
    }
    if let Some(class) = &part.operator_class {
        sql.push(" ");
        sql.push(class);
    }
    sql.push(match part.order {
        None => "",
        Some(SortOrder::Ascending) => " ASC",
        Some(SortOrder::Descending) => " DESC",
    });
    dialect.push_index_nulls(sql, part);
    Ok(())
}
