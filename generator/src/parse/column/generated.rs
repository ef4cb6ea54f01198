//! Columns whose values the database makes: computed ones and identities.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Column, Default, Dialect, Generated, Identity, Storage};

use super::not_kept;
use crate::parse::{Result, cursor::Cursor, draft::Draft, sequence};

/// Reads `GENERATED …` or `AS (…)`.
pub(in crate::parse) fn read(
    cursor: &mut Cursor<'_>,
    column: &mut Column,
    draft: &mut Draft,
) -> Result<()> {
    let start = cursor.span();
    let mut always = true;
    if cursor.eat_word("GENERATED") {
        if cursor.eat_words(&["BY", "DEFAULT"]) {
            always = false;
            cursor.eat_words(&["ON", "NULL"]);
        } else {
            cursor.expect_word("ALWAYS")?;
        }
    }
    cursor.expect_word("AS")?;
    if cursor.eat_word("IDENTITY") {
        column.identity = Some(read_identity(cursor, always, draft)?);
        return Ok(());
    }
    if cursor.eat_words(&["ROW", "START"]) || cursor.eat_words(&["ROW", "END"]) {
        // What is left is that an insert can do without it, and that it is never NULL.
        column.default = Some(Default::Now("CURRENT_TIMESTAMP".to_owned()));
        draft.report(not_kept("GENERATED ALWAYS AS ROW", cursor.span_from(start)));
        return Ok(());
    }
    if !cursor.is_symbol(&Token::LParen) {
        return Err(cursor.expected("`IDENTITY` or an expression in parentheses"));
    }
    let expression = cursor.checked_expression(draft)?.value;
    column.generated = Some(Generated {
        expression,
        storage: read_storage(cursor),
    });
    Ok(())
}

fn read_identity(cursor: &mut Cursor<'_>, always: bool, draft: &mut Draft) -> Result<Identity> {
    let sequence = match cursor.is_symbol(&Token::LParen) {
        true => Some(sequence::read_options(&mut cursor.parentheses()?, draft)?),
        false => None,
    };
    Ok(Identity {
        always,
        strict: false,
        sequence,
    })
}

/// PostgreSQL computes when a row is written (before version 18 it knows nothing else), the others when it is read.
fn read_storage(cursor: &mut Cursor<'_>) -> Storage {
    if cursor.eat_word("STORED") || cursor.eat_word("PERSISTENT") {
        return Storage::Stored;
    }
    let said = cursor.eat_word("VIRTUAL");
    match cursor.source.dialect {
        Dialect::Postgres if !said => Storage::Stored,
        _ => Storage::Virtual,
    }
}
