//! Queries of views. They are not understood, so only names and texts get other quotes, and what means something else in the
//! other dialect is refused.

use crate::{Catalog, Dialect};

use super::super::super::{DdlError, dialect::DdlDialect, sql::Sql};
use super::super::token::{Token, tokens};

/// Words and marks that only the query's own dialect reads like that.
const OWN_WORDS: &[&str] = &[
    "LIKE", "GLOB", "REGEXP", "RLIKE", "ILIKE", "SIMILAR", "COLLATE", "INTERVAL",
];
/// Functions of which the same is true.
const OWN_FUNCTIONS: &[&str] = &[
    "LENGTH",
    "CONCAT",
    "GREATEST",
    "LEAST",
    "LOG",
    "GROUP_CONCAT",
];
const OWN_SYMBOLS: &[&str] = &[
    "||", "&&", "::", "->", "->>", "?", "@", "#", "^", "~", "/", "$",
];

pub(in super::super) fn requote(
    query: &str,
    catalog: &Catalog,
    dialect: &'static dyn DdlDialect,
) -> Result<String, DdlError> {
    let is_mysql = catalog.dialect == Dialect::Mysql || dialect.dialect() == Dialect::Mysql;
    let mut sql = Sql::new(dialect);
    let mut previous: Option<Token> = None;
    let mut words = tokens(query, catalog.dialect)?.into_iter().peekable();
    while let Some(token) = words.next() {
        let is_called = words.peek() == Some(&Token::Symbol("("));
        if needs_space(previous.as_ref(), &token) {
            sql.push(" ");
        }
        match &token {
            Token::Word(word) => match named(word, catalog) {
                Some(name) => sql.name(name)?,
                _ if is_one_of(OWN_WORDS, word)
                    || (is_called && is_one_of(OWN_FUNCTIONS, word)) =>
                {
                    return Err(differs(word, dialect));
                }
                _ => sql.push(word),
            },
            Token::Name(name) => sql.name(name)?,
            Token::Text(text) => sql.literal(text),
            Token::Bytes(_) => return Err(differs("X'…'", dialect)),
            Token::Number(number) => sql.push(number),
            Token::Symbol(symbol) => {
                // SQLite and PostgreSQL join texts and divide alike.
                let is_alike = !is_mysql && ["||", "/"].contains(symbol);
                if OWN_SYMBOLS.contains(symbol) && !is_alike {
                    return Err(differs(symbol, dialect));
                }
                sql.push(symbol);
            }
        }
        previous = Some(token);
    }
    sql.finish()
}

/// Words of queries, which are no names without quotes.
const KEYWORDS: &[&str] = &[
    "SELECT", "DISTINCT", "FROM", "JOIN", "ON", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "LIMIT",
    "AND", "OR", "NOT", "IN", "IS", "NULL", "AS", "CASE", "WHEN", "THEN", "ELSE", "END", "UNION",
];

/// The table, view or column that a word without quotes means, where it has capitals: PostgreSQL would look for small letters.
fn named<'c>(word: &str, catalog: &'c Catalog) -> Option<&'c str> {
    if KEYWORDS.iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return None;
    }
    let tables = catalog.tables.iter();
    let columns = tables.clone().flat_map(|table| &table.columns);
    let names = tables
        .map(|table| &table.name.name)
        .chain(catalog.views.iter().map(|view| &view.name.name))
        .chain(columns.map(|column| &column.name));
    let mut alike = names.filter(|name| name.eq_ignore_ascii_case(word));
    let first = alike.next()?;
    (*first != first.to_lowercase() && alike.all(|other| other == first)).then_some(first)
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn needs_space(previous: Option<&Token>, token: &Token) -> bool {
    let is_tight = |token: &Token| matches!(token, Token::Symbol("." | "("));
    match previous {
        None => false,
        Some(previous) => {
            let is_call = matches!(
                (previous, token),
                (Token::Word(_) | Token::Name(_), Token::Symbol("("))
            );
            !is_tight(previous)
                && !is_call
                && !matches!(token, Token::Symbol("." | ")" | "," | ";"))
        }
    }
}

fn differs(what: &str, dialect: &'static dyn DdlDialect) -> DdlError {
    DdlError::new(format!(
        "its query uses `{what}`, which may mean something else in {}",
        dialect.title()
    ))
}
