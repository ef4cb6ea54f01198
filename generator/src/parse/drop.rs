//! `DROP TABLE` and its like.

use aludel_catalog::Name;

use super::{
    Placed, Result,
    cursor::Cursor,
    draft::{Draft, fold},
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
        "TABLES", "TABLE", "VIEW", "INDEX", "TYPE", "DOMAIN", "SEQUENCE",
    ];
    let Some(kind) = kinds.into_iter().find(|kind| cursor.eat_word(kind)) else {
        return Err(cursor.expected("what to drop"));
    };
    cursor.eat_word("CONCURRENTLY");
    let if_exists = cursor.eat_words(&["IF", "EXISTS"]);
    for mut part in cursor.split_at_commas() {
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
            _ => drop_type(draft, &name.value),
        };
        if !found && !if_exists {
            draft.report(nothing_to_drop(kind, &name));
        }
    }
    Ok(Outcome::Done)
}

fn drop_table(draft: &mut Draft, name: &Name) -> bool {
    let number = draft.table_number(name);
    if let Some(number) = number {
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
    found.is_some()
}

/// MySQL's indexes have their names within their tables.
fn drop_index_of(draft: &mut Draft, table: &Name, name: &str) -> bool {
    let Some(number) = draft.table_number(table) else {
        return false;
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
    let count = draft.sequences.len();
    draft
        .sequences
        .retain(|sequence| sequence.value.name.as_ref() != Some(name));
    draft.sequences.len() < count
}

fn drop_type(draft: &mut Draft, name: &Name) -> bool {
    let count = draft.enums.len() + draft.domains.len();
    draft.enums.retain(|item| item.value.name != *name);
    draft.domains.retain(|domain| domain.value.name != *name);
    draft.opaque_types.remove(name) || draft.enums.len() + draft.domains.len() < count
}

fn nothing_to_drop(kind: &str, name: &Placed<Name>) -> Diagnostic {
    let kind = kind.to_lowercase();
    Diagnostic::warning(format!("there is no {kind} `{}` to drop", name.value)).at(name.span)
}
