//! The types of PostgreSQL, by how their values travel.

use tokio_postgres::types::{Kind as Declared, Oid, Type};

/// How values of a type travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Bool,
    Int2,
    Int4,
    Int8,
    /// The number of a thing in the catalog.
    Oid,
    Float4,
    Float8,
    Numeric,
    /// Whatever travels as its text: also enums.
    Text,
    Bytes,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
    Uuid,
    Json,
    Jsonb,
    Inet,
    MacAddress,
    Bits,
    Array(Box<Element>),
    Range(Box<Kind>),
    Multirange(Box<Kind>),
    /// A type that only the database knows.
    Other(Box<str>),
}

/// The type of an array's items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) oid: Oid,
    pub(super) kind: Kind,
}

impl Kind {
    pub(super) fn of(ty: &Type) -> Kind {
        match ty.kind() {
            Declared::Enum(_) => Kind::Text,
            Declared::Domain(base) => Kind::of(base),
            Declared::Range(item) => Kind::Range(Box::new(Kind::of(item))),
            Declared::Multirange(item) => Kind::Multirange(Box::new(Kind::of(item))),
            Declared::Array(item) => Kind::Array(Box::new(Element {
                oid: item.oid(),
                kind: Kind::of(item),
            })),
            Declared::Simple => simple(ty),
            _ => Kind::named(ty),
        }
    }

    /// A type that is known by its name alone, if at all: the numbers of extensions' types differ.
    fn named(ty: &Type) -> Kind {
        match ty.name() {
            "citext" => Kind::Text,
            "void" => Kind::Text,
            name => Kind::Other(name.into()),
        }
    }

    /// Whether a value has to be made before it can be lent.
    pub(super) fn is_made(&self) -> bool {
        matches!(
            self,
            Kind::Numeric
                | Kind::TimeTz
                | Kind::Interval
                | Kind::Inet
                | Kind::MacAddress
                | Kind::Bits
                | Kind::Array(_)
                | Kind::Range(_)
                | Kind::Multirange(_)
                | Kind::Other(_)
        )
    }

    /// What it is called in an error message.
    pub(super) fn title(&self) -> &str {
        match self {
            Kind::Bool => "a boolean",
            Kind::Int2 => "a smallint",
            Kind::Int4 => "an integer",
            Kind::Int8 => "a bigint",
            Kind::Oid => "an oid",
            Kind::Float4 | Kind::Float8 => "a floating-point number",
            Kind::Numeric => "a numeric",
            Kind::Text => "text",
            Kind::Bytes => "bytes",
            Kind::Date => "a date",
            Kind::Time | Kind::TimeTz => "a time",
            Kind::Timestamp | Kind::TimestampTz => "a timestamp",
            Kind::Interval => "an interval",
            Kind::Uuid => "a UUID",
            Kind::Json | Kind::Jsonb => "JSON",
            Kind::Inet => "a network address",
            Kind::MacAddress => "a MAC address",
            Kind::Bits => "a bit string",
            Kind::Array(_) => "an array",
            Kind::Range(_) | Kind::Multirange(_) => "a range",
            Kind::Other(name) => name,
        }
    }
}

fn simple(ty: &Type) -> Kind {
    match *ty {
        Type::BOOL => Kind::Bool,
        Type::INT2 => Kind::Int2,
        Type::INT4 => Kind::Int4,
        Type::INT8 => Kind::Int8,
        Type::OID
        | Type::XID
        | Type::CID
        | Type::REGPROC
        | Type::REGPROCEDURE
        | Type::REGOPER
        | Type::REGOPERATOR
        | Type::REGCLASS
        | Type::REGTYPE
        | Type::REGROLE
        | Type::REGNAMESPACE
        | Type::REGCONFIG
        | Type::REGDICTIONARY => Kind::Oid,
        Type::FLOAT4 => Kind::Float4,
        Type::FLOAT8 => Kind::Float8,
        Type::NUMERIC => Kind::Numeric,
        Type::TEXT
        | Type::VARCHAR
        | Type::BPCHAR
        | Type::NAME
        | Type::CHAR
        | Type::XML
        | Type::UNKNOWN => Kind::Text,
        Type::BYTEA => Kind::Bytes,
        Type::DATE => Kind::Date,
        Type::TIME => Kind::Time,
        Type::TIMETZ => Kind::TimeTz,
        Type::TIMESTAMP => Kind::Timestamp,
        Type::TIMESTAMPTZ => Kind::TimestampTz,
        Type::INTERVAL => Kind::Interval,
        Type::UUID => Kind::Uuid,
        Type::JSON => Kind::Json,
        Type::JSONB => Kind::Jsonb,
        Type::INET | Type::CIDR => Kind::Inet,
        Type::MACADDR | Type::MACADDR8 => Kind::MacAddress,
        Type::BIT | Type::VARBIT => Kind::Bits,
        _ => Kind::named(ty),
    }
}
