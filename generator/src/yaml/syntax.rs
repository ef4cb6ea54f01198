//! What the YAML parser objects to, in plain words.

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Diagnostic, Span};

/// The message for an error of the parser.
pub(super) fn explain(file: usize, text: &str, error: &ScanError) -> Diagnostic {
    let offset = error.marker().byte_offset().unwrap_or(text.len());
    let start = text.floor_char_boundary(offset.min(text.len()));
    let letter = text[start..].chars().next().filter(|next| *next != '\n');
    let end = start + letter.map_or(0, char::len_utf8);
    let (message, help) = words(error.kind());
    let mut diagnostic = Diagnostic::error(message).at(Span::new(file, start, end));
    if let Some(help) = help {
        diagnostic = diagnostic.help(help);
    }
    diagnostic
}

fn words(kind: &ErrorKind) -> (String, Option<&'static str>) {
    const INDENTATION: &str = "what belongs together stands in the same column";
    const BLANKS: &str = "indent with blanks";
    const QUOTES: &str =
        "put a text with `: `, ` #`, or one of `[]{},&*!|>%@` at its start into quotes";
    let (message, help) = match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => ("YAML is not indented with tabs", Some(BLANKS)),
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
        | ErrorKind::InvalidColonPlacement => ("`:` cannot stand here", Some(QUOTES)),
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
        ErrorKind::ExpectedFlowMappingSeparator => ("expected `,` or `}`", None),
        ErrorKind::ExpectedFlowSequenceSeparator => ("expected `,` or `]`", None),
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
