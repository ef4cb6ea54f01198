//! Walking along the tokens of a statement.

mod names;

use sqlparser::tokenizer::Token;

use aludel_catalog::Dialect;

use super::{Result, token::PlacedToken};
use crate::diagnostic::{Diagnostic, Span};

/// A place among the tokens of a statement, and where to stop.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'s> {
    pub(super) source: Source<'s>,
    tokens: &'s [PlacedToken],
    position: usize,
    end: usize,
}

/// Where a statement stands.
#[derive(Clone, Copy)]
pub(super) struct Source<'s> {
    pub(super) dialect: Dialect,
    pub(super) file: usize,
    pub(super) text: &'s str,
    /// The namespace that is left out of names.
    pub(super) default_schema: Option<&'s str>,
    /// Where a name stands that is written without a namespace, if not in that one.
    pub(super) current_schema: Option<&'s str>,
    /// What the tokens are together, for messages.
    pub(super) whole: &'s str,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(source: Source<'s>, tokens: &'s [PlacedToken]) -> Self {
        Cursor {
            source,
            tokens,
            position: 0,
            end: tokens.len(),
        }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.position >= self.end
    }

    pub(super) fn peek(&self) -> Option<&'s Token> {
        self.peek_at(0)
    }

    /// The token that stands `ahead` places further on.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<&'s Token> {
        let index = self.position + ahead;
        (index < self.end).then(|| &self.tokens[index].token)
    }

    pub(super) fn next(&mut self) -> Option<&'s PlacedToken> {
        if self.is_at_end() {
            return None;
        }
        self.position += 1;
        Some(&self.tokens[self.position - 1])
    }

    /// Goes back by one token.
    pub(super) fn step_back(&mut self) {
        self.position = self.position.saturating_sub(1);
    }

    pub(super) fn skip_to_end(&mut self) {
        self.position = self.end;
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'s [PlacedToken] {
        &self.tokens[self.position..self.end.max(self.position)]
    }

    /// Goes on by some tokens.
    pub(super) fn advance(&mut self, count: usize) {
        self.position = (self.position + count).min(self.end);
    }

    /// The place of the next token; at the end, the place right behind the last one.
    pub(super) fn span(&self) -> Span {
        match self.tokens.get(self.position) {
            Some(token) => token.span,
            None => {
                let end = self.tokens.last().map_or(0, |token| token.span.end);
                Span::new(self.source.file, end, end)
            }
        }
    }

    /// The place of the last token passed.
    pub(super) fn last_span(&self) -> Span {
        match self.position.checked_sub(1) {
            Some(last) => self.tokens[last].span,
            None => self.span(),
        }
    }

    /// The place of everything from `start` to the last token passed.
    pub(super) fn span_from(&self, start: Span) -> Span {
        let end = self.last_span();
        if end.end < start.start {
            start
        } else {
            start.to(end)
        }
    }

    /// The text of a place in this statement's file.
    pub(super) fn text(&self, span: Span) -> &'s str {
        &self.source.text[span.start..span.end]
    }

    /// Whether the next token stands on a later line than the one before it.
    pub(super) fn is_on_new_line(&self) -> bool {
        let (last, next) = (self.last_span(), self.span());
        last.end <= next.start && self.source.text[last.end..next.start].contains('\n')
    }

    /// Whether the word `ahead` places further on is this one, unquoted.
    pub(super) fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        self.peek_at(ahead)
            .is_some_and(|token| is_word(token, word))
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    pub(super) fn is_words(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(ahead, word)| self.is_word_at(ahead, word))
    }

    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(word))
    }

    pub(super) fn is_symbol(&self, symbol: &Token) -> bool {
        self.peek() == Some(symbol)
    }

    /// Passes this word if it is the next.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        self.eat_words(&[word])
    }

    /// Passes these words if all of them come next.
    pub(super) fn eat_words(&mut self, words: &[&str]) -> bool {
        let found = self.is_words(words);
        if found {
            self.position += words.len();
        }
        found
    }

    pub(super) fn eat_symbol(&mut self, symbol: &Token) -> bool {
        let found = self.is_symbol(symbol);
        if found {
            self.position += 1;
        }
        found
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<()> {
        match self.eat_word(word) {
            true => Ok(()),
            false => Err(self.expected(&format!("`{word}`"))),
        }
    }

    /// Passes everything up to a word, and the word.
    pub(super) fn skip_past(&mut self, word: &str) -> Result<()> {
        while !self.is_at_end() && !self.is_word(word) {
            self.position += 1;
        }
        self.expect_word(word)
    }

    pub(super) fn expect_symbol(&mut self, symbol: &Token) -> Result<()> {
        match self.eat_symbol(symbol) {
            true => Ok(()),
            false => Err(self.expected(&format!("`{symbol}`"))),
        }
    }

    pub(super) fn expect_end(&self) -> Result<()> {
        match self.is_at_end() {
            true => Ok(()),
            false => Err(self.expected(&format!("the end of {}", self.source.whole))),
        }
    }

    /// Enters the parentheses that open here and goes on behind them.
    pub(super) fn parentheses(&mut self) -> Result<Cursor<'s>> {
        let open = self.span();
        let (inside, closed) = self.open_parentheses()?;
        match closed {
            true => Ok(inside),
            false => Err(Box::new(never_closed(open))),
        }
    }

    /// As [`Cursor::parentheses`], but goes to the end where they never close, and says whether they do.
    pub(super) fn open_parentheses(&mut self) -> Result<(Cursor<'s>, bool)> {
        self.expect_symbol(&Token::LParen)?;
        let start = self.position;
        let mut depth = 1;
        while let Some(next) = self.next() {
            match next.token {
                Token::LParen => depth += 1,
                Token::RParen => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok((self.between(start, self.position - 1), true));
            }
        }
        Ok((self.between(start, self.end), false))
    }

    /// Cuts what is left at the commas that stand outside of all parentheses.
    pub(super) fn split_at_commas(&self) -> Vec<Cursor<'s>> {
        let mut parts = Vec::new();
        let (mut depth, mut start) = (0_usize, self.position);
        for index in self.position..self.end {
            match self.tokens[index].token {
                Token::LParen | Token::LBracket => depth += 1,
                Token::RParen | Token::RBracket => depth = depth.saturating_sub(1),
                Token::Comma if depth == 0 => {
                    parts.push(self.between(start, index));
                    start = index + 1;
                }
                _ => {}
            }
        }
        parts.push(self.between(start, self.end));
        parts
    }

    /// What is left before this word, where that stands outside of all parentheses.
    pub(super) fn until_word(&self, word: &str) -> Cursor<'s> {
        self.until(|token| is_word(token, word))
    }

    /// What is left before the first token of a kind that stands outside of all parentheses.
    pub(super) fn until(&self, ends: impl Fn(&Token) -> bool) -> Cursor<'s> {
        let mut depth = 0_usize;
        for index in self.position..self.end {
            match &self.tokens[index].token {
                Token::LParen => depth += 1,
                Token::RParen => depth = depth.saturating_sub(1),
                token if depth == 0 && ends(token) => {
                    return self.between(self.position, index);
                }
                _ => {}
            }
        }
        *self
    }

    /// The next token is not what should stand here.
    pub(super) fn expected(&self, what: &str) -> Box<Diagnostic> {
        self.expected_at(self.position, what)
    }

    /// The token at an index, counted from the cursor, is not what should stand there.
    pub(super) fn expected_ahead(&self, ahead: usize, what: &str) -> Box<Diagnostic> {
        self.expected_at(self.position + ahead, what)
    }

    fn expected_at(&self, position: usize, what: &str) -> Box<Diagnostic> {
        let at = Cursor { position, ..*self };
        let found = match self.tokens.get(position) {
            Some(token) => format!("`{}`", shorten(self.text(token.span))),
            None => format!("the end of {}", self.source.whole),
        };
        let diagnostic = Diagnostic::error(format!("expected {what}, found {found}")).at(at.span());
        Box::new(diagnostic)
    }

    fn between(&self, start: usize, end: usize) -> Cursor<'s> {
        Cursor {
            position: start,
            end,
            ..*self
        }
    }
}

/// Whether a token is this word, unquoted.
pub(super) fn is_word(token: &Token, word: &str) -> bool {
    matches!(token, Token::Word(found) if found.quote_style.is_none() && found.value.eq_ignore_ascii_case(word))
}

/// The value of a token that is a text in quotes.
pub(super) fn string_value(token: &Token) -> Option<&str> {
    match token {
        Token::SingleQuotedString(value)
        | Token::DoubleQuotedString(value)
        | Token::EscapedStringLiteral(value)
        | Token::UnicodeStringLiteral(value)
        | Token::NationalStringLiteral(value) => Some(value),
        Token::DollarQuotedString(quoted) => Some(&quoted.value),
        _ => None,
    }
}

/// The first line of a token, and not more of it than a message can bear.
fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

pub(super) fn never_closed(open: Span) -> Diagnostic {
    Diagnostic::error("this `(` is never closed")
        .at(open)
        .label("opened here")
}
