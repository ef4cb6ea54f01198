//! PostgreSQL's `INHERITS`: the columns of other tables come first.

use aludel_catalog::Column;

use crate::parse::{
    Result,
    cursor::Cursor,
    draft::{CheckDraft, ColumnDraft, Draft},
    inheritance::{inherited, inherited_checks, link_not_kept},
    table::unknown_table,
};

/// Reads the list of tables and takes their columns and checks over.
pub(super) fn read(cursor: &mut Cursor<'_>, draft: &mut Draft, table: usize) -> Result<()> {
    let start = cursor.span();
    let list = cursor.parentheses()?;
    let mut columns: Vec<ColumnDraft> = Vec::new();
    for mut part in list.split_at_commas() {
        let name = part.name("the name of a table")?;
        let Some(parent) = draft.table_number(&name.value) else {
            draft.tables[table].lost_column = true;
            draft.report(unknown_table(draft, &name));
            continue;
        };
        columns.extend(draft.tables[parent].columns.iter().map(inherited));
        let checks = inherited_checks(&draft.tables[parent].checks);
        let parent = draft.tables[parent].name.clone();
        let target = &mut draft.tables[table];
        target.checks = with_checks(std::mem::take(&mut target.checks), checks);
        target.parents.push(parent);
    }
    draft.report(link_not_kept("INHERITS", cursor.span_from(start)));
    columns.append(&mut draft.tables[table].columns);
    draft.tables[table].columns = merged(columns);
    Ok(())
}

/// Some checks and some more. One that has the name of another is the same again: the database takes nothing else.
pub(in crate::parse::table) fn with_checks(
    mut checks: Vec<CheckDraft>,
    more: Vec<CheckDraft>,
) -> Vec<CheckDraft> {
    let comes_again = |check: &CheckDraft| {
        let name = &check.check.name;
        name.is_some() && more.iter().any(|other| other.check.name == *name)
    };
    checks.retain(|check| !comes_again(check));
    checks.extend(more);
    checks
}

/// A column of the table's own that has the name of an inherited one replaces it.
fn merged(columns: Vec<ColumnDraft>) -> Vec<ColumnDraft> {
    let mut merged: Vec<ColumnDraft> = Vec::with_capacity(columns.len());
    for column in columns {
        match merged
            .iter_mut()
            .find(|other| other.column.name == column.column.name)
        {
            Some(other) => {
                let Column {
                    nullable,
                    default,
                    generated,
                    ..
                } = std::mem::replace(other, column).column;
                let column = &mut other.column;
                column.nullable &= nullable;
                column.default = column.default.take().or(default);
                column.generated = column.generated.take().or(generated);
            }
            None => merged.push(column),
        }
    }
    merged
}
