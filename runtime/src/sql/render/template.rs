//! Text with holes: how a dialect says what a function is.

use crate::sql::writer::{Sink, Writer};

/// What a hole stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// All arguments: `@`.
    All,
    /// One of them, counted from 0: `@1` for the first.
    One(usize),
    /// What follows an aggregate: `#`, or the end where there is none.
    Behind,
}

/// Writes a template, and what stands for its holes by `fill`.
pub(super) fn template<'d, 't, S: Sink>(
    writer: &mut Writer<'d, 't, S>,
    template: &'static str,
    mut fill: impl FnMut(&mut Writer<'d, 't, S>, Hole),
) {
    let mut rest = template;
    let mut behind = true;
    while let Some(at) = rest.find(['@', '#']) {
        writer.word(&rest[..at]);
        let (hole, length) = hole(&rest.as_bytes()[at..]);
        behind &= hole != Hole::Behind;
        fill(writer, hole);
        rest = &rest[at + length..];
    }
    writer.word(rest);
    if behind {
        fill(writer, Hole::Behind);
    }
}

/// The hole at the beginning of a text, and how much of it that is.
fn hole(text: &[u8]) -> (Hole, usize) {
    match text {
        [b'#', ..] => (Hole::Behind, 1),
        [_, digit @ b'1'..=b'9', ..] => (Hole::One(usize::from(digit - b'1')), 2),
        _ => (Hole::All, 1),
    }
}
