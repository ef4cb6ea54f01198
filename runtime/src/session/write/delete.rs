//! Deletes: many rows with one statement.

use super::{Writing, keys::key_filter, stale};
use crate::{
    error::Result,
    session::{object, renew::stored_key},
    sql::{self, Statement},
    value::Value,
};

/// So many rows are deleted at once.
const ROWS_AT_ONCE: usize = 256;

/// Deletes rows of one table.
pub(super) fn all(writing: &Writing<'_>, run: &[usize]) -> Result<()> {
    // A row that another object was inserted for meanwhile is that one's.
    let has_row = |unit: &usize| writing.unit(*unit).instance.head().is_persistent();
    let rows: Vec<usize> = run.iter().copied().filter(has_row).collect();
    rows.chunks(ROWS_AT_ONCE)
        .try_for_each(|part| delete(writing, part))
}

fn delete(writing: &Writing<'_>, part: &[usize]) -> Result<()> {
    let Some(first) = part.first() else {
        return Ok(());
    };
    let table = writing.unit(*first).instance.table();
    let version = table.columns.iter().position(|column| column.version);
    let mut columns = table.primary_key.to_vec();
    columns.extend(version);
    let keys = part.iter().map(|unit| {
        let instance = &*writing.unit(*unit).instance;
        let mut key = stored_key(instance);
        key.extend(version.map(|column| instance.stored_value(column).unwrap_or(Value::Null)));
        key
    });
    let tree = sql::Delete {
        table,
        joined: Vec::new(),
        filter: vec![key_filter(table, &columns, keys.collect())],
        returning: Vec::new(),
        refused: None,
    };
    let deleted = writing.connection.change(Statement::Delete(&tree))?;
    if deleted != part.len() as u64 {
        let which = match part {
            [only] => object::described(&*writing.unit(*only).instance),
            _ => "one of them".to_owned(),
        };
        let error = stale("DELETE", table, part.len(), deleted, &which);
        if version.is_some() {
            return Err(error);
        }
        // What was to be gone is gone.
        tracing::warn!(target: "aludel::session", %error, "rows that were to be deleted were not there");
    }
    for unit in part {
        writing.session.note_deleted(&writing.unit(*unit).instance);
    }
    Ok(())
}
