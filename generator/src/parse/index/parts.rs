//! The parts of an index: columns or expressions, with their order.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Dialect, IndexKey, IndexPart, NullsOrder, SortOrder};

use crate::parse::{Placed, Result, cursor::Cursor};

/// What can follow a part.
const AFTER_PART: &[&str] = &["ASC", "DESC", "COLLATE", "NULLS"];

/// Reads `(a, b DESC, lower(c))`.
pub(in crate::parse) fn read_parts(cursor: &mut Cursor<'_>) -> Result<Vec<Placed<IndexPart>>> {
    let inside = cursor.parentheses()?;
    inside
        .split_at_commas()
        .into_iter()
        .map(|mut part| read_part(&mut part))
        .collect()
}

/// Reads one part: `b DESC`.
pub(in crate::parse) fn read_part(cursor: &mut Cursor<'_>) -> Result<Placed<IndexPart>> {
    let start = cursor.span();
    let mut part = IndexPart::new(read_key(cursor)?);
    let key_span = cursor.span_from(start);
    part.length = read_length(cursor)?;
    if cursor.eat_word("COLLATE") {
        part.collation = Some(cursor.collation()?);
    }
    if cursor.source.dialect == Dialect::Postgres
        && !cursor.is_at_end()
        && !cursor.is_one_of(AFTER_PART)
    {
        part.operator_class = Some(read_operator_class(cursor)?);
    }
    if cursor.eat_word("ASC") {
        part.order = Some(SortOrder::Ascending);
    } else if cursor.eat_word("DESC") {
        part.order = Some(SortOrder::Descending);
    }
    if cursor.eat_words(&["NULLS", "FIRST"]) {
        part.nulls = Some(NullsOrder::First);
    } else if cursor.eat_words(&["NULLS", "LAST"]) {
        part.nulls = Some(NullsOrder::Last);
    }
    match cursor.is_at_end() {
        true => Ok(Placed::new(part, key_span)),
        false => Err(cursor.expected("`,` or `)`")),
    }
}

fn read_key(cursor: &mut Cursor<'_>) -> Result<IndexKey> {
    if is_column(cursor) {
        return Ok(IndexKey::Column(cursor.identifier("a column name")?.value));
    }
    // An expression in parentheses is one, whatever stands behind them.
    if cursor.is_symbol(&Token::LParen) {
        let mut behind = *cursor;
        behind.parentheses()?;
        if behind.is_at_end() || behind.is_one_of(AFTER_PART) {
            let expression = cursor.parenthesized_expression()?.value;
            return Ok(IndexKey::Expression(expression));
        }
        if cursor.source.dialect == Dialect::Postgres
            && matches!(behind.peek(), Some(Token::Word(_)))
        {
            let expression = cursor.parenthesized_expression()?.value;
            return Ok(IndexKey::Expression(expression));
        }
    }
    read_open_expression(cursor)
}

/// An expression without parentheses. A collation behind it is that of the part.
fn read_open_expression(cursor: &mut Cursor<'_>) -> Result<IndexKey> {
    let mut before = cursor.until_word("COLLATE");
    let length = before.rest().len();
    let expression = before.expression()?;
    cursor.advance(length - before.rest().len());
    Ok(IndexKey::Expression(expression.value))
}

/// Whether a column stands here: a name that is not called, qualified or calculated with.
fn is_column(cursor: &Cursor<'_>) -> bool {
    let dialect = cursor.source.dialect;
    let is_name = match cursor.peek() {
        Some(Token::Word(_)) => true,
        Some(Token::SingleQuotedString(_)) => dialect == Dialect::Sqlite,
        // In the mode ANSI, these are quotes of names.
        Some(Token::DoubleQuotedString(_)) => dialect == Dialect::Mysql,
        _ => false,
    };
    let is_length = dialect == Dialect::Mysql
        && matches!(cursor.peek_at(2), Some(Token::Number(..)))
        && cursor.peek_at(3) == Some(&Token::RParen);
    is_name
        && match cursor.peek_at(1) {
            None | Some(Token::Word(_)) => true,
            Some(Token::LParen) => is_length,
            _ => false,
        }
}

fn read_length(cursor: &mut Cursor<'_>) -> Result<Option<u64>> {
    if cursor.source.dialect != Dialect::Mysql || !cursor.is_symbol(&Token::LParen) {
        return Ok(None);
    }
    let mut inside = cursor.parentheses()?;
    let unexpected = inside.expected("a number of characters");
    let length = inside.number()?;
    length.value.parse().map(Some).map_err(|_| unexpected)
}

fn read_operator_class(cursor: &mut Cursor<'_>) -> Result<String> {
    let start = cursor.span();
    cursor.name("an operator class")?;
    if cursor.is_symbol(&Token::LParen) {
        cursor.parentheses()?;
    }
    Ok(cursor.text(cursor.span_from(start)).to_owned())
}
