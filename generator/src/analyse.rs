//! From what a schema declares to what Rust will see: names, types and relationships. Nothing here knows SQL or templates.

mod accessor;
mod client_value;
mod constraint;
mod display;
mod entity;
mod enumeration;
mod finder;
mod forced_type;
mod foreign_key;
mod junction;
mod models;
mod newtype;
mod options;
mod pattern;
mod relationship;
mod rust_type;
mod unique_names;
mod view;
mod without_effect;

use aludel_catalog::{Catalog, Name, Table};
pub(crate) use client_value::Filling;
pub(crate) use constraint::{Constraint, ConstraintKind, Constraints};
pub(crate) use display::Piece;
pub(crate) use models::{
    Accessor, Accessors, Argument, Cardinality, Entity, Enumeration, Field, Finder, IdType, Models,
    Origin, Relationship, Sought, Way,
};
pub(crate) use options::Options;
pub use pattern::glob;
pub(crate) use rust_type::RustType;
pub(crate) use view::as_tables;

use crate::{
    annotation::{Annotations, TableNotes},
    diagnostic::{Diagnostic, Span},
    naming,
    parse::Positions,
};

/// What names and types are decided from.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    /// What the schema declares.
    pub(crate) schema: &'a Catalog,
    /// The same, with a table for each view behind its own tables: see [`as_tables`].
    pub(crate) catalog: &'a Catalog,
    pub(crate) positions: &'a Positions,
    pub(crate) annotations: &'a Annotations,
    pub(crate) options: &'a Options,
}

/// Decides on every name and type. What is wrong is told in diagnostics; where there is an error, the models are not to be used.
pub(crate) fn analyse(input: Input<'_>) -> (Models, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    options::check(input, &mut diagnostics);
    let enums = enumeration::all(input, &mut diagnostics);
    let mut entities = entity::all(input, &enums, &mut diagnostics);
    newtype::add_all(input, &mut entities);
    forced_type::apply(input, &mut entities, &mut diagnostics);
    relationship::add_all(input, &mut entities, &mut diagnostics);
    accessor::add_all(&mut entities, &enums);
    constraint::add_all(input, &mut entities, &enums);
    finder::add_all(input, &mut entities, &mut diagnostics);
    unique_names::check(input, &entities, &enums, &mut diagnostics);
    without_effect::warn(input, &mut diagnostics);
    (Models { entities, enums }, diagnostics)
}

impl<'a> Input<'a> {
    /// What is said of a table beyond its declaration.
    fn notes(self, table: &Name) -> Option<&'a TableNotes> {
        self.annotations.tables.get(table)
    }

    /// The table of an entity.
    fn table(self, entity: &Entity) -> &'a Table {
        &self.catalog.tables[entity.table]
    }

    /// The type for one of several, unless the schema says that its names are not to be changed.
    fn singular_type_name(self, name: &str) -> String {
        match &self.annotations.singularize {
            Some(said) if !said.value => naming::type_name(name),
            _ => naming::model(name, &self.annotations.inflections),
        }
    }

    /// Whether the table at this position is a view.
    fn is_view(self, table: usize) -> bool {
        table >= self.schema.tables.len()
    }

    /// Where a table or a view was declared.
    fn span(self, name: &Name) -> Option<Span> {
        let table = self.positions.table(name);
        table.or_else(|| self.positions.view(name))
    }

    /// Where a column was declared; the view that it is of.
    fn column_span(self, table: &Table, column: &str) -> Option<Span> {
        let column = self.positions.column(&table.name, column);
        column.or_else(|| self.positions.view(&table.name))
    }
}

/// A diagnostic at a place, where there is one.
fn placed(diagnostic: Diagnostic, span: Option<Span>) -> Diagnostic {
    match span {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

/// Where a table has a column.
fn position(table: &Table, column: &str) -> Option<usize> {
    table
        .columns
        .iter()
        .position(|candidate| candidate.name == column)
}
