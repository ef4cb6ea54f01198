//! Changing a column that exists.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Column, Dialect};

use super::{Altered, changed, place_column};
use crate::parse::{
    Placed, Result,
    column::{self as declaration, generated, not_kept},
    constraint::{self, find_column},
    cursor::Cursor,
    default,
    draft::Draft,
    inheritance, table, type_name, types,
};

/// Takes over from a column what has changed of it.
type Change = fn(&mut Column, &Column);

/// What says how values are stored or looked for, and nothing of what they are.
const PHYSICAL: &[&[&str]] = &[
    &["SET", "STATISTICS"],
    &["SET", "STORAGE"],
    &["SET", "COMPRESSION"],
];

/// Reads what stands behind `ALTER COLUMN`.
pub(super) fn alter(action: &mut Cursor<'_>, draft: &mut Draft, altered: Altered) -> Result<()> {
    let table = altered.table;
    let name = action.identifier("a column name")?;
    let Some(number) = find_column(draft, table, &name) else {
        return Ok(());
    };
    let start = action.span();
    let mut column = draft.tables[table].columns[number].column.clone();
    let Some(change) = read_change(action, &mut column, draft)? else {
        let physical = PHYSICAL.iter().find(|words| action.is_words(words));
        action.skip_to_end();
        let span = action.span_from(start);
        match physical {
            Some(words) => draft.skip(&format!("{} of a column", words.join(" ")), span),
            None => draft.report(not_kept(&changed(action, start), span)),
        }
        return Ok(());
    };
    column.nullable &= !draft.tables[table].is_key(&column.name);
    if !altered.only {
        inheritance::change_columns(draft, table, &column.name, |heir| change(heir, &column));
    }
    draft.tables[table].columns[number].column = column;
    action.expect_end()
}

/// Changes a column; nothing, where that is not known.
fn read_change(
    action: &mut Cursor<'_>,
    column: &mut Column,
    draft: &mut Draft,
) -> Result<Option<Change>> {
    let nullable: Change = |heir, from| heir.nullable = from.nullable;
    let default: Change = |heir, from| {
        count_no_more(heir);
        heir.default.clone_from(&from.default);
    };
    let expression: Change = |heir, _| heir.generated = None;
    let ty: Change = |heir, from| {
        heir.ty.clone_from(&from.ty);
        heir.collation.clone_from(&from.collation);
    };
    // No table inherits how another one counts.
    let identity: Change = |_, _| {};
    let change = if action.eat_words(&["SET", "NOT", "NULL"]) {
        column.nullable = false;
        nullable
    } else if action.eat_words(&["DROP", "NOT", "NULL"]) {
        column.nullable = true;
        nullable
    } else if action.eat_words(&["DROP", "DEFAULT"]) {
        column.default = None;
        if draft.dialect == Dialect::Postgres {
            count_no_more(column);
        }
        default
    } else if action.eat_words(&["DROP", "EXPRESSION"]) {
        action.eat_words(&["IF", "EXISTS"]);
        column.generated = None;
        expression
    } else if action.eat_words(&["DROP", "IDENTITY"]) {
        action.eat_words(&["IF", "EXISTS"]);
        column.identity = None;
        identity
    } else if action.is_words(&["SET", "DEFAULT"]) {
        action.advance(1);
        let value = default::read(action)?;
        column.default = Some(default::fit(value, &column.ty.kind));
        if draft.dialect == Dialect::Postgres {
            count_no_more(column);
        }
        default
    } else if action.is_words(&["ADD", "GENERATED"]) {
        action.advance(1);
        generated::read(action, column, draft)?;
        column.nullable = false;
        identity
    } else if action.eat_words(&["SET", "DATA", "TYPE"]) || action.eat_word("TYPE") {
        read_type(action, column, draft)?;
        ty
    } else {
        return Ok(None);
    };
    Ok(Some(change))
}

/// That `serial` counts is a default to PostgreSQL: another one, or none, takes its place.
fn count_no_more(column: &mut Column) {
    if table::is_serial(&column.ty) {
        column.identity = None;
        table::not_counted(&mut column.ty);
    }
}

fn read_type(action: &mut Cursor<'_>, column: &mut Column, draft: &mut Draft) -> Result<()> {
    let ty = type_name::read(action)?.ok_or_else(|| action.expected("a type"))?;
    if action.eat_word("COLLATE") {
        column.collation = Some(action.collation()?);
    }
    if action.eat_word("USING") {
        action.expression()?;
    }
    column.ty = types::plain(ty, draft);
    Ok(())
}

/// Reads `MODIFY column …`: the column is declared anew.
pub(super) fn modify(action: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    let mut ahead = *action;
    let name = ahead.identifier("a column name")?;
    replace(action, draft, table, &name)
}

/// Reads `CHANGE column new_name …`.
pub(super) fn change(action: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    let name = action.identifier("a column name")?;
    replace(action, draft, table, &name)
}

fn replace(
    action: &mut Cursor<'_>,
    draft: &mut Draft,
    table: usize,
    name: &Placed<String>,
) -> Result<()> {
    let mut reading = declaration::read(action, draft)?;
    let Some(number) = find_column(draft, table, name) else {
        return Ok(());
    };
    let old = draft.tables[table].columns.remove(number);
    let new_name = reading.draft.column.name.clone();
    reading.draft.column.nullable &= !draft.tables[table].is_key(&old.column.name);
    if action.is_word("FIRST") || action.is_word("AFTER") {
        place_column(action, draft, table, reading.draft)?;
    } else {
        draft.tables[table].columns.insert(number, reading.draft);
    }
    super::rename::follow_column(draft, table, &old.column.name, &new_name);
    for constraint in reading.constraints {
        constraint::add(draft, table, constraint);
    }
    match action.is_at_end() || action.is_symbol(&Token::Comma) {
        true => Ok(()),
        false => Err(action.expected("the end of the statement")),
    }
}
