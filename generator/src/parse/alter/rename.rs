//! Renaming tables, columns, constraints and indexes, and whatever names them.

use aludel_catalog::{Dialect, IndexKey, Name};

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{Placed, Result, constraint::find_column, cursor::Cursor, draft::Draft, inheritance},
};

/// Reads what stands behind `RENAME`. A new name of the table becomes the `target` of what follows.
pub(super) fn rename(
    action: &mut Cursor<'_>,
    draft: &mut Draft,
    table_number: usize,
    target: &mut Name,
) -> Result<()> {
    if action.eat_word("TO") || action.eat_word("AS") {
        let to = read_new_name(action, &draft.tables[table_number].name)?;
        *target = to.value.clone();
        table(draft, table_number, to);
        return action.expect_end();
    }
    let is_named_part = ["CONSTRAINT", "INDEX", "KEY"]
        .iter()
        .any(|word| action.eat_word(word));
    if !is_named_part {
        action.eat_word("COLUMN");
    }
    let from = action.identifier("a name")?;
    action.expect_word("TO")?;
    let to = action.identifier("a name")?.value;
    if is_named_part {
        rename_part(draft, table_number, &from.value, &to);
        inheritance::rename_check(draft, table_number, &from.value, &to);
    } else {
        rename_column(draft, table_number, &from, &to);
    }
    action.expect_end()
}

/// Gives a column another name; keys and indexes follow, and the tables that inherit it.
pub(in crate::parse) fn rename_column(
    draft: &mut Draft,
    table: usize,
    from: &Placed<String>,
    to: &str,
) {
    if let Some(number) = find_column(draft, table, from) {
        let column = &mut draft.tables[table].columns[number].column;
        let old = std::mem::replace(&mut column.name, to.to_owned());
        follow_column(draft, table, &old, to);
        for (heir, number) in draft.inherited_columns(table, &old) {
            to.clone_into(&mut draft.tables[heir].columns[number].column.name);
            follow_column(draft, heir, &old, to);
        }
    }
}

/// Reads a new name. Its bearer stays in its namespace; only MySQL moves it to another one.
fn read_new_name(cursor: &mut Cursor<'_>, old: &Name) -> Result<Placed<Name>> {
    if cursor.source.dialect == Dialect::Mysql {
        return cursor.name("a name");
    }
    let name = cursor.identifier("a name")?;
    let to = Name {
        schema: old.schema.clone(),
        name: name.value,
    };
    Ok(Placed::new(to, name.span))
}

/// The name that something has after `RENAME TO …` or `SET SCHEMA …`; nothing, where neither stands here.
pub(in crate::parse) fn read_move(
    cursor: &mut Cursor<'_>,
    old: &Name,
) -> Result<Option<Placed<Name>>> {
    if cursor.eat_words(&["RENAME", "TO"]) {
        return read_new_name(cursor, old).map(Some);
    }
    if !cursor.eat_words(&["SET", "SCHEMA"]) {
        return Ok(None);
    }
    let schema = cursor.identifier("the name of a schema")?;
    let to = Name {
        schema: cursor.namespace(schema.value),
        name: old.name.clone(),
    };
    Ok(Some(Placed::new(to, schema.span)))
}

/// Gives a table another name; foreign keys follow, and the tables that inherit from it.
pub(super) fn table(draft: &mut Draft, number: usize, to: Placed<Name>) {
    if let Some(first) = draft
        .own_table_number(&to.value)
        .filter(|other| *other != number)
    {
        let first = draft.tables[first].span;
        return draft.report(name_taken(&to, first));
    }
    for other in 0..draft.tables.len() {
        for key in 0..draft.tables[other].foreign_keys.len() {
            let target = &draft.tables[other].foreign_keys[key].key.table;
            if draft.table_number(target) == Some(number) {
                draft.tables[other].foreign_keys[key].key.table = to.value.clone();
            }
        }
    }
    let old = draft.tables[number].name.clone();
    let parents = draft.tables.iter_mut().flat_map(|table| &mut table.parents);
    parents
        .filter(|parent| **parent == old)
        .for_each(|parent| parent.clone_from(&to.value));
    draft.rename_table(number, to.value);
}

/// Writes a column's new name wherever the old one stands: in its own table and in foreign keys that lead to it.
pub(super) fn follow_column(draft: &mut Draft, number: usize, from: &str, to: &str) {
    let table = &mut draft.tables[number];
    let replace = |columns: &mut [String]| {
        for column in columns.iter_mut().filter(|column| *column == from) {
            to.clone_into(column);
        }
    };
    if let Some(key) = &mut table.primary_key {
        replace(&mut key.value.columns);
    }
    for unique in &mut table.uniques {
        replace(&mut unique.value.columns);
    }
    for key in &mut table.foreign_keys {
        replace(&mut key.key.columns);
    }
    for index in &mut table.indexes {
        replace(&mut index.value.include);
        for part in &mut index.value.parts {
            if let IndexKey::Column(column) = &mut part.key {
                replace(std::slice::from_mut(column));
            }
        }
    }
    follow_references(draft, number, from, to);
}

fn follow_references(draft: &mut Draft, number: usize, from: &str, to: &str) {
    for other in 0..draft.tables.len() {
        for key in 0..draft.tables[other].foreign_keys.len() {
            let target = &draft.tables[other].foreign_keys[key].key.table;
            if draft.table_number(target) != Some(number) {
                continue;
            }
            for column in 0..draft.tables[other].foreign_keys[key].key.references.len() {
                if draft.is_same(
                    &draft.tables[other].foreign_keys[key].key.references[column],
                    from,
                ) {
                    to.clone_into(
                        &mut draft.tables[other].foreign_keys[key].key.references[column],
                    );
                }
            }
        }
    }
}

/// Gives a constraint or an index another name.
pub(in crate::parse) fn rename_part(draft: &mut Draft, number: usize, from: &str, to: &str) {
    let table = &mut draft.tables[number];
    let names = table
        .uniques
        .iter_mut()
        .map(|unique| &mut unique.value.name)
        .chain(table.indexes.iter_mut().map(|index| &mut index.value.name))
        .chain(table.foreign_keys.iter_mut().map(|key| &mut key.key.name))
        .chain(table.checks.iter_mut().map(|check| &mut check.check.name))
        .chain(table.primary_key.iter_mut().map(|key| &mut key.value.name));
    for name in names.flatten().filter(|name| *name == from) {
        to.clone_into(name);
    }
    draft.find_indexes(number);
}

fn name_taken(name: &Placed<Name>, first: Span) -> Diagnostic {
    Diagnostic::error(format!("there is a table `{}` already", name.value))
        .at(name.span)
        .label("this name is taken")
        .also(first, "declared here")
}
