//! The schema as a Mermaid diagram, for the documentation of the models' module.

use std::fmt::Write;

use crate::analyse::{Cardinality, Input, Models, Way};

/// A Markdown block with an entity-relationship diagram.
pub(super) fn mermaid(input: Input<'_>, models: &Models) -> String {
    let mut text = String::from("\n```mermaid\nerDiagram\n");
    for entity in &models.entities {
        let table = &input.catalog.tables[entity.table];
        line(
            &mut text,
            format_args!("    {} {{", quoted(&table.name.to_string())),
        );
        for (index, column) in table.columns.iter().enumerate() {
            let key = if entity.key.contains(&index) {
                " PK"
            } else {
                ""
            };
            let foreign = table
                .foreign_keys
                .iter()
                .any(|key| key.columns.contains(&column.name));
            let key = match (key, foreign) {
                (" PK", true) => " PK,FK",
                ("", true) => " FK",
                (key, _) => key,
            };
            line(
                &mut text,
                format_args!(
                    "        {} {}{key}",
                    word(&column.ty.sql),
                    word(&column.name)
                ),
            );
        }
        text.push_str("    }\n");
    }
    for entity in &models.entities {
        for relationship in &entity.relationships {
            let own = relationship.foreign_key.0 == entity.table;
            let (Way::Straight(on), true) = (&relationship.way, own) else {
                continue;
            };
            let table = &input.catalog.tables[entity.table];
            let key = &table.foreign_keys[relationship.foreign_key.1];
            if !on
                .iter()
                .all(|(here, _)| key.columns.contains(&table.columns[*here].name))
            {
                continue;
            }
            let one = if relationship.cardinality == Cardinality::One {
                "||"
            } else {
                "|o"
            };
            let many = if table.is_unique(&key.columns) {
                "o|"
            } else {
                "o{"
            };
            let target = &input.catalog.tables[models.entities[relationship.target].table];
            let (target, table) = (
                quoted(&target.name.to_string()),
                quoted(&table.name.to_string()),
            );
            line(
                &mut text,
                format_args!(
                    "    {target} {one}--{many} {table} : {}",
                    quoted(&relationship.name)
                ),
            );
        }
    }
    text.push_str("```\n");
    text
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '\n', '`'], " "))
}

/// Mermaid wants words where types and columns stand.
fn word(text: &str) -> String {
    let word: String = text
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let word = word.trim_matches('_').to_owned();
    if word.is_empty() {
        "_".to_owned()
    } else {
        word
    }
}
