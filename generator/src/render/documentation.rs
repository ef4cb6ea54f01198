//! Comments of a schema as documentation: shown as they are, never read as Markdown or run as examples.
//!
//! Each line begins with the space that stands behind `///`, unless it is empty: no line of the output ends with a space.

use aludel_catalog::{Catalog, Column, ForeignKey, Table};

use crate::{
    analyse::{Entity, Enumeration, Field, Origin, Relationship, Way},
    parse::is_remark,
};

/// What the rows of a model stand in.
pub(super) fn kind(entity: &Entity) -> &'static str {
    match entity.view {
        true => "View",
        false => "Table",
    }
}

/// Documentation of a struct.
pub(super) fn table(table: &Table, entity: &Entity) -> Vec<String> {
    let mut lines = escaped(table.comment.as_deref());
    let file = table
        .file
        .as_deref()
        .map(|file| format!(", from {}", code(file)))
        .unwrap_or_default();
    let kind = kind(entity);
    lines.push(format!("{kind} {}{file}.", code(&table.name.to_string())));
    spaced(lines)
}

/// Documentation of an enum.
pub(super) fn enumeration(enumeration: &Enumeration) -> Vec<String> {
    let mut lines = escaped(enumeration.comment.as_deref());
    lines.push(format!("Enum {}.", code(&enumeration.declared.to_string())));
    spaced(lines)
}

/// Documentation of a field and of its constant.
pub(super) fn field(table: &Table, index: usize, field: &Field) -> Vec<String> {
    spaced(match &field.origin {
        Origin::Column => column(table, &table.columns[index]),
        Origin::Property(sql) => vec![format!("Computed when it is read: {}.", code(sql))],
    })
}

fn column(table: &Table, column: &Column) -> Vec<String> {
    let mut lines = escaped(column.comment.as_deref());
    let mut facts = vec![code(&format!("{} {}", column.name, column.ty.sql))];
    if table.key_columns().contains(&column.name) {
        facts.push("primary key".to_owned());
    }
    if table.is_unique(std::slice::from_ref(&column.name))
        && *table.key_columns() != [column.name.clone()]
    {
        facts.push("unique".to_owned());
    }
    if let Some(generated) = &column.generated {
        facts.push(format!("computed: {}", code(&generated.expression)));
    }
    lines.push(format!("{}.", facts.join(", ")));
    lines
}

/// Documentation of a unique key, given by the positions of its columns.
pub(super) fn unique_key(table: &Table, key: &[usize]) -> Vec<String> {
    let columns: Vec<String> = key
        .iter()
        .map(|&index| code(&table.columns[index].name))
        .collect();
    spaced(vec![format!(
        "The unique key over {}.",
        columns.join(" and ")
    )])
}

/// Documentation of a relationship.
pub(super) fn relationship(
    catalog: &Catalog,
    relationship: &Relationship,
    target: &Entity,
) -> Vec<String> {
    let mut lines = vec![format!("{}.", way(catalog, relationship))];
    if let Some(filter) = &relationship.filter {
        let filter = filter.replace("{table}", &catalog.tables[target.table].name.name);
        lines.push(format!("Only where {}.", code(&filter)));
    }
    spaced(lines)
}

/// Documentation of what sets the other side of a relationship.
pub(super) fn setter(catalog: &Catalog, relationship: &Relationship) -> Vec<String> {
    let way = way(catalog, relationship);
    let way = format!("{}{}", way[..1].to_lowercase(), &way[1..]);
    spaced(vec![format!("Sets what it leads to {way}.")])
}

/// `By the foreign key ...`
fn way(catalog: &Catalog, relationship: &Relationship) -> String {
    let (source, index) = relationship.foreign_key;
    let table = &catalog.tables[source];
    let columns = columns(table, &table.foreign_keys[index]);
    match &relationship.way {
        Way::Own(_) => format!("By the foreign key {columns}"),
        Way::Back(_) => format!("Back from the foreign key {columns}"),
        Way::Through { .. } => format!("Through table {}", code(&table.name.to_string())),
    }
}

fn spaced(mut lines: Vec<String>) -> Vec<String> {
    for line in lines.iter_mut().filter(|line| !line.is_empty()) {
        line.insert(0, ' ');
    }
    lines
}

/// Text as `code`, on one line.
pub(super) fn code(text: &str) -> String {
    let text = text.split(|character: char| character.is_whitespace() || character.is_control());
    let text = text
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if text.contains('`') {
        format!("`` {} ``", text.replace("``", "` `"))
    } else {
        format!("`{text}`")
    }
}

fn columns(table: &Table, key: &ForeignKey) -> String {
    let names: Vec<String> = key
        .columns
        .iter()
        .map(|column| code(&format!("{}.{column}", table.name)))
        .collect();
    names.join(", ")
}

/// The lines of a comment, and an empty line behind them.
fn escaped(comment: Option<&str>) -> Vec<String> {
    // What a comment says to the generator is nothing to read.
    let lines = comment.unwrap_or_default().lines();
    let mut lines: Vec<String> = lines
        .filter(|line| !is_remark(line))
        .map(|line| escaped_line(line.trim()))
        .skip_while(String::is_empty)
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Markdown's signs lose their meaning by a backslash, and so does what makes a text an address.
fn escaped_line(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let line = line.replace('\t', " ");
    for character in line.chars().filter(|character| !character.is_control()) {
        if r"\`*_[]<>#~|".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped.replace("://", "\\://")
}
