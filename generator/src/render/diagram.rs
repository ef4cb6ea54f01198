//! The schema as a Mermaid diagram, for the documentation of the models' module.

use std::fmt::Write;

use aludel_catalog::Table;

use crate::{
    analyse::{Cardinality, Entity, Input, Models, Relationship, Way},
    naming,
};

/// A Markdown block with an entity-relationship diagram.
pub(super) fn mermaid(input: Input<'_>, models: &Models) -> String {
    let mut text = String::from("\n```mermaid\nerDiagram\n");
    for entity in &models.entities {
        table(&mut text, &input.catalog.tables[entity.table], entity);
    }
    for entity in &models.entities {
        for relationship in &entity.relationships {
            line_between(&mut text, input, models, entity, relationship);
        }
    }
    text.push_str("```\n");
    text
}

/// A box with the table's columns.
fn table(text: &mut String, table: &Table, entity: &Entity) {
    line(text, format_args!("    {} {{", name(table)));
    for (index, column) in table.columns.iter().enumerate() {
        let mut keys = table.foreign_keys.iter();
        let foreign = keys.any(|key| key.columns.contains(&column.name));
        let key = match (entity.key.contains(&index), foreign) {
            (true, true) => " PK,FK",
            (true, false) => " PK",
            (false, true) => " FK",
            (false, false) => "",
        };
        let (ty, column) = (word(&column.ty.sql), word(&column.name));
        line(text, format_args!("        {ty} {column}{key}"));
    }
    text.push_str("    }\n");
}

/// The line of a foreign key, told by the relationship that follows it; nothing for other relationships.
fn line_between(
    text: &mut String,
    input: Input<'_>,
    models: &Models,
    entity: &Entity,
    relationship: &Relationship,
) {
    let (Way::Own(_), None) = (&relationship.way, &relationship.filter) else {
        return;
    };
    let table = &input.catalog.tables[entity.table];
    let key = &table.foreign_keys[relationship.foreign_key.1];
    let one = match relationship.cardinality {
        Cardinality::One => "||",
        _ => "|o",
    };
    let many = match table.is_unique(&key.columns) {
        true => "o|",
        false => "o{",
    };
    let target = &input.catalog.tables[models.entities[relationship.target].table];
    let (target, source, label) = (name(target), name(table), quoted(&relationship.name));
    line(
        text,
        format_args!("    {target} {one}--{many} {source} : {label}"),
    );
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}

fn name(table: &Table) -> String {
    quoted(&table.name.to_string())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '\n', '`'], " "))
}

/// Mermaid wants words where types and columns stand.
fn word(text: &str) -> String {
    let word = naming::word(text);
    match word.trim_matches('_') {
        "" => "_".to_owned(),
        word => word.to_owned(),
    }
}
