//! Schema files: their text, and where in it something stands.

mod folder;
mod migrations;
mod natural;
mod read;

use std::ops::Range;

pub use migrations::MigrationTool;
pub use read::{Place, Sources, read};

use crate::diagnostic::{Diagnostic, Span};

/// A place in a schema file, as editors count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The text of a schema file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    /// What is not UTF-8: its first bytes, and where their replacements stand in the text.
    undecoded: Vec<(usize, u8)>,
}

impl SourceFile {
    /// A file of this name, as messages show it, with this text. A byte order mark at its start is left out.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(offset, _)| offset + 1))
            .collect();
        SourceFile {
            name: name.into(),
            text,
            line_starts,
            undecoded: Vec::new(),
        }
    }

    /// A file with these bytes. What is not UTF-8 in them is replaced, and remembered.
    fn decode(name: String, bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut text = String::with_capacity(bytes.len());
        let mut undecoded = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if let Some(first) = chunk.invalid().first() {
                undecoded.push((text.len(), *first));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        SourceFile {
            undecoded,
            ..SourceFile::new(name, text)
        }
    }

    /// What is wrong with a piece of this file, whose number is `file`, if not all of it is UTF-8.
    pub(crate) fn check_encoding(&self, file: usize, piece: Range<usize>) -> Option<Diagnostic> {
        let first = self
            .undecoded
            .partition_point(|(offset, _)| *offset < piece.start);
        let (offset, byte) = self.undecoded.get(first)?;
        piece.contains(offset).then(|| {
            let end = offset + char::REPLACEMENT_CHARACTER.len_utf8();
            not_utf8(Span::new(file, *offset, end), *byte)
        })
    }

    /// Its name, with `/` between folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of the byte at `offset`; an offset behind the end stands for the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_start(line);
        Position {
            line,
            column: self.text[start..offset].chars().count() + 1,
        }
    }

    /// The offset of the byte at this line and column, both from 1. A column behind its line stands for the line's end, a line
    /// behind the file for the file's end.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        if line > self.line_starts.len() {
            return self.text.len();
        }
        let text = self.line(line);
        let within = text
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(text.len(), |(offset, _)| offset);
        self.line_start(line) + within
    }

    /// The offset itself, or the start of the character that it lies within.
    pub(crate) fn boundary(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (0..=offset)
            .rev()
            .find(|offset| self.text.is_char_boundary(*offset))
            .unwrap_or(0)
    }

    /// The offset at which a line starts.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        self.line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len())
    }

    /// A line without its end.
    pub(crate) fn line(&self, line: usize) -> &str {
        self.text[self.line_start(line)..self.line_start(line + 1)].trim_end_matches(['\r', '\n'])
    }
}

fn not_utf8(span: Span, byte: u8) -> Diagnostic {
    Diagnostic::error("this file is not valid UTF-8")
        .at(span)
        .label(format!("the first byte that is not: 0x{byte:02x}"))
        .help("save the file as UTF-8")
}
