//! PostgreSQL's `INHERITS`: the columns of other tables come first.

use aludel_catalog::{Check, Column};

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed, Result,
        cursor::Cursor,
        draft::{ColumnDraft, Draft},
        remark::Remarks,
        table::{copy::is_serial, unknown_table},
    },
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
        let checks = draft.tables[parent].checks.clone();
        let target = &mut draft.tables[table].checks;
        *target = with_checks(std::mem::take(target), checks);
    }
    draft.report(link_not_kept(cursor.span_from(start)));
    columns.append(&mut draft.tables[table].columns);
    draft.tables[table].columns = merged(columns);
    Ok(())
}

/// Some checks and some more. One that has the name of another is the same again: the database takes nothing else.
pub(in crate::parse::table) fn with_checks(
    mut checks: Vec<Placed<Check>>,
    more: Vec<Placed<Check>>,
) -> Vec<Placed<Check>> {
    let comes_again = |check: &Placed<Check>| {
        let name = &check.value.name;
        name.is_some() && more.iter().any(|other| other.value.name == *name)
    };
    checks.retain(|check| !comes_again(check));
    checks.extend(more);
    checks
}

/// A column as another table has it from its parent.
fn inherited(column: &ColumnDraft) -> ColumnDraft {
    let mut inherited = column.clone();
    inherited.column.comment = None;
    inherited.remarks = Remarks::default();
    // Only a default is inherited: that of a serial column, which counts in the same sequence.
    if !is_serial(&inherited.column.ty) {
        inherited.column.identity = None;
    }
    inherited
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

fn link_not_kept(span: Span) -> Diagnostic {
    Diagnostic::warning("`INHERITS` is left out")
        .at(span)
        .label("the columns are taken over, but not the link between the tables")
}
