//! The types' names on PostgreSQL, and the checks for what they admit beyond those of other databases.

use crate::{Catalog, ColumnType, Dialect, IntegerSize, Name, Type};

use super::super::{DdlError, sql::Sql, values};
use super::Postgres;

/// The greatest length of `varchar`.
const LONGEST_TEXT: u64 = 10_485_760;

/// The spelling of a type: the schema's own where it was written for PostgreSQL.
pub(super) fn spelling(catalog: &Catalog, ty: &ColumnType) -> Result<String, DdlError> {
    let is_own = catalog.dialect == Dialect::Postgres && !ty.sql.is_empty();
    match &ty.kind {
        Type::Enum(name) => {
            values::of_enum(catalog, name)?;
            declared(catalog, name)
        }
        Type::Domain(name) => {
            let mut domains = catalog.domains.iter();
            match domains.any(|domain| domain.name == *name) {
                true => declared(catalog, name),
                false => Err(DdlError::new(format!("there is no domain `{name}`"))),
            }
        }
        Type::Array(element) => {
            let element = ColumnType::new(element.as_ref().clone(), without_brackets(&ty.sql));
            Ok(format!("{}[]", spelling(catalog, &element)?))
        }
        kind if is_own && is_native(kind) && !is_serial(&ty.sql) => Ok(ty.sql.clone()),
        kind => name(kind, catalog.dialect).ok_or_else(|| {
            DdlError::new(format!(
                "PostgreSQL has no type that can stand for `{}`",
                ty.sql
            ))
        }),
    }
}

/// The name of an enum or a domain: its own, unless a table has that one, which is a type as well.
pub(super) fn declared(catalog: &Catalog, name: &Name) -> Result<String, DdlError> {
    let mut sql = Sql::new(&Postgres);
    sql.qualified(&free(catalog, name))?;
    sql.finish()
}

/// The name under which an enum or a domain is created.
pub(super) fn free(catalog: &Catalog, name: &Name) -> Name {
    let mut free = name.clone();
    let is_taken = |name: &Name| {
        let tables = catalog.tables.iter().map(|table| &table.name);
        let mut relations = tables.chain(catalog.views.iter().map(|view| &view.name));
        relations.any(|relation| relation == name)
    };
    while catalog.dialect != Dialect::Postgres && is_taken(&free) {
        free.name.push_str("_type");
    }
    free
}

/// The type of a column that is counted up.
pub(super) fn counted(ty: &ColumnType) -> Result<&'static str, DdlError> {
    match ty.kind {
        Type::Integer { size, unsigned } => Ok(integer(size, unsigned)),
        _ => Err(DdlError::new("PostgreSQL counts up only integers")),
    }
}

/// Conditions without which a column would admit more than the declared type.
pub(super) fn checks(
    catalog: &Catalog,
    ty: &ColumnType,
    column: &str,
) -> Result<Vec<String>, DdlError> {
    let is_of_mysql = catalog.dialect == Dialect::Mysql;
    let mut sql = Sql::new(&Postgres);
    match &ty.kind {
        Type::Integer { size, unsigned } if *unsigned || is_of_mysql => {
            let Some(range) = range(*size, *unsigned) else {
                return Ok(Vec::new());
            };
            sql.name(column)?;
            sql.push(range);
        }
        Type::Text {
            length: Some(length),
            ..
        } if !fits(*length) => {
            sql.push("char_length(");
            sql.name(column)?;
            sql.push(&format!(") <= {length}"));
        }
        Type::Bytes {
            length: Some(length),
            ..
        } if is_of_mysql => {
            sql.push("octet_length(");
            sql.name(column)?;
            sql.push(&format!(") <= {length}"));
        }
        Type::Set(values) => values::write_some_of(&mut sql, column, values)?,
        _ => return Ok(Vec::new()),
    }
    Ok(vec![sql.finish()?])
}

#[rustfmt::skip]
fn name(kind: &Type, from: Dialect) -> Option<String> {
    let name = match kind {
        Type::Boolean => "boolean",
        Type::Integer { size, unsigned } => integer(*size, *unsigned),
        Type::Float => "real",
        Type::Double => "double precision",
        Type::Decimal { precision: None, .. } => "numeric",
        Type::Decimal { precision: Some(precision), scale: None } => return Some(format!("numeric({precision})")),
        Type::Decimal { precision: Some(precision), scale: Some(scale) } => return Some(format!("numeric({precision},{scale})")),
        Type::Text { length: Some(length), fixed: true } if fits(*length) => return Some(format!("char({length})")),
        Type::Text { length: Some(length), fixed: false } if fits(*length) => return Some(format!("varchar({length})")),
        Type::Text { .. } | Type::Set(_) => "text",
        Type::Bytes { .. } => "bytea",
        Type::Date => "date",
        Type::Time { precision, zone } => return Some(moment("time", *precision, *zone)),
        Type::Timestamp { precision, zone } => return Some(moment("timestamp", *precision, *zone)),
        Type::Interval => "interval",
        Type::Uuid => "uuid",
        // MySQL keeps JSON decoded; SQLite keeps its text, as PostgreSQL's `json` does.
        Type::Json { binary: false } if from != Dialect::Mysql => "json",
        Type::Json { .. } => "jsonb",
        Type::Network => "inet",
        Type::Range(item) => of_range(item)?,
        Type::Enum(_) | Type::Array(_) | Type::Domain(_) | Type::Other => return None,
    };
    Some(name.into())
}

/// The range over a type, where PostgreSQL has one.
fn of_range(item: &Type) -> Option<&'static str> {
    Some(match item {
        Type::Integer {
            size: IntegerSize::Regular,
            unsigned: false,
        } => "int4range",
        Type::Integer {
            size: IntegerSize::Big,
            unsigned: false,
        } => "int8range",
        Type::Decimal { .. } => "numrange",
        Type::Date => "daterange",
        Type::Timestamp { zone: false, .. } => "tsrange",
        Type::Timestamp { zone: true, .. } => "tstzrange",
        _ => return None,
    })
}

fn moment(name: &str, precision: Option<u32>, zone: bool) -> String {
    let digits = precision.map(|digits| format!("({digits})"));
    let zone = if zone { " with time zone" } else { "" };
    format!("{name}{}{zone}", digits.unwrap_or_default())
}

/// Without a sign, the next larger size holds all values; there is none larger than the largest, whose upper half is refused.
fn integer(size: IntegerSize, unsigned: bool) -> &'static str {
    match (size, unsigned) {
        (IntegerSize::Tiny, _) | (IntegerSize::Small, false) => "smallint",
        (IntegerSize::Small, true) | (IntegerSize::Medium, _) | (IntegerSize::Regular, false) => {
            "integer"
        }
        (IntegerSize::Regular, true) | (IntegerSize::Big, _) => "bigint",
    }
}

/// The values that the type has, where PostgreSQL's has more.
fn range(size: IntegerSize, unsigned: bool) -> Option<&'static str> {
    match (size, unsigned) {
        (IntegerSize::Tiny, false) => Some(" BETWEEN -128 AND 127"),
        (IntegerSize::Tiny, true) => Some(" BETWEEN 0 AND 255"),
        (IntegerSize::Small, true) => Some(" BETWEEN 0 AND 65535"),
        (IntegerSize::Medium, false) => Some(" BETWEEN -8388608 AND 8388607"),
        (IntegerSize::Medium, true) => Some(" BETWEEN 0 AND 16777215"),
        (IntegerSize::Regular, true) => Some(" BETWEEN 0 AND 4294967295"),
        (IntegerSize::Big, true) => Some(" >= 0"),
        (IntegerSize::Small | IntegerSize::Regular | IntegerSize::Big, false) => None,
    }
}

fn fits(length: u64) -> bool {
    (1..=LONGEST_TEXT).contains(&length)
}

/// Whether PostgreSQL has exactly that type, so that the schema's spelling names it.
fn is_native(kind: &Type) -> bool {
    !matches!(kind, Type::Set(_) | Type::Integer { unsigned: true, .. })
}

/// `serial` is a type with a sequence of its own.
fn is_serial(sql: &str) -> bool {
    sql.to_ascii_lowercase().contains("serial")
}

fn without_brackets(sql: &str) -> &str {
    match sql.rfind('[') {
        Some(bracket) => sql[..bracket].trim_end(),
        None => sql,
    }
}
