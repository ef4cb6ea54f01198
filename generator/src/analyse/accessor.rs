//! The methods by which objects follow relationships, and their names.
//!
//! A relationship may be called as its schema likes: where an object has such a method already, a `_` follows, and no error.

use std::collections::HashSet;

use super::{Accessor, Accessors, Cardinality, Entity, Enumeration, Relationship, Way};
use crate::naming;

/// What objects of a session can be asked already, by themselves or by traits that are in scope everywhere.
const METHODS: [&str; 25] = [
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "cmp",
    "column",
    "deref",
    "drop",
    "edit",
    "entity",
    "eq",
    "fmt",
    "handle",
    "hash",
    "id",
    "into",
    "maybe",
    "ne",
    "object",
    "partial_cmp",
    "to_owned",
    "to_string",
    "try_into",
];

/// Gives each model the methods for what its objects lead to.
pub(super) fn add_all(entities: &mut [Entity], enums: &[Enumeration]) {
    let mut types: HashSet<String> = enums.iter().map(|known| known.name.clone()).collect();
    for entity in &*entities {
        types.insert(entity.name.clone());
        types.extend(entity.id_type.iter().map(|id| id.name.clone()));
    }
    for index in 0..entities.len() {
        let methods = methods(entities, &entities[index]);
        if methods.is_empty() {
            continue;
        }
        let name = naming::relationships_trait(&entities[index].name);
        let name = free(name, &mut types);
        entities[index].accessors = Some(Accessors { name, methods });
    }
}

fn methods(entities: &[Entity], entity: &Entity) -> Vec<Accessor> {
    let followed = entity.relationships.iter().enumerate();
    let followed: Vec<(usize, &Relationship)> = followed
        .filter(|(_, relationship)| is_followed(entities, entity, relationship))
        .collect();
    let mut taken: HashSet<String> = METHODS.map(str::to_owned).into();
    let names: Vec<String> = followed
        .iter()
        .map(|(_, relationship)| free(relationship.name.clone(), &mut taken))
        .collect();
    // The setters come last: a relationship is asked for by its own name, whatever the others are called.
    let methods = followed.iter().zip(names);
    methods
        .map(|(&(index, relationship), name)| Accessor {
            relationship: index,
            name,
            setter: is_set(relationship).then(|| {
                let setter = format!("set_{}", naming::plain(&relationship.name));
                free(setter, &mut taken)
            }),
        })
        .collect()
}

/// Sessions hold objects of tables with a primary key.
fn is_followed(entities: &[Entity], entity: &Entity, relationship: &Relationship) -> bool {
    let between = match relationship.way {
        Way::Through {
            entity: between, ..
        } => Some(&entities[between]),
        _ => None,
    };
    let ends = [entity, &entities[relationship.target]];
    let mut all = ends.into_iter().chain(between);
    all.all(|entity| !entity.key.is_empty())
}

fn is_set(relationship: &Relationship) -> bool {
    relationship.cardinality != Cardinality::Many && !relationship.read_only
}

/// The name, with as many `_` behind it as it takes.
pub(super) fn free(mut name: String, taken: &mut HashSet<String>) -> String {
    while !taken.insert(name.clone()) {
        name.push('_');
    }
    name
}
