//! The namespaces that a catalog's objects stand in.

use std::collections::BTreeSet;

use crate::Catalog;

use super::{DdlError, Object, Statement, dialect::DdlDialect, sql::Sql};

/// The statements that create them, but for those that are always there.
pub(super) fn create(
    catalog: &Catalog,
    always: &[&str],
    dialect: &'static dyn DdlDialect,
) -> Result<Vec<Statement>, DdlError> {
    let tables = catalog.tables.iter().map(|table| &table.name);
    let all = tables
        .chain(catalog.views.iter().map(|view| &view.name))
        .chain(catalog.enums.iter().map(|enumeration| &enumeration.name))
        .chain(catalog.domains.iter().map(|domain| &domain.name))
        .chain(catalog.sequences.iter().filter_map(|it| it.name.as_ref()));
    let schemas: BTreeSet<&str> = all
        .filter_map(|name| name.schema.as_deref())
        .filter(|schema| !always.contains(schema))
        .collect();
    schemas
        .into_iter()
        .map(|schema| {
            let mut sql = Sql::new(dialect);
            sql.push("CREATE SCHEMA ");
            sql.name(schema)
                .map_err(|error| error.within("schema", schema))?;
            Ok(Statement {
                of: Object::Schema(schema.into()),
                sql: sql.finish()?,
            })
        })
        .collect()
}
