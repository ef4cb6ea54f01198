//! MySQL's types.

use aludel_catalog::{IntegerSize, Type};

use super::{Meaning, bytes, decimal, text, time, timestamp};
use crate::parse::type_name::TypeName;

/// What is suggested for a name that is not a type.
pub(super) const NAMES: &[&str] = &[
    "int",
    "integer",
    "bigint",
    "mediumint",
    "smallint",
    "tinyint",
    "bool",
    "boolean",
    "float",
    "double",
    "real",
    "decimal",
    "numeric",
    "bit",
    "char",
    "varchar",
    "text",
    "tinytext",
    "mediumtext",
    "longtext",
    "binary",
    "varbinary",
    "blob",
    "tinyblob",
    "mediumblob",
    "longblob",
    "date",
    "time",
    "datetime",
    "timestamp",
    "year",
    "json",
    "enum",
    "set",
    "uuid",
    "serial",
    "geometry",
    "point",
    "inet6",
];

/// Types that exist, and that the catalog has no word for.
const OTHERS: &[&str] = &[
    "GEOMETRY",
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "GEOMCOLLECTION",
    "INET4",
    "INET6",
    "VECTOR",
];

/// Text of any length up to a limit.
const TEXTS: &[&str] = &[
    "VARCHAR",
    "CHARACTER VARYING",
    "CHAR VARYING",
    "NVARCHAR",
    "NATIONAL VARCHAR",
    "NATIONAL VARCHARACTER",
    "NATIONAL CHAR VARYING",
    "NATIONAL CHARACTER VARYING",
    "NCHAR VARCHAR",
    "NCHAR VARYING",
    "VARCHARACTER",
    "VARCHAR2",
    "TINYTEXT",
    "MEDIUMTEXT",
    "LONGTEXT",
    "LONG",
    "LONG VARCHAR",
    "LONG CHAR VARYING",
    "LONG CHARACTER VARYING",
    "CLOB",
];

pub(super) fn meaning(ty: &TypeName) -> Meaning {
    let plain = match ty.name.as_str() {
        "SERIAL" => {
            return Meaning::Serial {
                size: IntegerSize::Big,
                unsigned: true,
            };
        }
        "ENUM" => return Meaning::Values(ty.texts()),
        "SET" => Type::Set(ty.texts()),
        "BOOL" | "BOOLEAN" => Type::Boolean,
        "TINYINT" | "INT1" if ty.number(0) == Some(1) && !is_unsigned(ty) => Type::Boolean,
        "BIT" if ty.number(0).unwrap_or(1) == 1 => Type::Boolean,
        "TINYINT" | "INT1" => integer(ty, IntegerSize::Tiny),
        "SMALLINT" | "INT2" => integer(ty, IntegerSize::Small),
        "MEDIUMINT" | "INT3" | "MIDDLEINT" => integer(ty, IntegerSize::Medium),
        "INT" | "INTEGER" | "INT4" => integer(ty, IntegerSize::Regular),
        "BIGINT" | "INT8" => integer(ty, IntegerSize::Big),
        "YEAR" => Type::integer(IntegerSize::Small),
        "FLOAT" | "FLOAT4" => float(ty),
        "DOUBLE" | "DOUBLE PRECISION" | "REAL" | "FLOAT8" => Type::Double,
        "DECIMAL" | "NUMERIC" | "DEC" | "FIXED" => decimal_with_defaults(ty),
        "BIT" => bytes_of_bits(ty),
        "CHAR BYTE" => bytes(ty, true),
        "CHAR" | "CHARACTER" | "VARCHAR" if ty.has("BYTE") => bytes(ty, ty.name != "VARCHAR"),
        "CHAR" | "CHARACTER" | "NCHAR" | "NATIONAL CHAR" | "NATIONAL CHARACTER" => fixed_text(ty),
        // Here a length is no limit: it says which of the four sizes is taken.
        "TEXT" => Type::text(),
        "BLOB" => Type::Bytes {
            length: None,
            fixed: false,
        },
        name if TEXTS.contains(&name) => text(ty, false),
        "BINARY" => fixed_bytes(ty),
        "VARBINARY" | "TINYBLOB" | "MEDIUMBLOB" | "LONGBLOB" | "LONG VARBINARY" => bytes(ty, false),
        "DATE" => Type::Date,
        "TIME" => time(ty, false),
        "DATETIME" => timestamp(ty, false),
        // A TIMESTAMP is kept in UTC and shown in the session's zone: a point in time.
        "TIMESTAMP" => timestamp(ty, true),
        "JSON" => Type::Json { binary: false },
        "UUID" => Type::Uuid,
        other if OTHERS.contains(&other) => Type::Other,
        _ => return Meaning::Unknown,
    };
    Meaning::Plain(plain)
}

/// ZEROFILL takes the sign away too.
fn is_unsigned(ty: &TypeName) -> bool {
    ty.has("UNSIGNED") || ty.has("ZEROFILL")
}

fn integer(ty: &TypeName, size: IntegerSize) -> Type {
    Type::Integer {
        size,
        unsigned: is_unsigned(ty),
    }
}

fn float(ty: &TypeName) -> Type {
    match (ty.number::<u32>(0), ty.arguments.len()) {
        (Some(25..), 1) => Type::Double,
        _ => Type::Float,
    }
}

/// Without digits, MySQL means DECIMAL(10, 0).
fn decimal_with_defaults(ty: &TypeName) -> Type {
    match decimal(ty) {
        Type::Decimal { precision, scale } => Type::Decimal {
            precision: precision.or(Some(10)),
            scale: scale.or(Some(0)),
        },
        other => other,
    }
}

fn bytes_of_bits(ty: &TypeName) -> Type {
    Type::Bytes {
        length: ty.number::<u64>(0).map(|bits| bits.div_ceil(8)),
        fixed: true,
    }
}

fn fixed_text(ty: &TypeName) -> Type {
    Type::Text {
        length: ty.number(0).or(Some(1)),
        fixed: true,
    }
}

fn fixed_bytes(ty: &TypeName) -> Type {
    Type::Bytes {
        length: ty.number(0).or(Some(1)),
        fixed: true,
    }
}
