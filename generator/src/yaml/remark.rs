//! Comments that annotate, `@model Account @derive [Hash]`: each word is a key of the format, and what follows it its value.

use super::{
    load::load,
    node::{Entry, Node, Scalar, Value},
};
use crate::{
    diagnostic::{Diagnostic, Span},
    source::SourceFile,
};

/// A text of such words, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) span: Span,
    /// Whether it is written there letter by letter.
    pub(crate) is_verbatim: bool,
}

/// The words as entries of a map. A word without a value is true; a colon may stand behind it.
pub(crate) fn entries(words: Words<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let starts = starts(words.text);
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(words.text.len());
        let said = &words.text[start + 1..end];
        let length = said
            .find(|letter: char| !is_word(letter))
            .unwrap_or(said.len());
        let key = words.scalar(start + 1, length);
        let length = length + usize::from(said[length..].starts_with(':'));
        let rest = &said[length..];
        let value = rest.trim();
        let at = start + 1 + length + (rest.len() - rest.trim_start().len());
        let value = match value.chars().next() {
            None => Some(words.node("true", at.min(words.text.len()), 0)),
            Some('[' | '{' | '"' | '\'') => words.load(at, value.len(), problems),
            Some(_) => Some(words.node(value, at, value.len())),
        };
        entries.extend(value.map(|value| Entry { key, value }));
    }
    entries
}

/// Where words begin that stand outside of quotes and brackets.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut depth, mut quote, mut last) = (0_usize, None, ' ');
    for (offset, letter) in text.char_indices() {
        let begins =
            text[offset + letter.len_utf8()..].starts_with(|next: char| next.is_ascii_alphabetic());
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"') | (None, '\'') if last.is_whitespace() || depth > 0 => quote = Some(letter),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, '@') if depth == 0 && last.is_whitespace() && begins => starts.push(offset),
            _ => {}
        }
        last = letter;
    }
    starts
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

impl Words<'_> {
    fn scalar(&self, start: usize, length: usize) -> Scalar {
        Scalar::plain(
            self.text[start..start + length].to_owned(),
            self.place(start, length),
        )
    }

    fn node(&self, value: &str, start: usize, length: usize) -> Node {
        let span = self.place(start, length);
        Node {
            value: Value::Scalar(Scalar::plain(value.to_owned(), span)),
            span,
        }
    }

    fn place(&self, start: usize, length: usize) -> Span {
        match self.is_verbatim {
            true => Span::new(
                self.span.file,
                self.span.start + start,
                self.span.start + start + length,
            ),
            false => self.span,
        }
    }

    /// A value in quotes or brackets is YAML.
    fn load(&self, start: usize, length: usize, problems: &mut Vec<Diagnostic>) -> Option<Node> {
        let text = &self.text[start..start + length];
        let mut found = Vec::new();
        let node = load(self.span.file, &SourceFile::new("", text), &mut found);
        let place = |span: Span| self.place(start + span.start, span.end - span.start);
        for mut problem in found {
            problem.span = problem.span.map(place);
            for (span, _) in &mut problem.secondary {
                *span = place(*span);
            }
            problems.push(problem);
        }
        node.map(|mut node| {
            node.place(&place);
            node
        })
    }
}
