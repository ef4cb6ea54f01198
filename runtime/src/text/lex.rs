//! The tokens of SQL, as far as one has to know where texts, quoted names and comments end.

use crate::dialect::Lexis;

/// What was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A text, or a name in quotes.
    Quoted,
    Comment,
    Word,
    /// A place for a value, as the driver writes it.
    Placeholder,
    /// Anything else: one byte, which is ASCII.
    Sign(u8),
}

/// Passes over SQL token by token.
pub(super) struct Lexer<'s> {
    sql: &'s str,
    lexis: Lexis,
    at: usize,
}

impl<'s> Lexer<'s> {
    pub(super) fn new(sql: &'s str, lexis: Lexis) -> Self {
        Lexer { sql, lexis, at: 0 }
    }

    /// Behind the last token.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes on elsewhere.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at.min(self.sql.len());
    }

    /// What is not passed yet.
    pub(super) fn rest(&self) -> &'s str {
        &self.sql[self.at..]
    }

    /// A byte behind the last token.
    pub(super) fn byte(&self, further: usize) -> Option<u8> {
        self.sql.as_bytes().get(self.at + further).copied()
    }

    /// Passes over the next token; nothing is left at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        let lexis = self.lexis;
        let first = self.byte(0)?;
        let token = match (first, self.byte(1)) {
            (b'\'', _) => self.quoted(b'\'', lexis.backslashes),
            (b'"', _) => self.quoted(b'"', lexis.backslashes),
            (b'`', _) if lexis.backticks => self.quoted(b'`', false),
            (b'[', _) if lexis.brackets => self.quoted(b']', false),
            (b'-', Some(b'-')) if self.is_dashed_comment() => self.line_comment(),
            (b'#', _) if lexis.hash_comments => self.line_comment(),
            (b'/', Some(b'*')) => self.comment(),
            (b'$', _) if !lexis.question_marks || lexis.dollar_texts => self.dollar(),
            (b'?', _) if lexis.question_marks => {
                self.at += 1;
                Token::Placeholder
            }
            _ if is_word(first) => self.word(),
            _ => {
                self.at += 1;
                Token::Sign(first)
            }
        };
        Some(token)
    }

    /// A quote that is doubled ends it and begins it again, which is the same here.
    fn quoted(&mut self, end: u8, backslashes: bool) -> Token {
        self.at += 1;
        while let Some(byte) = self.byte(0) {
            let is_escape = backslashes && byte == b'\\';
            self.at += if is_escape { 2 } else { 1 };
            if byte == end {
                break;
            }
        }
        self.at = self.at.min(self.sql.len());
        Token::Quoted
    }

    fn is_dashed_comment(&self) -> bool {
        let follows = self.byte(2);
        !self.lexis.spaced_dashes
            || follows.is_none_or(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control())
    }

    fn line_comment(&mut self) -> Token {
        self.skip_behind("\n");
        Token::Comment
    }

    fn comment(&mut self) -> Token {
        let mut depth = 0;
        while let Some(byte) = self.byte(0) {
            let two = (byte, self.byte(1));
            let is_begin = two == (b'/', Some(b'*'));
            if is_begin && (depth == 0 || self.lexis.nested_comments) {
                depth += 1;
                self.at += 2;
            } else if two == (b'*', Some(b'/')) {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    break;
                }
            } else {
                self.at += 1;
            }
        }
        Token::Comment
    }

    fn skip_behind(&mut self, end: &str) {
        let found = self.rest().find(end);
        self.at = found.map_or(self.sql.len(), |found| self.at + found + end.len());
    }

    fn dollar(&mut self) -> Token {
        let rest = self.rest();
        let word = word_length(&rest[1..]);
        if self.byte(1).is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1 + word;
            return Token::Placeholder;
        }
        if self.lexis.dollar_texts && self.byte(1 + word) == Some(b'$') {
            let tag = &rest[..word + 2];
            self.at += tag.len();
            self.skip_behind(tag);
            return Token::Quoted;
        }
        self.at += 1;
        Token::Sign(b'$')
    }

    fn word(&mut self) -> Token {
        let begin = self.at;
        self.at += word_length(self.rest());
        // A name that goes on behind a dollar sign begins no text there.
        while self.byte(0) == Some(b'$') {
            self.at += 1;
            self.at += word_length(self.rest());
        }
        let is_prefix =
            self.lexis.escape_texts && self.sql[begin..self.at].eq_ignore_ascii_case("e");
        if is_prefix && self.byte(0) == Some(b'\'') {
            return self.quoted(b'\'', true);
        }
        Token::Word
    }
}

/// How much of a word a text begins with.
pub(super) fn word_length(text: &str) -> usize {
    text.bytes().take_while(|byte| is_word(*byte)).count()
}

/// Letters that are not ASCII are of several such bytes.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
