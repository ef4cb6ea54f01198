//! What schema files declare, for people.

use std::fmt::Write;

use aludel_build::Inspected;
use aludel_catalog::{Column, IndexKey, Table};

/// Tables with their columns, keys and indexes, then everything else by name.
pub(super) fn text(inspected: &Inspected) -> String {
    let catalog = &inspected.catalog;
    let mut text = String::new();
    for table in &catalog.tables {
        add_table(&mut text, table);
    }
    for view in &catalog.views {
        add(&mut text, format_args!("view {}", view.name));
        let notes = inspected.annotations.tables.get(&view.name);
        for column in notes.into_iter().flat_map(|notes| &notes.view_columns) {
            let column = &column.value;
            let ty = column.ty.as_ref().map_or("", |ty| ty.sql.as_str());
            let not_null = if column.nullable == Some(true) {
                ""
            } else {
                ", not null"
            };
            add(&mut text, format_args!("  {}  {ty}{not_null}", column.name));
        }
    }
    for enumeration in &catalog.enums {
        add(
            &mut text,
            format_args!(
                "enum {}: {}",
                enumeration.name,
                enumeration.values.join(", ")
            ),
        );
    }
    for domain in &catalog.domains {
        add(
            &mut text,
            format_args!("domain {}: {}", domain.name, domain.base.sql),
        );
    }
    for name in catalog
        .sequences
        .iter()
        .filter_map(|sequence| sequence.name.as_ref())
    {
        add(&mut text, format_args!("sequence {name}"));
    }
    for warning in inspected.warnings.iter() {
        text.push('\n');
        text.push_str(&inspected.warnings.render(warning));
    }
    text
}

fn add_table(text: &mut String, table: &Table) {
    add(
        text,
        format_args!("table {}{}", table.name, comment(table.comment.as_deref())),
    );
    let width = table
        .columns
        .iter()
        .map(|column| column.name.chars().count())
        .max()
        .unwrap_or_default();
    for column in &table.columns {
        add(
            text,
            format_args!("  {:width$}  {}", column.name, described(table, column)),
        );
    }
    for unique in &table.uniques {
        add(
            text,
            format_args!("  unique ({})", unique.columns.join(", ")),
        );
    }
    for key in &table.foreign_keys {
        let (columns, references) = (key.columns.join(", "), key.references.join(", "));
        add(
            text,
            format_args!("  foreign key ({columns}) to {} ({references})", key.table),
        );
    }
    for check in &table.checks {
        add(text, format_args!("  check {}", check.expression));
    }
    for index in &table.indexes {
        let unique = if index.unique { "unique " } else { "" };
        let parts: Vec<&str> = index
            .parts
            .iter()
            .map(|part| match &part.key {
                IndexKey::Column(text) | IndexKey::Expression(text) => text.as_str(),
            })
            .collect();
        let name = index.name.as_deref().unwrap_or("without a name");
        add(
            text,
            format_args!("  {unique}index {name} ({})", parts.join(", ")),
        );
    }
    text.push('\n');
}

fn described(table: &Table, column: &Column) -> String {
    let mut text = column.ty.sql.clone();
    if table.key_columns().contains(&column.name) {
        text.push_str(", primary key");
    } else if !column.nullable {
        text.push_str(", not null");
    }
    if let Some(default) = &column.default {
        write!(text, ", default {}", super::default(default))
            .expect("writing to a string does not fail");
    }
    if let Some(generated) = &column.generated {
        write!(text, ", computed {}", generated.expression)
            .expect("writing to a string does not fail");
    }
    text.push_str(&comment(column.comment.as_deref()));
    text
}

fn comment(comment: Option<&str>) -> String {
    comment
        .map(|comment| format!("  -- {}", comment.replace(['\n', '\r'], " ")))
        .unwrap_or_default()
}

fn add(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing to a string does not fail");
}
