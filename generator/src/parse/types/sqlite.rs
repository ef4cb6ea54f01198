//! SQLite's types: the names in use, and the rules of affinity for all others.

use aludel_catalog::{IntegerSize, Type};

use super::{Meaning, bytes, decimal, is_foreign, text, time, timestamp};
use crate::{parse::type_name::TypeName, suggest};

/// What is suggested for a name that says nothing.
pub(super) const NAMES: &[&str] = &[
    "INTEGER",
    "INT",
    "BIGINT",
    "SMALLINT",
    "TINYINT",
    "BOOLEAN",
    "REAL",
    "DOUBLE",
    "FLOAT",
    "NUMERIC",
    "DECIMAL",
    "TEXT",
    "VARCHAR",
    "CHAR",
    "CLOB",
    "BLOB",
    "DATE",
    "TIME",
    "DATETIME",
    "TIMESTAMP",
    "UUID",
    "JSON",
];

/// Names that say what they are although they are not suggested.
const OTHER_NAMES: &[&str] = &[
    "INT1",
    "INT2",
    "INT3",
    "INT4",
    "INT8",
    "INTEGER4",
    "MEDIUMINT",
    "BIGINTEGER",
    "LONGINT",
    "UINT",
    "LONG",
    "NVARCHAR",
    "NCHAR",
    "VARCHAR2",
    "CHARACTER",
    "LONGVARCHAR",
    "TINYTEXT",
    "MEDIUMTEXT",
    "LONGTEXT",
    "NTEXT",
    "CITEXT",
    "TINYBLOB",
    "MEDIUMBLOB",
    "LONGBLOB",
    "BINARY",
    "VARBINARY",
    "BYTEA",
    "GUID",
    "JSONB",
    "BOOL",
    "DEC",
    "FLOAT4",
    "FLOAT8",
    "TIMESTAMPTZ",
    "ANY",
];

/// What may have been meant by a name that SQLite understands by a part of it: INTEGR is an integer as well.
pub(in crate::parse) fn doubtful(name: &str) -> Option<&'static str> {
    let mut known = NAMES.iter().chain(OTHER_NAMES);
    if name.contains(' ') || known.any(|known| known.eq_ignore_ascii_case(name)) {
        return None;
    }
    suggest::nearest(name, NAMES.iter().copied())
}

/// Whether a name that says nothing to SQLite is most likely a mistake: nearly another one, or of a database that counts up.
pub(super) fn is_slip(name: &str) -> bool {
    if name.to_uppercase().ends_with("SERIAL") {
        return true;
    }
    !is_foreign(name) && suggest::nearest(name, NAMES.iter().copied()).is_some()
}

pub(super) fn meaning(ty: &TypeName) -> Meaning {
    let name = ty.name.to_uppercase();
    let plain = match name.as_str() {
        // An integer of SQLite has 64 bits whatever it is called; a narrower name is taken as a promise.
        "INTEGER" | "INT" | "BIGINT" | "INT8" | "UNSIGNED BIG INT" | "LONG" => {
            Type::integer(IntegerSize::Big)
        }
        "MEDIUMINT" | "INT4" => Type::integer(IntegerSize::Regular),
        "SMALLINT" | "INT2" => Type::integer(IntegerSize::Small),
        "TINYINT" => Type::integer(IntegerSize::Tiny),
        "BOOLEAN" | "BOOL" => Type::Boolean,
        "DATETIME" | "DATETIME2" | "SMALLDATETIME" | "TIMESTAMP" => timestamp(ty, false),
        "TIMESTAMPTZ" | "TIMESTAMP WITH TIME ZONE" => timestamp(ty, true),
        "DATE" => Type::Date,
        "TIME" => time(ty, false),
        "NUMERIC" | "DECIMAL" | "DEC" => decimal(ty),
        "REAL" | "DOUBLE" | "DOUBLE PRECISION" | "FLOAT" => Type::Double,
        "CHAR" | "CHARACTER" | "NCHAR" | "NATIVE CHARACTER" => text(ty, true),
        "UUID" | "GUID" => Type::Uuid,
        "JSON" => Type::Json { binary: false },
        "JSONB" => Type::Json { binary: true },
        "BLOB" | "BINARY" | "VARBINARY" | "BYTEA" => bytes(ty, false),
        "ANY" => Type::Other,
        _ => return by_affinity(&name, ty).map_or(Meaning::Unknown, Meaning::Plain),
    };
    Meaning::Plain(plain)
}

/// <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>, as far as it is what somebody means: a POINT is no
/// integer, and a name of which SQLite knows no part says nothing.
fn by_affinity(name: &str, ty: &TypeName) -> Option<Type> {
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    if has(&["INT"]) && !has(&["POINT"]) && !has(&["INTERVAL"]) {
        Some(Type::integer(IntegerSize::Big))
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        Some(text(ty, false))
    } else if has(&["BLOB"]) {
        Some(bytes(ty, false))
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        Some(Type::Double)
    } else {
        None
    }
}
