//! Adding constraints and indexes to their table: the columns that they name have to exist.

use aludel_catalog::{Dialect, Index, IndexKey, PrimaryKey, Type, Unique};

use super::Constraint;
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed,
        draft::{CheckDraft, Draft, ForeignKeyDraft, TableDraft},
    },
    suggest,
};

/// Adds a constraint to a table. What is wrong with it is reported, and then it is left out.
pub(in crate::parse) fn add(draft: &mut Draft, table: usize, constraint: Constraint) {
    match constraint {
        Constraint::PrimaryKey {
            key, columns, span, ..
        } => add_primary_key(draft, table, key, &columns, span),
        Constraint::Unique {
            mut unique,
            columns,
            span,
        } => {
            if let Some(columns) = resolve_columns(draft, table, &columns) {
                unique.columns = columns;
                draft.tables[table].uniques.push(Placed::new(unique, span));
            }
        }
        Constraint::Check {
            check,
            is_handed_down,
            span,
        } => draft.tables[table].checks.push(CheckDraft {
            check,
            span,
            is_local: true,
            is_handed_down,
        }),
        Constraint::NotNull { column } => {
            if let Some(number) = find_column(draft, table, &column) {
                draft.tables[table].columns[number].column.nullable = false;
            }
        }
        Constraint::ForeignKey { .. } => add_foreign_key(draft, table, constraint),
        Constraint::Index { .. } => add_index(draft, table, constraint),
        Constraint::UsingIndex { .. } => add_key_of_index(draft, table, constraint),
    }
}

/// The index becomes a key, and takes its name.
fn add_key_of_index(draft: &mut Draft, table: usize, constraint: Constraint) {
    let Constraint::UsingIndex {
        name,
        primary,
        index,
        deferrable,
        span,
    } = constraint
    else {
        return;
    };
    let indexes = &draft.tables[table].indexes;
    let is_it = |other: &Placed<Index>| other.value.name.as_deref() == Some(index.value.as_str());
    let Some(number) = indexes.iter().position(is_it) else {
        let problem = no_such_index(&draft.tables[table], &index);
        return draft.report(problem);
    };
    let found = draft.tables[table].indexes.remove(number).value;
    let columns = found.full_columns().unwrap_or_default().into_iter();
    let columns: Vec<Placed<String>> = columns
        .map(|column| Placed::new(column.to_owned(), index.span))
        .collect();
    let name = name.or(found.name);
    let constraint = match primary {
        true => Constraint::PrimaryKey {
            key: PrimaryKey {
                name,
                columns: Vec::new(),
            },
            columns,
            autoincrement: None,
            span,
        },
        false => Constraint::Unique {
            unique: Unique {
                name,
                columns: Vec::new(),
                nulls_not_distinct: false,
                deferrable,
            },
            columns,
            span,
        },
    };
    add(draft, table, constraint);
}

fn no_such_index(table: &TableDraft, index: &Placed<String>) -> Diagnostic {
    let indexes = table.indexes.iter();
    let names = indexes.filter_map(|index| index.value.name.as_deref());
    Diagnostic::error(format!(
        "table `{}` has no index `{}`",
        table.name, index.value
    ))
    .at(index.span)
    .label("no such index")
    .did_you_mean(suggest::nearest(&index.value, names))
}

fn add_primary_key(
    draft: &mut Draft,
    table: usize,
    mut key: PrimaryKey,
    columns: &[Placed<String>],
    span: Span,
) {
    if let Some(first) = &draft.tables[table].primary_key {
        let problem = second_primary_key(&draft.tables[table].name.to_string(), span, first.span);
        return draft.report(problem);
    }
    let Some(columns) = resolve_columns(draft, table, columns) else {
        return;
    };
    for column in &mut draft.tables[table].columns {
        column.column.nullable &= !columns.contains(&column.column.name);
    }
    key.columns = columns;
    draft.tables[table].primary_key = Some(Placed::new(key, span));
}

fn add_foreign_key(draft: &mut Draft, table: usize, constraint: Constraint) {
    let Constraint::ForeignKey {
        mut key,
        columns,
        table: table_span,
        references,
        span,
    } = constraint
    else {
        return;
    };
    let Some(resolved) = resolve_columns(draft, table, &columns) else {
        return;
    };
    if !references.is_empty() && references.len() != resolved.len() {
        return draft.report(uneven_foreign_key(resolved.len(), references.len(), span));
    }
    key.columns = resolved;
    let reference_spans = references.iter().map(|column| column.span).collect();
    key.references = references.into_iter().map(|column| column.value).collect();
    draft.tables[table].foreign_keys.push(ForeignKeyDraft {
        key,
        span,
        table_span,
        reference_spans,
    });
}

fn add_index(draft: &mut Draft, table: usize, constraint: Constraint) {
    let Constraint::Index {
        mut index,
        parts,
        span,
    } = constraint
    else {
        return;
    };
    let mut spans = parts.into_iter();
    let keys = index.parts.iter_mut().filter_map(|part| {
        let span = spans.next()?;
        match &mut part.key {
            IndexKey::Column(column) => Some((column, span)),
            IndexKey::Expression(_) => None,
        }
    });
    let mut named: Vec<(&mut String, Span)> = keys.collect();
    named.extend(index.include.iter_mut().zip(spans));
    let mut complete = true;
    for (column, span) in named {
        let placed = Placed::new(column.clone(), span);
        match resolve_columns(draft, table, &[placed]) {
            Some(mut resolved) => *column = resolved.remove(0),
            None => complete = false,
        }
    }
    if complete {
        forget_full_lengths(&draft.tables[table], &mut index);
        draft.add_index(table, Placed::new(index, span));
    }
}

/// A prefix as long as its column is the whole column: MySQL forgets it too.
fn forget_full_lengths(table: &TableDraft, index: &mut Index) {
    for part in &mut index.parts {
        let IndexKey::Column(column) = &part.key else {
            continue;
        };
        let column = table
            .columns
            .iter()
            .find(|draft| draft.column.name == *column);
        let (Type::Text { length, .. } | Type::Bytes { length, .. }) =
            column.map_or(&Type::Other, |draft| &draft.column.ty.kind)
        else {
            continue;
        };
        if length.is_some_and(|length| part.length.is_some_and(|prefix| prefix >= length)) {
            part.length = None;
        }
    }
}

/// The columns as they were declared. Missing ones are reported, unless they may have been lost to an error.
fn resolve_columns(
    draft: &mut Draft,
    table: usize,
    columns: &[Placed<String>],
) -> Option<Vec<String>> {
    let mut found = Vec::with_capacity(columns.len());
    let mut problems = Vec::new();
    let target = &draft.tables[table];
    for column in columns {
        match target.column_number(draft, &column.value) {
            Some(number) => found.push(target.columns[number].column.name.clone()),
            None if draft.dialect == Dialect::Sqlite && is_row_number(&column.value) => {
                problems.push(row_number(&column.value, column.span));
            }
            None if target.lost_column => {}
            None => {
                let names = target.column_names();
                problems.push(unknown_column(
                    &column.value,
                    &target.name.to_string(),
                    column.span,
                    names,
                ));
            }
        }
    }
    for problem in problems {
        draft.report(problem);
    }
    (found.len() == columns.len()).then_some(found)
}

/// The number of a column. A missing one is reported, unless it may have been lost to an error.
pub(in crate::parse) fn find_column(
    draft: &mut Draft,
    table: usize,
    column: &Placed<String>,
) -> Option<usize> {
    let target = &draft.tables[table];
    let number = target.column_number(draft, &column.value);
    if number.is_none() && !target.lost_column {
        let names = target.column_names();
        let problem = unknown_column(&column.value, &target.name.to_string(), column.span, names);
        draft.report(problem);
    }
    number
}

fn is_row_number(column: &str) -> bool {
    ["rowid", "oid", "_rowid_"].contains(&column.to_ascii_lowercase().as_str())
}

/// There is no such column.
pub(in crate::parse) fn unknown_column<'c>(
    column: &str,
    table: &str,
    span: Span,
    columns: impl Iterator<Item = &'c str>,
) -> Diagnostic {
    suggest::unknown_column(column, table, columns).at(span)
}

fn row_number(column: &str, span: Span) -> Diagnostic {
    Diagnostic::error(format!(
        "`{column}`, the number of a row, cannot be part of a key or an index here"
    ))
    .at(span)
    .help("declare a column of its own: `id INTEGER PRIMARY KEY`")
}

fn second_primary_key(table: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(format!("table `{table}` has two primary keys"))
        .at(span)
        .label("the second")
        .also(first, "the first")
        .help("a key over several columns is declared once: `PRIMARY KEY (a, b)`")
}

fn uneven_foreign_key(columns: usize, references: usize, span: Span) -> Diagnostic {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    Diagnostic::error(format!(
        "this foreign key has {columns} column{}, but refers to {references}",
        plural(columns)
    ))
    .at(span)
    .label("these have to be equally many")
}
