//! Defaults: literals are recognised, everything else is kept as written.

use sqlparser::tokenizer::Token;

use aludel_catalog::{Default, Dialect, Type};

use super::{
    Result,
    cursor::{Cursor, is_word, string_value},
    token::PlacedToken,
};

/// Reads `DEFAULT …`.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Default> {
    let start = *cursor;
    let expression = cursor.column_option_expression(1)?;
    let count = start.rest().len() - cursor.rest().len();
    let tokens = &start.rest()[1..count];
    let dialect = cursor.source.dialect;
    Ok(literal(tokens, dialect).unwrap_or(Default::Expression(expression.value)))
}

/// Reads a default that the word DEFAULT does not stand before.
pub(super) fn read_bare(cursor: &mut Cursor<'_>) -> Result<Default> {
    let start = *cursor;
    let expression = cursor.expression()?;
    let count = start.rest().len() - cursor.rest().len();
    let tokens = &start.rest()[..count];
    let dialect = cursor.source.dialect;
    Ok(literal(tokens, dialect).unwrap_or(Default::Expression(expression.value)))
}

/// The literal that these tokens are, if they are one.
fn literal(tokens: &[PlacedToken], dialect: Dialect) -> Option<Default> {
    let tokens: Vec<&Token> = tokens.iter().map(|token| &token.token).collect();
    // PostgreSQL writes the type behind each literal: 'open'::character varying.
    let cast = tokens
        .iter()
        .rposition(|token| **token == Token::DoubleColon);
    let (value, cast) = match cast {
        Some(cast) if is_type(&tokens[cast + 1..]) => (&tokens[..cast], &tokens[cast + 1..]),
        _ => (tokens.as_slice(), &[][..]),
    };
    let value = match value {
        [Token::LParen, inside @ .., Token::RParen] => simple(inside, dialect)?,
        other => simple(other, dialect)?,
    };
    match value {
        Default::Text(text) if is_numeric(cast) && is_number(&text) => Some(Default::Number(text)),
        // What a cast makes of the current moment is for the database to say.
        Default::Now(_) if !cast.is_empty() => None,
        other => Some(other),
    }
}

fn simple(tokens: &[&Token], dialect: Dialect) -> Option<Default> {
    match tokens {
        [Token::Number(digits, _)] | [Token::Plus, Token::Number(digits, _)] => {
            is_number(digits).then(|| Default::Number(digits.clone()))
        }
        [Token::Minus, Token::Number(digits, _)] => {
            is_number(digits).then(|| Default::Number(format!("-{digits}")))
        }
        [Token::Word(word)] if word.quote_style.is_some() => {
            // SQLite takes a name in quotes for a text where no column is meant.
            (dialect == Dialect::Sqlite).then(|| Default::Text(word.value.clone()))
        }
        [word] if is_word(word, "NULL") => Some(Default::Null),
        [word] if is_word(word, "TRUE") => Some(Default::Boolean(true)),
        [word] if is_word(word, "FALSE") => Some(Default::Boolean(false)),
        [text] if string_value(text).is_some() => {
            string_value(text).map(|text| Default::Text(text.to_owned()))
        }
        [word, rest @ ..] => now(word, rest, dialect),
        [] => None,
    }
}

/// How a dialect spells the current moment: a word, and whether it is called with empty parentheses.
const NOW: &[(Dialect, &str, bool, &str)] = &[
    (Dialect::Postgres, "NOW", true, "CURRENT_TIMESTAMP"),
    (
        Dialect::Postgres,
        "TRANSACTION_TIMESTAMP",
        true,
        "CURRENT_TIMESTAMP",
    ),
    (
        Dialect::Mysql,
        "CURRENT_TIMESTAMP",
        true,
        "CURRENT_TIMESTAMP",
    ),
    (Dialect::Mysql, "NOW", true, "CURRENT_TIMESTAMP"),
    (Dialect::Mysql, "LOCALTIMESTAMP", true, "CURRENT_TIMESTAMP"),
    (Dialect::Mysql, "LOCALTIMESTAMP", false, "CURRENT_TIMESTAMP"),
    (Dialect::Mysql, "LOCALTIME", true, "CURRENT_TIMESTAMP"),
    (Dialect::Mysql, "LOCALTIME", false, "CURRENT_TIMESTAMP"),
    (Dialect::Mysql, "CURRENT_DATE", true, "CURRENT_DATE"),
    (Dialect::Mysql, "CURDATE", true, "CURRENT_DATE"),
    (Dialect::Mysql, "CURRENT_TIME", true, "CURRENT_TIME"),
    (Dialect::Mysql, "CURTIME", true, "CURRENT_TIME"),
];

/// The current moment, in the spellings that mean the same everywhere.
fn now(word: &Token, rest: &[&Token], dialect: Dialect) -> Option<Default> {
    const EVERYWHERE: &[&str] = &["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"];
    let called = match rest {
        [] => false,
        [Token::LParen, Token::RParen] => true,
        _ => return now_with_digits(word, rest, dialect),
    };
    let everywhere = EVERYWHERE
        .iter()
        .find(|known| !called && is_word(word, known));
    let here = NOW.iter().find(|(of, known, with_call, _)| {
        *of == dialect && *with_call == called && is_word(word, known)
    });
    let name = everywhere.copied().or(here.map(|(_, _, _, name)| *name))?;
    Some(Default::Now(name.to_owned()))
}

/// MySQL repeats the digits of the column's type: `DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6)`; it allows no others.
fn now_with_digits(word: &Token, rest: &[&Token], dialect: Dialect) -> Option<Default> {
    let is_now = is_word(word, "CURRENT_TIMESTAMP") || is_word(word, "NOW");
    let digits = matches!(rest, [Token::LParen, Token::Number(..), Token::RParen]);
    (dialect == Dialect::Mysql && is_now && digits)
        .then(|| Default::Now("CURRENT_TIMESTAMP".to_owned()))
}

/// Whether these tokens are the name of a type and nothing else: words, dots, lengths and brackets.
fn is_type(tokens: &[&Token]) -> bool {
    let mut depth = 0_i32;
    !tokens.is_empty()
        && tokens.iter().all(|token| {
            match token {
                Token::LParen => depth += 1,
                Token::RParen => depth -= 1,
                Token::Word(_) | Token::Period | Token::LBracket | Token::RBracket => {}
                Token::Number(..) | Token::Comma => return depth > 0,
                _ => return false,
            }
            true
        })
}

fn is_numeric(cast: &[&Token]) -> bool {
    const NUMERIC: &[&str] = &[
        "integer", "bigint", "smallint", "numeric", "decimal", "real", "double", "int", "int2",
        "int4", "int8",
    ];
    cast.first()
        .is_some_and(|first| NUMERIC.iter().any(|name| is_word(first, name)))
}

/// Whether it is a decimal number: what is 0x10 in one database is an error in another.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty()
        && !digits.starts_with("0x")
        && digits.parse::<f64>().is_ok_and(f64::is_finite)
}

/// A default in the terms of its column's type: dumps write `'0'` for a number and `1` for true.
pub(super) fn fit(default: Default, ty: &Type) -> Default {
    let text = match &default {
        Default::Number(text) | Default::Text(text) => text.as_str(),
        Default::Expression(text) => text.as_str(),
        _ => return default,
    };
    match ty {
        Type::Boolean => match text.to_ascii_lowercase().as_str() {
            "1" | "t" | "true" | "y" | "yes" | "on" | "b'1'" => Default::Boolean(true),
            "0" | "f" | "false" | "n" | "no" | "off" | "b'0'" => Default::Boolean(false),
            _ => default,
        },
        Type::Integer { .. } | Type::Float | Type::Double | Type::Decimal { .. }
            if matches!(default, Default::Text(_)) && is_number(text) =>
        {
            Default::Number(text.to_owned())
        }
        _ => default,
    }
}
