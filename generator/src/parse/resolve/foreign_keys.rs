//! Foreign keys: the tables and columns that they lead to.

use aludel_catalog::Name;

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed,
        constraint::unknown_column,
        draft::{Draft, ForeignKeyDraft, TableDraft},
        table::unknown_table,
    },
};

/// Finds the target of every foreign key. One whose target is missing is reported and left out.
pub(super) fn resolve(draft: &mut Draft) {
    for number in 0..draft.tables.len() {
        let keys = std::mem::take(&mut draft.tables[number].foreign_keys);
        let mut resolved = Vec::with_capacity(keys.len());
        let mut problems = Vec::new();
        for key in keys {
            match find_target(draft, key) {
                Ok(key) => resolved.push(key),
                Err(found) => problems.extend(found),
            }
        }
        draft.tables[number].foreign_keys = resolved;
        draft.diagnostics.extend(problems);
    }
}

fn find_target(
    draft: &Draft,
    mut key: ForeignKeyDraft,
) -> Result<ForeignKeyDraft, Vec<Diagnostic>> {
    let Some(target) = draft.table(&key.key.table) else {
        return Err(missing_table(draft, &key).into_iter().collect());
    };
    key.key.table = target.name.clone();
    if key.key.references.is_empty() {
        key.key.references = primary_key(target, &key)?;
        return Ok(key);
    }
    let mut problems = Vec::new();
    for (column, span) in key.key.references.iter_mut().zip(&key.reference_spans) {
        match target.column_number(draft, column) {
            Some(number) => *column = target.columns[number].column.name.clone(),
            None if target.lost_column => {}
            None => {
                let names = target.column_names();
                let problem = unknown_column(column, &target.name.to_string(), *span, names);
                problems.push(problem.also(target.span, "the table is declared here"));
            }
        }
    }
    match problems.is_empty() {
        true => Ok(key),
        false => Err(problems),
    }
}

/// The columns that a foreign key means which names none.
fn primary_key(target: &TableDraft, key: &ForeignKeyDraft) -> Result<Vec<String>, Vec<Diagnostic>> {
    let columns = target
        .primary_key
        .as_ref()
        .map(|key| key.value.columns.clone());
    match columns {
        Some(columns) if columns.len() == key.key.columns.len() => Ok(columns),
        Some(columns) => Err(vec![uneven(target, columns.len(), key)]),
        None if target.lost_column => Err(Vec::new()),
        None => Err(vec![no_primary_key(&target.name, target.span, key.span)]),
    }
}

fn missing_table(draft: &Draft, key: &ForeignKeyDraft) -> Option<Diagnostic> {
    let name = Placed::new(key.key.table.clone(), key.table_span);
    if draft.is_left_out(&name.value) {
        return Some(to_left_out_table(&name));
    }
    (!draft.lost_table).then(|| unknown_table(draft, &name))
}

fn to_left_out_table(table: &Placed<Name>) -> Diagnostic {
    Diagnostic::warning(format!("the foreign key to `{}` is left out", table.value))
        .at(table.span)
        .label("this table was skipped")
}

fn no_primary_key(table: &Name, table_span: Span, span: Span) -> Diagnostic {
    Diagnostic::error(format!(
        "table `{table}` has no primary key that this foreign key could mean"
    ))
    .at(span)
    .also(table_span, "the table is declared here")
    .help(format!("name the columns: `REFERENCES {table} (…)`"))
}

fn uneven(target: &TableDraft, count: usize, key: &ForeignKeyDraft) -> Diagnostic {
    let columns = key.key.columns.len();
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    Diagnostic::error(format!(
        "this foreign key has {columns} column{}, but the primary key of `{}` has {count}",
        plural(columns),
        target.name
    ))
    .at(key.span)
    .also(target.span, "the table is declared here")
}
