//! Reading foreign keys.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Action, Dialect, ForeignKey, MatchType};

use super::{Constraint, clauses::read_optional_deferrable, read::read_columns};
use crate::{
    diagnostic::Span,
    parse::{Placed, Result, column::not_kept, cursor::Cursor, draft::Draft},
};

/// Reads a foreign key of a table, behind its first words.
pub(super) fn read_foreign_key(
    cursor: &mut Cursor<'_>,
    name: Option<String>,
    start: Span,
    draft: &mut Draft,
) -> Result<Constraint> {
    let mut name = name;
    cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    if draft.dialect == Dialect::Mysql && !cursor.is_symbol(&Token::LParen) {
        let index = cursor.identifier("the name of an index or `(`")?.value;
        name = name.or(Some(index));
    }
    let columns = read_columns(cursor)?;
    read_references(cursor, name, columns, start, draft)
}

/// Whether a foreign key also compares a stretch of time, which a key of ours cannot (PostgreSQL).
pub(super) fn has_period(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.parentheses().is_ok_and(|inside| {
        let mut parts = inside.split_at_commas().into_iter();
        parts.any(|part| part.is_word("PERIOD") && part.peek_at(1).is_some())
    })
}

/// Reads `REFERENCES …`, for these columns.
pub(in crate::parse) fn read_references(
    cursor: &mut Cursor<'_>,
    name: Option<String>,
    columns: Vec<Placed<String>>,
    start: Span,
    draft: &mut Draft,
) -> Result<Constraint> {
    cursor.expect_word("REFERENCES")?;
    let table = cursor.name("the name of a table")?;
    let references = match cursor.is_symbol(&Token::LParen) {
        true => read_columns(cursor)?,
        false => Vec::new(),
    };
    let mut key = ForeignKey {
        name,
        columns: Vec::new(),
        table: table.value,
        references: Vec::new(),
        on_delete: None,
        on_update: None,
        match_type: None,
        deferrable: None,
    };
    read_key_options(cursor, &mut key, draft)?;
    Ok(Constraint::ForeignKey {
        key,
        columns,
        table: table.span,
        references,
        span: cursor.span_from(start),
    })
}

fn read_key_options(
    cursor: &mut Cursor<'_>,
    key: &mut ForeignKey,
    draft: &mut Draft,
) -> Result<()> {
    loop {
        let start = cursor.span();
        if cursor.eat_words(&["ON", "DELETE"]) {
            key.on_delete = Some(read_action(cursor)?);
            if cursor.is_symbol(&Token::LParen) {
                read_columns(cursor)?;
                draft.report(not_kept(
                    "the list of columns behind ON DELETE",
                    cursor.span_from(start),
                ));
            }
        } else if cursor.is_words(&["ON", "UPDATE"]) {
            cursor.advance(2);
            key.on_update = Some(read_action(cursor)?);
        } else if cursor.eat_word("MATCH") {
            key.match_type = Some(read_match(cursor)?);
        } else if cursor.eat_words(&["NOT", "VALID"]) {
            draft.report(not_kept("NOT VALID", cursor.span_from(start)));
        } else if let Some(deferrable) = read_optional_deferrable(cursor)? {
            key.deferrable = Some(deferrable);
        } else {
            return Ok(());
        }
    }
}

fn read_action(cursor: &mut Cursor<'_>) -> Result<Action> {
    let actions = [
        Action::NoAction,
        Action::Restrict,
        Action::Cascade,
        Action::SetNull,
        Action::SetDefault,
    ];
    actions
        .into_iter()
        .find(|action| {
            let words: Vec<&str> = action.sql().split(' ').collect();
            cursor.eat_words(&words)
        })
        .ok_or_else(|| {
            cursor.expected("`NO ACTION`, `RESTRICT`, `CASCADE`, `SET NULL` or `SET DEFAULT`")
        })
}

fn read_match(cursor: &mut Cursor<'_>) -> Result<MatchType> {
    let types = [
        ("SIMPLE", MatchType::Simple),
        ("FULL", MatchType::Full),
        ("PARTIAL", MatchType::Partial),
    ];
    types
        .into_iter()
        .find(|(word, _)| cursor.eat_word(word))
        .map(|(_, match_type)| match_type)
        .ok_or_else(|| cursor.expected("`SIMPLE`, `FULL` or `PARTIAL`"))
}
