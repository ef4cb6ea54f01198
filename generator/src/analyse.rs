//! From what a schema declares to what Rust will see: names, types and relationships. Nothing here knows SQL or templates.

mod entity;
mod models;
mod relationship;
mod rust_type;
mod unique_names;

use std::collections::BTreeMap;

use aludel_catalog::Catalog;
pub(crate) use models::{Cardinality, Entity, Field, Models, Relationship};
pub(crate) use rust_type::RustType;

use crate::{diagnostic::Diagnostic, parse::Positions};

/// Names that the user chose instead of those that follow from the schema.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// By table: the struct.
    pub(crate) models: BTreeMap<String, String>,
    /// By table and columns of the foreign key, `person.hobby_id`: the names of both sides.
    pub(crate) relationships: BTreeMap<String, (String, String)>,
}

/// Decides on every name and type. What is wrong is told in diagnostics; where there is an error, the models are not to be used.
pub(crate) fn analyse(
    catalog: &Catalog,
    positions: &Positions,
    names: &Names,
) -> (Models, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut entities: Vec<Entity> = catalog
        .tables
        .iter()
        .map(|table| entity::entity(catalog, table, positions, names, &mut diagnostics))
        .collect();
    relationship::add_all(catalog, names, &mut entities);
    unique_names::check(catalog, &entities, positions, &mut diagnostics);
    unique_names::check_overrides(catalog, names, &mut diagnostics);
    (Models { entities }, diagnostics)
}
