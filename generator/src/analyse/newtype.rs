//! Types of their own for keys, which foreign keys take over.

use super::{Entity, IdType, Input, RustType, foreign_key};

/// Gives every single-column key a type of its own, where the build script asks for it.
pub(super) fn add_all(input: Input<'_>, entities: &mut [Entity]) {
    if !input.options.id_newtypes {
        return;
    }
    for entity in entities.iter_mut() {
        let &[key] = entity.key.as_slice() else {
            continue;
        };
        // A key that is a foreign key as well has the other table's type.
        if !is_plain(&entity.fields[key].ty) || leads_on(input, entity, key) {
            continue;
        }
        let name = format!("{}Id", entity.name);
        let inner = std::mem::replace(
            &mut entity.fields[key].ty,
            RustType::Generated(name.clone()),
        );
        entity.id_type = Some(IdType { name, inner });
    }
    // A foreign key may lead to a key that is a foreign key itself: as many rounds as there are tables reach every one.
    for _ in 0..entities.len() {
        if !take_over(input, entities) {
            break;
        }
    }
}

/// Whether a newtype around the type can be compared, ordered and hashed.
fn is_plain(ty: &RustType) -> bool {
    match ty {
        RustType::Primitive(name) => !name.starts_with('f'),
        RustType::Prelude { name, .. } => *name == "String",
        RustType::Runtime(name) => *name == "Uuid",
        RustType::Civil { .. }
        | RustType::List(_)
        | RustType::Made { .. }
        | RustType::Generated(_)
        | RustType::Custom(_) => false,
    }
}

/// Gives foreign keys the type of the key that they lead to; whether there was any left to give.
fn take_over(input: Input<'_>, entities: &mut [Entity]) -> bool {
    let mut changed = false;
    for source in 0..entities.len() {
        let table = input.table(&entities[source]);
        for key in &table.foreign_keys {
            let Some((target, pairs)) = foreign_key::resolved(input, entities, table, key) else {
                continue;
            };
            for (here, there) in pairs {
                let ty = entities[target].fields[there].ty.clone();
                if matches!(ty, RustType::Generated(_)) && entities[source].fields[here].ty != ty {
                    entities[source].fields[here].ty = ty;
                    changed = true;
                }
            }
        }
    }
    changed
}

fn leads_on(input: Input<'_>, entity: &Entity, field: usize) -> bool {
    let table = input.table(entity);
    let column = &table.columns[field].name;
    table
        .foreign_keys
        .iter()
        .any(|key| key.columns.contains(column) && key.table != table.name)
}
