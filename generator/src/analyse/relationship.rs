//! Relationships: both sides of every foreign key, and of every table that joins two others.

use aludel_catalog::{ForeignKey, Table};

use super::{Cardinality, Entity, Input, Relationship, Way, foreign_key, junction, placed};
use crate::{
    annotation::{Noted, RelationshipNotes},
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
        apply_notes(input, entities, index, diagnostics);
    }
}

fn add_foreign_key(input: Input<'_>, entities: &mut [Entity], source: usize, index: usize) {
    let table = input.table(&entities[source]);
    let key = &table.foreign_keys[index];
    let Some((target, on)) = foreign_key::resolved(input, entities, table, key) else {
        return;
    };
    let (forward, backward) = both_names(input, table, key);
    let back = on.iter().map(|&(here, there)| (there, here)).collect();
    let foreign_key = (entities[source].table, index);
    let to_itself = source == target;
    entities[source].relationships.push(Relationship {
        name: forward,
        target,
        cardinality: foreign_key::forward_cardinality(table, key),
        to_itself,
        way: Way::Straight(on),
        foreign_key,
    });
    entities[target].relationships.push(Relationship {
        name: backward,
        target: source,
        cardinality: foreign_key::backward_cardinality(table, key),
        to_itself,
        way: Way::Straight(back),
        foreign_key,
    });
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
        let relationship = Relationship {
            name: naming::field(&junction::name(input, table, from_key, to_key)),
            target: there,
            cardinality: Cardinality::Many,
            to_itself: here == there,
            way: Way::Through {
                entity: between,
                on,
                onward,
            },
            foreign_key: (entities[between].table, from),
        };
        entities[here].relationships.push(relationship);
    }
}

/// Gives relationships the names that are said of them.
fn apply_notes(
    input: Input<'_>,
    entities: &mut [Entity],
    index: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(notes) = input.notes(&input.table(&entities[index]).name) else {
        return;
    };
    for noted in &notes.relationships {
        if noted.value.filter.is_some() {
            let message = format!(
                "relationship `{}` has a condition, and is left out",
                noted.value.name
            );
            diagnostics.push(placed(
                Diagnostic::warning(message).label("not generated yet"),
                noted.span,
            ));
            continue;
        }
        match matching(input, entities, index, &noted.value).as_slice() {
            [only] => rename(entities, index, *only, &noted.value),
            [] => diagnostics.push(unknown(input, entities, index, noted)),
            several => {
                let several = several
                    .iter()
                    .map(|&found| spelled(input, &entities[index].relationships[found]));
                diagnostics.push(ambiguous(noted, &several.collect::<Vec<_>>()));
            }
        }
    }
}

/// The relationships that a note can mean: by its foreign key, by the table in between, by where it leads, or by its name.
fn matching(
    input: Input<'_>,
    entities: &[Entity],
    index: usize,
    notes: &RelationshipNotes,
) -> Vec<usize> {
    let fits = |relationship: &Relationship| {
        let (table, key) = relationship.foreign_key;
        let table = &input.catalog.tables[table];
        let through = matches!(relationship.way, Way::Through { .. });
        let target = &input.table(&entities[relationship.target]).name;
        let by_key = notes.foreign_key.as_ref().map(|(name, columns)| {
            table.name == *name && table.foreign_keys[key].columns == *columns && !through
        });
        let by_between = notes
            .through
            .as_ref()
            .map(|between| through && table.name == *between);
        let by_target = notes.to.as_ref().map(|to| to == target);
        let said = [by_key, by_between, by_target];
        match said.iter().any(Option::is_some) {
            true => said.iter().all(|fits| fits.unwrap_or(true)),
            false => relationship.name == naming::field(&notes.name),
        }
    };
    let all = entities[index]
        .relationships
        .iter()
        .enumerate()
        .filter(|(_, relationship)| fits(relationship));
    let all: Vec<usize> = all.map(|(found, _)| found).collect();
    // A table that refers to itself has both sides here; the name decides, and else the side of the key.
    let named = all
        .iter()
        .copied()
        .find(|&found| entities[index].relationships[found].name == naming::field(&notes.name));
    match (named, all.as_slice()) {
        (Some(named), _) => vec![named],
        (None, &[first, second]) if same_key(&entities[index], first, second) => vec![first],
        _ => all,
    }
}

fn same_key(entity: &Entity, first: usize, second: usize) -> bool {
    let (first, second) = (&entity.relationships[first], &entity.relationships[second]);
    first.to_itself && first.foreign_key == second.foreign_key
}

fn rename(entities: &mut [Entity], index: usize, found: usize, notes: &RelationshipNotes) {
    let relationship = &mut entities[index].relationships[found];
    relationship.name = naming::field(&notes.name);
    let (target, foreign_key) = (relationship.target, relationship.foreign_key);
    let through = matches!(relationship.way, Way::Through { .. });
    let Some(back) = &notes.back_reference else {
        return;
    };
    let others = entities[target].relationships.iter_mut().enumerate();
    let other = others
        .filter(|(position, _)| target != index || *position != found)
        .find(|(_, other)| {
            let same_way = matches!(other.way, Way::Through { .. }) == through;
            let same_table = other.foreign_key.0 == foreign_key.0;
            other.target == index
                && same_way
                && same_table
                && (through || other.foreign_key == foreign_key)
        });
    if let Some((_, other)) = other {
        other.name = naming::field(back);
    }
}

/// How a relationship is told apart from others in a message.
fn spelled(input: Input<'_>, relationship: &Relationship) -> String {
    let (table, key) = relationship.foreign_key;
    let table = &input.catalog.tables[table];
    format!(
        "`{}` by `{}`",
        relationship.name,
        foreign_key::spelled(table, &table.foreign_keys[key])
    )
}

fn unknown(
    input: Input<'_>,
    entities: &[Entity],
    index: usize,
    noted: &Noted<RelationshipNotes>,
) -> Diagnostic {
    let entity = &entities[index];
    let message = format!(
        "`{}` fits no foreign key of table `{}`",
        noted.value.name,
        input.table(entity).name
    );
    let known: Vec<String> = entity
        .relationships
        .iter()
        .map(|relationship| spelled(input, relationship))
        .collect();
    let error = Diagnostic::error(message).label("no such relationship");
    let error = if known.is_empty() {
        error
    } else {
        error.help(format!("its relationships are {}", known.join(", ")))
    };
    placed(error, noted.span)
}

fn ambiguous(noted: &Noted<RelationshipNotes>, several: &[String]) -> Diagnostic {
    let message = format!(
        "`{}` fits several relationships: {}",
        noted.value.name,
        several.join(", ")
    );
    placed(
        Diagnostic::error(message).help("say which, by `foreign_key: table.column`"),
        noted.span,
    )
}
