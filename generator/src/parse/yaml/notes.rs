//! What is said of a table beyond what a database knows.

use aludel_catalog::Name;

use super::{client_value, forced_type, property, relationship};
use crate::{
    annotation::{ClientValue, ColumnNotes, Noted, TableNotes},
    diagnostic::{Diagnostic, Span},
    parse::draft::Draft,
    yaml::{Entry, Fields, Kind, Node, Scalar, fields, flag, one_or_more, text, word},
};

/// The fields of a map whose keys have been checked before.
pub(super) fn known_fields<'n>(node: &'n Node, kind: &Kind) -> Option<Fields<'n>> {
    fields(node, kind, &mut Vec::new())
}

/// Reads what is said of a table, and of the columns of one that is defined here.
pub(super) fn read(fields: &Fields<'_>, table: usize, draft: &mut Draft) {
    let name = draft.tables[table].name.clone();
    let mut notes = draft.annotations.tables.remove(&name).unwrap_or_default();
    read_model(fields, &mut notes, draft);
    if let Some(node) = fields.get("junction") {
        notes.junction = noted(node, flag(node, &mut draft.diagnostics));
    }
    if let Some(node) = fields.get("properties") {
        property::read_all(node, table, &mut notes, draft);
    }
    if let Some(node) = fields.get("relationships") {
        notes.relationships = relationship::read_all(node, &name, draft);
    }
    if notes != TableNotes::default() {
        draft.annotations.tables.insert(name, notes);
    }
}

/// Reads what tables and views have in common: the struct's name, its derives, and how it is shown.
pub(super) fn read_model(fields: &Fields<'_>, notes: &mut TableNotes, draft: &mut Draft) {
    notes.model = word_of(fields, "model", "the name of a struct", draft);
    if let Some(node) = fields.get("derive") {
        let what = "a list of derives, such as `[serde::Serialize]`";
        for derive in one_or_more(node, what, &mut draft.diagnostics) {
            match client_value::is_path(&derive.text) {
                true => notes.derive.push(Noted {
                    value: derive.text.clone(),
                    span: Some(derive.span),
                }),
                false => draft.report(no_derive(derive)),
            }
        }
    }
    if let Some(node) = fields.get("display") {
        let display = text(node, "a text", &mut draft.diagnostics);
        notes.display = noted(node, display.map(|display| display.text.clone()));
    }
}

/// Reads what is said of a column in either form.
pub(super) fn of_column(fields: &Fields<'_>, draft: &mut Draft) -> ColumnNotes {
    let mut notes = ColumnNotes {
        field: word_of(fields, "field", "the name of a field", draft),
        ..ColumnNotes::default()
    };
    if let Some(node) = fields.get("rust") {
        notes.rust = noted(node, forced_type::rust_type(node, draft));
    }
    let of_enum = fields.get("enum").and_then(Node::scalar);
    notes.no_enum = of_enum.is_some_and(|scalar| scalar.boolean() == Some(false));
    if let Some(node) = fields.get("client_default") {
        notes.client_default = client_value::read(node, draft);
    }
    if let Some(node) = fields.get("version")
        && flag(node, &mut draft.diagnostics) == Some(true)
    {
        notes.version = noted(node, Some(()));
    }
    if let Some(node) = fields.get("sensitive") {
        notes.sensitive = flag(node, &mut draft.diagnostics) == Some(true);
    }
    notes
}

/// Keeps what is said of a column, if anything is.
pub(super) fn keep(notes: ColumnNotes, table: &Name, column: &str, draft: &mut Draft) {
    if notes != ColumnNotes::default() {
        let table = draft.annotations.tables.entry(table.clone()).or_default();
        table.columns.insert(column.to_owned(), notes);
    }
}

/// What it is for: `doc`, or `comment`, which is the same.
pub(super) fn comment(fields: &Fields<'_>, draft: &mut Draft) -> Option<String> {
    if let (Some(comment), Some(doc)) = (fields.entry("comment"), fields.entry("doc")) {
        draft.report(two_spellings(comment, doc));
    }
    let node = fields.get("doc").or_else(|| fields.get("comment"))?;
    let comment = text(node, "a text", &mut draft.diagnostics)?;
    Some(comment.text.trim_end().to_owned())
}

/// The word behind a key, with its place.
pub(super) fn word_of(
    fields: &Fields<'_>,
    key: &str,
    what: &str,
    draft: &mut Draft,
) -> Option<Noted<String>> {
    let node = fields.get(key)?;
    let value = word(node, what, &mut draft.diagnostics)?;
    noted(node, Some(value.text.clone()))
}

pub(super) fn noted<T>(node: &Node, value: Option<T>) -> Option<Noted<T>> {
    value.map(|value| Noted {
        value,
        span: Some(node.span),
    })
}

/// A value with the place where it was said.
pub(super) fn noted_at<T>(span: Span, value: T) -> Option<Noted<T>> {
    Some(Noted {
        value,
        span: Some(span),
    })
}

/// What the client sets whenever a row changes.
pub(super) fn on_update(fields: &Fields<'_>, draft: &mut Draft) -> Option<Noted<ClientValue>> {
    let node = fields.get("on_update")?;
    client_value::read(node, draft)
}

fn two_spellings(comment: &Entry, doc: &Entry) -> Diagnostic {
    Diagnostic::error("`comment` and `doc` are the same key")
        .at(comment.key.span)
        .also(doc.key.span, "the other one")
}

fn no_derive(derive: &Scalar) -> Diagnostic {
    Diagnostic::error(format!("`{}` is not the path of a derive", derive.text))
        .at(derive.span)
        .help("a path looks like `serde::Serialize`")
}
