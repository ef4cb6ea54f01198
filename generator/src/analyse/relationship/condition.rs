//! Conditions on the rows at the other side: their columns are told from those of other tables in the query.

use aludel_catalog::{Dialect, Table};

use crate::{diagnostic::Diagnostic, suggest};

/// What stands for the table's name in the query.
const PLACEHOLDER: &str = "{table}";

/// Behind these stands a type, a time zone or a collation, and no column.
const BEFORE_OTHER_NAMES: [&str; 6] = ["as", "at", "collate", "time", "with", "without"];

/// The condition with `{table}` before each column of the table that has no table before it, and in place of its name in braces.
///
/// Where there is a query within the condition, a name may be that of one of its columns, and none is changed.
pub(super) fn qualified(
    condition: &str,
    table: &Table,
    dialect: Dialect,
) -> Result<String, Box<Diagnostic>> {
    let pieces = pieces(condition, dialect);
    let has_query = pieces.iter().any(|piece| piece.is_word("select"));
    let mut text = String::with_capacity(condition.len());
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Placeholder(name) if *name == table.name.name || *name == "table" => {
                text.push_str(PLACEHOLDER);
                continue;
            }
            Piece::Placeholder(name) => return Err(Box::new(other_placeholder(name, table))),
            Piece::Word(_) | Piece::Quoted(_)
                if !has_query && piece.is_column(table) && !is_other(&pieces, index) =>
            {
                text.push_str(PLACEHOLDER);
                text.push('.');
            }
            _ => {}
        }
        text.push_str(piece.text());
    }
    Ok(text)
}

/// A part of a condition.
enum Piece<'c> {
    /// A name or a word of SQL.
    Word(&'c str),
    /// A name in quotes, with these.
    Quoted(&'c str),
    /// A name in braces, without these.
    Placeholder(&'c str),
    /// A blank.
    Blank(&'c str),
    /// A text or a number.
    Literal(&'c str),
    /// One sign.
    Sign(&'c str),
}

impl<'c> Piece<'c> {
    fn text(&self) -> &'c str {
        match self {
            Piece::Word(text)
            | Piece::Quoted(text)
            | Piece::Placeholder(text)
            | Piece::Blank(text)
            | Piece::Literal(text)
            | Piece::Sign(text) => text,
        }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self, Piece::Word(text) if text.eq_ignore_ascii_case(word))
    }

    fn is_column(&self, table: &Table) -> bool {
        let mut columns = table.columns.iter();
        match self {
            Piece::Word(name) => columns.any(|column| column.name.eq_ignore_ascii_case(name)),
            Piece::Quoted(name) => columns.any(|column| column.name == name[1..name.len() - 1]),
            _ => false,
        }
    }
}

/// Whether a name is, by what stands around it, none of a column without a table.
fn is_other(pieces: &[Piece<'_>], index: usize) -> bool {
    let solid = |piece: &&Piece<'_>| !matches!(piece, Piece::Blank(_));
    let before = pieces[..index].iter().rev().find(solid);
    let after = pieces[index + 1..].iter().find(solid);
    let belongs = before.is_some_and(|before| {
        matches!(before, Piece::Sign("." | ":" | "@" | "$"))
            || BEFORE_OTHER_NAMES.iter().any(|word| before.is_word(word))
    });
    let calls = after.is_some_and(|after| {
        matches!(after, Piece::Sign("." | "("))
            || matches!(after, Piece::Literal(text) if text.starts_with('\''))
    });
    // `extract(year from at)`
    let is_part = matches!(before, Some(Piece::Sign("(")))
        && after.is_some_and(|after| after.is_word("from"));
    belongs || calls || is_part
}

fn pieces(condition: &str, dialect: Dialect) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = condition;
    while let Some(first) = rest.chars().next() {
        let length = length(rest, first, dialect);
        let (text, behind) = rest.split_at(length);
        rest = behind;
        pieces.push(match first {
            '{' if text.ends_with('}') => Piece::Placeholder(&text[1..length - 1]),
            '\'' => Piece::Literal(text),
            '"' if dialect == Dialect::Mysql => Piece::Literal(text),
            '"' | '`' if length > 1 && text.ends_with(first) => Piece::Quoted(text),
            _ if first.is_whitespace() => Piece::Blank(text),
            _ if first.is_ascii_digit() => Piece::Literal(text),
            _ if is_name(first) => Piece::Word(text),
            _ => Piece::Sign(text),
        });
    }
    pieces
}

/// How long the piece is at the start of a text.
fn length(text: &str, first: char, dialect: Dialect) -> usize {
    let until = |is_other: &dyn Fn(char) -> bool| text.find(is_other).unwrap_or(text.len());
    match first {
        '{' => text.find('}').map_or(1, |end| end + 1),
        '\'' | '"' | '`' => quoted(text, first, dialect),
        _ if first.is_whitespace() => until(&|c| !c.is_whitespace()),
        _ if is_name(first) || first.is_ascii_digit() => {
            until(&|c| !is_name(c) && !c.is_ascii_digit())
        }
        _ => first.len_utf8(),
    }
}

/// A quote within is doubled, so that what is quoted ends there and goes on at once.
fn quoted(text: &str, quote: char, dialect: Dialect) -> usize {
    let escapes = dialect == Dialect::Mysql && quote != '`';
    let mut escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' if escapes => escaped = true,
            _ if character == quote => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() && !character.is_ascii_digit() || character == '_'
}

fn other_placeholder(name: &str, table: &Table) -> Diagnostic {
    let own = table.name.name.as_str();
    let problem = Diagnostic::error(format!("nothing stands for `{{{name}}}`"));
    match suggest::nearest(name, [own]) {
        Some(meant) => problem.did_you_mean(Some(&format!("{{{meant}}}"))),
        None => problem.help(format!("the table of the condition is `{{{own}}}`")),
    }
}

#[cfg(test)]
mod tests {
    use aludel_catalog::{Column, ColumnType, Name, Type};

    use super::*;

    #[test]
    fn columns_of_the_other_table_are_told_from_all_else() {
        let mut table = Table::new(Name::new("orders"));
        for name in ["id", "status", "year", "Date", "größe"] {
            let column = Column::new(name, ColumnType::new(Type::text(), "TEXT"));
            table.columns.push(column);
        }
        for (condition, expected) in [
            ("status = 'paid'", "{table}.status = 'paid'"),
            ("STATUS='it''s status'", "{table}.STATUS='it''s status'"),
            (
                "{orders}.id > 1 and id<9",
                "{table}.id > 1 and {table}.id<9",
            ),
            ("{table} . id > 1", "{table} . id > 1"),
            (
                "\"Date\" > date '2020-01-01'",
                "{table}.\"Date\" > date '2020-01-01'",
            ),
            (
                "extract(year from \"Date\") = year",
                "extract(year from {table}.\"Date\") = {table}.year",
            ),
            (
                "cast(status as date) = year::date",
                "cast({table}.status as date) = {table}.year::date",
            ),
            ("größe = 1e5 and id5 = 2", "{table}.größe = 1e5 and id5 = 2"),
            ("year(id) = other.year", "year({table}.id) = other.year"),
            (
                "status <> '{}' and id in (1, 2)",
                "{table}.status <> '{}' and {table}.id in (1, 2)",
            ),
            (
                "exists (select 1 from items where items.id = {orders}.id and status = 1)",
                "exists (select 1 from items where items.id = {table}.id and status = 1)",
            ),
        ] {
            let qualified = qualified(condition, &table, Dialect::Postgres);
            assert_eq!(qualified.ok().as_deref(), Some(expected));
        }
        let text = qualified(
            r"status = 'it\'s status' and `id` = 1",
            &table,
            Dialect::Mysql,
        );
        let expected = r"{table}.status = 'it\'s status' and {table}.`id` = 1";
        assert_eq!(text.ok().as_deref(), Some(expected));
        let wrong = qualified("{order}.id = 1", &table, Dialect::Sqlite);
        assert!(wrong.is_err_and(|problem| problem.help[0].contains("{orders}")));
    }
}
