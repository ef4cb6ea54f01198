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
    pub(super) next: String,
    /// The next one that no object can give.
    pub(super) next_own: String,
    is_own: bool,
}

/// A method for each column that an insert may set.
pub(super) fn setters(table: &Table, entity: &Entity) -> Vec<SetterView> {
    let builder = naming::insert_builder(&entity.name);
    let writable = columns(entity).filter(|(_, field)| !field.read_only);
    writable
        .map(|(index, field)| {
            let value = format!("value: impl rt::IntoValue<{}>", field_type(entity, field));
            let (result, method) = match field.optional_on_insert {
                true => ("Self".to_owned(), "with"),
                false => (
                    format!("{builder}<rt::With<required::{}, S>>", field.name),
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

/// The columns that an insert has to set, each with the next one.
pub(super) fn required(table: &Table, entity: &Entity, links: &[Link<'_>]) -> Vec<RequiredView> {
    let required: Vec<(usize, &Field)> = columns(entity)
        .filter(|(_, field)| !field.optional_on_insert && !field.read_only)
        .collect();
    let next = |index: usize| {
        required
            .get(index + 1)
            .map_or("super::rt::End".to_owned(), |(_, field)| field.name.clone())
    };
    let is_own = |index: usize| links.iter().all(|link| !link.columns.contains(&index));
    let next_own = |position: usize| {
        let mut rest = required[position + 1..].iter();
        rest.find(|(index, _)| is_own(*index))
            .map_or("super::rt::End".to_owned(), |(_, field)| {
                format!("super::rt::Own<{}>", field.name)
            })
    };
    let view = |(position, &(index, field)): (usize, &(usize, &Field))| RequiredView {
        column: documentation::code(&table.columns[index].name),
        name: field.name.clone(),
        next: next(position),
        next_own: next_own(position),
        is_own: is_own(index),
    };
    required.iter().enumerate().map(view).collect()
}

/// The builder as something to insert.
pub(super) fn insertable(model: &str, builder: &str, required: &[RequiredView]) -> String {
    let first = required.first().map_or("rt::End".to_owned(), |first| {
        format!("required::{}", first.name)
    });
    let arguments = [model.to_owned(), "S".to_owned(), first];
    layout::implementation("S", "rt::Insertable", &arguments, &format!("{builder}<S>"))
}

/// Where the chain of required columns begins that no object can give.
pub(super) fn first_own(required: &[RequiredView]) -> String {
    let first = required.iter().find(|column| column.is_own);
    first.map_or("rt::End".to_owned(), |first| {
        format!("rt::Own<required::{}>", first.name)
    })
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
