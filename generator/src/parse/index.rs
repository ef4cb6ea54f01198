//! Indexes: `CREATE INDEX`, and MySQL's within a table.

mod parts;

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, Index, IndexKey, IndexPart, Name};

pub(super) use self::parts::{read_part, read_parts};
use super::{
    Placed, Result,
    alter::rename,
    column::not_kept,
    constraint::{self, Constraint},
    cursor::Cursor,
    draft::Draft,
    statement::Outcome,
    table,
};
use crate::diagnostic::{Diagnostic, Span};

/// Reads `CREATE INDEX …`.
pub(super) fn create(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let start = cursor.span();
    let mut index = Index::on(None, Vec::<String>::new());
    read_head(cursor, &mut index)?;
    let if_not_exists = cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    let name_span = cursor.span();
    let schema = read_index_name(cursor, &mut index)?;
    cursor.expect_word("ON")?;
    cursor.eat_word("ONLY");
    let mut table_name = cursor.name("the name of a table")?;
    if draft.dialect == Dialect::Sqlite {
        // In SQLite the index's name says where its table is.
        table_name.value.schema = table_name.value.schema.or(schema);
    }
    let Some(table) = draft.table_number(&table_name.value) else {
        return index_without_table(draft, index.name, &table_name, cursor.span_from(start));
    };
    index.method = read_method(cursor)?.or(index.method);
    let parts = read_parts(cursor)?;
    let mut spans: Vec<Span> = parts.iter().map(|part| part.span).collect();
    index.parts = parts.into_iter().map(|part| part.value).collect();
    read_tail(cursor, &mut index, &mut spans, draft)?;
    cursor.expect_end()?;
    let span = match index.name {
        Some(_) => name_span,
        None => cursor.span_from(start),
    };
    let first = existing(draft, table, &index).map(|first| first.span);
    if let Some(first) = first.filter(|_| if_not_exists) {
        draft.report(exists_already(&index, span, first));
        return Ok(Outcome::Done);
    }
    constraint::add(
        draft,
        table,
        Constraint::Index {
            index,
            parts: spans,
            span,
        },
    );
    Ok(Outcome::Done)
}

/// Reads `ALTER INDEX …`, of which only a new name matters. The index can be that of a constraint.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    cursor.advance(2);
    let if_exists = cursor.eat_words(&["IF", "EXISTS"]);
    let name = cursor.name("the name of an index")?;
    if !cursor.eat_words(&["RENAME", "TO"]) {
        return Ok(Outcome::Done);
    }
    let to = cursor.identifier("the name of an index")?.value;
    let table = draft.index_numbers(&name.value).map(|(table, _)| table);
    match table.or_else(|| table_of_constraint(draft, &name.value)) {
        Some(table) => rename::rename_part(draft, table, &name.value.name, &to),
        None if draft.is_left_out(&name.value) => {
            let schema = name.value.schema;
            draft.leave_out(&Name { schema, name: to });
        }
        None if if_exists => {}
        None => return Ok(Outcome::Missing(Box::new(unknown_index(&name)))),
    }
    Ok(Outcome::Done)
}

/// The table with a key of this name.
fn table_of_constraint(draft: &Draft, name: &Name) -> Option<usize> {
    draft.tables.iter().position(|table| {
        let uniques = table.uniques.iter().map(|unique| &unique.value.name);
        let keys = table.primary_key.iter().map(|key| &key.value.name);
        let mut names = uniques.chain(keys).flatten();
        table.name.schema == name.schema && names.any(|other| *other == name.name)
    })
}

fn unknown_index(name: &Placed<Name>) -> Diagnostic {
    Diagnostic::warning(format!("there is no index `{}`", name.value))
        .at(name.span)
        .label("nothing is changed")
}

fn read_head(cursor: &mut Cursor<'_>, index: &mut Index) -> Result<()> {
    cursor.expect_word("CREATE")?;
    cursor.eat_words(&["OR", "REPLACE"]);
    index.unique = cursor.eat_word("UNIQUE");
    index.method = read_kind(cursor);
    cursor.expect_word("INDEX")?;
    cursor.eat_word("CONCURRENTLY");
    Ok(())
}

fn read_index_name(cursor: &mut Cursor<'_>, index: &mut Index) -> Result<Option<String>> {
    if cursor.is_word("ON") && cursor.source.dialect == Dialect::Postgres {
        return Ok(None);
    }
    let Name { schema, name } = cursor.name("the name of an index")?.value;
    index.name = Some(name);
    let method = read_method(cursor)?;
    index.method = method.or(index.method.take());
    Ok(schema)
}

/// FULLTEXT, SPATIAL or VECTOR, in front of INDEX or KEY.
fn read_kind(cursor: &mut Cursor<'_>) -> Option<String> {
    ["FULLTEXT", "SPATIAL", "VECTOR"]
        .into_iter()
        .find(|kind| cursor.eat_word(kind))
        .map(str::to_lowercase)
}

/// `USING btree`, if it stands here.
pub(super) fn read_method(cursor: &mut Cursor<'_>) -> Result<Option<String>> {
    if cursor.is_word("USING") && !cursor.is_word_at(1, "INDEX") {
        cursor.advance(1);
        let method = cursor.identifier("the method of an index")?;
        return Ok(Some(method.value.to_lowercase()));
    }
    Ok(None)
}

/// Passes the method of a primary key, which is always the usual one.
pub(super) fn skip_method(cursor: &mut Cursor<'_>) -> Result<()> {
    read_method(cursor).map(drop)
}

/// Reads an index within CREATE TABLE (MySQL).
pub(super) fn read_in_table(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Constraint> {
    let start = cursor.span();
    let mut index = Index::on(None, Vec::<String>::new());
    index.method = read_kind(cursor);
    if !cursor.eat_word("KEY") && !cursor.eat_word("INDEX") && index.method.is_none() {
        return Err(cursor.expected("`KEY` or `INDEX`"));
    }
    cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    if !cursor.is_symbol(&Token::LParen) && !cursor.is_word("USING") {
        index.name = Some(cursor.identifier("the name of an index or `(`")?.value);
    }
    index.method = read_method(cursor)?.or(index.method);
    let parts = read_parts(cursor)?;
    index.parts = parts.iter().map(|part| part.value.clone()).collect();
    read_options(cursor, Some(&mut index), draft)?;
    Ok(Constraint::Index {
        index,
        parts: parts.into_iter().map(|part| part.span).collect(),
        span: cursor.span_from(start),
    })
}

/// Reads what MySQL allows behind an index; a primary key has no room for any of it.
pub(super) fn read_options(
    cursor: &mut Cursor<'_>,
    index: Option<&mut Index>,
    draft: &mut Draft,
) -> Result<()> {
    if cursor.source.dialect != Dialect::Mysql {
        return Ok(());
    }
    let mut index = index;
    loop {
        let start = cursor.span();
        if let Some(method) = read_method(cursor)? {
            if let Some(index) = index.as_deref_mut() {
                index.method = Some(method);
            }
        } else if cursor.eat_word("COMMENT") {
            let comment = cursor.string()?.value;
            match index.as_deref_mut() {
                Some(index) => index.comment = Some(comment),
                None => draft.report(not_kept("COMMENT", cursor.span_from(start))),
            }
        } else if cursor.is_word("KEY_BLOCK_SIZE") && skip_option(cursor)? {
            draft.skip("KEY_BLOCK_SIZE of an index", cursor.span_from(start));
        } else if !skip_option(cursor)? {
            return Ok(());
        } else {
            let text = cursor.text(cursor.span_from(start)).to_owned();
            draft.report(not_kept(&text, cursor.span_from(start)));
        }
    }
}

fn skip_option(cursor: &mut Cursor<'_>) -> Result<bool> {
    const ALONE: &[&str] = &["VISIBLE", "INVISIBLE", "IGNORED", "ENFORCED"];
    const WITH_VALUE: &[&str] = &[
        "KEY_BLOCK_SIZE",
        "CLUSTERING",
        "ENGINE_ATTRIBUTE",
        "SECONDARY_ENGINE_ATTRIBUTE",
        "ALGORITHM",
        "LOCK",
        "M",
        "DISTANCE",
    ];
    if cursor.eat_words(&["WITH", "PARSER"]) {
        cursor.identifier("the name of a parser")?;
    } else if WITH_VALUE.iter().any(|word| cursor.eat_word(word)) {
        cursor.eat_symbol(&Token::Eq);
        if cursor.next().is_none() {
            return Err(cursor.expected("a value"));
        }
    } else if !(cursor.eat_words(&["NOT", "IGNORED"])
        || ALONE.iter().any(|word| cursor.eat_word(word)))
    {
        return Ok(false);
    }
    Ok(true)
}

/// What follows the parts in `CREATE INDEX`.
fn read_tail(
    cursor: &mut Cursor<'_>,
    index: &mut Index,
    spans: &mut Vec<Span>,
    draft: &mut Draft,
) -> Result<()> {
    read_options(cursor, Some(index), draft)?;
    loop {
        let start = cursor.span();
        if cursor.is_word("INCLUDE") && draft.dialect == Dialect::Postgres {
            cursor.advance(1);
            for column in constraint::read_columns(cursor)? {
                index.include.push(column.value);
                spans.push(column.span);
            }
        } else if cursor.eat_word("WHERE") {
            index.condition = Some(cursor.expression()?.value);
        } else if cursor.eat_words(&["NULLS", "DISTINCT"]) {
        } else if cursor.eat_words(&["NULLS", "NOT", "DISTINCT"]) {
            draft.report(not_kept("NULLS NOT DISTINCT", cursor.span_from(start)));
        } else if cursor.eat_word("TABLESPACE") {
            cursor.identifier("a tablespace")?;
            draft.skip("TABLESPACE of an index", cursor.span_from(start));
        } else if cursor.eat_word("WITH") {
            cursor.parentheses()?;
            draft.skip("WITH of an index", cursor.span_from(start));
        } else {
            return Ok(());
        }
    }
}

/// The index that has this one's name already. In MySQL each table has names of its own.
fn existing<'d>(draft: &'d Draft, table: usize, index: &Index) -> Option<&'d Placed<Index>> {
    let name = index.name.as_deref()?;
    if draft.dialect == Dialect::Mysql {
        return draft.tables[table].indexes.iter().find(|other| {
            let other = other.value.name.as_deref();
            other.is_some_and(|other| draft.is_same(other, name))
        });
    }
    let name = Name {
        schema: draft.tables[table].name.schema.clone(),
        name: name.to_owned(),
    };
    let (table, index) = draft.index_numbers(&name)?;
    Some(&draft.tables[table].indexes[index])
}

/// An index of a materialized view, or of a table that is left out, is not kept, but what is said of it later is no mistake.
fn index_without_table(
    draft: &mut Draft,
    index: Option<String>,
    table: &Placed<Name>,
    span: Span,
) -> Result<Outcome> {
    let view = draft.view_number(&table.value);
    if view.is_some() {
        draft.report(not_kept("CREATE INDEX on a view", span));
    } else if !draft.is_left_out(&table.value) {
        return table::missing(draft, table);
    }
    // In MySQL its name is known to its table alone.
    if let Some(name) = index.filter(|_| draft.dialect != Dialect::Mysql) {
        let schema = match view {
            Some(number) => draft.views[number].value.name.schema.clone(),
            None => table.value.schema.clone(),
        };
        draft.leave_out(&Name { schema, name });
    }
    Ok(Outcome::Done)
}

fn exists_already(index: &Index, span: Span, first: Span) -> Diagnostic {
    let name = index.name.as_deref().unwrap_or_default();
    Diagnostic::warning(format!(
        "index `{name}` exists already; this declaration is skipped"
    ))
    .at(span)
    .also(first, "first declared here")
}

/// Whether an index names this column.
pub(super) fn names_column(index: &Index, column: &str) -> bool {
    index.parts.iter().any(|part| is_column(part, column))
        || index.include.iter().any(|name| name == column)
}

/// Whether a part of an index is this column.
pub(super) fn is_column(part: &IndexPart, column: &str) -> bool {
    matches!(&part.key, IndexKey::Column(name) if name == column)
}
