//! Defaults that the database fills in, as SQL.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Default, Dialect, Type};

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Result,
        cursor::{Cursor, is_word},
        default,
    },
};

/// Words that are values by themselves.
const VALUES: &[&str] = &[
    "CURRENT_USER",
    "CURRENT_ROLE",
    "CURRENT_CATALOG",
    "CURRENT_SCHEMA",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "LOCALTIME",
    "LOCALTIMESTAMP",
    "SESSION_USER",
    "USER",
    "UTC_DATE",
    "UTC_TIME",
    "UTC_TIMESTAMP",
];

/// Reads a default to the end, for a column of this type.
pub(super) fn read(cursor: &mut Cursor<'_>, ty: &Type) -> Result<Default> {
    if cursor.is_at_end() {
        return Err(cursor.expected("a default"));
    }
    let start = *cursor;
    if cursor.source.dialect == Dialect::Sqlite && is_now(cursor) {
        cursor.skip_to_end();
        return Ok(Default::Now(now(ty).to_owned()));
    }
    let value = default::read_bare(cursor)?;
    if let (Default::Expression(_), [word]) = (&value, start.rest())
        && let Token::Word(name) = &word.token
        && name.quote_style.is_none()
        && !VALUES.iter().any(|known| is_word(&word.token, known))
    {
        return Err(Box::new(bare_word(&name.value, word.span)));
    }
    Ok(default::fit(value, ty))
}

/// SQLite has no such function; its word for it depends on what is meant.
fn is_now(cursor: &Cursor<'_>) -> bool {
    let tokens = cursor.rest();
    matches!(tokens, [word, open, close]
        if is_word(&word.token, "now") && open.token == Token::LParen && close.token == Token::RParen)
}

fn now(ty: &Type) -> &'static str {
    match ty {
        Type::Date => "CURRENT_DATE",
        Type::Time { .. } => "CURRENT_TIME",
        _ => "CURRENT_TIMESTAMP",
    }
}

fn bare_word(word: &str, span: Span) -> Diagnostic {
    Diagnostic::error(format!("`{word}` is no value in SQL"))
        .at(span)
        .help(format!(
            "a default is SQL, and a text stands in single quotes: \"'{word}'\""
        ))
}
