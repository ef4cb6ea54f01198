//! Columns that say only what they refer to: their types are those of the columns that they lead to.

use aludel_catalog::{ColumnType, Name};

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{
        Placed,
        draft::{Draft, TableDraft},
        table::not_counted,
    },
};

/// A column that waits for its type.
pub(super) struct Awaited {
    pub(super) table: Name,
    pub(super) column: String,
    /// Where the reference stands.
    pub(super) span: Span,
}

/// Gives every column that waits the type of the one that it refers to. Targets that do not exist are told later, with the
/// foreign keys.
pub(super) fn take_over(awaited: &[Awaited], draft: &mut Draft) {
    let found: Vec<_> = awaited
        .iter()
        .map(|column| find(column, awaited, draft))
        .collect();
    for (column, found) in awaited.iter().zip(found) {
        let Some((ty, values)) = found else {
            continue;
        };
        let Some(ty) = ty else {
            draft.report(circle(column));
            continue;
        };
        let Some(table) = draft.table_number(&column.table) else {
            continue;
        };
        let number = draft.tables[table].column_number(draft, &column.column);
        if let Some(number) = number {
            let target = &mut draft.tables[table].columns[number];
            target.column.ty = ty;
            target.enum_values = values;
        }
    }
}

/// The type, and the values of an enum declared with the target. No type is found in a circle.
type Found = (Option<ColumnType>, Option<Vec<String>>);

fn find(column: &Awaited, awaited: &[Awaited], draft: &Draft) -> Option<Found> {
    let mut place = (draft.key(&column.table), draft.fold(&column.column));
    for _ in 0..=awaited.len() {
        let table = draft.table(&place.0)?;
        let (target, number) = target(table, &place.1, draft)?;
        let found = &target.columns[number];
        place = (draft.key(&target.name), draft.fold(&found.column.name));
        let waits = awaited.iter().any(|other| {
            draft.key(&other.table) == place.0 && draft.fold(&other.column) == place.1
        });
        if !waits {
            let mut ty = found.column.ty.clone();
            not_counted(&mut ty);
            return Some((Some(ty), found.enum_values.clone()));
        }
    }
    Some((None, None))
}

/// The table and the column that a column refers to.
fn target<'d>(
    table: &'d TableDraft,
    column: &str,
    draft: &'d Draft,
) -> Option<(&'d TableDraft, usize)> {
    let refers = |columns: &[String]| matches!(columns, [own] if draft.is_same(own, column));
    let key = table
        .foreign_keys
        .iter()
        .find(|key| refers(&key.key.columns))?;
    let target = draft.table(&key.key.table)?;
    let name = match key.key.references.as_slice() {
        [name] => name,
        _ => match target.primary_key.as_ref()? {
            Placed { value, .. } if value.columns.len() == 1 => &value.columns[0],
            _ => return None,
        },
    };
    Some((target, target.column_number(draft, name)?))
}

fn circle(column: &Awaited) -> Diagnostic {
    Diagnostic::error(format!(
        "the type of `{}` goes round in a circle",
        column.column
    ))
    .at(column.span)
    .label("what this refers to takes its type from here")
    .help("give one of the columns a type")
}
