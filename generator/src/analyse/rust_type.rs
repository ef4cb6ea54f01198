//! The Rust type for each type of a column. The one place to change for a new one.

use aludel_catalog::{IntegerSize, Name, Type};

use super::Enumeration;
use crate::Dates;

/// A Rust type, as generated code writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RustType {
    /// A type of the language: `i64`.
    Primitive(&'static str),
    /// A type of the standard prelude: `String`. The path is for a module that has a struct of the same name.
    Prelude {
        name: &'static str,
        path: &'static str,
    },
    /// A type that the runtime exports.
    Runtime(&'static str),
    /// A type of a library of dates and times, by the name that the runtime gives it.
    Civil { name: &'static str, dates: Dates },
    /// A type that is generated beside the models.
    Generated(String),
    /// A type of the user's: a path from the crate's root.
    Custom(String),
}

/// The type of a column that is not NULL. `ty` is resolved: no domain.
pub(super) fn rust_type(ty: &Type, enums: &[Enumeration], dates: Dates) -> RustType {
    let civil = |name| RustType::Civil { name, dates };
    match ty {
        Type::Boolean => RustType::Primitive("bool"),
        Type::Integer {
            size,
            unsigned: false,
        } => RustType::Primitive(signed(*size)),
        Type::Integer {
            size,
            unsigned: true,
        } => RustType::Primitive(unsigned(*size)),
        Type::Float => RustType::Primitive("f32"),
        Type::Double => RustType::Primitive("f64"),
        Type::Decimal { .. } => RustType::Runtime("Decimal"),
        Type::Text { .. } | Type::Set(_) | Type::Interval => STRING,
        Type::Bytes { .. } => RustType::Prelude {
            name: "Vec<u8>",
            path: "std::vec::Vec<u8>",
        },
        Type::Date => civil("Date"),
        Type::Time { .. } => civil("Time"),
        Type::Timestamp { zone: false, .. } => civil("DateTime"),
        Type::Timestamp { zone: true, .. } => civil("UtcDateTime"),
        Type::Uuid => RustType::Runtime("Uuid"),
        Type::Json { .. } => RustType::Runtime("Json"),
        Type::Enum(name) => enum_type(name, enums).unwrap_or(STRING),
        // What has no type of its own is read as whatever the database gives.
        _ => RustType::Runtime("Value"),
    }
}

/// The type that is generated for an enum.
pub(super) fn enum_type(name: &Name, enums: &[Enumeration]) -> Option<RustType> {
    let found = enums
        .iter()
        .find(|enumeration| enumeration.declared == *name)?;
    Some(RustType::Generated(found.name.clone()))
}

const STRING: RustType = RustType::Prelude {
    name: "String",
    path: "std::string::String",
};

fn signed(size: IntegerSize) -> &'static str {
    match size {
        IntegerSize::Tiny => "i8",
        IntegerSize::Small => "i16",
        IntegerSize::Medium | IntegerSize::Regular => "i32",
        IntegerSize::Big => "i64",
    }
}

fn unsigned(size: IntegerSize) -> &'static str {
    match size {
        IntegerSize::Tiny => "u8",
        IntegerSize::Small => "u16",
        IntegerSize::Medium | IntegerSize::Regular => "u32",
        IntegerSize::Big => "u64",
    }
}
