//! Foreign keys as sessions see them: what a table leads to, and the builder's methods that take an object instead of its key.

use super::{documentation, insert::SetterView, layout};
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
    /// The relationship along it.
    relationship: Option<&'m Relationship>,
}

/// The foreign keys of an entity, in the order of the table.
pub(super) fn all<'m>(input: Input<'_>, models: &'m Models, entity: &'m Entity) -> Vec<Link<'m>> {
    let table = &input.catalog.tables[entity.table];
    let keys = table.foreign_keys.iter().enumerate();
    keys.filter_map(|(position, key)| {
        let mut entities = models.entities.iter();
        let named = |entity: &Entity| input.catalog.tables[entity.table].name == key.table;
        let target = entities.position(named)?;
        let other = &input.catalog.tables[models.entities[target].table];
        let here = |name: &String| table.columns.iter().position(|column| column.name == *name);
        let there = |name: &String| other.columns.iter().position(|column| column.name == *name);
        let columns: Vec<usize> = key.columns.iter().map(here).collect::<Option<_>>()?;
        let along = |relationship: &&Relationship| {
            relationship.foreign_key == (entity.table, position)
                && matches!(&relationship.way, Way::Straight(on)
                    if on.iter().map(|(here, _)| *here).eq(columns.iter().copied()))
        };
        Some(Link {
            target,
            references: key.references.iter().map(there).collect::<Option<_>>()?,
            deferred: key.deferrable.is_some_and(|when| when.initially_deferred),
            relationship: entity.relationships.iter().find(along),
            columns,
        })
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
             deferred: {},\n{spaces}}}",
            layout::positions(&link.columns),
            layout::positions(&link.references),
            link.deferred
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
            let relationship = link.relationship?;
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
            let required = fields.iter().filter(|field| !field.optional_on_insert);
            let given = required.fold("S".to_owned(), |given, field| {
                format!("rt::With<required::{}, {given}>", field.name)
            });
            let (result, method) = match given.as_str() {
                "S" => ("Self".to_owned(), "link"),
                _ => (format!("{builder}<{given}>"), "link_required"),
            };
            Some(SetterView {
                documentation: vec![documented(&fields)],
                signature: layout::signature(
                    4,
                    &relationship.name,
                    &["self", &format!("to: &impl rt::Linked<{path}>")],
                    &result,
                ),
                body: format!("{builder}(self.0.{method}({position}, to))"),
            })
        })
        .collect()
}
