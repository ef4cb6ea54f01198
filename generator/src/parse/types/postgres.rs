//! PostgreSQL's types.

use aludel_catalog::{IntegerSize, Name, Type};

use super::{Meaning, bytes, decimal, text, time, timestamp};
use crate::parse::type_name::TypeName;

/// What is suggested for a name that is neither a type nor declared.
pub(super) const NAMES: &[&str] = &[
    "integer",
    "int",
    "bigint",
    "smallint",
    "serial",
    "bigserial",
    "smallserial",
    "boolean",
    "real",
    "double precision",
    "numeric",
    "decimal",
    "money",
    "text",
    "varchar",
    "character varying",
    "char",
    "citext",
    "bytea",
    "date",
    "time",
    "timetz",
    "timestamp",
    "timestamptz",
    "interval",
    "uuid",
    "json",
    "jsonb",
    "xml",
    "inet",
    "cidr",
    "macaddr",
    "tsvector",
];

/// Types that exist, and that the catalog has no word for.
const OTHERS: &[&str] = &[
    "ACLITEM",
    "BIT",
    "BIT VARYING",
    "BOX",
    "BOX2D",
    "BOX3D",
    "CID",
    "CIRCLE",
    "CUBE",
    "DATEMULTIRANGE",
    "EARTH",
    "GEOGRAPHY",
    "GEOMETRY",
    "HALFVEC",
    "HSTORE",
    "INT4MULTIRANGE",
    "INT8MULTIRANGE",
    "JSONPATH",
    "LINE",
    "LQUERY",
    "LSEG",
    "LTREE",
    "LTXTQUERY",
    "MACADDR",
    "MACADDR8",
    "MONEY",
    "NUMMULTIRANGE",
    "OID",
    "OIDVECTOR",
    "PATH",
    "PG_LSN",
    "PG_NODE_TREE",
    "PG_SNAPSHOT",
    "POINT",
    "POLYGON",
    "RASTER",
    "REGCLASS",
    "REGCOLLATION",
    "REGCONFIG",
    "REGDICTIONARY",
    "REGNAMESPACE",
    "REGOPER",
    "REGOPERATOR",
    "REGPROC",
    "REGPROCEDURE",
    "REGROLE",
    "REGTYPE",
    "SEG",
    "SPARSEVEC",
    "TID",
    "TSMULTIRANGE",
    "TSQUERY",
    "TSTZMULTIRANGE",
    "TSVECTOR",
    "TXID_SNAPSHOT",
    "VARBIT",
    "VECTOR",
    "XID",
    "XID8",
    "XML",
];

pub(super) fn meaning(ty: &TypeName) -> Meaning {
    match plain(ty) {
        Some(Meaning::Plain(plain)) if ty.dimensions > 0 => {
            Meaning::Plain(array(plain, ty.dimensions))
        }
        Some(meaning) => meaning,
        None => Meaning::Named(own_name(ty)),
    }
}

/// A type of PostgreSQL's own; quoted or in a namespace of the user's, it is not.
fn plain(ty: &TypeName) -> Option<Meaning> {
    let is_builtin = ty
        .schema
        .as_deref()
        .is_none_or(|schema| schema == "pg_catalog" || schema == "public");
    let name = ty.name.to_uppercase();
    if !is_builtin || (ty.quoted && ty.name != ty.name.to_lowercase()) {
        return None;
    }
    let serial = |size| Meaning::Serial {
        size,
        unsigned: false,
    };
    let zone = ty.has("WITH TIME ZONE");
    let plain = match name.as_str() {
        "SERIAL" | "SERIAL4" => return Some(serial(IntegerSize::Regular)),
        "BIGSERIAL" | "SERIAL8" => return Some(serial(IntegerSize::Big)),
        "SMALLSERIAL" | "SERIAL2" => return Some(serial(IntegerSize::Small)),
        "INTEGER" | "INT" | "INT4" => Type::integer(IntegerSize::Regular),
        "BIGINT" | "INT8" => Type::integer(IntegerSize::Big),
        "SMALLINT" | "INT2" => Type::integer(IntegerSize::Small),
        "BOOLEAN" | "BOOL" => Type::Boolean,
        "REAL" | "FLOAT4" => Type::Float,
        "FLOAT" => float(ty),
        "DOUBLE PRECISION" | "FLOAT8" => Type::Double,
        "NUMERIC" | "DECIMAL" | "DEC" => decimal(ty),
        "TEXT" | "CITEXT" | "NAME" => Type::text(),
        "VARCHAR"
        | "CHARACTER VARYING"
        | "CHAR VARYING"
        | "NATIONAL CHARACTER VARYING"
        | "NATIONAL CHAR VARYING"
        | "NCHAR VARYING" => text(ty, false),
        // Without a length, these hold one character; quoted, "char" is a type of one byte.
        "CHAR" | "CHARACTER" | "BPCHAR" | "NCHAR" | "NATIONAL CHARACTER" | "NATIONAL CHAR" => {
            fixed_text(ty)
        }
        "BYTEA" => bytes(ty, false),
        "DATE" => Type::Date,
        "TIME" => time(ty, zone),
        "TIMETZ" => time(ty, true),
        "TIMESTAMP" => timestamp(ty, zone),
        "TIMESTAMPTZ" => timestamp(ty, true),
        "INTERVAL" => Type::Interval,
        "UUID" => Type::Uuid,
        "JSON" => Type::Json { binary: false },
        "JSONB" => Type::Json { binary: true },
        "INET" | "CIDR" => Type::Network,
        "INT4RANGE" => range(Type::integer(IntegerSize::Regular)),
        "INT8RANGE" => range(Type::integer(IntegerSize::Big)),
        "NUMRANGE" => range(decimal(ty)),
        "DATERANGE" => range(Type::Date),
        "TSRANGE" => range(timestamp(ty, false)),
        "TSTZRANGE" => range(timestamp(ty, true)),
        other if OTHERS.contains(&other) => Type::Other,
        _ => return None,
    };
    Some(Meaning::Plain(plain))
}

fn fixed_text(ty: &TypeName) -> Type {
    let length = match ty.name.as_str() {
        "BPCHAR" => ty.number(0),
        _ => ty.number(0).or(Some(1)),
    };
    Type::Text {
        length,
        fixed: length.is_some(),
    }
}

fn float(ty: &TypeName) -> Type {
    match ty.number::<u32>(0) {
        Some(..=24) => Type::Float,
        _ => Type::Double,
    }
}

fn range(item: Type) -> Type {
    Type::Range(Box::new(item))
}

fn array(element: Type, dimensions: usize) -> Type {
    (0..dimensions).fold(element, |element, _| Type::Array(Box::new(element)))
}

/// The name by which the schema declares a type.
fn own_name(ty: &TypeName) -> Name {
    Name {
        schema: match &ty.schema {
            Some(schema) => Some(schema.clone()).filter(|schema| schema != "public"),
            None => ty.current_schema.clone(),
        },
        name: match ty.quoted {
            true => ty.name.clone(),
            false => ty.name.to_lowercase(),
        },
    }
}
