//! What a schema says of relationships: which one is meant, its names, and those that are added.

use std::collections::HashMap;

use super::{condition, loading, usual_cascade};
use crate::{
    analyse::{Cardinality, Entity, Input, Relationship, Way, foreign_key, placed},
    annotation::{Load, Noted, RelationshipNotes},
    diagnostic::Diagnostic,
    naming,
};

/// Applies what is said of the relationships of one model.
pub(super) fn apply(
    input: Input<'_>,
    entities: &mut [Entity],
    index: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(notes) = input.notes(&input.table(&entities[index]).name) else {
        return;
    };
    let mut told: HashMap<usize, &Noted<RelationshipNotes>> = HashMap::new();
    for noted in &notes.relationships {
        if noted.value.filter.is_some() {
            continue;
        }
        match the_one(input, entities, index, noted) {
            Ok(found) => {
                if let Some(first) = told.insert(found, noted) {
                    diagnostics.push(told_twice(first, noted));
                }
                rename(entities, index, found, &noted.value);
                let mut relationship = entities[index].relationships[found].clone();
                loading::apply(
                    input,
                    entities,
                    &mut relationship,
                    &noted.value,
                    diagnostics,
                );
                entities[index].relationships[found] = relationship;
            }
            Err(problem) => diagnostics.push(*problem),
        }
    }
    add_filtered(input, entities, index, &notes.relationships, diagnostics);
}

/// Adds those with a condition, beside the ones that have all rows.
fn add_filtered(
    input: Input<'_>,
    entities: &mut [Entity],
    index: usize,
    notes: &[Noted<RelationshipNotes>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut added = Vec::new();
    for noted in notes {
        let Some(filter) = &noted.value.filter else {
            continue;
        };
        let found = match the_one(input, entities, index, noted) {
            Ok(found) => found,
            Err(problem) => {
                diagnostics.push(*problem);
                continue;
            }
        };
        let all = &entities[index].relationships[found];
        let target = input.table(&entities[all.target]);
        let condition = condition::qualified(&filter.value, target, input.catalog.dialect);
        let condition = condition.unwrap_or_else(|problem| {
            diagnostics.push(placed(*problem, filter.span));
            String::new()
        });
        let mut relationship = Relationship {
            name: naming::field(&noted.value.name),
            cardinality: match all.cardinality {
                Cardinality::One => Cardinality::Optional,
                other => other,
            },
            filter: Some(condition),
            read_only: true,
            cascade: usual_cascade(true),
            load: Load::Lazy,
            order: Vec::new(),
            ..all.clone()
        };
        diagnostics.extend(no_other_side(&noted.value));
        loading::apply(
            input,
            entities,
            &mut relationship,
            &noted.value,
            diagnostics,
        );
        added.push(relationship);
    }
    entities[index].relationships.extend(added);
}

/// The relationship that a note means, as its position.
fn the_one(
    input: Input<'_>,
    entities: &[Entity],
    index: usize,
    noted: &Noted<RelationshipNotes>,
) -> Result<usize, Box<Diagnostic>> {
    match matching(input, entities, index, &noted.value).as_slice() {
        [only] => Ok(*only),
        [] => Err(Box::new(unknown(input, entities, index, noted))),
        several => {
            let several = several
                .iter()
                .map(|&found| spelled(input, &entities[index].relationships[found]));
            Err(Box::new(ambiguous(noted, &several.collect::<Vec<_>>())))
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
    // A table that refers to itself has both sides here; the name decides, and else the side of the key. A condition is said
    // of the rows of a collection.
    let named = all
        .iter()
        .copied()
        .find(|&found| entities[index].relationships[found].name == naming::field(&notes.name));
    match (named, all.as_slice()) {
        (Some(named), _) => vec![named],
        (None, &[first, second]) if same_key(&entities[index], first, second) => {
            match notes.filter {
                Some(_) => vec![second],
                None => vec![first],
            }
        }
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
            other.filter.is_none()
                && other.target == index
                && same_way
                && same_table
                && (through || other.foreign_key == foreign_key)
        });
    if let Some((_, other)) = other {
        other.name = naming::field(&back.value);
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

fn told_twice(first: &Noted<RelationshipNotes>, second: &Noted<RelationshipNotes>) -> Diagnostic {
    let (name, other) = (&second.value.name, &first.value.name);
    let message = format!("`{name}` is the same relationship as `{other}`");
    let error = Diagnostic::error(message).help("one more needs a condition of its own: `where`");
    match first.span {
        Some(span) => placed(error, second.span).also(span, "the first"),
        None => placed(error, second.span),
    }
}

fn no_other_side(notes: &RelationshipNotes) -> Option<Diagnostic> {
    let back = notes.back_reference.as_ref()?;
    let message = format!(
        "relationship `{}` has a condition, and so no other side to name",
        notes.name
    );
    let help = "name the other side where the relationship has all rows";
    Some(placed(Diagnostic::error(message).help(help), back.span))
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
