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
    let found = match kind {
        "TABLE" => return on_table(draft, &name, text),
        "VIEW" => on_view(draft, &name.value, text),
        "INDEX" => on_index(draft, &name.value, text),
        _ => on_type(draft, &name.value, text),
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
        if draft.opaque_name(&table_name.value).is_some() {
            leave_out(&text, "those of a column stand with its table", draft);
            draft.skip("COMMENT ON COLUMN of a type", start);
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

fn on_type(draft: &mut Draft, name: &Name, text: Text) -> bool {
    let (name, comment) = if let Some(number) = draft.enum_number(name) {
        let item = &mut draft.enums[number].value;
        (item.name.clone(), &mut item.comment)
    } else if let Some(number) = draft.domain_number(name) {
        let domain = &mut draft.domains[number].value;
        (domain.name.clone(), &mut domain.comment)
    } else {
        let help = match draft.opaque_name(name) {
            Some(_) => "only enums have annotations, and domains that list values",
            None => "no type of this name is declared before its comment",
        };
        leave_out(&text, help, draft);
        return false;
    };
    *comment = text.text;
    draft.type_remarks.entry(name).or_default().comment = text.remarks;
    true
}

fn on_index(draft: &mut Draft, name: &Name, text: Text) -> bool {
    leave_out(
        &text,
        "those of an index stand with its table: `@indexes […]`",
        draft,
    );
    let found = draft.index_numbers(name);
    if let Some((table, index)) = found {
        draft.tables[table].indexes[index].value.comment = text.text;
    }
    found.is_some()
}

/// Tells of annotations of what has none.
fn leave_out(text: &Text, help: &str, draft: &mut Draft) {
    if let Some(remark) = text.remarks.first() {
        draft.report(remark.left_out(help));
    }
}
