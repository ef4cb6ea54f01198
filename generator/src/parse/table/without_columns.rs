//! Tables whose columns are not written down with them.

use aludel_catalog::Name;

use super::{copy, missing};
use crate::{
    diagnostic::{Diagnostic, Span},
    parse::{Placed, Result, alter::partition, cursor::Cursor, draft::Draft, statement::Outcome},
};

/// `CREATE TABLE … AS`, `… LIKE`, `… PARTITION OF`: columns that are not written down here.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    name: &Placed<Name>,
    span: Span,
) -> Result<Outcome> {
    if cursor.is_words(&["PARTITION", "OF"]) {
        return read_partition(cursor, draft, name, span);
    } else if cursor.eat_word("LIKE") {
        return read_like(cursor, draft, name);
    } else if !cursor.is_one_of(&["AS", "SELECT"]) {
        return Err(cursor.expected("`(`"));
    }
    draft.leave_out(&name.value);
    draft.report(columns_unknown(name, span));
    Ok(Outcome::Done)
}

fn read_partition(
    cursor: &mut Cursor<'_>,
    draft: &mut Draft,
    name: &Placed<Name>,
    span: Span,
) -> Result<Outcome> {
    cursor.advance(2);
    let whole = cursor.name("the name of a table")?;
    draft.leave_out(&name.value);
    if let Some(whole) = draft.table(&whole.value) {
        let part = copy::partition_of(whole, name);
        partition::keep(draft, part);
    }
    draft.skip("PARTITION OF", span);
    Ok(Outcome::Done)
}

fn read_like(cursor: &mut Cursor<'_>, draft: &mut Draft, name: &Placed<Name>) -> Result<Outcome> {
    let other = cursor.name("the name of a table")?;
    let Some(other) = draft.table(&other.value) else {
        return missing(draft, &other);
    };
    let copy = copy::like(other, name);
    let number = draft.add_table(copy);
    draft.find_indexes(number);
    Ok(Outcome::Done)
}

fn columns_unknown(name: &Placed<Name>, span: Span) -> Diagnostic {
    Diagnostic::warning(format!("table `{}` is skipped", name.value))
        .at(span)
        .label("its columns are not written here, but taken over by AS")
        .help("write its columns out")
}
