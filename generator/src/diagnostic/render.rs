//! A diagnostic as text.

use std::fmt::Write as _;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, Span, shown::Shown};
use crate::source::SourceFile;

/// How far apart two places of one message may be to be shown in one excerpt.
const NEAR_LINES: usize = 12;

/// The whole message, ending in a line break.
pub(super) fn render(sources: &[SourceFile], diagnostic: &Diagnostic) -> String {
    let mut text = headline(sources, diagnostic);
    for excerpt in excerpts(sources, diagnostic) {
        text.push_str(&excerpt.render(sources, diagnostic.severity));
    }
    for help in &diagnostic.help {
        writeln!(text, "help: {help}").expect("writing to a string cannot fail");
    }
    text
}

fn headline(sources: &[SourceFile], diagnostic: &Diagnostic) -> String {
    let Diagnostic {
        severity, message, ..
    } = diagnostic;
    // The first line is what editors read: it has to stay one.
    let message = message.replace(['\n', '\r'], " ");
    match diagnostic
        .span
        .and_then(|span| Some((span, sources.get(span.file)?)))
    {
        Some((span, file)) => {
            let position = file.position(span.start);
            let (name, line, column) = (file.name(), position.line, position.column);
            format!("{name}:{line}:{column}: {severity}: {message}\n")
        }
        None => format!("{severity}: {message}\n"),
    }
}

/// Some lines of one file, with what is to be said about them.
struct Excerpt<'d> {
    file: usize,
    first_line: usize,
    last_line: usize,
    /// Whether the file is named above the lines: the headline has named the first.
    titled: bool,
    notes: Vec<Note<'d>>,
}

struct Note<'d> {
    span: Span,
    label: Option<&'d str>,
    primary: bool,
}

fn excerpts<'d>(sources: &[SourceFile], diagnostic: &'d Diagnostic) -> Vec<Excerpt<'d>> {
    let primary = diagnostic.span.map(|span| Note {
        span,
        label: diagnostic.label.as_deref(),
        primary: true,
    });
    let secondary = diagnostic.secondary.iter().map(|(span, label)| Note {
        span: *span,
        label: Some(label),
        primary: false,
    });
    let mut excerpts: Vec<Excerpt<'d>> = Vec::new();
    for note in primary.into_iter().chain(secondary) {
        let Some(file) = sources.get(note.span.file) else {
            continue;
        };
        let line = file.position(note.span.start).line;
        let near = excerpts.iter_mut().find(|excerpt| {
            excerpt.file == note.span.file
                && line + NEAR_LINES >= excerpt.first_line
                && line <= excerpt.last_line + NEAR_LINES
        });
        match near {
            Some(excerpt) => {
                excerpt.first_line = excerpt.first_line.min(line);
                excerpt.last_line = excerpt.last_line.max(line);
                excerpt.notes.push(note);
            }
            None => excerpts.push(Excerpt {
                file: note.span.file,
                first_line: line,
                last_line: line,
                titled: !note.primary,
                notes: vec![note],
            }),
        }
    }
    excerpts
}

impl Excerpt<'_> {
    fn render(&self, sources: &[SourceFile], severity: Severity) -> String {
        let file = &sources[self.file];
        let marked: Vec<usize> = self.notes.iter().map(|note| note.span.start).collect();
        let shown = Shown::new(file, (self.first_line, self.last_line), &marked);
        let annotations = self.notes.iter().map(|note| note.annotation(file, &shown));
        let snippet = Snippet::source(shown.text())
            .line_start(self.first_line)
            .path(self.titled.then(|| file.name()))
            .annotations(annotations);
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let group = Group::with_level(level).element(snippet);
        let mut text = Renderer::plain().render(&[group]);
        text.push('\n');
        text
    }
}

impl<'d> Note<'d> {
    /// The note over what is shown. Of a place that spans several lines, the first line is marked.
    fn annotation(&self, file: &SourceFile, shown: &Shown) -> Annotation<'d> {
        let line = file.position(self.span.start).line;
        let line_end = file.line_start(line) + file.line(line).len();
        let from = file.boundary(self.span.start).min(line_end);
        let to = file.boundary(self.span.end).clamp(from, line_end);
        let kind = match self.primary {
            true => AnnotationKind::Primary,
            false => AnnotationKind::Context,
        };
        kind.span(shown.offset(from)..shown.offset(to))
            .label(self.label)
    }
}
