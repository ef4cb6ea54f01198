//! What can stand behind any constraint.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Deferrable, Dialect};

use crate::parse::{Result, column::not_kept, cursor::Cursor, draft::Draft};

/// Passes what a unique constraint says about NULLs: whether two of them are the same.
pub(in crate::parse) fn read_nulls_not_distinct(cursor: &mut Cursor<'_>) -> bool {
    cursor.eat_words(&["NULLS", "DISTINCT"]);
    cursor.eat_words(&["NULLS", "NOT", "DISTINCT"])
}

/// Reads `[NOT] DEFERRABLE`, `INITIALLY …`, one or both.
pub(in crate::parse) fn read_deferrable(cursor: &mut Cursor<'_>) -> Result<Deferrable> {
    match read_optional_deferrable(cursor)? {
        Some(deferrable) => Ok(deferrable),
        None => Err(cursor.expected("`DEFERRABLE`")),
    }
}

pub(super) fn read_optional_deferrable(cursor: &mut Cursor<'_>) -> Result<Option<Deferrable>> {
    let mut found: Option<Deferrable> = None;
    loop {
        let mut said = found.unwrap_or(Deferrable {
            deferrable: false,
            initially_deferred: false,
        });
        if cursor.eat_words(&["NOT", "DEFERRABLE"]) {
            said.deferrable = false;
        } else if cursor.eat_word("DEFERRABLE") {
            said.deferrable = true;
        } else if cursor.eat_word("INITIALLY") {
            said.initially_deferred = cursor.eat_word("DEFERRED");
            said.deferrable |= said.initially_deferred;
            if !said.initially_deferred {
                cursor.expect_word("IMMEDIATE")?;
            }
        } else {
            return Ok(found);
        }
        found = Some(said);
    }
}

pub(super) fn skip_deferrable(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
    let start = cursor.span();
    if read_optional_deferrable(cursor)?.is_some() {
        draft.report(not_kept("DEFERRABLE", cursor.span_from(start)));
    }
    Ok(())
}

/// Passes SQLite's `ON CONFLICT …`, which says what a statement does that breaks the constraint.
pub(in crate::parse) fn skip_conflict_clause(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
) -> Result<()> {
    let start = cursor.span();
    if cursor.source.dialect == Dialect::Sqlite && cursor.eat_words(&["ON", "CONFLICT"]) {
        let ways = ["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"];
        if !ways.iter().any(|way| cursor.eat_word(way)) {
            return Err(cursor.expected("`ROLLBACK`, `ABORT`, `FAIL`, `IGNORE` or `REPLACE`"));
        }
        draft.report(not_kept("ON CONFLICT", cursor.span_from(start)));
    }
    Ok(())
}

/// Passes what PostgreSQL allows behind a key: `INCLUDE`, `WITH`, `USING INDEX TABLESPACE`.
pub(in crate::parse) fn skip_index_parameters(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
) -> Result<()> {
    if cursor.source.dialect != Dialect::Postgres {
        return Ok(());
    }
    let start = cursor.span();
    let mut passed = false;
    while cursor.is_word("INCLUDE")
        || cursor.is_word("WITH") && cursor.peek_at(1) == Some(&Token::LParen)
    {
        cursor.advance(1);
        cursor.parentheses()?;
        passed = true;
    }
    if cursor.eat_words(&["USING", "INDEX", "TABLESPACE"]) {
        cursor.identifier("a tablespace")?;
        passed = true;
    }
    if passed {
        let text = cursor.text(cursor.span_from(start)).to_owned();
        draft.report(not_kept(&text, cursor.span_from(start)));
    }
    Ok(())
}
