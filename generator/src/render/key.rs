//! The primary key of a model, and its fields by position: what sessions use.

use super::{layout, rust::scalar_type};
use crate::analyse::{Entity, Field, RustType};

/// The primary key of a model.
pub(super) struct KeyView {
    pub(super) ty: String,
    pub(super) value: String,
    pub(super) fields: Vec<ArmView>,
}

/// A field, by the position of its column.
pub(super) struct ArmView {
    pub(super) pattern: String,
    pub(super) field: String,
}

/// A newtype for a key.
pub(super) struct IdView {
    pub(super) name: String,
    pub(super) inner: String,
    pub(super) derives: &'static str,
}

/// The primary key, and the fields by position; the last one stands for all others, of which there are none.
pub(super) fn key(entity: &Entity) -> Option<KeyView> {
    let fields = entity.fields.iter().enumerate();
    let arm = |(index, field): (usize, &Field)| ArmView {
        pattern: match index + 1 == entity.fields.len() {
            true => "_".to_owned(),
            false => index.to_string(),
        },
        field: field.name.clone(),
    };
    let value = |index: &usize| format!("self.{}.clone()", entity.fields[*index].name);
    let values: Vec<String> = entity.key.iter().map(value).collect();
    Some(KeyView {
        ty: key_type(entity)?,
        value: match values.as_slice() {
            [only] => only.clone(),
            several => layout::tuple(8, several),
        },
        fields: fields.map(arm).collect(),
    })
}

fn key_type(entity: &Entity) -> Option<String> {
    let types: Vec<String> = entity
        .key
        .iter()
        .map(|&index| scalar_type(entity, &entity.fields[index].ty))
        .collect();
    match types.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(format!("({})", several.join(", "))),
    }
}

pub(super) fn id_type(entity: &Entity) -> Option<IdView> {
    let id = entity.id_type.as_ref()?;
    let derives = match id.inner {
        RustType::Prelude { .. } => "Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash",
        _ => "Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash",
    };
    Some(IdView {
        name: id.name.clone(),
        inner: scalar_type(entity, &id.inner),
        derives,
    })
}
