//! What a YAML file says of a table that SQL files declare. It adds to the declaration and does not say it a second time.

mod column;

use super::{enumeration::Enums, index, notes};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::draft::Draft,
    yaml::{Entry, Fields, map},
};

/// What only the declaration says.
const OF_THE_DECLARATION: &[&str] = &["primary_key", "foreign_keys", "unique", "checks", "options"];

/// Reads the parts of a table that an overlay may have of its own.
pub(super) fn read(fields: &Fields<'_>, table: usize, enums: &Enums, draft: &mut Draft) {
    let declared = draft.tables[table].span;
    for entry in fields.entries() {
        if OF_THE_DECLARATION.contains(&entry.key.text.as_str()) {
            draft.report(of_the_declaration(entry, declared));
        }
    }
    if let Some(comment) = notes::comment(fields, draft) {
        draft.tables[table].comment = Some(comment);
    }
    if let Some(node) = fields.get("columns") {
        let entries = map(node, "a map of columns by name", &mut draft.diagnostics);
        for entry in entries.unwrap_or_default() {
            column::read(entry, table, enums, draft);
        }
    }
    if let Some(node) = fields.get("indexes") {
        for reading in index::read_all(node, draft) {
            name_finder(reading, table, draft);
        }
    }
}

/// An index of the declaration gets the function that finds rows by it.
fn name_finder(reading: index::Reading, table: usize, draft: &mut Draft) {
    let wanted = &reading.index;
    let is_meant = |other: &aludel_catalog::Index| match &wanted.name {
        Some(name) => other
            .name
            .as_deref()
            .is_some_and(|other| draft.is_same(other, name)),
        None => other.parts == wanted.parts && other.condition == wanted.condition,
    };
    let target = &draft.tables[table];
    let found = target
        .indexes
        .iter()
        .position(|other| is_meant(&other.value));
    let Some(number) = found else {
        let problem = no_such_index(reading.span, target.span);
        return draft.report(problem);
    };
    let other = &target.indexes[number];
    if other.value.parts != wanted.parts || wanted.unique && !other.value.unique {
        let problem = other_index(reading.span, other.span);
        return draft.report(problem);
    }
    let name = target.name.clone();
    if let Some(mut finder) = reading.finder {
        finder.value.index = number;
        let notes = draft.annotations.tables.entry(name).or_default();
        notes.finders.push(finder);
    }
}

fn of_the_declaration(entry: &Entry, declared: Span) -> Diagnostic {
    let key = &entry.key.text;
    Diagnostic::error(format!(
        "`{key}` of this table is for its declaration in SQL to say"
    ))
    .at(entry.key.span)
    .also(declared, "the table is declared here")
    .help("say it there; what a database does not know is said here")
}

fn no_such_index(span: Span, declared: Span) -> Diagnostic {
    Diagnostic::error("the declaration in SQL has no such index")
        .at(span)
        .also(declared, "the table is declared here")
        .help("create it there: `CREATE INDEX …`")
}

fn other_index(span: Span, declared: Span) -> Diagnostic {
    Diagnostic::error("this index is declared differently in SQL")
        .at(span)
        .also(declared, "the index is declared here")
}
