//! The insert builder of a table.

use aludel_catalog::Table;

use super::{
    documentation, layout,
    link::Link,
    rust::{field_type, literal, scalar_type},
};
use crate::{
    analyse::{Entity, Field, Filling, Origin},
    naming,
};

pub(super) struct SetterView {
    pub(super) documentation: Vec<String>,
    pub(super) signature: String,
    pub(super) body: String,
}

pub(super) struct RequiredView {
    pub(super) column: String,
    pub(super) name: String,
    /// The link of the list of required columns that it is.
    pub(super) need: &'static str,
}

/// What the builder's type parameter is called: the columns that have a value. A model can have that name as well.
pub(super) fn given(entity: &Entity) -> &'static str {
    match entity.name.as_str() {
        "S" => "T",
        _ => "S",
    }
}

/// A method for each column that an insert may set.
pub(super) fn setters(table: &Table, entity: &Entity) -> Vec<SetterView> {
    let builder = naming::insert_builder(&entity.name);
    let given = given(entity);
    let writable = columns(entity).filter(|(_, field)| !field.read_only);
    writable
        .map(|(index, field)| {
            let value = format!("value: impl rt::IntoValue<{}>", field_type(entity, field));
            let (result, method) = match field.optional_on_insert {
                true => ("Self".to_owned(), "with"),
                false => (
                    format!("{builder}<rt::With<required::{}, {given}>>", field.name),
                    "with_required",
                ),
            };
            SetterView {
                documentation: documentation::field(table, index, field),
                signature: layout::signature(4, "pub fn", &field.name, &["self", &value], &result),
                body: format!("{builder}(self.0.{method}({index}, value))"),
            }
        })
        .collect()
}

/// The columns that an insert has to set.
pub(super) fn required(table: &Table, entity: &Entity, links: &[Link<'_>]) -> Vec<RequiredView> {
    let required =
        columns(entity).filter(|(_, field)| !field.optional_on_insert && !field.read_only);
    let is_link = |index: usize| links.iter().any(|link| link.columns.contains(&index));
    required
        .map(|(index, field)| RequiredView {
            column: documentation::code(&table.columns[index].name),
            name: field.name.clone(),
            need: match is_link(index) {
                true => "NeedsLink",
                false => "Needs",
            },
        })
        .collect()
}

/// A line for each value that the client fills in where an insert gives none.
pub(super) fn defaults(entity: &Entity) -> Vec<String> {
    let values = columns(entity)
        .filter_map(|(index, field)| Some((index, field, field.client_default.as_ref()?)));
    values
        .map(|(index, field, value)| filled("row", entity, index, field, value))
        .collect()
}

/// A line for each value that the client sets when a row changes.
pub(super) fn updates(entity: &Entity) -> Vec<String> {
    let values = columns(entity)
        .filter_map(|(index, field)| Some((index, field, field.client_update.as_ref()?)));
    values
        .map(|(index, field, value)| filled("values", entity, index, field, value))
        .collect()
}

fn filled(into: &str, entity: &Entity, index: usize, field: &Field, filling: &Filling) -> String {
    let ty = scalar_type(entity, &field.ty);
    match filling {
        Filling::Expression(value) => format!("{into}.fill::<{ty}>({index}, || {value});"),
        Filling::Text(text) => format!("{into}.fill_text::<{ty}>({index}, {});", literal(text)),
    }
}

fn columns(entity: &Entity) -> impl Iterator<Item = (usize, &Field)> {
    entity
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| matches!(field.origin, Origin::Column))
}
