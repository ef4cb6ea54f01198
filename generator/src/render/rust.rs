//! Types and literals as Rust text.

use crate::analyse::{Entity, Field, RustType};

/// The type of a field, an `Option` where it can be NULL.
pub(super) fn field_type(entity: &Entity, field: &Field) -> String {
    let scalar = scalar_type(entity, &field.ty);
    match (field.nullable, entity.name.as_str()) {
        (false, _) => scalar,
        (true, "Option") => format!("std::option::Option<{scalar}>"),
        (true, _) => format!("Option<{scalar}>"),
    }
}

/// A type, as the file of an entity writes it.
pub(super) fn scalar_type(entity: &Entity, ty: &RustType) -> String {
    match ty {
        RustType::Primitive(name) => (*name).to_owned(),
        RustType::Prelude { name, path } => {
            let hidden = name.split('<').next() == Some(entity.name.as_str());
            if hidden {
                (*path).to_owned()
            } else {
                (*name).to_owned()
            }
        }
        RustType::List(item) => {
            let list = if entity.name == "Vec" {
                "std::vec::Vec"
            } else {
                "Vec"
            };
            format!("{list}<{}>", scalar_type(entity, item))
        }
        RustType::Made { name, of } => {
            format!("aludel::types::{name}<{}>", scalar_type(entity, of))
        }
        RustType::Runtime(name) => format!("aludel::types::{name}"),
        RustType::Civil { name, dates } => format!("aludel::types::{}{name}", dates.module()),
        RustType::Generated(name) if entity.id_type.as_ref().is_some_and(|id| id.name == *name) => {
            name.clone()
        }
        RustType::Generated(name) => format!("super::{name}"),
        RustType::Custom(path) => path.clone(),
    }
}

/// Text as a literal.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}
