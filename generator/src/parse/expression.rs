//! Expressions: `sqlparser` says whether they are well formed and where they end; what is kept is their text.

use sqlparser::{
    parser::{Parser, ParserError},
    tokenizer::{Location, Span as TokenSpan, Token, TokenWithSpan},
};

use super::{Placed, Result, cursor::Cursor, rewrite, token::sql_dialect};
use crate::diagnostic::{Diagnostic, Span};

/// How deep an expression may nest. The stack of the parser's thread has room for several times as much.
const DEEPEST: usize = 200;

/// How many tokens an expression may have: long chains of operators are taken down by recursion.
const LONGEST: usize = 50_000;

impl Cursor<'_> {
    /// Passes an expression.
    pub(super) fn expression(&mut self) -> Result<Placed<String>> {
        self.parsed(|parser| parser.parse_expr().map(drop))
    }

    /// Passes the word DEFAULT (or, in MySQL, ON UPDATE) and its expression, which ends where the next option of the column begins.
    pub(super) fn column_option_expression(&mut self, words: usize) -> Result<Placed<String>> {
        let start = *self;
        self.parsed(|parser| parser.parse_optional_column_option().map(drop))?;
        if start.rest().len() - self.rest().len() <= words {
            return Err(self.expected("an expression"));
        }
        let end = self.last_span();
        let mut value = start;
        value.advance(words);
        Ok(Placed::new(
            self.text(value.span().to(end)).to_owned(),
            value.span().to(end),
        ))
    }

    /// Passes an expression in parentheses; its text is what stands between them.
    pub(super) fn parenthesized_expression(&mut self) -> Result<Placed<String>> {
        let mut inside = self.parentheses()?;
        let expression = inside.expression()?;
        match inside.is_at_end() {
            true => Ok(expression),
            false => Err(inside.expected("`)`")),
        }
    }

    fn parsed(
        &mut self,
        parse: impl FnOnce(&mut Parser<'_>) -> std::result::Result<(), ParserError>,
    ) -> Result<Placed<String>> {
        let start = self.span();
        if self.rest().len() > LONGEST {
            return Err(Box::new(too_long(start)));
        }
        let dialect = sql_dialect(self.source.dialect);
        let rewritten = rewrite::expression(self.rest(), self.source.dialect);
        // A token's "line and column" is its number: that is how it comes back in messages.
        let tokens = rewritten
            .iter()
            .map(|(token, original)| TokenWithSpan {
                token: token.clone(),
                span: numbered(*original),
            })
            .collect();
        let mut parser = Parser::new(dialect.as_ref())
            .with_recursion_limit(DEEPEST)
            .with_tokens_with_locations(tokens);
        if let Err(error) = parse(&mut parser) {
            return Err(self.explain(&error));
        }
        let passed = match parser.index().checked_sub(1) {
            Some(last) => rewritten
                .get(last)
                .map_or(self.rest().len(), |(_, original)| original + 1),
            None => 0,
        };
        self.advance(passed);
        let span = self.span_from(start);
        Ok(Placed::new(self.text(span).to_owned(), span))
    }

    /// `sqlparser`'s message as a sentence, at its place in the file.
    fn explain(&self, error: &ParserError) -> Box<Diagnostic> {
        let message = match error {
            ParserError::RecursionLimitExceeded => {
                return Box::new(nested_too_deeply(self));
            }
            ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
        };
        let (message, number) = match message.rsplit_once(" at Line: 1, Column: ") {
            Some((message, column)) => (message, column.parse().ok()),
            None => (message.as_str(), None),
        };
        let ahead = number.map_or(self.rest().len(), |number: usize| number.saturating_sub(1));
        let what = message
            .strip_prefix("Expected: ")
            .and_then(|message| message.rsplit_once(", found: "))
            .map_or_else(|| "an expression".to_owned(), |(what, _)| plain(what));
        self.expected_ahead(ahead, &what)
    }
}

fn numbered(index: usize) -> TokenSpan {
    let location = Location::new(1, index as u64 + 1);
    TokenSpan::new(location, location)
}

/// What `sqlparser` expected, in the words of our messages: keywords and symbols in backticks.
fn plain(what: &str) -> String {
    let is_prose = what.contains(' ') || what.chars().all(|letter| letter.is_ascii_lowercase());
    match what {
        "identifier" => "a name".to_owned(),
        "literal string" => "a text in quotes".to_owned(),
        "an expression" | "an expression:" => "an expression".to_owned(),
        _ if is_prose => what.trim_end_matches(':').to_owned(),
        _ => format!("`{what}`"),
    }
}

fn nested_too_deeply(at: &Cursor<'_>) -> Diagnostic {
    Diagnostic::error("this expression is nested too deeply")
        .at(at.span())
        .help(format!("at most {DEEPEST} levels are read"))
}

fn too_long(start: Span) -> Diagnostic {
    Diagnostic::error("this expression is too long")
        .at(start)
        .help(format!("at most {LONGEST} words and symbols are read"))
}

/// A token and the index of the token of the file that it stands for.
pub(super) type Rewritten = (Token, usize);
