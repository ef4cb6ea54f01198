//! CREATE VIEW and DROP VIEW.

use crate::View;

use super::{DdlError, dialect::DdlDialect, sql::Sql};

pub(super) fn create(view: &View, dialect: &'static dyn DdlDialect) -> Result<String, DdlError> {
    write_create(view, dialect).map_err(|error| error.within("view", &view.name))
}

pub(super) fn drop(view: &View, dialect: &'static dyn DdlDialect) -> Result<String, DdlError> {
    let mut sql = Sql::new(dialect);
    sql.push("DROP VIEW ");
    sql.qualified(&view.name)
        .and_then(|()| sql.finish())
        .map_err(|error| error.within("view", &view.name))
}

fn write_create(view: &View, dialect: &'static dyn DdlDialect) -> Result<String, DdlError> {
    dialect.admit_view(view)?;
    let mut sql = Sql::new(dialect);
    sql.push("CREATE VIEW ");
    sql.qualified(&view.name)?;
    if !view.columns.is_empty() {
        sql.push(" ");
        sql.names(&view.columns)?;
    }
    sql.push(" AS\n");
    sql.push(view.query.trim_end_matches([';', ' ', '\t', '\r', '\n']));
    sql.finish()
}
