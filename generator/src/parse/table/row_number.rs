//! SQLite's `INTEGER PRIMARY KEY`: the number of the row, which the database counts up.

use aludel_catalog::Identity;

use crate::{
    diagnostic::{Diagnostic, Span},
    parse::draft::Draft,
};

/// Makes the key of a table an identity, if it is the number of the row.
pub(in crate::parse) fn recognise(
    draft: &mut Draft,
    number: usize,
    descending: bool,
    autoincrement: Option<Span>,
) {
    let table = &mut draft.tables[number];
    let without_row_numbers = table
        .options
        .iter()
        .any(|option| option.name == "WITHOUT ROWID");
    let key = match table
        .primary_key
        .as_ref()
        .map(|key| key.value.columns.as_slice())
    {
        Some([column]) => table
            .columns
            .iter_mut()
            .find(|draft| draft.column.name == *column),
        _ => None,
    };
    // No other spelling will do, INT included: https://www.sqlite.org/lang_createtable.html#rowid
    let counted = key.filter(|draft| {
        let spelling = draft.column.ty.sql.trim_matches(['"', '`', '[', ']', '\'']);
        spelling.eq_ignore_ascii_case("INTEGER") && !descending && !without_row_numbers
    });
    match (counted, autoincrement) {
        (Some(draft), _) => {
            draft.column.identity = Some(Identity {
                always: false,
                strict: autoincrement.is_some(),
                sequence: None,
            });
        }
        (None, Some(span)) => draft.report(misplaced_autoincrement(span)),
        (None, None) => {}
    }
}

fn misplaced_autoincrement(span: Span) -> Diagnostic {
    Diagnostic::error("AUTOINCREMENT is only allowed on an `INTEGER PRIMARY KEY`")
        .at(span)
        .help("the type has to be `INTEGER`, exactly, and the key no other column")
}
