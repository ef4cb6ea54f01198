//! Expressions and queries as trees of `sqlparser`, for those who look into them. What cannot be read has no tree.

use sqlparser::{
    ast::{Expr, Query},
    parser::{Parser, ParserError},
    tokenizer::{Location, Span as TokenSpan, Token, TokenWithSpan},
};

use aludel_catalog::Dialect;

use super::{
    rewrite,
    token::{self, PlacedToken, sql_dialect},
};
use crate::diagnostic::Span;

/// How deep a tree may be.
const DEEPEST: usize = 200;

/// The tree of a whole expression.
pub(super) fn expression(text: &str, dialect: Dialect) -> Option<Expr> {
    let tokens = tokens(text, dialect)?;
    whole(&tokens, dialect, |parser| parser.parse_expr()).ok()
}

/// The tree of a whole query, or why there is none.
pub(super) fn query(text: &str, dialect: Dialect) -> Result<Box<Query>, String> {
    let tokens = tokens(text, dialect).ok_or("it cannot be cut into words")?;
    whole(&tokens, dialect, |parser| parser.parse_query()).map_err(|error| match error {
        ParserError::RecursionLimitExceeded => "it is nested too deeply".to_owned(),
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => {
            let message = message.split(" at Line").next().unwrap_or_default();
            let mut message = message.to_owned();
            if let Some(first) = message.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            message
        }
    })
}

fn tokens(text: &str, dialect: Dialect) -> Option<Vec<PlacedToken>> {
    token::tokenize(text, dialect, Span::new(0, 0, text.len())).ok()
}

fn whole<T>(
    tokens: &[PlacedToken],
    dialect: Dialect,
    read: impl FnOnce(&mut Parser<'_>) -> Result<T, ParserError>,
) -> Result<T, ParserError> {
    let sql_dialect = sql_dialect(dialect);
    let rewritten = rewrite::expression(tokens, dialect).into_iter();
    let nowhere = TokenSpan::new(Location::new(1, 1), Location::new(1, 1));
    let placed = rewritten.map(|(token, _)| TokenWithSpan {
        token,
        span: nowhere,
    });
    let mut parser = Parser::new(sql_dialect.as_ref())
        .with_recursion_limit(DEEPEST)
        .with_tokens_with_locations(placed.collect());
    let tree = read(&mut parser)?;
    match parser.peek_token().token {
        Token::EOF => Ok(tree),
        other => Err(ParserError::ParserError(format!(
            "it goes on with `{other}`"
        ))),
    }
}
