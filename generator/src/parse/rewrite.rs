//! Tokens that `sqlparser` does not know in expressions, replaced by ones that it knows and that mean the same. Only the parser
//! sees them: what is kept of an expression is its text.

use sqlparser::tokenizer::Token;

use aludel_catalog::Dialect;

use super::{cursor::is_word, expression::Rewritten, token::PlacedToken};

/// The tokens of an expression, rewritten.
pub(super) fn expression(tokens: &[PlacedToken], dialect: Dialect) -> Vec<Rewritten> {
    let mut rewritten = Vec::with_capacity(tokens.len());
    let mut index = 0;
    while let Some(first) = tokens.get(index) {
        let rest = &tokens[index..];
        match RULES.iter().find(|rule| rule.applies(rest, dialect)) {
            Some(rule) => {
                let last = index + rule.from.len() - 1;
                rewritten.extend(rule.to.iter().map(|word| (written(word), last)));
                index = last + 1;
            }
            None => {
                rewritten.push((first.token.clone(), index));
                index += 1;
            }
        }
    }
    rewritten
}

struct Rule {
    dialects: &'static [Dialect],
    /// Words and symbols; `…` stands for any one word.
    from: &'static [&'static str],
    to: &'static [&'static str],
    /// It only applies where none of these follows.
    unless: &'static [&'static str],
}

const fn rule(
    dialects: &'static [Dialect],
    from: &'static [&'static str],
    to: &'static [&'static str],
) -> Rule {
    Rule {
        dialects,
        from,
        to,
        unless: &[],
    }
}

const SQLITE: &[Dialect] = &[Dialect::Sqlite];
const POSTGRES: &[Dialect] = &[Dialect::Postgres];
const MYSQL: &[Dialect] = &[Dialect::Mysql];

const RULES: &[Rule] = &[
    rule(
        &[Dialect::Sqlite, Dialect::Postgres],
        &["ISNULL"],
        &["IS", "NULL"],
    ),
    rule(
        &[Dialect::Sqlite, Dialect::Postgres],
        &["NOTNULL"],
        &["IS", "NOT", "NULL"],
    ),
    rule(SQLITE, &["NOT", "GLOB"], &["="]),
    rule(SQLITE, &["NOT", "MATCH"], &["="]),
    rule(SQLITE, &["<<"], &["+"]),
    rule(SQLITE, &[">>"], &["+"]),
    // SQLite compares any two values by IS.
    Rule {
        dialects: SQLITE,
        from: &["IS", "NOT"],
        to: &["="],
        unless: &["NULL", "TRUE", "FALSE", "DISTINCT"],
    },
    Rule {
        dialects: SQLITE,
        from: &["IS"],
        to: &["="],
        unless: &["NOT", "NULL", "TRUE", "FALSE", "DISTINCT"],
    },
    rule(POSTGRES, &["BOTH", "FROM"], &["BOTH", "''", "FROM"]),
    rule(POSTGRES, &["LEADING", "FROM"], &["LEADING", "''", "FROM"]),
    rule(POSTGRES, &["TRAILING", "FROM"], &["TRAILING", "''", "FROM"]),
    rule(POSTGRES, &["VARIADIC"], &[]),
    Rule {
        dialects: MYSQL,
        from: &["MOD"],
        to: &["+"],
        unless: &["("],
    },
    rule(MYSQL, &["!"], &["NOT"]),
    rule(MYSQL, &["<<"], &["+"]),
    rule(MYSQL, &[">>"], &["+"]),
    rule(MYSQL, &["SOUNDS", "LIKE"], &["LIKE"]),
    rule(MYSQL, &["CHARSET", "…"], &[]),
];

impl Rule {
    fn applies(&self, tokens: &[PlacedToken], dialect: Dialect) -> bool {
        let is = |index: usize, known: &str| {
            tokens.get(index).is_some_and(|token| {
                known == "…" && matches!(token.token, Token::Word(_))
                    || is_word(&token.token, known)
                    || is_symbol(&token.token, known)
            })
        };
        self.dialects.contains(&dialect)
            && self
                .from
                .iter()
                .enumerate()
                .all(|(index, known)| is(index, known))
            && !self.unless.iter().any(|known| is(self.from.len(), known))
    }
}

fn is_symbol(token: &Token, symbol: &str) -> bool {
    let known = match token {
        Token::ShiftLeft => "<<",
        Token::ShiftRight => ">>",
        Token::ExclamationMark => "!",
        Token::LParen => "(",
        _ => return false,
    };
    known == symbol
}

fn written(text: &str) -> Token {
    match text {
        "=" => Token::Eq,
        "+" => Token::Plus,
        "''" => Token::SingleQuotedString(String::new()),
        word => Token::make_word(word, None),
    }
}
