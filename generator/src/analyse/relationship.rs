//! Both sides of every foreign key, and what they are called. A name never depends on which other foreign keys there are.

use aludel_catalog::{Catalog, ForeignKey, Table};

use super::{
    Names,
    entity::position,
    models::{Cardinality, Entity, Relationship},
};
use crate::naming;

/// What the children of a table that refers to itself are called.
const INVERSE: [(&str, &str); 5] = [
    ("parent", "children"),
    ("manager", "reports"),
    ("boss", "reports"),
    ("supervisor", "reports"),
    ("mentor", "mentees"),
];

pub(super) fn add_all(catalog: &Catalog, names: &Names, entities: &mut [Entity]) {
    for (source, table) in catalog.tables.iter().enumerate() {
        for (index, key) in table.foreign_keys.iter().enumerate() {
            let Some(target) = catalog
                .tables
                .iter()
                .position(|other| other.name == key.table)
            else {
                continue;
            };
            let Some(on) = pairs(table, key, &catalog.tables[target]) else {
                continue;
            };
            let (forward, backward) = both_names(table, key, names);
            let back = on.iter().map(|&(here, there)| (there, here)).collect();
            let to_itself = source == target;
            let foreign_key = (source, index);
            entities[source].relationships.push(Relationship {
                name: forward,
                target,
                cardinality: forward_cardinality(table, key),
                to_itself,
                on,
                foreign_key,
            });
            entities[target].relationships.push(Relationship {
                name: backward,
                target: source,
                cardinality: backward_cardinality(table, key),
                to_itself,
                on: back,
                foreign_key,
            });
        }
    }
}

/// How the builder and its messages write a foreign key: `person.hobby_id`.
pub(super) fn spelled(table: &Table, key: &ForeignKey) -> String {
    format!("{}.{}", table.name, key.columns.join(","))
}

fn pairs(table: &Table, key: &ForeignKey, target: &Table) -> Option<Vec<(usize, usize)>> {
    let both = key.columns.iter().zip(&key.references);
    both.map(|(here, there)| Some((position(table, here)?, position(target, there)?)))
        .collect()
}

/// One where the whole key is required.
fn forward_cardinality(table: &Table, key: &ForeignKey) -> Cardinality {
    let nullable = |column: &String| table.column(column).is_none_or(|column| column.nullable);
    if key.columns.iter().any(nullable) {
        Cardinality::Optional
    } else {
        Cardinality::One
    }
}

/// At most one where no two rows have the same key.
fn backward_cardinality(table: &Table, key: &ForeignKey) -> Cardinality {
    if table.is_unique(&key.columns) {
        Cardinality::Optional
    } else {
        Cardinality::Many
    }
}

fn both_names(table: &Table, key: &ForeignKey, names: &Names) -> (String, String) {
    if let Some((forward, backward)) = names.relationships.get(&spelled(table, key)) {
        return (naming::field(forward), naming::field(backward));
    }
    let forward = forward_name(table, key);
    let backward = backward_name(table, key, &forward);
    (naming::field(&forward), naming::field(&backward))
}

fn forward_name(table: &Table, key: &ForeignKey) -> String {
    let target = naming::singular(&snake(&key.table.name));
    let [column] = key.columns.as_slice() else {
        return composite_name(table, key).unwrap_or(target);
    };
    match naming::without_key_suffix(column) {
        Some(stem) => stem,
        None if snake(column) == target => format!("{target}_{target}"),
        // A column that is its table's own key says nothing about where it leads.
        None if table.key_columns() == key.columns => target,
        None if table.column(&target).is_none() => target,
        None => format!("{}_{target}", snake(column)),
    }
}

/// What is left of a composite key's constraint when the table's name and the usual affixes are taken off.
fn composite_name(table: &Table, key: &ForeignKey) -> Option<String> {
    let constraint = snake(key.name.as_deref()?);
    let stem = constraint.strip_prefix("fk_").unwrap_or(&constraint);
    let stem = stem
        .strip_suffix("_fkey")
        .or_else(|| stem.strip_suffix("_fk"))
        .unwrap_or(stem);
    let own = snake(&table.name.name);
    let stem = stem
        .strip_prefix(own.as_str())
        .map_or(stem, |rest| rest.trim_start_matches('_'));
    (!stem.is_empty()).then(|| stem.to_owned())
}

fn backward_name(table: &Table, key: &ForeignKey, forward: &str) -> String {
    let one = backward_cardinality(table, key) == Cardinality::Optional;
    let source = snake(&table.name.name);
    let source = if one {
        naming::singular(&source)
    } else {
        naming::plural(&source)
    };
    if table.name == key.table {
        return match INVERSE.iter().find(|(name, _)| *name == forward) {
            Some((_, inverse)) if !one => (*inverse).to_owned(),
            _ => format!("{forward}_{source}"),
        };
    }
    let plain = forward == naming::singular(&snake(&key.table.name));
    if plain {
        source
    } else {
        format!("{forward}_{source}")
    }
}

fn snake(name: &str) -> String {
    use heck::ToSnakeCase;
    name.to_snake_case()
}
