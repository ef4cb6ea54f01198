//! `CREATE VIEW`: the name, the columns where they are listed, and the text of the query.

pub(super) mod columns;
mod from;
mod function;
mod operator;
mod query;
mod rows;
mod scope;
mod typed;
mod typing;

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, View};

use super::{
    Placed, Result, alter::rename, column::not_kept, constraint, cursor::Cursor, draft::Draft,
    statement::Outcome, table,
};

/// Reads `CREATE VIEW …`.
pub(super) fn create(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    let head = read_head(cursor, draft);
    let if_not_exists = cursor.eat_words(&["IF", "NOT", "EXISTS"]);
    let name = cursor.name("the name of a view")?;
    if head.temporary {
        draft.leave_out(&name.value);
        draft.miss("CREATE TEMPORARY VIEW", name.span);
        return Ok(Outcome::Done);
    }
    let mut view = View {
        name: name.value.clone(),
        columns: read_columns(cursor)?,
        query: String::new(),
        materialized: head.materialized,
        comment: None,
    };
    skip_options(cursor, draft)?;
    cursor.expect_word("AS")?;
    view.query = read_query(cursor, draft)?;
    let existing = draft.own_view_number(&name.value);
    match existing {
        Some(_) if if_not_exists => {}
        Some(number) if head.replaces => draft.views[number] = Placed::new(view, name.span),
        Some(number) => {
            let first = draft.views[number].span;
            draft.report(table::declared_twice("view", &name, first));
        }
        None => match draft.own_table_number(&name.value) {
            Some(first) => {
                let first = draft.tables[first].span;
                draft.report(table::declared_twice("table or view", &name, first));
            }
            None => draft.views.push(Placed::new(view, name.span)),
        },
    }
    Ok(Outcome::Done)
}

/// Reads `ALTER VIEW …`, also of a materialized one; MySQL's is a declaration.
pub(super) fn alter(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<Outcome> {
    if draft.dialect == Dialect::Mysql {
        return create(cursor, draft);
    }
    cursor.advance(1);
    cursor.eat_word("MATERIALIZED");
    cursor.advance(1);
    let if_exists = cursor.eat_words(&["IF", "EXISTS"]);
    let name = cursor.name("the name of a view")?;
    match draft.view_number(&name.value) {
        Some(number) => change(cursor, draft, number),
        None if if_exists => Ok(Outcome::Done),
        None => table::missing(draft, &name),
    }
}

/// Reads what is to become of a view.
pub(super) fn change(cursor: &mut Cursor<'_>, draft: &mut Draft, number: usize) -> Result<Outcome> {
    let start = cursor.span();
    let view = &mut draft.views[number].value;
    if let Some(to) = rename::read_move(cursor, &view.name)? {
        view.name = to.value;
    } else if cursor.is_word("RENAME") {
        cursor.skip_to_end();
        draft.report(not_kept("RENAME COLUMN of a view", cursor.span_from(start)));
    }
    Ok(Outcome::Done)
}

#[derive(Default)]
struct Head {
    replaces: bool,
    materialized: bool,
    temporary: bool,
}

/// What stands in front of the word VIEW. MySQL says there who may read it and how, of which nothing is kept.
fn read_head(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Head {
    const NOT_KEPT: &[&str] = &["RECURSIVE", "ALGORITHM", "DEFINER", "SECURITY"];
    let mut head = Head::default();
    while !cursor.is_at_end() && !cursor.eat_word("VIEW") {
        head.replaces |= cursor.is_one_of(&["REPLACE", "ALTER"]);
        head.materialized |= cursor.is_word("MATERIALIZED");
        head.temporary |= cursor.is_word("TEMP") || cursor.is_word("TEMPORARY");
        let is_definer_of = |word: &str| word != "DEFINER" || cursor.peek_at(1) == Some(&Token::Eq);
        if let Some(word) = NOT_KEPT
            .iter()
            .find(|word| cursor.is_word(word) && is_definer_of(word))
        {
            draft.skip(&format!("{word} of a view"), cursor.span());
        }
        cursor.advance(1);
    }
    head
}

fn read_columns(cursor: &mut Cursor<'_>) -> Result<Vec<String>> {
    if !cursor.is_symbol(&Token::LParen) {
        return Ok(Vec::new());
    }
    let columns = constraint::read_columns(cursor)?;
    Ok(columns.into_iter().map(|column| column.value).collect())
}

fn skip_options(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<()> {
    let start = cursor.span();
    if cursor.eat_word("USING") {
        cursor.identifier("an access method")?;
    }
    if cursor.eat_word("WITH") {
        cursor.parentheses()?;
    }
    if cursor.eat_word("TABLESPACE") {
        cursor.identifier("a tablespace")?;
    }
    if cursor.span() != start {
        let text = cursor.text(cursor.span_from(start)).to_owned();
        draft.report(not_kept(&text, cursor.span_from(start)));
    }
    Ok(())
}

/// The text of the query, without the clauses behind it that are about the view.
fn read_query(cursor: &mut Cursor<'_>, draft: &mut Draft) -> Result<String> {
    const TAILS: &[&[&str]] = &[
        &["WITH", "NO", "DATA"],
        &["WITH", "DATA"],
        &["WITH", "CHECK", "OPTION"],
        &["WITH", "LOCAL", "CHECK", "OPTION"],
        &["WITH", "CASCADED", "CHECK", "OPTION"],
    ];
    let start = cursor.span();
    let count = cursor.rest().len();
    let tail = TAILS.iter().find(|tail| {
        let mut end = *cursor;
        end.advance(count.saturating_sub(tail.len()));
        tail.len() < count && end.is_words(tail)
    });
    let length = count - tail.map_or(0, |tail| tail.len());
    if length == 0 {
        return Err(cursor.expected("a query"));
    }
    cursor.advance(length);
    let query = cursor.text(cursor.span_from(start)).to_owned();
    if let Some(tail) = tail.filter(|tail| tail.last() == Some(&"OPTION")) {
        let start = cursor.span();
        cursor.skip_to_end();
        draft.report(not_kept(&tail.join(" "), cursor.span_from(start)));
    }
    Ok(query)
}
