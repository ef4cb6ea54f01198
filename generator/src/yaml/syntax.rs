//! What the YAML parser objects to, in plain words.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Diagnostic, Span};

/// The message for an error of the parser.
pub(super) fn explain(file: usize, text: &str, error: &ScanError) -> Diagnostic {
    let offset = error.marker().byte_offset().unwrap_or(text.len());
    let offset = text.floor_char_boundary(offset.min(text.len()));
    if is_unclosed_text(error.kind(), &text[offset..]) {
        let start = last_quote(text).unwrap_or(offset);
        return Diagnostic::error("this text in quotes is never closed")
            .at(letter(file, text, start));
    }
    let (message, help) = words(error.kind());
    let start = match message == TABS {
        true => tab_before(text, offset),
        false => offset,
    };
    let mut diagnostic = Diagnostic::error(message).at(letter(file, text, start));
    if let Some(open) = open_bracket(&text[..offset]) {
        diagnostic = diagnostic.also(letter(file, text, open), "this bracket is still open");
    }
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

const TABS: &str = "YAML is not indented with tabs";

/// The place of the letter at an offset, if there is one on the line.
fn letter(file: usize, text: &str, start: usize) -> Span {
    let letter = text[start..].chars().next().filter(|next| *next != '\n');
    Span::new(file, start, start + letter.map_or(0, char::len_utf8))
}

/// Whether the file ends within a text in quotes.
fn is_unclosed_text(kind: &ErrorKind, rest: &str) -> bool {
    let in_quotes = matches!(
        kind,
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent
    );
    in_quotes && rest.trim().is_empty()
}

/// The last quote that a text can begin with.
fn last_quote(text: &str) -> Option<usize> {
    let before = |at: usize| text[..at].chars().next_back();
    text.rmatch_indices(['"', '\''])
        .map(|(at, _)| at)
        .find(|at| {
            before(*at).is_none_or(|before| before.is_whitespace() || "[{,".contains(before))
        })
}

fn tab_before(text: &str, offset: usize) -> usize {
    let line = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    text[line..].find('\t').map_or(offset, |tab| line + tab)
}

/// The last bracket before a place that has not been closed. Texts in quotes and comments do not count.
fn open_bracket(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut comment = false;
    let mut before = '\n';
    for (at, letter) in text.char_indices() {
        let starts = before.is_whitespace() || "[{,".contains(before);
        match (quote, letter) {
            (_, '\n') if comment => comment = false,
            _ if comment => {}
            (Some(end), _) if letter == end => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if starts => quote = Some(letter),
            (None, '#') if before.is_whitespace() => comment = true,
            (None, '[' | '{') => open.push(at),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
        before = letter;
    }
    open.pop()
}

fn words(kind: &ErrorKind) -> (String, Option<&'static str>) {
    const INDENTATION: &str = "what belongs together stands in the same column";
    const COLONS: &str =
        "a text with `: ` in it goes into quotes; a key on the line above needs a `:` too";
    const BLANKS: &str = "indent with blanks";
    const QUOTES: &str =
        "put a text with ` #`, a bracket, or one of `&*!|>%@` at its start into quotes";
    let (message, help) = match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => (TABS, Some(BLANKS)),
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::InvalidBlockScalarIndent => (
            "this line is not indented like those it belongs to",
            Some(INDENTATION),
        ),
        ErrorKind::ExpectedBlockSequenceEntry => (
            "expected another item of the list: `- …`",
            Some(INDENTATION),
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "a list cannot begin here",
            Some("start it on a line of its own"),
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("expected `:` behind a key", None)
        }
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::InvalidColonPlacement => ("`:` cannot stand here", Some(COLONS)),
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::ExpectedNodeContent => {
            ("a value cannot begin like this", Some(QUOTES))
        }
        ErrorKind::UnclosedQuotedScalar => ("this text is never closed", None),
        ErrorKind::UnknownQuotedScalarEscape => (
            "this is no escape of YAML",
            Some("write `\\\\` for a backslash, or use single quotes"),
        ),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => ("this bracket is never closed", None),
        ErrorKind::ExpectedFlowMappingSeparator => ("expected `,` or `}`", Some(QUOTES)),
        ErrorKind::ExpectedFlowSequenceSeparator => ("expected `,` or `]`", Some(QUOTES)),
        ErrorKind::MisplacedFlowCollectionEnd => ("this bracket closes nothing", None),
        ErrorKind::RecursionLimitExceeded => ("this is nested too deeply", None),
        ErrorKind::UnknownAnchor => (
            "there is no anchor of this name",
            Some("an anchor `&name` has to stand before its aliases `*name`"),
        ),
        other => return (other.to_string(), None),
    };
    (message.to_owned(), help)
}
