//! A table that a YAML file defines.

use aludel_catalog::{Dialect, Name};

use super::{
    column::{self, Scope},
    foreign_key, fragment, index, key, notes,
};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed,
        constraint::{self, Constraint},
        draft::{Draft, TableDraft},
        statement::Outcome,
        table::{duplicate_column, no_columns, options, row_number},
    },
    yaml::{Entry, Fields, Node, fields, keys, map, text},
};

/// Adds a table. What is wrong with its parts is reported, and they are left out.
pub(super) fn define(
    mut scope: Scope<'_>,
    name: Placed<Name>,
    node: &Node,
    file: &str,
    draft: &mut Draft,
) {
    let mut table = TableDraft::new(name, file.to_owned());
    let Some(fields) = fields(node, keys::TABLE, &mut draft.diagnostics) else {
        table.lost_column = true;
        draft.add_table(table);
        return;
    };
    let mut constraints = Vec::new();
    let mut counted = Vec::new();
    for entry in columns(&fields, &mut table, draft) {
        let definition = column::read(entry, &table.name, &mut scope, draft);
        counted.push((definition.always, definition.strict));
        let (column, of_column) = definition.split();
        table.columns.push(column);
        constraints.extend(of_column);
    }
    table.comment = notes::comment(&fields, draft);
    let number = draft.add_table(table);
    report_same_columns(number, draft);
    read_options(&fields, number, draft);
    constraints.extend(read_constraints(&fields, draft));
    for constraint in constraints {
        constraint::add(draft, number, constraint);
    }
    if let Some(node) = fields.get("indexes") {
        add_indexes(node, number, draft);
    }
    count_rows(number, &counted, draft);
}

fn columns<'n>(fields: &Fields<'n>, table: &mut TableDraft, draft: &mut Draft) -> &'n [Entry] {
    let node = fields.get("columns");
    let entries =
        node.and_then(|node| map(node, "a map of columns by name", &mut draft.diagnostics));
    let misspelt = fields
        .entries()
        .iter()
        .any(|entry| !keys::TABLE.keys.contains(&entry.key.text.as_str()));
    table.lost_column = misspelt || node.is_some() && entries.is_none();
    let entries = entries.unwrap_or_default();
    // SQL that could not be read may declare the table.
    if entries.is_empty() && !std::mem::replace(&mut table.lost_column, true) && !draft.lost_table {
        let problem = no_columns(&table.name.to_string(), table.span)
            .help("declare its `columns`, or the table itself in an SQL file");
        draft.report(problem);
    }
    entries
}

/// Columns that the dialect takes for the same; the same key twice has been told already.
fn report_same_columns(number: usize, draft: &mut Draft) {
    let table = &draft.tables[number];
    let mut problems = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let name = &column.column.name;
        let first = table
            .column_number(draft, name)
            .filter(|first| *first < index);
        if let Some(first) = first {
            let first = table.columns[first].span;
            let table = table.name.to_string();
            problems.push(duplicate_column(name, &table, column.span, first));
        }
    }
    draft.diagnostics.extend(problems);
}

fn read_constraints(fields: &Fields<'_>, draft: &mut Draft) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    if let Some(node) = fields.get("primary_key") {
        constraints.extend(key::primary_key(node, draft));
    }
    if let Some(node) = fields.get("unique") {
        constraints.extend(key::uniques(node, draft));
    }
    if let Some(node) = fields.get("checks") {
        constraints.extend(key::checks(node, draft));
    }
    if let Some(node) = fields.get("foreign_keys") {
        constraints.extend(foreign_key::of_table(node, draft));
    }
    constraints
}

fn add_indexes(node: &Node, table: usize, draft: &mut Draft) {
    for reading in index::read_all(node, draft) {
        let (constraint, finder) = reading.split();
        let count = draft.tables[table].indexes.len();
        constraint::add(draft, table, constraint);
        if draft.tables[table].indexes.len() > count
            && let Some(mut finder) = finder
        {
            finder.value.index = count;
            let name = draft.tables[table].name.clone();
            let notes = draft.annotations.tables.entry(name).or_default();
            notes.finders.push(finder);
        }
    }
}

/// Reads `options`: what stands behind the list of columns in each dialect.
fn read_options(of_table: &Fields<'_>, table: usize, draft: &mut Draft) {
    let Some(node) = of_table.get("options") else {
        return;
    };
    let Some(fields) = fields(node, keys::OPTIONS, &mut draft.diagnostics) else {
        return;
    };
    let dialect_of_schema = draft.dialect;
    for dialect in Dialect::ALL {
        let Some(node) = fields.get(dialect.as_str()) else {
            continue;
        };
        let Some(scalar) = text(node, "options as SQL writes them", &mut draft.diagnostics) else {
            continue;
        };
        draft.dialect = dialect;
        fragment::read(scalar, draft, |cursor, draft| {
            match options::read(cursor, draft, table)? {
                Outcome::Done => Ok(()),
                Outcome::Missing(problem) => Err(problem),
                Outcome::Another => Err(Box::new(another_statement(scalar.span))),
            }
        });
        draft.dialect = dialect_of_schema;
    }
}

/// SQLite counts an INTEGER PRIMARY KEY up, whether that is said or not. What is said beyond that stays.
fn count_rows(number: usize, counted: &[(Option<bool>, Option<Span>)], draft: &mut Draft) {
    if draft.dialect != Dialect::Sqlite {
        return;
    }
    let strict = counted.iter().find_map(|(_, strict)| *strict);
    row_number::recognise(draft, number, false, strict);
    for (column, (always, _)) in draft.tables[number].columns.iter_mut().zip(counted) {
        if let (Some(identity), Some(always)) = (&mut column.column.identity, always) {
            identity.always = *always;
        }
    }
}

fn another_statement(span: Span) -> Diagnostic {
    Diagnostic::error("another statement begins within these options").at(span)
}
