//! Whether two columns have the same type. The neutral type decides; where it stands for several of a database's types, their
//! spelling does.

use crate::{Catalog, ColumnType, Dialect, Type};

/// A type of a catalog.
#[derive(Clone, Copy)]
pub(super) struct Side<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) ty: &'c ColumnType,
}

/// Whether both types hold the same values.
pub(super) fn is_same(from: Side<'_>, to: Side<'_>) -> bool {
    let dialect = to.catalog.dialect;
    is_same_kind(from, to, &from.ty.kind, &to.ty.kind)
        && match dialect {
            Dialect::Sqlite => true,
            Dialect::Postgres => told_apart(&from.ty.sql) == told_apart(&to.ty.sql),
            Dialect::Mysql => size(&from.ty.sql) == size(&to.ty.sql),
        }
}

fn is_same_kind(from: Side<'_>, to: Side<'_>, old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Other, Type::Other) => words(&from.ty.sql) == words(&to.ty.sql),
        // An enum of MySQL and SQLite is its values: its name is made of the column's.
        (Type::Enum(old), Type::Enum(new)) if to.catalog.dialect != Dialect::Postgres => {
            let values =
                |catalog: &Catalog, name| catalog.enumeration(name).map(|it| it.values.clone());
            values(from.catalog, old) == values(to.catalog, new)
        }
        (Type::Array(old), Type::Array(new)) | (Type::Range(old), Type::Range(new)) => {
            is_same_kind(from, to, old, new)
        }
        // Without digits behind the point, there are none.
        (
            Type::Decimal {
                precision: Some(old),
                scale: old_scale,
            },
            Type::Decimal {
                precision: Some(new),
                scale: new_scale,
            },
        ) => old == new && old_scale.unwrap_or(0) == new_scale.unwrap_or(0),
        (Type::Time { .. } | Type::Timestamp { .. }, _) => {
            moment(old, to.catalog.dialect) == moment(new, to.catalog.dialect)
        }
        (old, new) => old == new,
    }
}

/// A moment with as many digits as its database keeps.
fn moment(kind: &Type, dialect: Dialect) -> Type {
    let usual = match dialect {
        Dialect::Postgres => Some(6),
        Dialect::Mysql => Some(0),
        Dialect::Sqlite => None,
    };
    match kind {
        Type::Time { precision, zone } => Type::Time {
            precision: precision.or(usual),
            zone: *zone,
        },
        Type::Timestamp { precision, zone } => Type::Timestamp {
            precision: precision.or(usual),
            zone: *zone,
        },
        other => other.clone(),
    }
}

/// Types of PostgreSQL that are one neutral type with others.
fn told_apart(sql: &str) -> Option<&'static str> {
    let name = bare(sql);
    let name = name.rsplit('.').next().unwrap_or_default();
    ["citext", "cidr", "money", "xml", "name", "bit", "varbit"]
        .into_iter()
        .find(|special| *special == name)
}

/// The size of MySQL's long texts and bytes, which the neutral types do not tell; all others have what their type says.
fn size(sql: &str) -> Option<String> {
    let name = bare(sql);
    let is_sized = ["text", "blob"].iter().any(|kind| name.ends_with(kind));
    match name.as_str() {
        _ if is_sized => Some(name),
        "bit" | "year" => Some(name),
        _ => None,
    }
}

/// The first word of a type's name, in small letters.
fn bare(sql: &str) -> String {
    let end = sql.find(|c: char| c == '(' || c == '[' || c.is_whitespace());
    sql[..end.unwrap_or(sql.len())]
        .to_lowercase()
        .replace('"', "")
}

fn words(sql: &str) -> String {
    let words = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    words.to_lowercase().replace(", ", ",").replace(" (", "(")
}
