//! Foreign keys as sessions see them: what a table leads to, and the builder's methods that take an object instead of its key.

use aludel_catalog::Action;

use super::{
    documentation,
    insert::{SetterView, given},
    layout,
};
use crate::{
    analyse::{Entity, Field, Input, Models, Relationship, Way},
    naming,
};

/// A foreign key to a table that is a model.
pub(super) struct Link<'m> {
    /// The entity that it leads to, as its position.
    target: usize,
    /// The fields that hold it, as positions.
    pub(super) columns: Vec<usize>,
    /// The fields that it leads to, as positions there.
    references: Vec<usize>,
    deferred: bool,
    /// What the database does to the row when the other one is deleted.
    on_delete: &'static str,
    /// The relationship along it.
    relationship: &'m Relationship,
}

/// The foreign keys of an entity, in the order of the table.
pub(super) fn all<'m>(input: Input<'_>, entity: &'m Entity) -> Vec<Link<'m>> {
    let table = &input.catalog.tables[entity.table];
    let relationships = entity.relationships.iter();
    let along_own = relationships.filter_map(|relationship| match &relationship.way {
        Way::Own(on) if relationship.filter.is_none() => Some((relationship, on)),
        _ => None,
    });
    along_own
        .map(|(relationship, on)| {
            let key = &table.foreign_keys[relationship.foreign_key.1];
            Link {
                target: relationship.target,
                columns: on.iter().map(|(here, _)| *here).collect(),
                references: on.iter().map(|(_, there)| *there).collect(),
                deferred: key.deferrable.is_some_and(|when| when.initially_deferred),
                on_delete: match key.on_delete {
                    None | Some(Action::NoAction | Action::Restrict) => "Refuse",
                    Some(Action::Cascade) => "Cascade",
                    Some(Action::SetNull | Action::SetDefault) => "Unset",
                },
                relationship,
            }
        })
        .collect()
}

/// The foreign keys, as the table's facts list them.
pub(super) fn foreign_keys(models: &Models, entity: &Entity, links: &[Link<'_>]) -> String {
    let several = links.len() > 1;
    let indent = if several { 8 } else { 4 };
    let spaces = " ".repeat(indent);
    let item = |link: &Link<'_>| {
        let target = &models.entities[link.target];
        let table = match target.name == entity.name {
            true => "&TABLE".to_owned(),
            false => format!("&super::{}::TABLE", target.module),
        };
        format!(
            "rt::ForeignKeyInfo {{\n{spaces}    columns: {},\n{spaces}    table: {table},\n{spaces}    references: {},\n{spaces}    \
             deferred: {},\n{spaces}    on_delete: rt::OnDelete::{},\n{spaces}}}",
            layout::positions(&link.columns),
            layout::positions(&link.references),
            link.deferred,
            link.on_delete
        )
    };
    let items: Vec<String> = links.iter().map(item).collect();
    match items.as_slice() {
        [] => "&[]".to_owned(),
        [only] => format!("&[{only}]"),
        _ => layout::array(4, &items),
    }
}

fn documented(fields: &[&Field]) -> String {
    let names = fields.iter().map(|field| naming::plain(&field.name));
    let names: Vec<String> = names.map(documentation::code).collect();
    format!(
        " What {} leads to: an object of a session, which may not have a row yet.",
        names.join(" and ")
    )
}

/// A method for each foreign key that an insert may set, which takes the object that it leads to.
pub(super) fn setters(entity: &Entity, models: &Models, links: &[Link<'_>]) -> Vec<SetterView> {
    let builder = naming::insert_builder(&entity.name);
    let links = links.iter().enumerate();
    links
        .filter_map(|(position, link)| {
            let fields: Vec<_> = link
                .columns
                .iter()
                .map(|&index| &entity.fields[index])
                .collect();
            if fields.iter().any(|field| field.read_only)
                || models.entities[link.target].key.is_empty()
            {
                return None;
            }
            let target = &models.entities[link.target].name;
            let path = match *target == entity.name {
                true => target.clone(),
                false => format!("super::{target}"),
            };
            let mut required = fields
                .iter()
                .filter(|field| !field.optional_on_insert)
                .peekable();
            let is_required = required.peek().is_some();
            let given = required.fold(given(entity).to_owned(), |given, field| {
                format!("rt::With<required::{}, {given}>", field.name)
            });
            let (result, method) = match is_required {
                true => (format!("{builder}<{given}>"), "link_required"),
                false => ("Self".to_owned(), "link"),
            };
            Some(SetterView {
                documentation: vec![documented(&fields)],
                signature: layout::signature(
                    4,
                    "pub fn",
                    &link.relationship.name,
                    &["self", &format!("to: &impl rt::Linked<{path}>")],
                    &result,
                ),
                body: format!("{builder}(self.0.{method}({position}, to))"),
            })
        })
        .collect()
}
