//! Tokens that `sqlparser` does not know in expressions, replaced by ones that it knows and that mean the same. Only the parser
//! sees them: what is kept of an expression is its text.

use sqlparser::{
    keywords::Keyword,
    tokenizer::{Token, Word},
};

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
    from: &'static [&'static str],
    to: &'static [&'static str],
    /// Whether it only applies where none of these words follows.
    unless: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        dialects: &[Dialect::Sqlite, Dialect::Postgres],
        from: &["ISNULL"],
        to: &["IS", "NULL"],
        unless: &[],
    },
    Rule {
        dialects: &[Dialect::Sqlite, Dialect::Postgres],
        from: &["NOTNULL"],
        to: &["IS", "NOT", "NULL"],
        unless: &[],
    },
    // SQLite compares any two values by IS.
    Rule {
        dialects: &[Dialect::Sqlite],
        from: &["IS", "NOT"],
        to: &["="],
        unless: &["NULL", "TRUE", "FALSE", "DISTINCT"],
    },
    Rule {
        dialects: &[Dialect::Sqlite],
        from: &["IS"],
        to: &["="],
        unless: &["NOT", "NULL", "TRUE", "FALSE", "DISTINCT"],
    },
];

impl Rule {
    fn applies(&self, tokens: &[PlacedToken], dialect: Dialect) -> bool {
        let is = |index: usize, word: &str| {
            tokens
                .get(index)
                .is_some_and(|token| is_word(&token.token, word))
        };
        self.dialects.contains(&dialect)
            && self
                .from
                .iter()
                .enumerate()
                .all(|(index, word)| is(index, word))
            && !self.unless.iter().any(|word| is(self.from.len(), word))
    }
}

fn written(word: &str) -> Token {
    let keyword = match word {
        "=" => return Token::Eq,
        "IS" => Keyword::IS,
        "NOT" => Keyword::NOT,
        _ => Keyword::NULL,
    };
    Token::Word(Word {
        value: word.to_owned(),
        quote_style: None,
        keyword,
    })
}
