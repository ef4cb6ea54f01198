//! A table as a struct.

use aludel_catalog::{Catalog, Column, Table, Type};

use super::{
    Names,
    models::{Entity, Field},
    rust_type::rust_type,
};
use crate::{diagnostic::Diagnostic, naming, parse::Positions};

pub(super) fn entity(
    catalog: &Catalog,
    table: &Table,
    positions: &Positions,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Entity {
    for column in &table.columns {
        warn_of_untyped(catalog, table, column, positions, diagnostics);
    }
    let name = match names.models.get(&table.name.to_string()) {
        Some(chosen) => chosen.clone(),
        None => naming::model(&table.name.name),
    };
    Entity {
        module: naming::module(&name),
        fields: table
            .columns
            .iter()
            .map(|column| field(catalog, column))
            .collect(),
        key: table
            .key_columns()
            .iter()
            .filter_map(|column| position(table, column))
            .collect(),
        relationships: Vec::new(),
        name,
    }
}

/// Where a table has a column.
pub(super) fn position(table: &Table, column: &str) -> Option<usize> {
    table
        .columns
        .iter()
        .position(|candidate| candidate.name == column)
}

fn field(catalog: &Catalog, column: &Column) -> Field {
    Field {
        name: naming::field(&column.name),
        ty: rust_type(catalog.resolve(&column.ty.kind)),
        nullable: column.nullable,
        optional_on_insert: column.is_optional_on_insert(),
        read_only: column.is_read_only(),
    }
}

fn warn_of_untyped(
    catalog: &Catalog,
    table: &Table,
    column: &Column,
    positions: &Positions,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !matches!(
        catalog.resolve(&column.ty.kind),
        Type::Other | Type::Array(_)
    ) {
        return;
    }
    let message = format!(
        "column `{}` of table `{}` has no Rust type of its own",
        column.name, table.name
    );
    let mut warning =
        Diagnostic::warning(message).label("becomes `aludel::Value`, whatever the database gives");
    if let Some(span) = positions.column(&table.name, &column.name) {
        warning = warning.at(span);
    }
    diagnostics.push(warning);
}
