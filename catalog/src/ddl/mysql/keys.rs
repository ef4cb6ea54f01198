//! Texts and bytes in keys and indexes, which InnoDB wants to be short.
//!
//! A key holds 3072 bytes, and a character of `utf8mb4` takes four of them. A text without a length that a key, a unique
//! constraint or a foreign key needs whole, becomes a `VARCHAR(255)`, or a `VARCHAR(191)` where the key would be too long
//! otherwise; a longer value is then refused. An index that need not be unique looks at that many characters, and the column
//! keeps its length.

use crate::{Catalog, ColumnType, Dialect, ForeignKey, Index, IndexKey, IndexPart, Table, Type};

use super::super::{DdlError, domain, index::special_kind};

/// The lengths to choose from.
const LENGTHS: [u64; 2] = [255, 191];
/// The bytes that a key holds.
const KEY_BYTES: u64 = 3072;
const BYTES_OF_CHARACTER: u64 = 4;

/// The length that a column needs to be part of a key; none if it is part of none.
pub(super) fn length(
    catalog: &Catalog,
    table: &Table,
    column: &str,
) -> Result<Option<u64>, DdlError> {
    let mut shortest = None;
    for key in keys(catalog, table) {
        if key.contains(&column) {
            let length = length_within(catalog, table, &key, |ty| bytes_of(&ty.kind))?;
            shortest = Some(shortest.map_or(length, |other: u64| other.min(length)));
        }
    }
    Ok(shortest)
}

/// How many characters of a column an index looks at, where that is not the whole value.
pub(super) fn prefix(
    catalog: &Catalog,
    table: &Table,
    index: &Index,
    part: &IndexPart,
) -> Result<Option<u64>, DdlError> {
    let IndexKey::Column(name) = &part.key else {
        return Ok(None);
    };
    if part.length.is_some() || index.unique || special_kind(index).is_some() {
        return Ok(part.length);
    }
    if catalog.dialect == Dialect::Mysql || length(catalog, table, name)?.is_some() {
        return Ok(None);
    }
    let Some(ty) = type_of(catalog, table, name) else {
        return Ok(None);
    };
    if !is_long(ty) {
        return Ok(None);
    }
    let bytes = |ty: &ColumnType| match is_long(ty) {
        true => None,
        false => bytes_of(&ty.kind),
    };
    length_within(catalog, table, &columns(index), bytes).map(Some)
}

/// The type of the integer that a foreign key leads to from a column. MySQL wants both of one size, and the key admits no
/// other values than those that are there.
pub(super) fn referred<'c>(
    catalog: &'c Catalog,
    table: &'c Table,
    column: &str,
) -> Option<&'c Type> {
    let (mut table, mut column) = (table, String::from(column));
    let mut found = None;
    // Keys may lead on to other keys, and in a circle.
    for _ in 0..catalog.tables.len() {
        let leads_on = |key: &&'c ForeignKey| key.columns.contains(&column);
        let Some(key) = table.foreign_keys.iter().find(leads_on) else {
            break;
        };
        let position = key.columns.iter().position(|name| *name == column)?;
        let target = catalog.table(&key.table)?;
        column = key.references.get(position)?.clone();
        let kind = &type_of(catalog, target, &column)?.kind;
        if !matches!(kind, Type::Integer { .. }) {
            return None;
        }
        found = Some(kind);
        table = target;
    }
    found
}

/// Fails when a primary key of a schema of MySQL looks at the beginnings of texts: how long these are, is not in the catalog.
pub(super) fn admit_primary_key(catalog: &Catalog, table: &Table) -> Result<(), DdlError> {
    let is_text = |name: &&String| {
        let sql = table.column(name).map(|it| it.ty.sql.to_ascii_lowercase());
        sql.is_some_and(|sql| sql.ends_with("text") || sql.ends_with("blob"))
    };
    match table.key_columns().iter().find(is_text) {
        Some(column) if catalog.dialect == Dialect::Mysql => Err(DdlError::new(format!(
            "the primary key needs to know how many characters of `{column}` it looks at"
        ))),
        _ => Ok(()),
    }
}

/// The columns of each key of the table: also of those that others refer to.
fn keys<'c>(catalog: &'c Catalog, table: &'c Table) -> Vec<Vec<&'c str>> {
    let names = |columns: &'c [String]| columns.iter().map(String::as_str).collect::<Vec<_>>();
    let referring = catalog.tables.iter().flat_map(|other| &other.foreign_keys);
    let referred = referring.filter(|key| key.table == table.name);
    let unique_indexes = table.indexes.iter().filter(|index| index.unique);
    let mut keys = vec![names(table.key_columns())];
    keys.extend(table.uniques.iter().map(|unique| names(&unique.columns)));
    keys.extend(table.foreign_keys.iter().map(|key| names(&key.columns)));
    keys.extend(referred.map(|key| names(&key.references)));
    keys.extend(unique_indexes.map(columns));
    keys
}

fn columns(index: &Index) -> Vec<&str> {
    let parts = index.parts.iter();
    let columns = parts.filter_map(|part| match (&part.key, part.length) {
        (IndexKey::Column(column), None) => Some(column.as_str()),
        _ => None,
    });
    columns.collect()
}

/// The greatest length of texts without one, with which a key of these columns is short enough.
/// `bytes_of` says how many bytes a value takes; none where that is for us to choose.
fn length_within(
    catalog: &Catalog,
    table: &Table,
    key: &[&str],
    bytes_of: impl Fn(&ColumnType) -> Option<u64>,
) -> Result<u64, DdlError> {
    let mut bytes = 0;
    let mut open = 0;
    for column in key {
        let Some(ty) = type_of(catalog, table, column) else {
            continue;
        };
        match bytes_of(ty) {
            Some(of_column) => bytes += of_column,
            None => open += 1,
        }
    }
    let fits = |length: &u64| bytes + open * length * BYTES_OF_CHARACTER <= KEY_BYTES;
    LENGTHS.into_iter().find(fits).ok_or_else(|| {
        DdlError::new(format!(
            "the key on `{}` is longer than the {KEY_BYTES} bytes that MySQL has for it",
            key.join(", ")
        ))
    })
}

/// Whether an index looks at its beginning only.
fn is_long(ty: &ColumnType) -> bool {
    match ty.kind {
        Type::Text { length, .. } | Type::Bytes { length, .. } => {
            length.is_none_or(|length| length > LENGTHS[0])
        }
        Type::Interval => true,
        _ => false,
    }
}

fn type_of<'c>(catalog: &'c Catalog, table: &'c Table, column: &str) -> Option<&'c ColumnType> {
    let column = table.column(column)?;
    Some(domain::resolve(catalog, &column.ty).ok()?.ty)
}

/// How many bytes of a key a value takes; none where that is for us to choose.
fn bytes_of(kind: &Type) -> Option<u64> {
    match kind {
        Type::Text { length, .. } => length.map(|length| length * BYTES_OF_CHARACTER),
        Type::Bytes { length, .. } => *length,
        Type::Interval => None,
        Type::Uuid => Some(16),
        Type::Decimal { .. } => Some(30),
        _ => Some(8),
    }
}
