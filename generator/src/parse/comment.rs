//! `COMMENT ON …`.

use aludel_catalog::Name;

use super::{
    Placed, Result, constraint,
    cursor::Cursor,
    draft::Draft,
    remark::{Remark, Remarks},
    statement::Outcome,
    table,
};

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
    if let (false, Some(remark)) = (kind == "TABLE" || kind == "VIEW", text.remarks.first()) {
        let help = "of an enum, say it in YAML: `enums: { mood: { name: Feeling } }`";
        draft.report(remark.left_out(help));
    }
    let found = match kind {
        "TABLE" => return on_table(draft, &name, text),
        "VIEW" => on_view(draft, &name.value, text),
        "INDEX" => on_index(draft, &name.value, &text.text),
        _ => on_type(draft, &name.value, &text.text),
    };
    if !found {
        draft.skip(&format!("COMMENT ON {kind}"), start);
    }
    Ok(Outcome::Done)
}

/// `IS 'text'` or `IS NULL`.
fn read_text(cursor: &mut Cursor<'_>) -> Result<Text> {
    cursor.expect_word("IS")?;
    let text = match cursor.eat_word("NULL") {
        true => Text::default(),
        false => {
            let text = cursor.string()?;
            Text {
                remarks: Remarks::in_comment(cursor, &text),
                text: Some(text.value),
            }
        }
    };
    cursor.expect_end()?;
    Ok(text)
}

/// A comment, and what it says beyond its words.
#[derive(Default)]
struct Text {
    text: Option<String>,
    remarks: Vec<Remark>,
}

fn on_table(draft: &mut Draft, name: &Placed<Name>, text: Text) -> Result<Outcome> {
    match draft.table_number(&name.value) {
        Some(number) => {
            draft.tables[number].comment = text.text;
            draft.tables[number].remarks.comment = text.remarks;
        }
        None => return table::missing(draft, name),
    }
    Ok(Outcome::Done)
}

fn on_column(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let start = cursor.span();
    let (table_name, column) = cursor.qualified_name("a column")?;
    let text = read_text(cursor)?;
    let Some(number) = draft.table_number(&table_name.value) else {
        if let Some(view) = draft.view_number(&table_name.value) {
            if text.remarks.is_empty() {
                draft.skip("COMMENT ON COLUMN of a view", start);
            }
            let key = (draft.views[view].value.name.clone(), column.value);
            let remarks = draft.view_column_remarks.entry(key).or_default();
            remarks.comment = text.remarks;
            return Ok(Outcome::Done);
        }
        return table::missing(draft, &table_name);
    };
    if let Some(column) = constraint::find_column(draft, number, &column) {
        let column = &mut draft.tables[number].columns[column];
        column.column.comment = text.text;
        column.remarks.comment = text.remarks;
    }
    Ok(Outcome::Done)
}

fn on_view(draft: &mut Draft, name: &Name, text: Text) -> bool {
    let number = draft.view_number(name);
    if let Some(number) = number {
        let view = &mut draft.views[number].value;
        view.comment = text.text;
        let remarks = draft.view_remarks.entry(view.name.clone()).or_default();
        remarks.comment = text.remarks;
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
