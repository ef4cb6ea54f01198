//! `COMMENT ON …`.

use aludel_catalog::Name;

use super::{Placed, Result, constraint, cursor::Cursor, draft::Draft, statement::Outcome, table};

/// Reads `COMMENT ON …`. What it is about need not have been declared yet.
pub(super) fn comment(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let start = cursor.span();
    cursor.expect_word("COMMENT")?;
    cursor.expect_word("ON")?;
    if cursor.eat_word("COLUMN") {
        return on_column(cursor, draft);
    }
    cursor.eat_word("FOREIGN");
    cursor.eat_word("MATERIALIZED");
    let kinds = ["TABLE", "VIEW", "TYPE", "DOMAIN", "INDEX"];
    let Some(kind) = kinds.into_iter().find(|kind| cursor.eat_word(kind)) else {
        let what = cursor.text(cursor.span()).to_uppercase();
        draft.skip(&format!("COMMENT ON {what}"), start);
        return Ok(Outcome::Done);
    };
    let name = cursor.name("a name")?;
    let text = read_text(cursor)?;
    let found = match kind {
        "TABLE" => return on_table(draft, &name, text),
        "VIEW" => on_view(draft, &name.value, &text),
        "INDEX" => on_index(draft, &name.value, &text),
        _ => on_type(draft, &name.value, &text),
    };
    if !found {
        draft.skip(&format!("COMMENT ON {kind}"), start);
    }
    Ok(Outcome::Done)
}

/// `IS 'text'` or `IS NULL`.
fn read_text(cursor: &mut Cursor<'_>) -> Result<Option<String>> {
    cursor.expect_word("IS")?;
    let text = match cursor.eat_word("NULL") {
        true => None,
        false => Some(cursor.string()?.value),
    };
    cursor.expect_end()?;
    Ok(text)
}

fn on_table(draft: &mut Draft, name: &Placed<Name>, text: Option<String>) -> Result<Outcome> {
    match draft.table_number(&name.value) {
        Some(number) => draft.tables[number].comment = text,
        None => return table::missing(draft, name),
    }
    Ok(Outcome::Done)
}

fn on_column(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let start = cursor.span();
    let (table_name, column) = cursor.qualified_name("a column")?;
    let text = read_text(cursor)?;
    let Some(number) = draft.table_number(&table_name.value) else {
        if draft.view_number(&table_name.value).is_some() {
            draft.skip("COMMENT ON COLUMN of a view", start);
            return Ok(Outcome::Done);
        }
        return table::missing(draft, &table_name);
    };
    if let Some(column) = constraint::find_column(draft, number, &column) {
        draft.tables[number].columns[column].column.comment = text;
    }
    Ok(Outcome::Done)
}

fn on_view(draft: &mut Draft, name: &Name, text: &Option<String>) -> bool {
    let number = draft.view_number(name);
    if let Some(number) = number {
        draft.views[number].value.comment.clone_from(text);
    }
    number.is_some()
}

fn on_type(draft: &mut Draft, name: &Name, text: &Option<String>) -> bool {
    if let Some(number) = draft.enum_number(name) {
        draft.enums[number].value.comment.clone_from(text);
        return true;
    }
    if let Some(number) = draft.domain_number(name) {
        draft.domains[number].value.comment.clone_from(text);
        return true;
    }
    false
}

fn on_index(draft: &mut Draft, name: &Name, text: &Option<String>) -> bool {
    let found = draft.index_numbers(name);
    if let Some((table, index)) = found {
        draft.tables[table].indexes[index]
            .value
            .comment
            .clone_from(text);
    }
    found.is_some()
}
