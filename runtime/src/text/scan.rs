//! Finds the names of values in SQL, without looking into texts, quoted names and comments.

use super::lex::{Lexer, Token, is_word, word_length};
use crate::dialect::Lexis;

/// A part of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'s> {
    /// What is sent as it stands.
    Sql(&'s str),
    /// The name of a value, without its colon.
    Name(&'s str),
}

/// A statement in parts.
#[derive(Debug, Default)]
pub(super) struct Scanned<'s> {
    pub(super) pieces: Vec<Piece<'s>>,
    /// The first word, which says what kind of statement it is. Empty where there is none.
    pub(super) first: &'s str,
    /// Whether there is a word of a statement that writes.
    pub(super) changes: bool,
    /// A placeholder of the driver's, which would be taken for one of ours.
    pub(super) placeholder: Option<&'s str>,
}

/// Words by which a statement that begins like a reading one writes nevertheless.
const CHANGING: [&str; 5] = ["INSERT", "UPDATE", "DELETE", "MERGE", "INTO"];

/// Takes a statement apart.
pub(super) fn scan(sql: &str, lexis: Lexis) -> Scanned<'_> {
    let mut scanner = Scanner {
        sql,
        lexer: Lexer::new(sql, lexis),
        sent: 0,
        scanned: Scanned::default(),
    };
    let mut begin = 0;
    while let Some(token) = scanner.lexer.next() {
        scanner.passed(token, begin);
        begin = scanner.lexer.at();
    }
    scanner.send(sql.len());
    scanner.scanned
}

struct Scanner<'s> {
    sql: &'s str,
    lexer: Lexer<'s>,
    /// Where that begins which is in no piece yet.
    sent: usize,
    scanned: Scanned<'s>,
}

impl<'s> Scanner<'s> {
    /// Looks at the token that begins at a place.
    fn passed(&mut self, token: Token, begin: usize) {
        let text = &self.sql[begin..self.lexer.at()];
        match token {
            Token::Quoted | Token::Comment => {}
            Token::Placeholder => {
                self.scanned.placeholder.get_or_insert(text);
            }
            Token::Word => self.word(text),
            Token::Sign(b'\\') if self.lexer.byte(0) == Some(b':') => {
                self.send(begin);
                self.sent = begin + 1;
                self.lexer.go_to(begin + 2);
            }
            Token::Sign(b':') => self.colon(begin),
            Token::Sign(_) => {}
        }
    }

    /// Makes a piece of what stands before a place.
    fn send(&mut self, end: usize) {
        if self.sent < end {
            let piece = Piece::Sql(&self.sql[self.sent..end]);
            self.scanned.pieces.push(piece);
        }
        self.sent = end;
    }

    fn colon(&mut self, begin: usize) {
        let is_behind_word = begin > 0 && is_word(self.sql.as_bytes()[begin - 1]);
        match self.lexer.byte(0) {
            Some(b':' | b'=') => self.lexer.go_to(begin + 2),
            Some(first) if is_word(first) && !first.is_ascii_digit() && !is_behind_word => {
                self.send(begin);
                let name = self.lexer.rest();
                let name = &name[..word_length(name)];
                self.scanned.pieces.push(Piece::Name(name));
                self.sent = begin + 1 + name.len();
                self.lexer.go_to(self.sent);
            }
            _ => {}
        }
    }

    fn word(&mut self, word: &'s str) {
        if self.scanned.first.is_empty() {
            self.scanned.first = word;
        }
        let is_word = |other: &&str| other.eq_ignore_ascii_case(word);
        self.scanned.changes |= CHANGING.iter().any(is_word);
    }
}

#[cfg(test)]
mod tests;
