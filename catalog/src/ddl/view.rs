//! CREATE VIEW and DROP VIEW.

use crate::{Catalog, View};

use super::{DdlError, dialect::DdlDialect, expression, sql::Sql};

pub(super) fn create(
    catalog: &Catalog,
    view: &View,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    write_create(catalog, view, dialect).map_err(|error| error.within("view", &view.name))
}

pub(super) fn drop(view: &View, dialect: &'static dyn DdlDialect) -> Result<String, DdlError> {
    let mut sql = Sql::new(dialect);
    sql.push("DROP ");
    push_kind(&mut sql, view);
    sql.qualified(&view.name)
        .and_then(|()| sql.finish())
        .map_err(|error| error.within("view", &view.name))
}

fn write_create(
    catalog: &Catalog,
    view: &View,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    dialect.admit_view(view)?;
    let mut sql = Sql::new(dialect);
    sql.push("CREATE ");
    push_kind(&mut sql, view);
    sql.qualified(&view.name)?;
    if !view.columns.is_empty() {
        sql.push(" ");
        sql.names(&view.columns)?;
    }
    sql.push(" AS\n");
    let query = view.query.trim_end_matches([';', ' ', '\t', '\r', '\n']);
    if catalog.dialect == dialect.dialect() {
        sql.push(query);
    } else {
        sql.push(&expression::requote(query, catalog, dialect)?);
    }
    sql.finish()
}

fn push_kind(sql: &mut Sql, view: &View) {
    sql.push(match view.materialized {
        true => "MATERIALIZED VIEW ",
        false => "VIEW ",
    });
}
