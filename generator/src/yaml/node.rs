//! A YAML file as a tree: its values with their places, in the order in which they were written.

use crate::diagnostic::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A text, a number, a truth value, or nothing: which one is for its reader to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// What it says, without quotes.
    pub(crate) text: String,
    /// Whether it was written without quotes, in a line.
    pub(crate) plain: bool,
    /// Where it stands, with its quotes.
    pub(crate) span: Span,
    /// The parts of its text that stand in the file letter by letter: all of it, or lines.
    pub(super) pieces: Vec<Piece>,
}

/// A part of a scalar's text that is written in the file as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it begins in the text.
    pub(super) start: usize,
    pub(super) length: usize,
    /// Where it begins in the file.
    pub(super) written: usize,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: Scalar,
    pub(crate) value: Node,
}

impl Node {
    /// The scalar that it is, if it is one and says something.
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) if !scalar.is_null() => Some(scalar),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(scalar) if scalar.is_null())
    }

    /// Puts it and everything in it where `place` says.
    pub(super) fn place(&mut self, place: &impl Fn(Span) -> Span) {
        self.span = place(self.span);
        match &mut self.value {
            Value::Scalar(scalar) => scalar.place(place),
            Value::List(items) => items.iter_mut().for_each(|item| item.place(place)),
            Value::Map(entries) => {
                for entry in entries {
                    entry.key.place(place);
                    entry.value.place(place);
                }
            }
        }
    }

    /// What it is, for messages.
    pub(crate) fn description(&self) -> String {
        match &self.value {
            Value::Scalar(scalar) if scalar.is_null() => "nothing".into(),
            Value::Scalar(scalar) => match scalar.text.lines().next() {
                Some(line) if line.chars().count() <= 40 => format!("`{line}`"),
                _ => "a text".into(),
            },
            Value::List(items) if items.is_empty() => "an empty list".into(),
            Value::List(_) => "a list".into(),
            Value::Map(_) => "a map".into(),
        }
    }

    /// How many nodes it is made of.
    pub(crate) fn count(&self) -> usize {
        let inside: usize = match &self.value {
            Value::Scalar(_) => 0,
            Value::List(items) => items.iter().map(Node::count).sum(),
            Value::Map(entries) => entries.iter().map(|entry| 1 + entry.value.count()).sum(),
        };
        inside + 1
    }
}

impl Scalar {
    /// One that stands in a file without quotes, if it stands there at all.
    pub(crate) fn plain(text: String, span: Span) -> Self {
        let piece = Piece {
            start: 0,
            length: text.len(),
            written: span.start,
        };
        let is_verbatim = span.end - span.start == text.len();
        Scalar {
            text,
            plain: true,
            span,
            pieces: is_verbatim.then_some(piece).into_iter().collect(),
        }
    }

    fn place(&mut self, place: &impl Fn(Span) -> Span) {
        self.span = place(self.span);
        for piece in &mut self.pieces {
            let end = piece.written + piece.length;
            piece.written = place(Span::new(self.span.file, piece.written, end)).start;
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.plain && ["", "~", "null", "Null", "NULL"].contains(&self.text.as_str())
    }

    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.text.as_str() {
            "true" | "True" | "TRUE" if self.plain => Some(true),
            "false" | "False" | "FALSE" if self.plain => Some(false),
            _ => None,
        }
    }

    /// The place of a part of its text, or of as much of it as stands on a line; its own place, where that is not known.
    pub(crate) fn part(&self, start: usize, end: usize) -> Span {
        let holds = |piece: &&Piece| (piece.start..=piece.start + piece.length).contains(&start);
        match self.pieces.iter().rev().find(holds) {
            Some(piece) => {
                let end = end.clamp(start, piece.start + piece.length);
                let at = |offset: usize| piece.written + offset - piece.start;
                Span::new(self.span.file, at(start), at(end))
            }
            None => self.span,
        }
    }
}
