//! PostgreSQL's `INHERITS`: the columns of other tables come first.

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Result,
        cursor::Cursor,
        draft::{ColumnDraft, Draft},
        table::unknown_table,
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
        let inherited = draft.tables[parent].columns.clone();
        let checks = draft.tables[parent].checks.clone();
        draft.tables[table].checks.extend(checks);
        columns.extend(inherited);
    }
    draft.report(link_not_kept(cursor.span_from(start)));
    columns.append(&mut draft.tables[table].columns);
    draft.tables[table].columns = merged(columns);
    Ok(())
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
                let nullable = other.column.nullable && column.column.nullable;
                *other = column;
                other.column.nullable = nullable;
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
