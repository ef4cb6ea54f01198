//! Deletes: many rows with one statement.

use std::{collections::HashSet, rc::Rc};

use super::{Writing, keys::key_filter, stale, update};
use crate::{
    error::Result,
    model::{ForeignKeyInfo, TableInfo},
    session::{
        identity::Identity, instance::AnyInstance, object, plan::opening_columns, renew::stored_key,
    },
    sql::{self, Statement},
    value::Value,
};

/// So many rows are deleted at once.
const ROWS_AT_ONCE: usize = 256;

/// Deletes rows of one table, in this order.
pub(super) fn all(writing: &Writing<'_>, run: &[usize]) -> Result<()> {
    // A row that another object was inserted for meanwhile is that one's.
    let has_row = |unit: &usize| writing.unit(*unit).instance.head().is_persistent();
    let run: Vec<usize> = run.iter().copied().filter(has_row).collect();
    let Some(first) = run.first() else {
        return Ok(());
    };
    let table = writing.unit(*first).instance.table();
    let capabilities = writing.connection.dialect().capabilities();
    if !capabilities.checks_each_row || own_keys(table).next().is_none() {
        return run
            .chunks(ROWS_AT_ONCE)
            .try_for_each(|part| delete(writing, part));
    }
    let mut rest = run.as_slice();
    while !rest.is_empty() {
        let (part, others) = rest.split_at(without_parents(writing, rest, table));
        release(writing, part, table)?;
        delete(writing, part)?;
        rest = others;
    }
    Ok(())
}

/// The foreign keys by which a table leads to itself.
fn own_keys(table: &'static TableInfo) -> impl Iterator<Item = (usize, &'static ForeignKeyInfo)> {
    let keys = table.foreign_keys.iter().enumerate();
    keys.filter(move |(_, key)| std::ptr::eq(key.table, table))
}

fn values(instance: &dyn AnyInstance, columns: &[usize]) -> Option<Identity> {
    let value = |column| instance.stored_value(column).unwrap_or(Value::Null);
    Identity::of_columns(columns, value)
}

/// How many rows at the beginning can be deleted at once: none of them leads to another that comes with it.
fn without_parents(writing: &Writing<'_>, run: &[usize], table: &'static TableInfo) -> usize {
    let mut parents = HashSet::new();
    let stands_alone = |unit: &&usize| {
        let instance = &*writing.unit(**unit).instance;
        let is_parent = |(number, key): (usize, &ForeignKeyInfo)| {
            values(instance, key.references).is_some_and(|own| parents.contains(&(number, own)))
        };
        if own_keys(table).any(is_parent) {
            return false;
        }
        let leads = own_keys(table)
            .filter_map(|(number, key)| Some((number, values(instance, key.columns)?)));
        parents.extend(leads);
        true
    };
    let most = run.iter().take(ROWS_AT_ONCE);
    most.take_while(stands_alone).count()
}

/// Lets rows that lead to themselves lead nowhere.
fn release(writing: &Writing<'_>, part: &[usize], table: &'static TableInfo) -> Result<()> {
    for (number, key) in own_keys(table) {
        let opens = opening_columns(table, number).next().is_some();
        for unit in part.iter().filter(|_| opens) {
            let instance = &*writing.unit(*unit).instance;
            let leads_to = values(instance, key.columns);
            if leads_to.is_some() && leads_to == values(instance, key.references) {
                update::disconnect(writing, *unit, number)?;
            }
        }
    }
    Ok(())
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
        if let Some(column) = version {
            key.push(instance.stored_value(column).unwrap_or(Value::Null));
        }
        key
    });
    let tree = sql::Delete {
        table,
        joined: Vec::new(),
        filter: vec![key_filter(table, &columns, keys.flatten())],
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
    let deleted: Vec<_> = part
        .iter()
        .map(|unit| Rc::clone(&writing.unit(*unit).instance))
        .collect();
    for instance in &deleted {
        writing.session.note_deleted(instance);
    }
    writing.session.follow_deletes(&deleted);
    Ok(())
}
