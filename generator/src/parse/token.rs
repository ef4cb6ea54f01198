//! The tokens of a statement, with their places in the file. `sqlparser` cuts them.

use sqlparser::{
    dialect::{Dialect as SqlDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect},
    tokenizer::{Location, Token, TokenWithSpan, Tokenizer},
};

use aludel_catalog::Dialect;

use super::Result;
use crate::diagnostic::{Diagnostic, Span};

/// A token that is neither a blank nor a comment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedToken {
    pub(super) token: Token,
    pub(super) span: Span,
}

/// The tokens of the bytes `start..end` of a file.
pub(super) fn tokenize(text: &str, dialect: Dialect, place: Span) -> Result<Vec<PlacedToken>> {
    let statement = &text[place.start..place.end];
    let sql_dialect = sql_dialect(dialect);
    let mut tokens = Vec::new();
    let outcome = Tokenizer::new(sql_dialect.as_ref(), statement)
        .tokenize_with_location_into_buf(&mut tokens);
    let mut offsets = Offsets::new(statement);
    if let Err(error) = outcome {
        let start = place.start + offsets.of(error.location);
        let span = Span::new(place.file, start, (start + 1).min(place.end));
        return Err(unreadable(&error.message, span).into());
    }
    Ok(place_tokens(tokens, &mut offsets, place))
}

/// What `sqlparser` calls a dialect.
pub(super) fn sql_dialect(dialect: Dialect) -> Box<dyn SqlDialect> {
    match dialect {
        Dialect::Sqlite => Box::new(SQLiteDialect {}),
        Dialect::Postgres => Box::new(PostgreSqlDialect {}),
        Dialect::Mysql => Box::new(MySqlDialect {}),
    }
}

fn place_tokens(
    tokens: Vec<TokenWithSpan>,
    offsets: &mut Offsets<'_>,
    place: Span,
) -> Vec<PlacedToken> {
    let mut placed = Vec::with_capacity(tokens.len() / 2);
    for TokenWithSpan { token, span } in tokens {
        let start = place.start + offsets.of(span.start);
        let end = place.start + offsets.of(span.end);
        if !matches!(token, Token::Whitespace(_)) {
            let span = Span::new(place.file, start, end);
            placed.push(PlacedToken { token, span });
        }
    }
    placed
}

/// Turns the tokenizer's lines and columns into offsets. The places have to come in ascending order.
struct Offsets<'t> {
    characters: std::str::CharIndices<'t>,
    length: usize,
    line: u64,
    column: u64,
    offset: usize,
}

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        Offsets {
            characters: text.char_indices(),
            length: text.len(),
            line: 1,
            column: 1,
            offset: 0,
        }
    }

    fn of(&mut self, location: Location) -> usize {
        while (self.line, self.column) < (location.line, location.column) {
            let Some((_, character)) = self.characters.next() else {
                break;
            };
            if character == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
            self.offset = self.characters.offset();
        }
        self.offset.min(self.length)
    }
}

fn unreadable(message: &str, span: Span) -> Diagnostic {
    let mut message = message.to_owned();
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    Diagnostic::error(message).at(span)
}
