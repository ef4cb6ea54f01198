//! `ALTER TABLE … DROP`.

use aludel_catalog::Dialect;

use super::{Altered, skip_behaviour};
use crate::{
    diagnostic::Diagnostic,
    parse::{
        Placed, Result,
        constraint::find_column,
        cursor::Cursor,
        draft::{CheckDraft, Draft, TableDraft, fold},
        index, inheritance,
    },
};

/// Reads what stands behind `DROP`.
pub(super) fn remove(action: &mut Cursor<'_>, draft: &mut Draft, altered: Altered) -> Result<()> {
    let table = altered.table;
    let start = action.span();
    if action.eat_words(&["PRIMARY", "KEY"]) {
        draft.tables[table].primary_key = None;
        return skip_behaviour(action);
    }
    if action.is_word("PARTITION") || action.is_words(&["SYSTEM", "VERSIONING"]) {
        action.skip_to_end();
        draft.skip("ALTER TABLE … DROP PARTITION", action.span_from(start));
        return Ok(());
    }
    let is_constraint = action.eat_words(&["FOREIGN", "KEY"])
        || ["CONSTRAINT", "CHECK", "INDEX", "KEY"]
            .iter()
            .any(|word| action.eat_word(word));
    if !is_constraint {
        action.eat_word("COLUMN");
    }
    let if_exists = action.eat_words(&["IF", "EXISTS"]);
    let name = action.identifier("a name")?;
    if !is_constraint {
        let known = draft.tables[table]
            .column_number(draft, &name.value)
            .is_some();
        if known || !if_exists {
            drop_column_of(draft, altered, &name);
        }
    } else if !drop_named(draft, altered, &name.value) && !if_exists {
        let table_name = draft.tables[table].name.to_string();
        draft.report(unknown_constraint(&name, &table_name));
    }
    skip_behaviour(action)
}

fn drop_column_of(draft: &mut Draft, altered: Altered, name: &Placed<String>) {
    match altered.only {
        true => {
            take_column(draft, altered.table, name);
            inheritance::keep_column(draft, altered.table, &name.value);
        }
        false => drop_column(draft, altered.table, name),
    }
}

/// Takes a column away from a table and its heirs.
pub(in crate::parse) fn drop_column(draft: &mut Draft, table: usize, name: &Placed<String>) {
    take_column(draft, table, name);
    inheritance::drop_inherited_column(draft, table, name);
}

/// Takes a column away, and with it the keys and indexes over it. MySQL shortens its indexes.
pub(in crate::parse) fn take_column(draft: &mut Draft, table: usize, name: &Placed<String>) {
    let Some(number) = find_column(draft, table, name) else {
        return;
    };
    let mysql = draft.dialect == Dialect::Mysql;
    let target = &mut draft.tables[table];
    let name = target.columns.remove(number).column.name;
    let names = |columns: &[String]| columns.contains(&name);
    if mysql {
        shorten_indexes(target, &name);
    }
    target.primary_key.take_if(|key| names(&key.value.columns));
    target
        .uniques
        .retain(|unique| !names(&unique.value.columns));
    target.foreign_keys.retain(|key| !names(&key.key.columns));
    target
        .indexes
        .retain(|index| !index::names_column(&index.value, &name));
}

fn shorten_indexes(table: &mut TableDraft, name: &str) {
    for index in &mut table.indexes {
        index
            .value
            .parts
            .retain(|part| !index::is_column(part, name));
    }
    table.indexes.retain(|index| !index.value.parts.is_empty());
    for unique in &mut table.uniques {
        unique.value.columns.retain(|column| column != name);
    }
    table
        .uniques
        .retain(|unique| !unique.value.columns.is_empty());
}

/// Takes away the constraint or index of this name; false if there is none.
fn drop_named(draft: &mut Draft, altered: Altered, name: &str) -> bool {
    let key = draft.fold(name);
    let dialect = draft.dialect;
    let is_it = |other: &Option<String>| {
        other
            .as_deref()
            .is_some_and(|other| fold(dialect, other) == key)
    };
    let target = &mut draft.tables[altered.table];
    let count = count_constraints(target);
    target.primary_key.take_if(|key| is_it(&key.value.name));
    target.uniques.retain(|unique| !is_it(&unique.value.name));
    target.foreign_keys.retain(|key| !is_it(&key.key.name));
    let checks = target
        .checks
        .extract_if(.., |check| is_it(&check.check.name));
    let checks: Vec<CheckDraft> = checks.collect();
    target.indexes.retain(|index| !is_it(&index.value.name));
    let dropped = count_constraints(target) < count;
    let dropped = dropped || drop_by_default_name(target, &key);
    for check in checks {
        inheritance::drop_inherited_check(draft, altered, &check);
    }
    dropped
}

/// Constraints without a name are given one by PostgreSQL: `users_email_key`.
fn drop_by_default_name(table: &mut TableDraft, name: &str) -> bool {
    let prefix = &table.name.name;
    let default_name =
        |columns: &[String], suffix: &str| format!("{prefix}_{}_{suffix}", columns.join("_"));
    let count = count_constraints(table);
    let pkey = format!("{prefix}_pkey");
    table
        .primary_key
        .take_if(|key| key.value.name.is_none() && pkey == name);
    table.uniques.retain(|unique| {
        unique.value.name.is_some() || default_name(&unique.value.columns, "key") != name
    });
    table
        .foreign_keys
        .retain(|key| key.key.name.is_some() || default_name(&key.key.columns, "fkey") != name);
    count_constraints(table) < count
}

fn count_constraints(table: &TableDraft) -> usize {
    usize::from(table.primary_key.is_some())
        + table.uniques.len()
        + table.foreign_keys.len()
        + table.checks.len()
        + table.indexes.len()
}

fn unknown_constraint(name: &Placed<String>, table: &str) -> Diagnostic {
    Diagnostic::warning(format!(
        "table `{table}` has no constraint or index `{}`",
        name.value
    ))
    .at(name.span)
    .label("nothing is dropped")
}
