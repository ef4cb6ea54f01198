//! The unique keys of a table: what inserts name them by.

use std::collections::HashSet;

use aludel_catalog::Table;

use super::{
    documentation,
    entity::{ConstantView, free_name},
    layout,
};
use crate::analyse::Entity;

/// What every model with a key calls it already: a constant of this name would hide that.
const PRIMARY: &str = "primary_key";

/// A constant for each unique key.
pub(super) fn constants(table: &Table, entity: &Entity) -> Vec<ConstantView> {
    // Nothing is inserted into a view.
    let keys = entity.unique_keys.iter().zip(names(entity));
    let keys = keys.filter(|_| !entity.view);
    keys.map(|(key, name)| ConstantView {
        documentation: documentation::unique_key(table, key),
        declaration: layout::assignment(
            4,
            &format!("pub const {name}: rt::UniqueKey<{}>", entity.name),
            &format!("rt::UniqueKey::new({})", layout::positions(key)),
        ),
    })
    .collect()
}

/// All of them, as the list in the table's facts.
pub(super) fn list(entity: &Entity) -> String {
    let keys = entity.unique_keys.iter();
    let keys: Vec<String> = keys.map(|key| layout::positions(key)).collect();
    layout::array(4, &keys)
}

/// Called as the finder is: `by_name_and_age` finds by `name_and_age_key`.
///
/// Where something else of the model has the name, or a key that is declared earlier, a `_` follows, and no error: a schema that
/// has no use for the constant need not choose names because of it.
fn names(entity: &Entity) -> Vec<String> {
    let fields = entity.fields.iter().map(|field| field.name.clone());
    let relationships = entity.relationships.iter().map(|other| other.name.clone());
    let finders = entity.finders.iter().map(|finder| &finder.name);
    let functions = finders.map(|name| free_name(entity, name));
    let mut taken: HashSet<String> = fields.chain(relationships).chain(functions).collect();
    taken.insert(free_name(entity, "insert"));
    taken.insert(PRIMARY.to_owned());
    let mut names = Vec::new();
    for key in &entity.unique_keys {
        let mut name = format!("{}_key", entity.joined_names(key));
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        names.push(name);
    }
    names
}
