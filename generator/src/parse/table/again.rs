//! A table that is declared again: as it was, or as another one.

use super::{Placed, Result, TableDraft, declared_twice, read_body};
use crate::{
    diagnostic::{Diagnostic, Severity, Span},
    parse::{cursor::Cursor, draft::Draft, statement::Outcome},
};

/// Reads the declaration of a table that is there already, and says whether that matters.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    name: &Placed<aludel_catalog::Name>,
    existing: usize,
) -> Result<Outcome> {
    let said_before = draft.diagnostics.len();
    let mut scratch = name.clone();
    // No schema has such a name.
    scratch.value.name.push('\0');
    let file = draft.tables[existing].file.clone();
    let outcome = read_body(cursor, draft, TableDraft::new(scratch, file))?;
    let again = draft.remove_table(draft.tables.len() - 1);
    draft.find_indexes(existing);
    let mut said = draft.diagnostics.split_off(said_before);
    let is_same = is_same(&draft.tables[existing], &again);
    let first = draft.tables[existing].span;
    // The warnings of the first declaration say it all.
    said.retain(|diagnostic| diagnostic.severity == Severity::Error);
    draft.diagnostics.extend(said);
    draft.report(match is_same {
        true => same_again(name, first),
        false => declared_twice("table", name, first)
            .help("the two differ; leave the one out that is not created"),
    });
    Ok(outcome)
}

fn is_same(one: &TableDraft, other: &TableDraft) -> bool {
    fn values<T>(placed: &[Placed<T>]) -> Vec<&T> {
        placed.iter().map(|placed| &placed.value).collect()
    }
    let columns = |table: &TableDraft| {
        let columns = table.columns.iter();
        let parts = columns.map(|draft| (draft.column.clone(), draft.enum_values.clone()));
        parts.collect::<Vec<_>>()
    };
    let keys = |table: &TableDraft| {
        let keys = table.foreign_keys.iter();
        keys.map(|draft| draft.key.clone()).collect::<Vec<_>>()
    };
    let checks = |table: &TableDraft| {
        let checks = table.checks.iter();
        checks.map(|draft| draft.check.clone()).collect::<Vec<_>>()
    };
    let key = |table: &TableDraft| table.primary_key.as_ref().map(|key| key.value.clone());
    columns(one) == columns(other)
        && key(one) == key(other)
        && keys(one) == keys(other)
        && values(&one.uniques) == values(&other.uniques)
        && checks(one) == checks(other)
        && values(&one.indexes) == values(&other.indexes)
}

fn same_again(name: &Placed<aludel_catalog::Name>, first: Span) -> Diagnostic {
    Diagnostic::warning(format!(
        "table `{}` is declared again, as it was",
        name.value
    ))
    .at(name.span)
    .label("this declaration is skipped")
    .also(first, "first declared here")
}
