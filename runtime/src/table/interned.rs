//! What is known of tables, kept for as long as the program runs.
//!
//! Trees of queries refer to tables as generated code declares them: by references to statics. What is read from a database
//! is kept in the same form, once for each that differs, so that a tree costs the same whatever it reads.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use super::TableColumn;
use crate::model::{ColumnInfo, TableInfo};

/// The texts that were kept so far.
static NAMES: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
/// The tables that were kept so far. There are few, and they are only looked for when a database was asked for one.
static TABLES: Mutex<Vec<&'static TableInfo>> = Mutex::new(Vec::new());

/// The same name, for as long as the program runs.
pub(crate) fn name(name: &str) -> &'static str {
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = names.get_or_insert_default();
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.into());
    names.insert(kept);
    kept
}

/// The table with these columns, for as long as the program runs.
pub(super) fn table(schema: Option<&str>, of: &str, columns: &[TableColumn]) -> &'static TableInfo {
    let info = TableInfo {
        schema: schema.map(name),
        name: name(of),
        columns: &[],
        primary_key: &[],
        unique_keys: &[],
        foreign_keys: &[],
        relations: &[],
        instances: None,
    };
    let (columns, key) = (infos(columns), key(columns));
    let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    let known = tables.iter().find(|known| {
        (known.schema, known.name) == (info.schema, info.name)
            && known.columns == columns
            && known.primary_key == key
    });
    if let Some(known) = known {
        return known;
    }
    let kept = Box::leak(Box::new(TableInfo {
        columns: columns.leak(),
        primary_key: key.leak(),
        ..info
    }));
    tables.push(kept);
    kept
}

fn infos(columns: &[TableColumn]) -> Vec<ColumnInfo> {
    let info = |column: &TableColumn| ColumnInfo {
        nullable: column.nullable,
        filled: column.filled,
        ..ColumnInfo::new(name(&column.name))
    };
    columns.iter().map(info).collect()
}

/// The positions of the key's columns, in the order of the key.
fn key(columns: &[TableColumn]) -> Vec<usize> {
    let places = columns.iter().enumerate();
    let mut key: Vec<(usize, usize)> = places
        .filter_map(|(position, column)| Some((column.key?, position)))
        .collect();
    key.sort_unstable();
    key.into_iter().map(|(_, position)| position).collect()
}
