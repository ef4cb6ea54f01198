//! Properties: expressions that are read with each row.

use aludel_catalog::{ColumnType, Name};

use super::{fragment, notes};
use crate::{
    annotation::{Property, TableNotes},
    diagnostic::{Diagnostic, Span},
    parse::{Placed, column::ColumnReading, draft::Draft},
    suggest,
    yaml::{Entry, Node, Scalar, choice, fields, flag, keys, map, text, word},
};

/// Reads `properties`.
pub(super) fn read_all(node: &Node, table: usize, notes: &mut TableNotes, draft: &mut Draft) {
    let entries = map(node, "a map of properties by name", &mut draft.diagnostics);
    for entry in entries.unwrap_or_default() {
        if let Some(column) = draft.tables[table].column_number(draft, &entry.key.text) {
            let column = draft.tables[table].columns[column].span;
            draft.report(named_like_column(&entry.key, column));
        }
        let name = draft.tables[table].name.clone();
        if let Some(property) = read(entry, &name, draft) {
            notes
                .properties
                .extend(notes::noted_at(entry.key.span, property));
        }
    }
}

fn read(entry: &Entry, table: &Name, draft: &mut Draft) -> Option<Property> {
    let fields = fields(&entry.value, keys::PROPERTY, &mut draft.diagnostics)?;
    let (Some(ty), Some(sql)) = (fields.get("type"), fields.get("sql")) else {
        draft.report(incomplete(entry));
        return None;
    };
    let ty = word(ty, "a type", &mut draft.diagnostics)?;
    let ty = read_type(ty, draft);
    let sql = text(sql, "an expression in SQL", &mut draft.diagnostics)?;
    check_expression(sql, table, draft);
    let null = fields.get("null");
    let load = fields.get("load");
    let load = load.and_then(|node| choice(node, keys::PROPERTY_LOAD, &mut draft.diagnostics));
    Some(Property {
        name: entry.key.text.clone(),
        ty: ty?,
        nullable: null
            .and_then(|node| flag(node, &mut draft.diagnostics))
            .unwrap_or_default(),
        sql: sql.text.clone(),
        deferred: load.is_some_and(|number| keys::PROPERTY_LOAD.words[number] == "deferred"),
    })
}

/// A type of what is no column of a table. Names of the schema's own types are resolved later.
pub(super) fn read_type(scalar: &Scalar, draft: &mut Draft) -> Option<ColumnType> {
    let mut reading = ColumnReading::new(Placed::new(String::new(), scalar.span));
    fragment::read(scalar, draft, |cursor, draft| {
        reading.read_type(cursor, draft)
    })?;
    Some(reading.into_type())
}

/// Whether it is an expression once `{table}` is the name of a table.
fn check_expression(scalar: &Scalar, table: &Name, draft: &mut Draft) {
    let mut rest = 0;
    while let Some(open) = scalar.text[rest..].find('{').map(|open| open + rest) {
        let Some(close) = scalar.text[open..].find('}').map(|close| close + open) else {
            break;
        };
        let name = &scalar.text[open + 1..close];
        if name != table.name {
            draft.report(other_placeholder(name, scalar.part(open, close + 1), table));
            return;
        }
        rest = close + 1;
    }
    let mut bare = scalar.clone();
    bare.text = scalar.text.replace(['{', '}'], " ");
    fragment::read(&bare, draft, |cursor, _| cursor.expression());
}

fn incomplete(entry: &Entry) -> Diagnostic {
    Diagnostic::error(format!(
        "property `{}` needs a type and an expression",
        entry.key.text
    ))
    .at(entry.key.span)
    .help("write `{ type: bigint, sql: \"a + b\" }`")
}

fn named_like_column(name: &Scalar, column: Span) -> Diagnostic {
    Diagnostic::error(format!("there is a column `{}` already", name.text))
        .at(name.span)
        .also(column, "declared here")
        .help("give the property another name")
}

fn other_placeholder(name: &str, span: Span, table: &Name) -> Diagnostic {
    let meant = suggest::nearest(name, [table.name.as_str()]).map(|name| format!("{{{name}}}"));
    let problem = Diagnostic::error(format!("nothing stands for `{{{name}}}`")).at(span);
    match meant {
        Some(_) => problem.did_you_mean(meant.as_deref()),
        None => problem.help(format!(
            "this table is `{{{}}}`; others are named as they are",
            table.name
        )),
    }
}
