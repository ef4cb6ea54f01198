//! The words of an expression, as the dialect that it was written in reads them.

use crate::Dialect;

use super::super::DdlError;

/// One word, without its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A keyword, a function, or a name without quotes.
    Word(String),
    /// A name in quotes.
    Name(String),
    /// A string.
    Text(String),
    /// Bytes, as hexadecimal digits.
    Bytes(String),
    /// A number, in decimal digits.
    Number(String),
    /// An operator or a punctuation mark.
    Symbol(&'static str),
}

/// Operators and marks, the longer ones first.
const SYMBOLS: &[&str] = &[
    "!~~*", "!~~", "~~*", "<=>", "->>", "~~", "->", "::", "||", "&&", "<=", ">=", "<>", "!=", "==",
    "<<", ">>", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/", "%", "=", "<", ">", "&", "|",
    "!", "~", "?", "@", "#", "^", ":", "$", "\\", ";", "{", "}",
];

/// The words of `text`, without spaces and comments.
pub(super) fn tokens(text: &str, dialect: Dialect) -> Result<Vec<Token>, DdlError> {
    let mut reader = Reader {
        rest: text,
        dialect,
    };
    let mut tokens = Vec::new();
    while let Some(token) = reader.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Reader<'t> {
    rest: &'t str,
    dialect: Dialect,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Option<Token>, DdlError> {
        self.skip_blanks();
        let Some(first) = self.rest.chars().next() else {
            return Ok(None);
        };
        let is_mysql = self.dialect == Dialect::Mysql;
        let token = match first {
            '\'' => Token::Text(self.quoted('\'', is_mysql)?),
            '"' if is_mysql => Token::Text(self.quoted('"', true)?),
            '"' => Token::Name(self.quoted('"', false)?),
            '`' if self.dialect != Dialect::Postgres => Token::Name(self.quoted('`', false)?),
            '[' if self.dialect == Dialect::Sqlite => self.bracketed()?,
            first if first.is_ascii_digit() => self.number()?,
            '.' if self.rest[1..].starts_with(|c: char| c.is_ascii_digit()) => self.number()?,
            first if first.is_alphabetic() || first == '_' => self.word()?,
            _ => self.symbol()?,
        };
        Ok(Some(token))
    }

    fn skip_blanks(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let is_line = self.rest.starts_with("--")
                || (self.dialect == Dialect::Mysql && self.rest.starts_with('#'));
            let end = if is_line {
                self.rest.find('\n').map(|end| end + 1)
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|end| end + 2)
            } else {
                return;
            };
            self.rest = &self.rest[end.unwrap_or(self.rest.len())..];
        }
    }

    /// What stands between quotes. A doubled quote stands for one.
    fn quoted(&mut self, quote: char, has_escapes: bool) -> Result<String, DdlError> {
        let mut text = String::new();
        let mut characters = self.rest.char_indices().skip(1).peekable();
        while let Some((at, character)) = characters.next() {
            if character == quote {
                if characters.next_if(|(_, next)| *next == quote).is_none() {
                    self.rest = &self.rest[at + quote.len_utf8()..];
                    return Ok(text);
                }
                text.push(quote);
            } else if character == '\\' && has_escapes {
                let escaped = characters.next().map(|(_, escaped)| escaped);
                self.push_escaped(&mut text, escaped)?;
            } else {
                text.push(character);
            }
        }
        Err(DdlError::new(format!("a quote {quote} is not closed")))
    }

    fn push_escaped(&self, text: &mut String, escaped: Option<char>) -> Result<(), DdlError> {
        match escaped {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            // In MySQL, these keep their backslash, for LIKE.
            Some(kept @ ('%' | '_')) if self.dialect == Dialect::Mysql => {
                text.push('\\');
                text.push(kept);
            }
            Some(other) if !other.is_alphanumeric() => text.push(other),
            other => {
                let other = other.map(String::from).unwrap_or_default();
                return Err(DdlError::new(format!(
                    "the escape `\\{other}` is not known"
                )));
            }
        }
        Ok(())
    }

    fn bracketed(&mut self) -> Result<Token, DdlError> {
        let (name, rest) = self.rest[1..]
            .split_once(']')
            .ok_or_else(|| DdlError::new("a bracket is not closed"))?;
        self.rest = rest;
        Ok(Token::Name(name.into()))
    }

    fn number(&mut self) -> Result<Token, DdlError> {
        let mut previous = ' ';
        let is_hexadecimal = self.rest.starts_with("0x") || self.rest.starts_with("0X");
        let text = self.take(|character| {
            let goes_on = character.is_ascii_alphanumeric()
                || matches!(character, '.' | '_')
                || (matches!(previous, 'e' | 'E')
                    && matches!(character, '+' | '-')
                    && !is_hexadecimal);
            previous = character;
            goes_on
        });
        if !is_hexadecimal {
            return match text.parse::<f64>() {
                Ok(_) => Ok(Token::Number(text.into())),
                Err(_) => Err(DdlError::new(format!("`{text}` is not a number"))),
            };
        }
        match self.dialect {
            Dialect::Mysql => Ok(Token::Bytes(text[2..].into())),
            _ => based_number(&text[2..], 16),
        }
    }

    /// A word, or a string with letters in front: `X'00'`, `E'\n'`, `_utf8mb4'text'`.
    fn word(&mut self) -> Result<Token, DdlError> {
        let word = self.take(|c| c.is_alphanumeric() || c == '_' || c == '$');
        if !self.rest.starts_with('\'') {
            return Ok(Token::Word(word.into()));
        }
        let upper = word.to_ascii_uppercase();
        match (upper.as_str(), self.dialect) {
            ("X", Dialect::Sqlite | Dialect::Mysql) => Ok(Token::Bytes(self.quoted('\'', false)?)),
            ("B", Dialect::Mysql) => based_number(&self.quoted('\'', false)?, 2),
            ("E", Dialect::Postgres) => Ok(Token::Text(self.quoted('\'', true)?)),
            ("N", Dialect::Postgres) => Ok(Token::Text(self.quoted('\'', false)?)),
            ("N" | "_UTF8MB4" | "_UTF8" | "_UTF8MB3" | "_LATIN1" | "_ASCII", Dialect::Mysql) => {
                Ok(Token::Text(self.quoted('\'', true)?))
            }
            // A keyword right before a string: `LIKE'a'`.
            _ if word.len() > 1 && !word.starts_with('_') => Ok(Token::Word(word.into())),
            _ => Err(DdlError::new(format!("`{word}'…'` is not known"))),
        }
    }

    fn symbol(&mut self) -> Result<Token, DdlError> {
        let found = SYMBOLS
            .iter()
            .find(|symbol| self.rest.starts_with(**symbol));
        let symbol = found.ok_or_else(|| {
            let character: String = self.rest.chars().take(1).collect();
            DdlError::new(format!("`{character}` is not known"))
        })?;
        self.rest = &self.rest[symbol.len()..];
        Ok(Token::Symbol(symbol))
    }

    fn take(&mut self, mut goes_on: impl FnMut(char) -> bool) -> &'t str {
        let end = self.rest.find(|character| !goes_on(character));
        let (taken, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        taken
    }
}

fn based_number(digits: &str, base: u32) -> Result<Token, DdlError> {
    i64::from_str_radix(digits, base)
        .map(|number| Token::Number(number.to_string()))
        .map_err(|_| DdlError::new(format!("`{digits}` is not a number of 64 bits")))
}
