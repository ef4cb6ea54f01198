//! What is not UTF-8 in a statement. MySQL's dumps write the default of a column of bytes as these bytes.

use aludel_catalog::Dialect;

use super::{
    cursor::{is_word, string_value},
    token::{self, PlacedToken},
};
use crate::{
    diagnostic::{Diagnostic, Severity, Span},
    source::SourceFile,
};

/// The defaults of bytes in a statement, each from the word DEFAULT on, and what is said of each.
pub(super) fn raw_defaults(
    file: &SourceFile,
    text: &str,
    dialect: Dialect,
    statement: Span,
) -> Vec<(Span, Diagnostic)> {
    let raw = |span: Span| file.check_encoding(span.file, span.start..span.end);
    if dialect != Dialect::Mysql || raw(statement).is_none() {
        return Vec::new();
    }
    let tokens = token::tokenize(text, dialect, statement).unwrap_or_default();
    let values = tokens.iter().enumerate();
    let values = values.filter(|(_, token)| string_value(&token.token).is_some());
    let found = values.filter_map(|(number, value)| {
        let problem = raw(value.span)?;
        let start = start(&tokens[..number])?;
        Some((start.to(value.span), left_out(problem)))
    });
    found.collect()
}

/// The pieces of a statement that are none of these defaults.
pub(super) fn around(statement: Span, defaults: &[(Span, Diagnostic)]) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = statement.start;
    for (span, _) in defaults {
        pieces.push(Span::new(statement.file, start, span.start));
        start = span.end;
    }
    pieces.push(Span::new(statement.file, start, statement.end));
    pieces
}

/// Where the default of a column begins whose value follows these tokens; between the two, its character set may stand.
fn start(before: &[PlacedToken]) -> Option<Span> {
    let (last, others) = before.split_last()?;
    let (default, others) = match &last.token {
        token if token.to_string().starts_with('_') => others.split_last()?,
        _ => (last, others),
    };
    // Of `ALTER … SET DEFAULT`, nothing would be left.
    let is_set = others
        .last()
        .is_some_and(|token| is_word(&token.token, "SET"));
    (is_word(&default.token, "DEFAULT") && !is_set).then_some(default.span)
}

fn left_out(problem: Diagnostic) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        message: "this default is left out, since it is not valid UTF-8".to_owned(),
        help: vec!["write bytes as digits, as in `DEFAULT x'80ff'`".to_owned()],
        ..problem
    }
}
