//! Views: their queries, and what the database does not say about their columns.

use aludel_catalog::{ColumnType, Name, View};

use super::{
    enumeration::{self, Enums},
    key, name, notes, property, relationship,
};
use crate::{
    annotation::{TableNotes, ViewColumn},
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed, constraint,
        draft::Draft,
        table::{declared_twice, not_counted},
    },
    suggest,
    yaml::{Entry, Fields, Node, Value, expected, fields, flag, keys, map, text, word},
};

/// Adds the views that come with a query.
pub(super) fn declare_all(entries: &[Entry], draft: &mut Draft) {
    for entry in entries {
        declare(entry, draft);
    }
}

fn declare(entry: &Entry, draft: &mut Draft) -> Option<()> {
    let name = name::of_table(&entry.key, draft)?;
    let fields = fields(&entry.value, keys::VIEW, &mut draft.diagnostics)?;
    if let Some(table) = draft.table(&name.value) {
        let problem = declared_twice("table or view", &name, table.span);
        draft.report(problem);
        return None;
    }
    let query = fields.entry("query")?;
    if let Some(number) = draft.view_number(&name.value) {
        let first = draft.views[number].span;
        draft.report(of_the_declaration(query.key.span, first));
        return None;
    }
    let query = text(&query.value, "a query in SQL", &mut draft.diagnostics)?;
    let materialized = fields.get("materialized");
    let view = View {
        name: name.value,
        columns: column_names(&fields),
        query: query.text.trim().trim_end_matches(';').to_owned(),
        materialized: materialized
            .and_then(|node| flag(node, &mut draft.diagnostics))
            .unwrap_or_default(),
        comment: None,
    };
    draft.views.push(Placed::new(view, name.span));
    Some(())
}

/// The columns that are named, in their order; what is said of them is read when all tables are known.
fn column_names(fields: &Fields<'_>) -> Vec<String> {
    let entries = fields
        .get("columns")
        .and_then(|node| map(node, "", &mut Vec::new()));
    entries
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.key.text.clone())
        .collect()
}

/// Reads what is said of a view, wherever it is declared.
pub(super) fn annotate(entry: &Entry, enums: &Enums, draft: &mut Draft) -> Option<()> {
    let wanted = name::plain(&entry.key, draft)?;
    if draft.table_number(&wanted).is_some() {
        return None;
    }
    let fields = notes::known_fields(&entry.value, keys::VIEW)?;
    let view = draft.view_number(&wanted);
    if view.is_none() && fields.get("columns").is_none() {
        let problem = unknown_view(&wanted, entry.key.span, draft);
        draft.report(problem);
        return None;
    }
    let name = view.map_or(wanted, |view| draft.views[view].value.name.clone());
    let comment = notes::comment(&fields, draft);
    if let (Some(view), Some(comment)) = (view, comment) {
        draft.views[view].value.comment = Some(comment);
    }
    let mut notes = TableNotes::default();
    notes::read_model(&fields, &mut notes, draft);
    read_columns(&fields, view, &name, &mut notes, enums, draft);
    read_key(&fields, view.is_some(), &mut notes, draft);
    if let Some(node) = fields.get("relationships") {
        notes.relationships = relationship::read_all(node, &name, draft);
    }
    let with_columns = draft.annotations.tables.remove(&name).unwrap_or_default();
    notes.columns = with_columns.columns;
    if notes != TableNotes::default() {
        draft.annotations.tables.insert(name, notes);
    }
    Some(())
}

fn read_columns(
    fields: &Fields<'_>,
    view: Option<usize>,
    name: &Name,
    notes: &mut TableNotes,
    enums: &Enums,
    draft: &mut Draft,
) {
    let Some(node) = fields.get("columns") else {
        return;
    };
    let entries = map(node, "a map of columns by name", &mut draft.diagnostics);
    for entry in entries.unwrap_or_default() {
        let listed = view.map(|view| &draft.views[view].value.columns);
        if let Some(listed) = listed.filter(|listed| !listed.is_empty())
            && !listed
                .iter()
                .any(|column| draft.is_same(column, &entry.key.text))
        {
            let names = listed.iter().map(String::as_str);
            let column = Placed::new(entry.key.text.as_str(), entry.key.span);
            let problem = unknown_column(&column, names);
            draft.report(problem);
        }
        if let Some(column) = read_column(entry, name, view.is_some(), enums, draft) {
            notes
                .view_columns
                .extend(notes::noted_at(entry.key.span, column));
        }
    }
}

fn read_column(
    entry: &Entry,
    view: &Name,
    is_declared: bool,
    enums: &Enums,
    draft: &mut Draft,
) -> Option<ViewColumn> {
    let mut column = ViewColumn {
        name: entry.key.text.clone(),
        ty: None,
        nullable: None,
        references: None,
    };
    if let Value::Scalar(scalar) = &entry.value.value
        && !scalar.is_null()
    {
        column.ty = Some(property::read_type(scalar, draft)?);
        return Some(column);
    }
    let fields = fields(&entry.value, keys::VIEW_COLUMN, &mut draft.diagnostics)?;
    let mut own = notes::of_column(&fields, draft);
    if let Some(node) = fields.get("null") {
        column.nullable = flag(node, &mut draft.diagnostics);
    }
    if let Some(node) = fields.get("references") {
        column.references = read_reference(node, draft);
    }
    let of_enum = fields.get("enum").and_then(|node| enums.find(node, draft));
    match (fields.get("type"), &of_enum) {
        (Some(node), _) => {
            let scalar = word(node, "a type", &mut draft.diagnostics)?;
            column.ty = Some(property::read_type(scalar, draft)?);
        }
        (None, Some(found)) => {
            column.ty = Some(enumeration::column_type(&found.value, draft.dialect));
        }
        (None, None) => {
            let said = (&column.references, fields.get("references"));
            column.ty = match said {
                (Some((table, name)), _) => Some(type_of(table, name, draft)?),
                (None, Some(_)) => return None,
                (None, None) if is_declared => None,
                (None, None) => {
                    draft.report(without_type(entry));
                    return None;
                }
            };
        }
    }
    own.enumeration = of_enum.and_then(|found| notes::noted_at(found.span, found.value.name));
    notes::keep(own, view, &entry.key.text, draft);
    Some(column)
}

/// The table and column that a column of a view leads to.
fn read_reference(node: &Node, draft: &mut Draft) -> Option<(Name, String)> {
    let scalar = word(node, "`table.column`", &mut draft.diagnostics)?;
    let reference = name::reference(scalar, draft)?;
    let [column] = reference.columns.as_slice() else {
        draft.report(expected(node, "`table.column`"));
        return None;
    };
    let table = relationship::find(&reference.table, draft)?;
    let Some(number) = draft.table_number(&table) else {
        draft.report(expected(node, "a column of a table"));
        return None;
    };
    let found = constraint::find_column(draft, number, column)?;
    let name = draft.tables[number].columns[found].column.name.clone();
    Some((table, name))
}

fn type_of(table: &Name, column: &str, draft: &Draft) -> Option<ColumnType> {
    let table = draft.table(table)?;
    let number = table.column_number(draft, column)?;
    let mut ty = table.columns[number].column.ty.clone();
    not_counted(&mut ty);
    Some(ty)
}

/// The columns that tell rows apart. Of a view without a query they have to be among those that are said.
fn read_key(fields: &Fields<'_>, is_declared: bool, notes: &mut TableNotes, draft: &mut Draft) {
    let Some(node) = fields.get("key") else {
        return;
    };
    for column in key::column_list(node, draft).unwrap_or_default() {
        let known: Vec<&str> = notes
            .view_columns
            .iter()
            .map(|known| known.value.name.as_str())
            .collect();
        if !is_declared && !known.contains(&column.value.as_str()) {
            let named = Placed::new(column.value.as_str(), column.span);
            draft.report(unknown_column(&named, known.into_iter()));
            continue;
        }
        notes.key.extend(notes::noted_at(column.span, column.value));
    }
}

fn unknown_view(name: &Name, span: Span, draft: &Draft) -> Diagnostic {
    let names: Vec<String> = draft
        .views
        .iter()
        .map(|view| view.value.name.to_string())
        .collect();
    let wanted = name.to_string();
    Diagnostic::error(format!("unknown view `{wanted}`"))
        .at(span)
        .label("no such view")
        .did_you_mean(suggest::nearest(&wanted, names.iter().map(String::as_str)))
        .help("declare it in SQL or by its `query`; of one that is declared elsewhere, say the `columns`")
}

/// The view has no such column.
pub(in crate::parse) fn unknown_column<'c>(
    column: &Placed<&str>,
    columns: impl Iterator<Item = &'c str>,
) -> Diagnostic {
    Diagnostic::error(format!("the view has no column `{}`", column.value))
        .at(column.span)
        .label("no such column")
        .did_you_mean(suggest::nearest(column.value, columns))
}

fn without_type(entry: &Entry) -> Diagnostic {
    Diagnostic::error(format!("column `{}` has no type", entry.key.text))
        .at(entry.key.span)
        .help("give it a `type`, an `enum`, or a column that it `references`")
}

fn of_the_declaration(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error("the query of this view is for its declaration in SQL to say")
        .at(span)
        .also(first, "the view is declared here")
}
