//! The Rust type for each type of a column. The one place to change for a new one.

use aludel_catalog::{Catalog, IntegerSize, Name, Type};

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
    /// A list of values.
    List(Box<RustType>),
    /// A type that the runtime exports and that is made of others: `Range` of `i32`.
    Made {
        name: &'static str,
        of: Box<RustType>,
    },
    /// A type of the user's: a path from the crate's root.
    Custom(String),
}

/// What is read as whatever the database gives.
pub(super) const UNTYPED: RustType = RustType::Runtime("Value");

/// The type of a column that is not NULL.
pub(super) fn rust_type(
    ty: &Type,
    catalog: &Catalog,
    enums: &[Enumeration],
    dates: Dates,
) -> RustType {
    let civil = |name| RustType::Civil { name, dates };
    match catalog.resolve(ty) {
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
        // A time of day with a zone is no type of Rust's: it is read as its text, as a span of time is.
        Type::Text { .. } | Type::Set(_) | Type::Interval | Type::Time { zone: true, .. } => STRING,
        Type::Bytes { .. } => RustType::Prelude {
            name: "Vec<u8>",
            path: "std::vec::Vec<u8>",
        },
        Type::Date => civil("Date"),
        Type::Time { zone: false, .. } => civil("Time"),
        Type::Timestamp { zone: false, .. } => civil("DateTime"),
        Type::Timestamp { zone: true, .. } => civil("UtcDateTime"),
        Type::Uuid => RustType::Runtime("Uuid"),
        Type::Json { .. } => RustType::Runtime("Json"),
        Type::Enum(name) => enum_type(name, enums).unwrap_or(STRING),
        Type::Network => RustType::Runtime("Inet"),
        Type::Range(item) => match rust_type(item, catalog, enums, dates) {
            UNTYPED => UNTYPED,
            item => made("Range", item),
        },
        Type::Array(item) => match rust_type(item, catalog, enums, dates) {
            UNTYPED => UNTYPED,
            item => RustType::List(Box::new(item)),
        },
        _ => UNTYPED,
    }
}

/// The type for any number of the values of an enum.
pub(super) fn set_of(enumeration: &Enumeration) -> RustType {
    made("Set", RustType::Generated(enumeration.name.clone()))
}

fn made(name: &'static str, of: RustType) -> RustType {
    RustType::Made {
        name,
        of: Box::new(of),
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
