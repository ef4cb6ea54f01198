//! Foreign keys between entities: where they lead, how many rows stand at either end, and what both sides are called.
//!
//! A name never depends on which other foreign keys there are, so that a new one renames nothing.

use aludel_catalog::{ForeignKey, Table};
use heck::ToSnakeCase;

use super::{Cardinality, Entity, Input, position};
use crate::naming;

/// What the children of a table that refers to itself are called.
const INVERSE: [(&str, &str); 5] = [
    ("parent", "children"),
    ("manager", "reports"),
    ("boss", "reports"),
    ("supervisor", "reports"),
    ("mentor", "mentees"),
];

/// How the builder and its messages write a foreign key: `person.hobby_id`.
pub(super) fn spelled(table: &Table, key: &ForeignKey) -> String {
    format!("{}.{}", table.name, key.columns.join(","))
}

/// The entity that a foreign key leads to, and the pairs of fields that are equal, here and there.
pub(super) fn resolved(
    input: Input<'_>,
    entities: &[Entity],
    table: &Table,
    key: &ForeignKey,
) -> Option<(usize, Vec<(usize, usize)>)> {
    let target = entities
        .iter()
        .position(|entity| input.table(entity).name == key.table)?;
    let other = input.table(&entities[target]);
    let both = key.columns.iter().zip(&key.references);
    let pairs: Option<Vec<_>> = both
        .map(|(here, there)| Some((position(table, here)?, position(other, there)?)))
        .collect();
    Some((target, pairs?))
}

/// One where the whole key is required.
pub(super) fn forward_cardinality(table: &Table, key: &ForeignKey) -> Cardinality {
    let nullable = |column: &String| table.column(column).is_none_or(|column| column.nullable);
    if key.columns.iter().any(nullable) {
        Cardinality::Optional
    } else {
        Cardinality::One
    }
}

/// At most one where no two rows have the same key.
pub(super) fn backward_cardinality(table: &Table, key: &ForeignKey) -> Cardinality {
    if table.is_unique(&key.columns) {
        Cardinality::Optional
    } else {
        Cardinality::Many
    }
}

/// The name on the side of the foreign key: `author_id` → `author`.
pub(super) fn forward_name(input: Input<'_>, table: &Table, key: &ForeignKey) -> String {
    let target = singular(input, &key.table.name);
    let [column] = key.columns.as_slice() else {
        return composite_name(table, key).unwrap_or(target);
    };
    match naming::without_key_suffix(column) {
        Some(stem) => stem,
        None if column.to_snake_case() == target => format!("{target}_{target}"),
        None => target,
    }
}

/// The name on the other side: `books`, or `reviewer_books` where the key says more than its target.
pub(super) fn backward_name(
    input: Input<'_>,
    table: &Table,
    key: &ForeignKey,
    forward: &str,
) -> String {
    let one = backward_cardinality(table, key) == Cardinality::Optional;
    let source = singular(input, &table.name.name);
    let source = if one {
        source
    } else {
        naming::plural(&source, &input.annotations.inflections)
    };
    if table.name == key.table {
        return match INVERSE.iter().find(|(name, _)| *name == forward) {
            Some((_, inverse)) if !one => (*inverse).to_owned(),
            _ => format!("{forward}_{source}"),
        };
    }
    if forward == singular(input, &key.table.name) {
        source
    } else {
        format!("{forward}_{source}")
    }
}

/// What is left of a composite key's constraint when the table's name and the usual affixes are taken off.
fn composite_name(table: &Table, key: &ForeignKey) -> Option<String> {
    let constraint = key.name.as_deref()?.to_snake_case();
    let stem = constraint.strip_prefix("fk_").unwrap_or(&constraint);
    let stem = stem
        .strip_suffix("_fkey")
        .or_else(|| stem.strip_suffix("_fk"))
        .unwrap_or(stem);
    let own = table.name.name.to_snake_case();
    let stem = stem
        .strip_prefix(own.as_str())
        .map_or(stem, |rest| rest.trim_start_matches('_'));
    (!stem.is_empty()).then(|| stem.to_owned())
}

pub(super) fn singular(input: Input<'_>, name: &str) -> String {
    naming::singular(&name.to_snake_case(), &input.annotations.inflections)
}
