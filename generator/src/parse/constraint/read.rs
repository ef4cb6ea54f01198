//! Reading constraints.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Check, Deferrable, Dialect, Index, IndexKey, IndexPart, PrimaryKey, Unique};

use super::{
    Constraint,
    clauses::{
        read_nulls_not_distinct, read_optional_deferrable, skip_conflict_clause, skip_deferrable,
        skip_index_parameters,
    },
    references::{has_period, read_foreign_key},
};
use crate::{
    diagnostic::Span,
    parse::{Placed, Result, column::not_kept, cursor::Cursor, draft::Draft, index},
};

/// Whether a constraint or an index starts here, and not a column.
pub(in crate::parse) fn starts_constraint(cursor: &Cursor<'_>) -> bool {
    let opens = |ahead| cursor.peek_at(ahead) == Some(&Token::LParen);
    let mysql = cursor.source.dialect == Dialect::Mysql;
    let postgres = cursor.source.dialect == Dialect::Postgres;
    cursor.is_one_of(&["CONSTRAINT", "UNIQUE", "CHECK"])
        || cursor.is_words(&["PRIMARY", "KEY"])
        || cursor.is_words(&["FOREIGN", "KEY"])
        || cursor.is_word("PRIMARY")
        || cursor.is_word("FOREIGN")
        || postgres && cursor.is_word("EXCLUDE") && (opens(1) || cursor.is_word_at(1, "USING"))
        || postgres && cursor.is_words(&["NOT", "NULL"])
        || mysql && cursor.is_one_of(&["KEY", "INDEX", "FULLTEXT", "SPATIAL"])
        || mysql
            && cursor.is_word("VECTOR")
            && (cursor.is_word_at(1, "INDEX") || cursor.is_word_at(1, "KEY"))
        || mysql && cursor.is_words(&["PERIOD", "FOR"])
}

/// Reads a constraint of a table. There is none where it is of a kind that the catalog does not hold.
pub(in crate::parse) fn read_table_constraint(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
) -> Result<Option<Constraint>> {
    let start = cursor.span();
    let mut name = None;
    if cursor.eat_word("CONSTRAINT")
        && !cursor.is_one_of(&["PRIMARY", "UNIQUE", "FOREIGN", "CHECK"])
    {
        name = Some(cursor.identifier("the name of a constraint")?.value);
    }
    if cursor.is_words(&["PRIMARY", "KEY", "USING", "INDEX"])
        || cursor.is_words(&["UNIQUE", "USING", "INDEX"])
    {
        return read_using_index(cursor, name, start).map(Some);
    }
    let is_key = cursor.is_one_of(&["PRIMARY", "UNIQUE"]);
    if draft.dialect == Dialect::Mysql && is_key && is_over_period(cursor) {
        cursor.skip_to_end();
        draft.report(not_kept("WITHOUT OVERLAPS", cursor.span_from(start)));
        return Ok(None);
    }
    let constraint = if cursor.is_word("CHECK") {
        read_check(cursor, name, draft)?
    } else if cursor.eat_word("PRIMARY") {
        cursor.expect_word("KEY")?;
        read_primary_key(cursor, name, start, draft)?
    } else if cursor.eat_word("UNIQUE") {
        read_unique(cursor, name, start, draft)?
    } else if cursor.eat_word("FOREIGN") {
        cursor.expect_word("KEY")?;
        if has_period(cursor) {
            cursor.skip_to_end();
            draft.report(not_kept("PERIOD", cursor.span_from(start)));
            return Ok(None);
        }
        read_foreign_key(cursor, name, start, draft)?
    } else {
        return read_rare_constraint(cursor, start, draft);
    };
    Ok(Some(constraint))
}

/// Whether a part of a key is `WITHOUT OVERLAPS`. For MariaDB that is the name of a period, which is no column.
fn is_over_period(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    while !ahead.is_at_end() {
        if ahead.is_words(&["WITHOUT", "OVERLAPS"]) {
            return true;
        }
        ahead.advance(1);
    }
    false
}

/// Reads `PRIMARY KEY USING INDEX …` or `UNIQUE USING INDEX …`.
fn read_using_index(
    cursor: &mut Cursor<'_>,
    name: Option<String>,
    start: Span,
) -> Result<Constraint> {
    let primary = cursor.eat_words(&["PRIMARY", "KEY"]);
    cursor.skip_past("INDEX")?;
    let index = cursor.identifier("the name of an index")?;
    Ok(Constraint::UsingIndex {
        name,
        primary,
        index,
        deferrable: read_optional_deferrable(cursor)?,
        span: cursor.span_from(start),
    })
}

/// Reads what only one dialect knows.
fn read_rare_constraint(
    cursor: &mut Cursor<'_>,
    start: Span,
    draft: &mut Draft,
) -> Result<Option<Constraint>> {
    const INDEXES: &[&str] = &["KEY", "INDEX", "FULLTEXT", "SPATIAL", "VECTOR"];
    if draft.dialect == Dialect::Mysql && cursor.is_one_of(INDEXES) {
        return index::read_in_table(cursor, draft).map(Some);
    }
    if cursor.eat_words(&["NOT", "NULL"]) {
        let column = cursor.identifier("a column name")?;
        skip_check_options(cursor, draft);
        return Ok(Some(Constraint::NotNull { column }));
    }
    if cursor.is_one_of(&["EXCLUDE", "PERIOD"]) {
        let word = cursor.text(cursor.span()).to_uppercase();
        cursor.skip_to_end();
        draft.report(not_kept(&word, cursor.span_from(start)));
        return Ok(None);
    }
    Err(cursor.expected("`PRIMARY KEY`, `UNIQUE`, `FOREIGN KEY` or `CHECK`"))
}

fn read_primary_key(
    cursor: &mut Cursor<'_>,
    name: Option<String>,
    start: Span,
    draft: &mut Draft,
) -> Result<Constraint> {
    index::skip_method(cursor)?;
    if draft.dialect == Dialect::Mysql && !cursor.is_symbol(&Token::LParen) {
        cursor.identifier("the name of an index or `(`")?;
        index::skip_method(cursor)?;
    }
    let (columns, autoincrement) = read_key_columns(cursor, draft)?;
    index::read_options(cursor, None, draft)?;
    skip_conflict_clause(cursor, draft)?;
    skip_index_parameters(cursor, draft)?;
    skip_deferrable(cursor, draft)?;
    Ok(Constraint::PrimaryKey {
        key: PrimaryKey {
            name,
            columns: Vec::new(),
        },
        columns,
        autoincrement,
        span: cursor.span_from(start),
    })
}

fn read_unique(
    cursor: &mut Cursor<'_>,
    name: Option<String>,
    start: Span,
    draft: &mut Draft,
) -> Result<Constraint> {
    let mut name = name;
    if draft.dialect == Dialect::Mysql {
        let _ = cursor.eat_word("KEY") || cursor.eat_word("INDEX");
        if !cursor.is_symbol(&Token::LParen) && !cursor.is_word("USING") {
            name = Some(cursor.identifier("the name of an index or `(`")?.value);
        }
    }
    let nulls_not_distinct = read_nulls_not_distinct(cursor);
    let mut index = Index::on(name, Vec::<String>::new());
    index.unique = true;
    index.method = index::read_method(cursor)?;
    let parts = match is_over_period(cursor) {
        true => whole_columns(read_key_columns(cursor, draft)?.0),
        false => index::read_parts(cursor)?,
    };
    let spans = parts.iter().map(|part| part.span).collect();
    index.parts = parts.into_iter().map(|part| part.value).collect();
    index::read_options(cursor, Some(&mut index), draft)?;
    skip_conflict_clause(cursor, draft)?;
    skip_index_parameters(cursor, draft)?;
    let deferrable = read_optional_deferrable(cursor)?;
    let span = cursor.span_from(start);
    Ok(unique_or_index(
        index,
        spans,
        nulls_not_distinct,
        deferrable,
        span,
    ))
}

fn whole_columns(columns: Vec<Placed<String>>) -> Vec<Placed<IndexPart>> {
    let columns = columns.into_iter();
    let parts = columns.map(|Placed { value, span }| (IndexKey::Column(value), span));
    parts
        .map(|(key, span)| Placed::new(IndexPart::new(key), span))
        .collect()
}

/// A key over parts of columns, or in a certain order, is only held by an index.
fn unique_or_index(
    index: Index,
    parts: Vec<Span>,
    nulls_not_distinct: bool,
    deferrable: Option<Deferrable>,
    span: Span,
) -> Constraint {
    let is_usual = index
        .method
        .as_deref()
        .is_none_or(|method| method == "btree")
        && index.comment.is_none();
    match plain_columns(&index).filter(|_| is_usual) {
        Some(columns) => Constraint::Unique {
            unique: Unique {
                name: index.name,
                columns: Vec::new(),
                nulls_not_distinct,
                deferrable,
            },
            columns: columns
                .into_iter()
                .zip(parts)
                .map(|(column, span)| Placed::new(column, span))
                .collect(),
            span,
        },
        None => Constraint::Index { index, parts, span },
    }
}

/// The columns of an index that looks at nothing but whole columns.
fn plain_columns(index: &Index) -> Option<Vec<String>> {
    let column = |part: &aludel_catalog::IndexPart| match &part.key {
        IndexKey::Column(column)
            if part.order.is_none() && part.length.is_none() && part.collation.is_none() =>
        {
            Some(column.clone())
        }
        _ => None,
    };
    index.parts.iter().map(column).collect()
}

/// Reads `CHECK (…)`.
pub(in crate::parse) fn read_check(
    cursor: &mut Cursor<'_>,
    name: Option<String>,
    draft: &mut Draft,
) -> Result<Constraint> {
    let start = cursor.span();
    cursor.expect_word("CHECK")?;
    let expression = cursor.checked_expression(draft)?.value;
    let span = cursor.span_from(start);
    let is_handed_down = !skip_check_options(cursor, draft);
    skip_conflict_clause(cursor, draft)?;
    Ok(Constraint::Check {
        check: Check { name, expression },
        is_handed_down,
        span,
    })
}

/// Whether `NO INHERIT` is among them.
fn skip_check_options(cursor: &mut Cursor<'_>, draft: &mut Draft) -> bool {
    let mut says_no_inherit = false;
    for words in [
        &["NO", "INHERIT"][..],
        &["NOT", "VALID"],
        &["NOT", "ENFORCED"],
        &["ENFORCED"],
    ] {
        let before = cursor.span();
        if cursor.eat_words(words) {
            says_no_inherit |= words == ["NO", "INHERIT"];
            draft.report(not_kept(&words.join(" "), cursor.span_from(before)));
        }
    }
    says_no_inherit
}

/// Reads `(a, b)`.
pub(in crate::parse) fn read_columns(cursor: &mut Cursor<'_>) -> Result<Vec<Placed<String>>> {
    let mut inside = cursor.parentheses()?;
    let mut columns = Vec::new();
    loop {
        columns.push(inside.identifier("a column name")?);
        if inside.is_at_end() {
            return Ok(columns);
        }
        if !inside.eat_symbol(&Token::Comma) {
            return Err(inside.expected("`,` or `)`"));
        }
    }
}

/// Reads the columns of a primary key, which may say more than their names.
fn read_key_columns(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
) -> Result<(Vec<Placed<String>>, Option<Span>)> {
    let inside = cursor.parentheses()?;
    let mut columns = Vec::new();
    let mut autoincrement = None;
    for mut part in inside.split_at_commas() {
        let column = part.identifier("a column name")?;
        let start = part.span();
        let has_length = part.is_symbol(&Token::LParen);
        if has_length {
            part.parentheses()?;
        }
        let has_collation = part.eat_word("COLLATE");
        if has_collation {
            part.collation()?;
        }
        let says_more = part.eat_word("DESC") || has_length || has_collation;
        part.eat_word("ASC");
        if part.eat_words(&["WITHOUT", "OVERLAPS"]) || says_more {
            let text = part.text(part.span_from(start)).to_owned();
            draft.report(not_kept(&text, part.span_from(start)));
        }
        if draft.dialect == Dialect::Sqlite && part.eat_word("AUTOINCREMENT") {
            autoincrement = Some(part.last_span());
        }
        if !part.is_at_end() {
            return Err(part.expected("`,` or `)`"));
        }
        columns.push(column);
    }
    Ok((columns, autoincrement))
}
