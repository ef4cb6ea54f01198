//! A text of many statements, cut where one ends and the next begins.

mod body;

use body::Body;

use super::lex::{Lexer, Token};
use crate::dialect::Lexis;

/// One statement of a text, without what ends it and the comments before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part<'s> {
    pub(crate) sql: &'s str,
    /// Where it begins in the text.
    pub(crate) start: usize,
}

/// The statements of a text, in order.
pub(crate) fn split(text: &str, lexis: Lexis) -> Vec<Part<'_>> {
    let mut splitter = Splitter {
        text,
        lexis,
        lexer: Lexer::new(text, lexis),
        delimiter: ";",
        open: None,
        parts: Vec::new(),
    };
    splitter.run();
    splitter.parts
}

struct Splitter<'s> {
    text: &'s str,
    lexis: Lexis,
    lexer: Lexer<'s>,
    /// What ends a statement.
    delimiter: &'s str,
    open: Option<Open>,
    parts: Vec<Part<'s>>,
}

/// The statement that is being read.
struct Open {
    start: usize,
    /// Behind its last token.
    end: usize,
    body: Body,
}

impl<'s> Splitter<'s> {
    fn run(&mut self) {
        loop {
            let begin = self.lexer.at();
            if self.lexer.rest().starts_with(self.delimiter) {
                self.lexer.go_to(begin + self.delimiter.len());
                self.delimited();
                continue;
            }
            if self.open.is_none() && self.takes_delimiter_line() {
                continue;
            }
            let Some(token) = self.lexer.next() else {
                break;
            };
            self.passed(token, begin);
        }
        self.close();
    }

    fn passed(&mut self, token: Token, begin: usize) {
        let text = &self.text[begin..self.lexer.at()];
        match token {
            Token::Comment if !self.is_active(text) => return,
            Token::Sign(sign) if sign.is_ascii_whitespace() => return,
            // It stands where a file begins that is a part of this text.
            Token::Word if self.open.is_none() && text.starts_with(BYTE_ORDER_MARK) => {
                self.lexer.go_to(begin + BYTE_ORDER_MARK.len());
                return;
            }
            _ => {}
        }
        // A word may run into what ends the statement, as in `END$$`.
        let is_own = self.delimiter != ";";
        if let (Token::Word, true, Some(length)) = (token, is_own, text.find(self.delimiter)) {
            self.lexer.go_to(begin + length);
        }
        let text = &self.text[begin..self.lexer.at()];
        let bodies = self.lexis.bodies;
        let open = self.open.get_or_insert_with(|| Open {
            start: begin,
            end: begin,
            body: Body::new(bodies),
        });
        open.end = self.lexer.at();
        open.body.pass(token, text);
    }

    /// Whether a comment is carried out.
    fn is_active(&self, comment: &str) -> bool {
        let begins = |opening: &&str| comment.starts_with(opening);
        self.lexis.active_comments && ["/*!", "/*M!"].iter().any(begins)
    }

    /// Ends the statement behind what ends one, unless that stands within its body.
    fn delimited(&mut self) {
        let is_own = self.delimiter != ";";
        if let Some(open) = &mut self.open
            && !is_own
            && open.body.is_open()
        {
            open.body.pass(Token::Sign(b';'), ";");
            open.end = self.lexer.at();
            return;
        }
        self.close();
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.parts.push(Part {
                sql: &self.text[open.start..open.end],
                start: open.start,
            });
        }
    }

    /// Takes a line that says what ends statements, if one stands here.
    fn takes_delimiter_line(&mut self) -> bool {
        if !self.lexis.delimiter_lines {
            return false;
        }
        let line = self.lexer.rest().lines().next().unwrap_or_default();
        let mut words = line.split_whitespace();
        let is_said = words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("DELIMITER"));
        let (true, Some(delimiter)) = (is_said, words.next()) else {
            return false;
        };
        self.delimiter = delimiter;
        self.lexer.go_to(self.lexer.at() + line.len());
        true
    }
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

#[cfg(test)]
mod tests;
