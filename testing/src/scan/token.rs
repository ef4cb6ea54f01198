//! The tokens of Rust: names, punctuation, literals.

use std::collections::HashSet;

/// One token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its text; for a literal that is not a number, nothing.
    pub(super) text: String,
    /// The line where it begins, counted from 1.
    pub(super) line: usize,
    /// The line where it ends: another one for a literal of several lines.
    pub(super) last_line: usize,
}

impl Token {
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub(super) fn is_name(&self) -> bool {
        self.text.starts_with(starts_name)
    }
}

/// The number of lines on which these tokens stand.
pub(super) fn lines(tokens: &[Token]) -> usize {
    let lines = tokens.iter().flat_map(|token| token.line..=token.last_line);
    lines.collect::<HashSet<usize>>().len()
}

/// The text of tokens, with a space only where two names would run together.
pub(super) fn joined<'t>(tokens: impl Iterator<Item = &'t Token>) -> String {
    let mut text = String::new();
    for token in tokens {
        if token.is_name() && text.ends_with(continues_name) {
            text.push(' ');
        }
        text.push_str(&token.text);
    }
    text
}

/// The tokens of a text, without its comments.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        rest: text,
        line: 1,
    };
    let mut tokens = Vec::new();
    loop {
        lexer.skip(blank_or_comment(lexer.rest));
        if lexer.rest.is_empty() {
            return tokens;
        }
        let line = lexer.line;
        let (length, is_literal) = match literal(lexer.rest) {
            Some(length) => (length, true),
            None => (word_or_punctuation(lexer.rest), false),
        };
        let text = lexer.skip(length);
        tokens.push(Token {
            text: if is_literal {
                String::new()
            } else {
                text.to_owned()
            },
            line,
            last_line: lexer.line,
        });
    }
}

struct Lexer<'t> {
    rest: &'t str,
    line: usize,
}

impl<'t> Lexer<'t> {
    fn skip(&mut self, length: usize) -> &'t str {
        let (skipped, rest) = self.rest.split_at(length);
        self.line += skipped.matches('\n').count();
        self.rest = rest;
        skipped
    }
}

/// The length of what stands here between tokens, however much of it.
fn blank_or_comment(text: &str) -> usize {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start();
        let length = if trimmed.starts_with("//") {
            trimmed.find('\n').unwrap_or(trimmed.len())
        } else if trimmed.starts_with("/*") {
            block_comment(trimmed)
        } else {
            return text.len() - trimmed.len();
        };
        rest = &trimmed[length..];
    }
}

/// The length of a block comment, which may hold others.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of the string or character literal that stands here.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with(['"', '\'', '#']))
    })?;
    let rest = &text[prefix.len()..];
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let quoted = if prefix.ends_with('r') && rest[hashes..].starts_with('"') {
        hashes + raw_string(&rest[hashes..], hashes)
    } else if rest.starts_with('"') {
        quoted(rest, '"')
    } else if rest.starts_with('\'') && is_character(rest) {
        quoted(rest, '\'')
    } else {
        return None;
    };
    Some(prefix.len() + quoted)
}

/// The length of `"…"#` with this many hashes.
fn raw_string(text: &str, hashes: usize) -> usize {
    let end = format!("\"{}", "#".repeat(hashes));
    text[1..]
        .find(&end)
        .map_or(text.len(), |at| 1 + at + end.len())
}

/// The length of a literal with escapes, up to its closing quote.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if !escaped && character == quote {
            return at + quote.len_utf8();
        }
        escaped = !escaped && character == '\\';
    }
    text.len()
}

/// Whether an apostrophe begins a character, and not a lifetime.
fn is_character(text: &str) -> bool {
    let mut characters = text.chars().skip(1);
    match (characters.next(), characters.next()) {
        (Some('\\'), _) => true,
        (_, next) => next == Some('\''),
    }
}

fn word_or_punctuation(text: &str) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    if let Some(raw) = text
        .strip_prefix("r#")
        .filter(|raw| raw.starts_with(starts_name))
    {
        return 2 + word_or_punctuation(raw);
    }
    if text.starts_with("::") {
        2
    } else if text.starts_with(continues_name) {
        text.find(|character| !continues_name(character))
            .unwrap_or(text.len())
    } else if text.starts_with('\'') {
        first + word_or_punctuation(&text[first..])
    } else {
        first
    }
}

fn starts_name(character: char) -> bool {
    character == '_' || character.is_alphabetic()
}

fn continues_name(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::{Token, joined, tokens};

    fn texts(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn names_and_punctuation_are_tokens() {
        assert_eq!(
            texts("a::b(&c_1, 2u8)"),
            ["a", "::", "b", "(", "&", "c_1", ",", "2u8", ")"]
        );
        assert_eq!(texts("r#type: &'a str"), ["r#type", ":", "&", "'a", "str"]);
    }

    #[test]
    fn comments_are_no_tokens() {
        assert_eq!(
            texts("a // b\n/// c\nd /* e /* f */ g */ h /* i"),
            ["a", "d", "h"]
        );
    }

    #[test]
    fn the_contents_of_literals_are_no_tokens() {
        for literal in [
            r#""b""#,
            r#""b \" c""#,
            r#""\\""#,
            "\"b\n c\"",
            "b\"b\"",
            "c\"b\"",
            "r\"b\\\"",
            "r#\"b \" c\"#",
            "br##\"b\"# c\"##",
            "'b'",
            r"'\''",
            r"'\u{62}'",
            "b'b'",
            r"b'\\'",
            "'\"'",
        ] {
            assert_eq!(
                texts(&format!("a({literal})d")),
                ["a", "(", "", ")", "d"],
                "{literal}"
            );
        }
    }

    #[test]
    fn lifetimes_are_no_literals() {
        assert_eq!(texts("&'a T, 'b'"), ["&", "'a", "T", ",", ""]);
    }

    #[test]
    fn a_token_knows_its_lines() {
        let lines: Vec<(usize, usize)> = tokens("a\n\"b\nc\"\nd")
            .iter()
            .map(|token| (token.line, token.last_line))
            .collect();
        assert_eq!(lines, [(1, 1), (2, 3), (4, 4)]);
    }

    #[test]
    fn joined_tokens_keep_names_apart() {
        let tokens: Vec<Token> = tokens("a :: { b as c , * }");
        assert_eq!(joined(tokens.iter()), "a::{b as c,*}");
    }
}
