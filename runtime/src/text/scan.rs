//! Finds the names of values in SQL, without looking into texts, quoted names and comments.

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
        lexis,
        at: 0,
        sent: 0,
        scanned: Scanned::default(),
    };
    while scanner.at < sql.len() {
        scanner.step();
    }
    scanner.send();
    scanner.scanned
}

struct Scanner<'s> {
    sql: &'s str,
    lexis: Lexis,
    at: usize,
    /// Where that begins which is in no piece yet.
    sent: usize,
    scanned: Scanned<'s>,
}

impl<'s> Scanner<'s> {
    fn step(&mut self) {
        let lexis = self.lexis;
        match (self.byte(0), self.byte(1)) {
            (Some(b'\''), _) => self.quoted(b'\'', lexis.backslashes),
            (Some(b'"'), _) => self.quoted(b'"', lexis.backslashes),
            (Some(b'`'), _) if lexis.backticks => self.quoted(b'`', false),
            (Some(b'['), _) if lexis.brackets => self.quoted(b']', false),
            (Some(b'-'), Some(b'-')) if self.is_dashed_comment() => self.skip_behind("\n"),
            (Some(b'#'), _) if lexis.hash_comments => self.skip_behind("\n"),
            (Some(b'/'), Some(b'*')) => self.comment(),
            (Some(b'$'), _) if !lexis.question_marks || lexis.dollar_texts => self.dollar(),
            (Some(b'?'), _) if lexis.question_marks => self.placeholder(1),
            (Some(b'\\'), Some(b':')) => {
                self.send();
                self.sent = self.at + 1;
                self.at += 2;
            }
            (Some(b':'), next) => self.colon(next),
            (Some(byte), _) if is_word(byte) => self.word(),
            _ => self.at += 1,
        }
    }

    fn byte(&self, further: usize) -> Option<u8> {
        self.sql.as_bytes().get(self.at + further).copied()
    }

    /// Makes a piece of what was passed.
    fn send(&mut self) {
        if self.sent < self.at {
            let piece = Piece::Sql(&self.sql[self.sent..self.at]);
            self.scanned.pieces.push(piece);
        }
        self.sent = self.at;
    }

    /// A quote that is doubled ends it and begins it again, which is the same here.
    fn quoted(&mut self, end: u8, backslashes: bool) {
        self.at += 1;
        while let Some(byte) = self.byte(0) {
            let is_escape = backslashes && byte == b'\\';
            self.at += if is_escape { 2 } else { 1 };
            if byte == end {
                break;
            }
        }
        self.at = self.at.min(self.sql.len());
    }

    fn is_dashed_comment(&self) -> bool {
        let follows = self.byte(2);
        !self.lexis.spaced_dashes
            || follows.is_none_or(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control())
    }

    fn comment(&mut self) {
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
                    return;
                }
            } else {
                self.at += 1;
            }
        }
    }

    fn skip_behind(&mut self, end: &str) {
        let found = self.sql[self.at..].find(end);
        self.at = found.map_or(self.sql.len(), |found| self.at + found + end.len());
    }

    fn dollar(&mut self) {
        let rest = &self.sql[self.at..];
        let word = rest[1..].bytes().take_while(|byte| is_word(*byte)).count();
        let begins_with_digit = self.byte(1).is_some_and(|byte| byte.is_ascii_digit());
        if begins_with_digit {
            self.placeholder(1 + word);
        } else if self.lexis.dollar_texts && self.byte(1 + word) == Some(b'$') {
            let tag = &rest[..word + 2];
            self.at += tag.len();
            self.skip_behind(tag);
        } else {
            self.at += 1 + word;
        }
    }

    fn placeholder(&mut self, length: usize) {
        let sign = &self.sql[self.at..self.at + length];
        self.scanned.placeholder.get_or_insert(sign);
        self.at += length;
    }

    fn colon(&mut self, next: Option<u8>) {
        let is_behind_word = self.at > 0 && is_word(self.sql.as_bytes()[self.at - 1]);
        match next {
            Some(b':' | b'=') => self.at += 2,
            Some(first) if is_word(first) && !first.is_ascii_digit() && !is_behind_word => {
                self.send();
                let begin = self.at + 1;
                self.at = begin + self.word_length(begin);
                let name = Piece::Name(&self.sql[begin..self.at]);
                self.scanned.pieces.push(name);
                self.sent = self.at;
            }
            _ => self.at += 1,
        }
    }

    fn word(&mut self) {
        let begin = self.at;
        self.at += self.word_length(begin);
        // A name that goes on behind a dollar sign begins no text there.
        while self.byte(0) == Some(b'$') {
            self.at += 1;
            self.at += self.word_length(self.at);
        }
        let word = &self.sql[begin..self.at];
        if self.scanned.first.is_empty() {
            self.scanned.first = word;
        }
        let is_word = |other: &&str| other.eq_ignore_ascii_case(word);
        self.scanned.changes |= CHANGING.iter().any(is_word);
        let is_prefix = self.lexis.escape_texts && word.eq_ignore_ascii_case("e");
        if is_prefix && self.byte(0) == Some(b'\'') {
            self.quoted(b'\'', true);
        }
    }

    fn word_length(&self, begin: usize) -> usize {
        let bytes = self.sql[begin..].bytes();
        bytes.take_while(|byte| is_word(*byte)).count()
    }
}

/// Letters that are not ASCII are of several such bytes.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests;
