//! "Did you mean", in diagnostics.

pub(crate) use aludel_catalog::nearest;

use crate::diagnostic::Diagnostic;

/// What is said of a column that a table does not have.
pub(crate) fn unknown_column<'c>(
    column: &str,
    table: &str,
    columns: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    Diagnostic::error(format!("table `{table}` has no column `{column}`"))
        .label("no such column")
        .did_you_mean(nearest(column, columns))
}
