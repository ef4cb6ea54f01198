//! Relationships: both sides of every foreign key, and of every table that joins two others.

mod annotated;
mod condition;
mod loading;

use aludel_catalog::{ForeignKey, Table};

use super::{Cardinality, Entity, Input, Relationship, Way, foreign_key, junction, position};
use crate::{
    annotation::{Cascade, Load},
    diagnostic::Diagnostic,
    naming,
};

pub(super) fn add_all(
    input: Input<'_>,
    entities: &mut [Entity],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for source in 0..entities.len() {
        for index in 0..input.table(&entities[source]).foreign_keys.len() {
            add_foreign_key(input, entities, source, index);
        }
    }
    for between in 0..entities.len() {
        add_junction(input, entities, between);
    }
    for index in 0..entities.len() {
        annotated::apply(input, entities, index, diagnostics);
    }
}

fn add_foreign_key(input: Input<'_>, entities: &mut [Entity], source: usize, index: usize) {
    let table = input.table(&entities[source]);
    let key = &table.foreign_keys[index];
    let Some((target, on)) = foreign_key::resolved(input, entities, table, key) else {
        return;
    };
    entities[source].foreign_keys.push(index);
    let (forward, backward) = both_names(input, table, key);
    let read_only = is_computed(table, &entities[source], key);
    let forward = Relationship {
        name: forward,
        target,
        cardinality: foreign_key::forward_cardinality(table, key),
        to_itself: source == target,
        way: Way::Own(on.clone()),
        foreign_key: (entities[source].table, index),
        cascade: usual_cascade(read_only),
        load: Load::Lazy,
        order: Vec::new(),
        filter: None,
        read_only,
    };
    let mut backward = Relationship {
        name: backward,
        target: source,
        cardinality: foreign_key::backward_cardinality(table, key),
        way: Way::Back(on.into_iter().map(|(here, there)| (there, here)).collect()),
        ..forward.clone()
    };
    if junction::is_pure(input, table) && !read_only {
        // Without one of both sides, a pair is none.
        backward.cascade.push(Cascade::Delete);
    }
    entities[source].relationships.push(forward);
    entities[target].relationships.push(backward);
}

/// What is done to the other side where the schema does not say it.
fn usual_cascade(read_only: bool) -> Vec<Cascade> {
    match read_only {
        true => vec![Cascade::Merge],
        false => vec![Cascade::Save, Cascade::Merge],
    }
}

/// Whether the database computes a foreign key, so that nobody else can set it.
fn is_computed(table: &Table, entity: &Entity, key: &ForeignKey) -> bool {
    let mut columns = key.columns.iter();
    columns.any(|name| position(table, name).is_some_and(|index| entity.fields[index].read_only))
}

fn both_names(input: Input<'_>, table: &Table, key: &ForeignKey) -> (String, String) {
    let chosen = foreign_key::chosen_names(input, table, key);
    let (forward, backward) = chosen.cloned().unwrap_or_else(|| {
        let forward = foreign_key::forward_name(input, table, key);
        let backward = foreign_key::backward_name(input, table, key, &forward);
        (forward, backward)
    });
    (naming::field(&forward), naming::field(&backward))
}

fn add_junction(input: Input<'_>, entities: &mut [Entity], between: usize) {
    let table = input.table(&entities[between]);
    if entities[between].view {
        return;
    }
    let Some((first, second)) = junction::keys(input, table) else {
        return;
    };
    for (from, to) in [(first, second), (second, first)] {
        let (from_key, to_key) = (&table.foreign_keys[from], &table.foreign_keys[to]);
        let Some((here, from_pairs)) = foreign_key::resolved(input, entities, table, from_key)
        else {
            return;
        };
        let Some((there, onward)) = foreign_key::resolved(input, entities, table, to_key) else {
            return;
        };
        let on = from_pairs
            .into_iter()
            .map(|(between, here)| (here, between))
            .collect();
        let own = &entities[between];
        let read_only = is_computed(table, own, from_key) || is_computed(table, own, to_key);
        let relationship = Relationship {
            name: naming::field(&junction::name(input, table, from_key, to_key)),
            target: there,
            cardinality: Cardinality::Many,
            to_itself: here == there,
            read_only,
            way: Way::Through {
                entity: between,
                on,
                onward,
                there: to,
            },
            foreign_key: (own.table, from),
            cascade: usual_cascade(read_only),
            load: Load::Lazy,
            order: Vec::new(),
            filter: None,
        };
        entities[here].relationships.push(relationship);
    }
}
