//! `DROP TABLE` and its like.

use aludel_catalog::{Dialect, Name};

use super::{
    Placed, Result,
    alter::remove::take_column,
    cursor::{Cursor, is_word},
    draft::{Draft, TableDraft, fold},
    inheritance, schema,
    statement::Outcome,
};
use crate::diagnostic::Diagnostic;

/// Reads `DROP …`. What is not there is nothing to drop: a schema file may clear the way for itself.
pub(super) fn drop(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.expect_word("DROP")?;
    while cursor.is_one_of(&["TEMPORARY", "MATERIALIZED", "FOREIGN"]) {
        cursor.advance(1);
    }
    let kinds = [
        "TABLES", "TABLE", "VIEW", "INDEX", "TYPE", "DOMAIN", "SEQUENCE", "SCHEMA", "DATABASE",
    ];
    let Some(kind) = kinds.into_iter().find(|kind| cursor.eat_word(kind)) else {
        return Err(cursor.expected("what to drop"));
    };
    cursor.eat_word("CONCURRENTLY");
    let if_exists = cursor.eat_words(&["IF", "EXISTS"]);
    let last = cursor.rest().last();
    let cascades = last.is_some_and(|last| is_word(&last.token, "CASCADE"));
    for mut part in cursor.split_at_commas() {
        if kind == "SCHEMA" || kind == "DATABASE" {
            let name = part.identifier("the name of a schema")?;
            schema::remove(&part, draft, name.value);
            continue;
        }
        let name = part.name("a name")?;
        let found = match kind {
            "TABLE" | "TABLES" => drop_table(draft, &name.value),
            "VIEW" => drop_view(draft, &name.value),
            "INDEX" if part.eat_word("ON") => {
                let table = part.name("the name of a table")?;
                drop_index_of(draft, &table.value, &name.value.name)
            }
            "INDEX" => drop_index(draft, &name.value),
            "SEQUENCE" => drop_sequence(draft, &name.value),
            _ => drop_type(draft, &name.value, cascades),
        };
        if !found && !if_exists {
            draft.nothing_to_drop.push((kind, name));
        }
    }
    inheritance::leave_dropped(draft, cascades);
    Ok(Outcome::Done)
}

fn drop_table(draft: &mut Draft, name: &Name) -> bool {
    let number = draft.table_number(name);
    if let Some(number) = number {
        if draft.dialect == Dialect::Postgres {
            draft.forget_keys_to(number);
        }
        draft.remove_table(number);
    }
    let key = draft.key(name);
    draft.left_out.remove(&key) || number.is_some()
}

fn drop_view(draft: &mut Draft, name: &Name) -> bool {
    let number = draft.view_number(name);
    if let Some(number) = number {
        draft.views.remove(number);
    }
    number.is_some()
}

fn drop_index(draft: &mut Draft, name: &Name) -> bool {
    let found = draft.index_numbers(name);
    if let Some((table, index)) = found {
        draft.tables[table].indexes.remove(index);
    }
    let left_out = draft.left_out_name(name);
    left_out.is_some_and(|key| draft.left_out.remove(&key)) || found.is_some()
}

/// MySQL's indexes have their names within their tables.
fn drop_index_of(draft: &mut Draft, table: &Name, name: &str) -> bool {
    let Some(number) = draft.table_number(table) else {
        return draft.is_left_out(table);
    };
    let key = draft.fold(name);
    let dialect = draft.dialect;
    let table = &mut draft.tables[number];
    let is_it = |other: &Option<String>| {
        other
            .as_deref()
            .is_some_and(|other| fold(dialect, other) == key)
    };
    let count = table.indexes.len() + table.uniques.len();
    table.indexes.retain(|index| !is_it(&index.value.name));
    table.uniques.retain(|unique| !is_it(&unique.value.name));
    table.indexes.len() + table.uniques.len() < count
}

fn drop_sequence(draft: &mut Draft, name: &Name) -> bool {
    let number = draft.sequence_number(name);
    if let Some(number) = number {
        draft.sequences.remove(number);
    }
    number.is_some()
}

fn drop_type(draft: &mut Draft, name: &Name, cascades: bool) -> bool {
    let dropped = if let Some(number) = draft.enum_number(name) {
        draft.enums.remove(number).value.name
    } else if let Some(number) = draft.domain_number(name) {
        draft.domains.remove(number).value.name
    } else if let Some(name) = draft.opaque_name(name) {
        draft.opaque_types.remove(&name);
        name
    } else {
        return false;
    };
    draft.type_remarks.remove(&dropped);
    if cascades {
        drop_what_is_of(draft, &dropped);
    }
    true
}

/// What goes with a type by CASCADE: the tables, columns and domains of it.
fn drop_what_is_of(draft: &mut Draft, dropped: &Name) {
    let is_of_type = |table: &TableDraft| table.of_type.as_ref() == Some(dropped);
    while let Some(number) = draft.tables.iter().position(is_of_type) {
        draft.forget_keys_to(number);
        draft.remove_table(number);
    }
    for (table, column) in draft.columns_of_type(dropped) {
        take_column(draft, table, &column);
    }
    for domain in draft.domains_of_type(dropped) {
        drop_type(draft, &domain, true);
    }
}

/// Reports what was to be dropped and is never declared. What is declared behind its `DROP` is all right: a dump may begin with what
/// clears the way for itself.
pub(super) fn report_missing(draft: &mut Draft) {
    for (kind, name) in std::mem::take(&mut draft.nothing_to_drop) {
        if !is_declared(draft, kind, &name.value) {
            draft.report(nothing_to_drop(kind, &name));
        }
    }
}

fn is_declared(draft: &Draft, kind: &str, name: &Name) -> bool {
    match kind {
        "VIEW" => draft.view_number(name).is_some(),
        "INDEX" => draft.index_numbers(name).is_some() || draft.is_left_out(name),
        "SEQUENCE" => draft.sequence_number(name).is_some(),
        "TABLE" | "TABLES" => draft.table_number(name).is_some() || draft.is_left_out(name),
        _ => {
            draft.enum_number(name).is_some()
                || draft.domain_number(name).is_some()
                || draft.opaque_name(name).is_some()
        }
    }
}

fn nothing_to_drop(kind: &str, name: &Placed<Name>) -> Diagnostic {
    let kind = kind.to_lowercase();
    Diagnostic::warning(format!("there is no {kind} `{}` to drop", name.value)).at(name.span)
}
