//! CREATE VIEW and DROP VIEW.

use crate::{Catalog, View};

use super::{DdlError, dialect::DdlDialect, expression, sql::Sql};

/// The views, each behind those that its query names, and otherwise as declared: dumps list them by name.
pub(super) fn creation_order(catalog: &Catalog) -> Vec<&View> {
    let mut waiting: Vec<&View> = catalog.views.iter().collect();
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let needs = |view: &View, other: &View| {
            view.name != other.name && expression::names(&view.query, &other.name.name)
        };
        let is_ready = |view: &&View| !waiting.iter().any(|other| needs(view, other));
        // Views that name each other in a circle come as they were declared.
        let next = waiting.iter().position(is_ready).unwrap_or_default();
        order.push(waiting.remove(next));
    }
    order
}

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
