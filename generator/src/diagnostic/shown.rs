//! What is shown of some lines of a file: all of them, but of a long line only what is near the places that are marked in it.

use std::ops::Range;

use crate::source::SourceFile;

/// How many bytes of a line are shown, at least around a marked place.
const BEFORE: usize = 60;
const AFTER: usize = 100;

/// Stands for what is left out of a line.
const CUT: &str = "…";

/// Lines of a file as they are shown, and where in them the bytes of the file stand.
pub(super) struct Shown {
    text: String,
    parts: Vec<Part>,
}

/// What is shown of one line: these bytes of the file, from this byte of the shown text on.
struct Part {
    bytes: Range<usize>,
    at: usize,
}

impl Shown {
    /// The lines from `first` to `last`, with the places that begin at the bytes `marked`.
    pub(super) fn new(file: &SourceFile, (first, last): (usize, usize), marked: &[usize]) -> Self {
        let mut shown = Shown {
            text: String::new(),
            parts: Vec::with_capacity(last + 1 - first),
        };
        for line in first..=last {
            if line > first {
                shown.text.push('\n');
            }
            let start = file.line_start(line);
            shown.add(file, start..start + file.line(line).len(), marked);
        }
        shown
    }

    fn add(&mut self, file: &SourceFile, line: Range<usize>, marked: &[usize]) {
        let bytes = near(file, &line, marked);
        if bytes.start > line.start {
            self.text.push_str(CUT);
        }
        let at = self.text.len();
        self.text.push_str(&file.text()[bytes.clone()]);
        if bytes.end < line.end {
            self.text.push_str(CUT);
        }
        self.parts.push(Part { bytes, at });
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where in the shown text a byte of the file stands; the nearest place to it, if it is not shown.
    pub(super) fn offset(&self, byte: usize) -> usize {
        let after = self.parts.partition_point(|part| part.bytes.start <= byte);
        let part = &self.parts[after.saturating_sub(1)];
        part.at + byte.clamp(part.bytes.start, part.bytes.end) - part.bytes.start
    }
}

/// The bytes of a line that are shown: the whole line, unless it is long.
fn near(file: &SourceFile, line: &Range<usize>, marked: &[usize]) -> Range<usize> {
    if line.len() <= BEFORE + AFTER {
        return line.clone();
    }
    let here = marked.iter().filter(|place| line.contains(place));
    let first = here.min().map_or(line.start, |place| *place);
    let start = first.saturating_sub(BEFORE).max(line.start);
    let end = (first + AFTER).min(line.end);
    file.boundary(start)..file.boundary(end)
}
