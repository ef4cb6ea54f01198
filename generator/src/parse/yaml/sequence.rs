//! Sequences: the schema's own, and those behind identity columns.

use aludel_catalog::{ColumnType, Name, Sequence};

use super::{fragment, name};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed,
        draft::Draft,
        table::declared_twice,
        type_name,
        types::{self, Meaning},
    },
    suggest,
    yaml::{Entry, Fields, Node, expected, fields, flag, keys, map, word},
};

/// Reads `sequences`; `sequence` is the same.
pub(super) fn declare_all(file: &Fields<'_>, draft: &mut Draft) {
    if let (Some(many), Some(one)) = (file.entry("sequences"), file.entry("sequence")) {
        draft.report(two_spellings(one.key.span, many.key.span));
    }
    for key in ["sequences", "sequence"] {
        if let Some(node) = file.get(key) {
            let entries = map(node, "a map of sequences by name", &mut draft.diagnostics);
            for entry in entries.unwrap_or_default() {
                declare(entry, draft);
            }
        }
    }
}

fn declare(entry: &Entry, draft: &mut Draft) -> Option<()> {
    let name = name::of_table(&entry.key, draft)?;
    let mut sequence = read(&entry.value, draft)?;
    let first = draft
        .sequences
        .iter()
        .find(|other| other.value.name.as_ref() == Some(&name.value));
    match first.map(|first| first.span) {
        Some(first) => draft.report(declared_twice("sequence", &name, first)),
        None => {
            sequence.name = Some(name.value);
            draft.sequences.push(Placed::new(sequence, name.span));
        }
    }
    Some(())
}

/// Reads the numbers of a sequence.
pub(super) fn read(node: &Node, draft: &mut Draft) -> Option<Sequence> {
    let fields = fields(node, keys::SEQUENCE, &mut draft.diagnostics)?;
    let mut number = |key: &str| fields.get(key).and_then(|node| read_number(node, draft));
    let (start, increment) = (number("start"), number("increment"));
    let (min, max, cache) = (number("min"), number("max"), number("cache"));
    let cycle = fields
        .get("cycle")
        .and_then(|node| flag(node, &mut draft.diagnostics));
    Some(Sequence {
        name: None,
        ty: fields.get("type").and_then(|node| read_type(node, draft)),
        start,
        increment,
        min,
        max,
        cache,
        cycle: cycle.unwrap_or_default(),
    })
}

fn read_number(node: &Node, draft: &mut Draft) -> Option<i64> {
    let number = node.scalar().and_then(|scalar| scalar.text.parse().ok());
    if number.is_none() {
        draft.report(expected(node, "a whole number of 64 bits"));
    }
    number
}

/// A type that stands for itself; names of the schema's own types are not resolved.
fn read_type(node: &Node, draft: &mut Draft) -> Option<ColumnType> {
    let scalar = word(node, "a type", &mut draft.diagnostics)?;
    let ty = fragment::read(scalar, draft, |cursor, _| type_name::read(cursor))??;
    match types::meaning(&ty, draft.dialect) {
        Meaning::Plain(kind) => Some(ColumnType::new(kind, ty.sql.value)),
        _ => {
            let none = std::iter::empty();
            draft.report(types::unknown_type(
                &ty.sql.value,
                scalar.span,
                draft.dialect,
                none,
            ));
            None
        }
    }
}

fn two_spellings(span: Span, other: Span) -> Diagnostic {
    Diagnostic::error("`sequence` and `sequences` are the same key")
        .at(span)
        .also(other, "the other one")
}

/// There is no such sequence.
pub(super) fn unknown(name: &Placed<Name>, draft: &Draft) -> Diagnostic {
    let known = draft
        .sequences
        .iter()
        .filter_map(|other| Some(other.value.name.as_ref()?.to_string()));
    let known: Vec<String> = known.collect();
    let wanted = name.value.to_string();
    Diagnostic::error(format!("unknown sequence `{wanted}`"))
        .at(name.span)
        .label("no such sequence")
        .did_you_mean(suggest::nearest(&wanted, known.iter().map(String::as_str)))
}
