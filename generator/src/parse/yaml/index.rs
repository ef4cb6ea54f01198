//! Indexes of a table.

use aludel_catalog::{Index, IndexPart};

use super::{fragment, key, notes};
use crate::{
    annotation::{Finder, Noted},
    diagnostic::{Diagnostic, Span},
    parse::{Placed, constraint::Constraint, cursor::Cursor, draft::Draft, index::read_part},
    yaml::{Fields, Node, Value, expected, fields, flag, keys, list, map, one_or_more, text, word},
};

/// An index, and the function that finds rows by it, where one is named.
pub(super) struct Reading {
    pub(super) index: Index,
    /// The places of its parts, then of the columns that it includes.
    parts: Vec<Span>,
    pub(super) span: Span,
    pub(super) finder: Option<Noted<Finder>>,
}

impl Reading {
    /// Splits it into the index and its finder.
    pub(super) fn split(self) -> (Constraint, Option<Noted<Finder>>) {
        let constraint = Constraint::Index {
            index: self.index,
            parts: self.parts,
            span: self.span,
        };
        (constraint, self.finder)
    }
}

/// Reads `indexes`: each a list of parts, or a map.
pub(super) fn read_all(node: &Node, draft: &mut Draft) -> Vec<Reading> {
    let items = list(node, "a list of indexes", &mut draft.diagnostics).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| read_one(item, draft))
        .collect()
}

fn read_one(node: &Node, draft: &mut Draft) -> Option<Reading> {
    let Value::Map(_) = &node.value else {
        return parts(node, draft).map(|parts| reading(parts, node.span));
    };
    let fields = fields(node, keys::INDEX, &mut draft.diagnostics)?;
    let Some(on) = fields.get("on") else {
        draft.report(without_parts(node.span));
        return None;
    };
    let mut reading = reading(parts(on, draft)?, node.span);
    if let Some(node) = fields.get("name") {
        let name = word(node, "the name of an index", &mut draft.diagnostics)?;
        reading.index.name = Some(name.text.clone());
        reading.span = name.span;
    }
    read_options(&fields, &mut reading, draft);
    Some(reading)
}

fn reading(parts: Vec<Placed<IndexPart>>, span: Span) -> Reading {
    let mut index = Index::on(None, Vec::<String>::new());
    let spans = parts.iter().map(|part| part.span).collect();
    index.parts = parts.into_iter().map(|part| part.value).collect();
    Reading {
        index,
        parts: spans,
        span,
        finder: None,
    }
}

/// The parts: a list of texts, or a text with commas.
fn parts(node: &Node, draft: &mut Draft) -> Option<Vec<Placed<IndexPart>>> {
    const WHAT: &str = "columns or expressions, such as `[role, created_at desc]`";
    let mut found = Vec::new();
    let problems_before = draft.diagnostics.len();
    let texts = one_or_more(node, WHAT, &mut draft.diagnostics);
    if texts.is_empty() && draft.diagnostics.len() == problems_before {
        draft.report(expected(node, WHAT));
    }
    for scalar in &texts {
        let parts = fragment::read(scalar, draft, |cursor: &mut Cursor<'_>, _| {
            let parts = cursor.split_at_commas();
            cursor.skip_to_end();
            parts
                .into_iter()
                .map(|mut part| read_part(&mut part))
                .collect::<Result<Vec<_>, _>>()
        })?;
        found.extend(parts.into_iter().map(|part| {
            let span = fragment::place(part.span, scalar);
            Placed::new(part.value, span)
        }));
    }
    (!found.is_empty()).then_some(found)
}

fn read_options(fields: &Fields<'_>, reading: &mut Reading, draft: &mut Draft) {
    let index = &mut reading.index;
    if let Some(node) = fields.get("unique") {
        index.unique = flag(node, &mut draft.diagnostics).unwrap_or_default();
    }
    if let Some(node) = fields.get("where") {
        index.condition = key::expression(node, "a condition in SQL", draft);
    }
    if let Some(node) = fields.get("method") {
        let method = word(node, "the method of an index", &mut draft.diagnostics);
        index.method = method.map(|method| method.text.to_lowercase());
    }
    if let Some(node) = fields.get("include") {
        for column in key::column_list(node, draft).unwrap_or_default() {
            index.include.push(column.value);
            reading.parts.push(column.span);
        }
    }
    if let Some(node) = fields.get("comment") {
        let comment = text(node, "a text", &mut draft.diagnostics);
        index.comment = comment.map(|comment| comment.text.clone());
    }
    reading.finder = read_finder(fields, draft);
}

fn read_finder(fields: &Fields<'_>, draft: &mut Draft) -> Option<Noted<Finder>> {
    let finder = notes::word_of(fields, "finder", "the name of a function", draft);
    let Some(finder) = finder else {
        if let Some(entry) = fields.entry("args") {
            draft.report(without_finder(entry.key.span));
        }
        return None;
    };
    let mut arguments = Vec::new();
    if let Some(node) = fields.get("args") {
        let entries = map(
            node,
            "a map from arguments to Rust types",
            &mut draft.diagnostics,
        );
        for entry in entries.unwrap_or_default() {
            let ty = super::forced_type::argument_type(&entry.value, draft)?;
            arguments.push((entry.key.text.clone(), ty));
        }
    }
    Some(Noted {
        value: Finder {
            name: finder.value,
            // Known when the index has been added.
            index: 0,
            arguments,
        },
        span: finder.span,
    })
}

fn without_parts(span: Span) -> Diagnostic {
    Diagnostic::error("this index is over nothing")
        .at(span)
        .help("say over what: `on: [role, created_at desc]`")
}

fn without_finder(span: Span) -> Diagnostic {
    Diagnostic::error("`args` are those of a finder, and there is none")
        .at(span)
        .help("name the function: `finder: by_email`")
}
