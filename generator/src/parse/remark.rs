//! What comments say beyond what a database knows: `-- @model Account` beside a declaration, or `@model Account` in the comment that the
//! database keeps. The words are those of the YAML format. A YAML file wins over a comment of the database, and that over one beside
//! the declaration.

mod attach;

pub(super) use self::attach::{Beside, attach};
use super::{Placed, cursor::Cursor, draft::Draft};
use crate::{
    diagnostic::{Diagnostic, Span},
    suggest,
    yaml::{self, Entry, Kind, Node, Scalar, Value, Words},
};

/// A comment, or a line of one, that begins with `@`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    text: String,
    span: Span,
    is_verbatim: bool,
}

/// What comments say of one thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Remarks {
    /// Beside its declaration.
    pub(super) inline: Vec<Remark>,
    /// In the comment that the database keeps.
    pub(super) comment: Vec<Remark>,
}

impl Remark {
    /// A comment beside a declaration.
    pub(super) fn new(text: &str, span: Span) -> Self {
        Remark {
            text: text.to_owned(),
            span,
            is_verbatim: true,
        }
    }

    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// That it stands where nothing is read of it.
    pub(super) fn left_out(&self, help: &str) -> Diagnostic {
        Diagnostic::warning("annotations are not read here")
            .at(self.span)
            .label("left out")
            .help(help)
    }
}

impl Remarks {
    /// The lines of a comment in quotes that say something.
    pub(super) fn in_comment(cursor: &Cursor<'_>, text: &Placed<String>) -> Vec<Remark> {
        let written = cursor.text(text.span);
        let offset = written.find(text.value.as_str());
        let mut remarks = Vec::new();
        let mut start = 0;
        for line in text.value.split_inclusive('\n') {
            let said = line.trim();
            if is_remark(said) {
                let at = start + line.len() - line.trim_start().len();
                let span = offset.map(|offset| {
                    let start = text.span.start + offset + at;
                    Span::new(text.span.file, start, start + said.len())
                });
                remarks.push(Remark {
                    text: said.to_owned(),
                    span: span.unwrap_or(text.span),
                    is_verbatim: span.is_some(),
                });
            }
            start += line.len();
        }
        remarks
    }

    /// The first of them.
    pub(super) fn first(&self) -> Option<&Remark> {
        self.comment.first().or(self.inline.first())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.inline.is_empty() && self.comment.is_empty()
    }

    /// What is said, as entries of a map of this kind; those of `node`, which a YAML file says, come first.
    pub(super) fn over(
        &self,
        node: Option<&Node>,
        kind: &Kind,
        has_comment: bool,
        draft: &mut Draft,
    ) -> Vec<Entry> {
        let mut kept = node.map(said).unwrap_or_default();
        for (remarks, is_inline) in [(&self.comment, false), (&self.inline, true)] {
            let mut entries = Vec::new();
            for remark in remarks {
                let words = Words {
                    text: &remark.text,
                    span: remark.span,
                    is_verbatim: remark.is_verbatim,
                };
                entries.extend(yaml::entries(words, &mut draft.diagnostics));
            }
            entries.retain(|entry| is_known(entry, kind, draft));
            for entry in yaml::once(entries, &mut draft.diagnostics) {
                let is_doc = |key: &str| key == "doc" || key == "comment";
                let same = |other: &Entry| {
                    other.key.text == entry.key.text
                        || is_doc(&other.key.text) && is_doc(&entry.key.text)
                };
                let is_said = is_inline && has_comment && is_doc(&entry.key.text);
                if !is_said && !kept.iter().any(same) {
                    kept.push(entry);
                }
            }
        }
        kept
    }
}

/// What a YAML file says, as the entries of a map. The short form of a column is its type.
fn said(node: &Node) -> Vec<Entry> {
    match &node.value {
        Value::Map(entries) => entries.clone(),
        Value::Scalar(scalar) if !scalar.is_null() => vec![Entry {
            key: Scalar::plain("type".to_owned(), scalar.span),
            value: node.clone(),
        }],
        _ => Vec::new(),
    }
}

/// Whether a line of a comment speaks to us.
pub(crate) fn is_remark(line: &str) -> bool {
    let word = line.trim_start().strip_prefix('@');
    word.is_some_and(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()))
}

/// Whether the word is one of the format. What others write into comments is no error.
fn is_known(entry: &Entry, kind: &Kind, draft: &mut Draft) -> bool {
    let word = entry.key.text.as_str();
    let is_known = kind.keys.contains(&word);
    if !is_known {
        let near = suggest::nearest(word, kind.keys.iter().copied());
        let near = near.map(|near| format!("@{near}"));
        draft.report(match &near {
            Some(near) => Diagnostic::error(format!("unknown annotation `@{word}`"))
                .at(entry.key.span)
                .did_you_mean(Some(near.as_str())),
            None => {
                let keys: Vec<String> = kind.keys.iter().map(|key| format!("`@{key}`")).collect();
                Diagnostic::warning(format!("`@{word}` is no annotation of {}", kind.what))
                    .at(entry.key.span)
                    .label("left out")
                    .help(format!("known are {}", keys.join(", ")))
            }
        });
    }
    is_known
}
