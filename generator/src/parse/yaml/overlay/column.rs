//! What a YAML file says of a column that SQL files declare.

use aludel_catalog::Type;

use crate::{
    annotation::EnumStorage,
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed,
        column::ColumnReading,
        constraint::unknown_column,
        draft::{ColumnDraft, Draft},
        yaml::{
            enumeration::{Declared, Enums},
            fragment, notes,
        },
    },
    yaml::{Entry, Node, Scalar, Value, expected, fields, flag, keys, word},
};

/// What may be said here, or repeated where it agrees.
const ADMITTED: &[&str] = &[
    "type",
    "null",
    "client_default",
    "on_update",
    "comment",
    "doc",
    "enum",
    "rust",
    "field",
    "version",
    "sensitive",
];

/// Reads what is said of a column of a table.
pub(super) fn read(entry: &Entry, table: usize, enums: &Enums, draft: &mut Draft) {
    let target = &draft.tables[table];
    let Some(number) = target.column_number(draft, &entry.key.text) else {
        if !target.lost_column {
            let problem = new_column(&entry.key, table, draft);
            draft.report(problem);
        }
        return;
    };
    match &entry.value.value {
        Value::Map(_) => read_map(&entry.value, table, number, enums, draft),
        Value::Scalar(scalar) if scalar.is_null() => {}
        Value::Scalar(scalar) => compare_type(scalar, table, number, draft),
        Value::List(_) => draft.report(expected(&entry.value, "what is said of a column: a map")),
    }
}

fn read_map(node: &Node, table: usize, number: usize, enums: &Enums, draft: &mut Draft) {
    let Some(fields) = fields(node, keys::COLUMN, &mut draft.diagnostics) else {
        return;
    };
    let declared = draft.tables[table].columns[number].span;
    for entry in fields.entries() {
        let key = entry.key.text.as_str();
        if keys::COLUMN.keys.contains(&key) && !ADMITTED.contains(&key) {
            draft.report(of_the_declaration(entry, declared));
        }
    }
    if let Some(node) = fields.get("type")
        && let Some(scalar) = word(node, "a type", &mut draft.diagnostics)
    {
        compare_type(scalar, table, number, draft);
    }
    if let Some(node) = fields.get("null") {
        compare_null(node, table, number, draft);
    }
    if let Some(comment) = notes::comment(&fields, draft) {
        draft.tables[table].columns[number].column.comment = Some(comment);
    }
    let mut notes = notes::of_column(&fields, draft);
    notes.on_update = notes::on_update(&fields, draft);
    if let Some(found) = fields.get("enum").and_then(|node| enums.find(node, draft)) {
        let column = &draft.tables[table].columns[number];
        if let Some(problem) = disagreement(&found, column) {
            draft.report(problem);
        } else if !matches!(column.column.ty.kind, Type::Enum(_) | Type::Domain(_)) {
            notes.enumeration = notes::noted_at(found.span, found.value.name);
        }
    }
    let column = draft.tables[table].columns[number].column.name.clone();
    let name = draft.tables[table].name.clone();
    notes::keep(notes, &name, &column, draft);
}

/// Why a column cannot hold values of an enum, if it cannot.
fn disagreement(found: &Placed<Declared>, column: &ColumnDraft) -> Option<Diagnostic> {
    let item = &found.value;
    let fits = match (&column.column.ty.kind, item.storage) {
        // Which of the two it is shows later.
        (Type::Enum(name) | Type::Domain(name), _) => *name == item.name,
        (Type::Integer { .. }, storage) => storage == EnumStorage::Integer,
        (Type::Text { .. }, storage) => storage != EnumStorage::Integer,
        _ => false,
    };
    (!fits).then(|| {
        Diagnostic::error(format!(
            "a column of type `{}` does not hold values of the enum `{}`",
            column.column.ty.sql, item.name
        ))
        .at(found.span)
        .also(column.type_span, "the type is declared here")
    })
}

/// A type that is said again has to be the same.
fn compare_type(scalar: &Scalar, table: usize, number: usize, draft: &mut Draft) {
    let mut reading = ColumnReading::new(Placed::new(String::new(), scalar.span));
    let read = fragment::read(scalar, draft, |cursor, draft| {
        reading.read_type(cursor, draft)
    });
    if read.is_none() {
        return;
    }
    let said = reading.draft;
    let column = &draft.tables[table].columns[number];
    if said.column.ty.kind != column.column.ty.kind {
        let problem = other_type(&scalar.text, scalar.span, column);
        draft.report(problem);
    }
}

fn compare_null(node: &Node, table: usize, number: usize, draft: &mut Draft) {
    let said = flag(node, &mut draft.diagnostics);
    let column = &draft.tables[table].columns[number];
    if said.is_some_and(|said| said != column.column.nullable) {
        let what = match column.column.nullable {
            true => "this column can be NULL",
            false => "this column cannot be NULL",
        };
        let problem = Diagnostic::error(format!("{what}, as it is declared in SQL"))
            .at(node.span)
            .also(column.span, "declared here");
        draft.report(problem);
    }
}

fn other_type(said: &str, span: Span, column: &ColumnDraft) -> Diagnostic {
    Diagnostic::error(format!(
        "column `{}` is declared as `{}`, not as `{said}`",
        column.column.name, column.column.ty.sql
    ))
    .at(span)
    .also(column.type_span, "the type is declared here")
    .help("leave the type out: SQL has said it")
}

fn new_column(name: &Scalar, table: usize, draft: &Draft) -> Diagnostic {
    let target = &draft.tables[table];
    let names = target.column_names();
    let problem = unknown_column(&name.text, &target.name.to_string(), name.span, names)
        .also(target.span, "the table is declared here");
    match problem.help.is_empty() {
        true => problem.help("columns are added where the table is declared, in SQL"),
        false => problem,
    }
}

fn of_the_declaration(entry: &Entry, declared: Span) -> Diagnostic {
    let key = &entry.key.text;
    Diagnostic::error(format!(
        "`{key}` of this column is for its declaration in SQL to say"
    ))
    .at(entry.key.span)
    .also(declared, "the column is declared here")
}
