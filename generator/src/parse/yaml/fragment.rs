//! SQL within a YAML file: a scalar is read by the same readers as a statement, and what is wrong is told at its place.

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Result,
        cursor::{Cursor, Source},
        draft::Draft,
        namespace::default_schema,
        token,
    },
    yaml::Scalar,
};

/// The number of the file that a text stands in which is not written in any file letter by letter: one in quotes with escapes,
/// or of several lines.
const NO_FILE: usize = usize::MAX;

/// Reads SQL to its end. What is wrong with it is reported.
pub(super) fn read<T>(
    scalar: &Scalar,
    draft: &mut Draft,
    read: impl FnOnce(&mut Cursor<'_>, &mut Draft) -> Result<T>,
) -> Option<T> {
    let problems_before = draft.diagnostics.len();
    let outcome = read_text(scalar, draft, read);
    let outcome = draft.accept(outcome);
    for problem in &mut draft.diagnostics[problems_before..] {
        locate(problem, scalar);
    }
    outcome
}

fn read_text<T>(
    scalar: &Scalar,
    draft: &mut Draft,
    read: impl FnOnce(&mut Cursor<'_>, &mut Draft) -> Result<T>,
) -> Result<T> {
    // The places of the tokens count from the start of the text; `locate` and `place` know where that is.
    let text = scalar.text.as_str();
    let tokens = token::tokenize(text, draft.dialect, Span::new(NO_FILE, 0, text.len()))?;
    let source = Source {
        dialect: draft.dialect,
        file: NO_FILE,
        text,
        default_schema: default_schema(draft.dialect),
        current_schema: None,
        whole: "this text",
    };
    let mut cursor = Cursor::new(source, &tokens);
    if cursor.is_at_end() {
        return Err(Box::new(empty(scalar)));
    }
    let value = read(&mut cursor, draft)?;
    cursor.expect_end()?;
    Ok(value)
}

/// Where in the file something stands that was read from a scalar.
pub(super) fn place(span: Span, scalar: &Scalar) -> Span {
    match span.file {
        NO_FILE => scalar.part(span.start, span.end),
        _ => span,
    }
}

fn locate(problem: &mut Diagnostic, scalar: &Scalar) {
    problem.span = problem.span.map(|span| place(span, scalar));
    for (span, _) in &mut problem.secondary {
        *span = place(*span, scalar);
    }
}

fn empty(scalar: &Scalar) -> Diagnostic {
    Diagnostic::error("this text is empty").at(scalar.span)
}
