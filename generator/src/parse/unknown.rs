//! Words that mean nothing to us, but may to a database: a newer version of it, or an extension. What they stand in is kept as far
//! as it is known, with a warning. Whatever looks like a slip of the pen stays an error.

use sqlparser::tokenizer::Token;

use super::{Placed, Result, cursor::Cursor, draft::Draft};
use crate::{
    diagnostic::{Diagnostic, Severity, Span},
    suggest,
};

impl Cursor<'_> {
    /// Whether a problem with what starts at `start` is no more than that its first word is unknown, and not nearly a known one.
    fn is_unknown_word(&self, start: Span, problem: &Diagnostic) -> bool {
        let is_word = matches!(self.peek(), Some(Token::Word(word)) if word.quote_style.is_none());
        is_word && start == self.span() && problem.span == Some(start) && problem.help.is_empty()
    }

    /// Passes an expression in parentheses. One that is not understood is kept as it is, with a warning: where it ends is
    /// certain. One that breaks off is an error.
    pub(super) fn checked_expression(&mut self, draft: &mut Draft) -> Result<Placed<String>> {
        let start = *self;
        let mut problem = match self.parenthesized_expression() {
            Ok(expression) => return Ok(expression),
            Err(problem) => problem,
        };
        *self = start;
        let inside = self.parentheses()?;
        let (Some(first), Some(last)) = (inside.rest().first(), inside.rest().last()) else {
            return Err(problem);
        };
        let is_within = problem
            .span
            .is_some_and(|span| first.span < span && span < last.span);
        if !is_within {
            return Err(problem);
        }
        problem.severity = Severity::Warning;
        problem.label = Some("this expression is kept as it is".to_owned());
        draft.report(problem);
        let span = first.span.to(last.span);
        Ok(Placed::new(self.text(span).to_owned(), span))
    }

    /// None of these words stands here, though it may be that one was meant.
    pub(super) fn expected_word(&self, words: &[&str]) -> Box<Diagnostic> {
        let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let written = self.text(self.span()).to_uppercase();
        let meant = suggest::nearest(&written, words.iter().copied());
        let problem = self.expected(&quoted.join(" or "));
        Box::new(problem.did_you_mean(meant))
    }

    /// Passes an unknown word and what follows it, up to one of these words.
    pub(super) fn skip_unknown(&mut self, known: &[&str]) {
        self.advance(1);
        while !self.is_at_end() && !self.is_one_of(known) {
            if self.is_symbol(&Token::LParen) && self.parentheses().is_ok() {
                continue;
            }
            self.advance(1);
        }
    }
}

impl Draft {
    /// Makes a warning of a problem that is only an unknown word at the beginning of something; `lost` says what goes with it.
    pub(super) fn tolerate(
        &mut self,
        mut problem: Box<Diagnostic>,
        start: Span,
        at: &Cursor<'_>,
        lost: &str,
    ) -> Result<()> {
        if !at.is_unknown_word(start, &problem) {
            return Err(problem);
        }
        problem.severity = Severity::Warning;
        problem.label = Some(format!("{lost} is left out"));
        self.report(problem);
        Ok(())
    }
}
