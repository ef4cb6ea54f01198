//! The types' names on SQLite.
//!
//! A name decides the column's *affinity*: what SQLite makes of the values stored in it. `INT` in a name means integers,
//! `CHAR`, `CLOB` or `TEXT` text, `REAL`, `FLOA` or `DOUB` floats, `BLOB` nothing; any other name means numbers where the
//! value looks like one, and would turn the decimal `1.10` into the float 1.1. So what is kept as text and may look like a
//! number is named `TEXT`.

use crate::{ColumnType, IntegerSize, Type};

use super::super::DdlError;

/// The names that STRICT tables admit.
const STRICT_NAMES: [&str; 6] = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];

/// The name in an ordinary table, and the one in a STRICT table.
#[rustfmt::skip]
fn names(kind: &Type) -> Option<(String, &'static str)> {
    let (name, strict) = match kind {
        Type::Boolean => ("BOOLEAN", "INTEGER"),
        Type::Integer { size, unsigned } => (integer(*size, *unsigned), "INTEGER"),
        Type::Float => ("FLOAT", "REAL"),
        Type::Double => ("DOUBLE", "REAL"),
        Type::Decimal { .. } => ("TEXT", "TEXT"),
        Type::Text { length: Some(length), fixed: false } => return Some((format!("VARCHAR({length})"), "TEXT")),
        Type::Text { length: Some(length), fixed: true } => return Some((format!("CHAR({length})"), "TEXT")),
        Type::Text { length: None, .. } => ("TEXT", "TEXT"),
        Type::Bytes { .. } => ("BLOB", "BLOB"),
        Type::Date => ("DATE", "TEXT"),
        Type::Time { .. } => ("TEXT", "TEXT"),
        Type::Timestamp { zone: false, .. } => ("TIMESTAMP", "TEXT"),
        Type::Timestamp { zone: true, .. } => ("TIMESTAMP WITH TIME ZONE", "TEXT"),
        Type::Interval => ("TEXT", "TEXT"),
        Type::Uuid => ("TEXT", "TEXT"),
        Type::Json { .. } => ("TEXT", "TEXT"),
        Type::Enum(_) | Type::Set(_) => ("TEXT", "TEXT"),
        Type::Array(_) | Type::Range(_) | Type::Network | Type::Domain(_) | Type::Other => return None,
    };
    Some((name.into(), strict))
}

/// Without a sign, the next larger size holds all values; there is none larger than the largest.
fn integer(size: IntegerSize, unsigned: bool) -> &'static str {
    match (size, unsigned) {
        (IntegerSize::Tiny, false) => "TINYINT",
        (IntegerSize::Small, false) | (IntegerSize::Tiny, true) => "SMALLINT",
        (IntegerSize::Medium, false) | (IntegerSize::Small, true) => "MEDIUMINT",
        (IntegerSize::Regular, false) | (IntegerSize::Medium, true) => "INTEGER",
        (IntegerSize::Big, _) | (IntegerSize::Regular, true) => "BIGINT",
    }
}

/// Whether the schema's own spelling would not do, although it was written for SQLite: SQLite has no such type, or would
/// make floats of exact numbers and numbers of JSON.
pub(super) fn is_emulated(ty: &ColumnType) -> bool {
    match ty.kind {
        Type::Enum(_) | Type::Set(_) | Type::Array(_) => true,
        Type::Decimal { .. } | Type::Json { .. } => !has_text_affinity(&ty.sql),
        _ => false,
    }
}

/// The spelling of a type that the schema wrote for another database.
pub(super) fn spelling(ty: &ColumnType, strict: bool) -> Result<String, DdlError> {
    match names(&ty.kind) {
        Some((_, name)) if strict => Ok(name.into()),
        Some((name, _)) => Ok(name),
        None => Err(DdlError::new(format!(
            "SQLite has no type that can stand for `{}`",
            ty.sql
        ))),
    }
}

/// The spelling of a type that the schema wrote for SQLite: its own.
pub(super) fn own_spelling(ty: &ColumnType, strict: bool) -> Result<String, DdlError> {
    let admitted = STRICT_NAMES
        .iter()
        .any(|name| name.eq_ignore_ascii_case(&ty.sql));
    if strict && !admitted {
        return Err(DdlError::new(format!(
            "a STRICT table has only the types {}, not `{}`",
            STRICT_NAMES.join(", "),
            ty.sql
        )));
    }
    Ok(ty.sql.clone())
}

/// Whether a column with this type's name keeps every value as text.
pub(super) fn has_text_affinity(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    !name.contains("INT")
        && ["CHAR", "CLOB", "TEXT"]
            .iter()
            .any(|part| name.contains(part))
}
