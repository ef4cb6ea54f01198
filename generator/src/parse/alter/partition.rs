//! Partitions that become tables of their own, and tables that become partitions (PostgreSQL).

use crate::parse::{
    Result,
    cursor::Cursor,
    draft::{Draft, TableDraft},
    statement::Outcome,
    table,
};

/// Whether this is `ATTACH PARTITION …` or `DETACH PARTITION …`.
pub(super) fn starts(action: &Cursor<'_>) -> bool {
    action.is_one_of(&["ATTACH", "DETACH"]) && action.is_word_at(1, "PARTITION")
}

/// Reads `ATTACH PARTITION …` and `DETACH PARTITION …`. A partition is left out: its rows are those of the table it is in, which
/// is none where it is a partition itself.
pub(super) fn change(
    action: &mut Cursor<'_>,
    draft: &mut Draft,
    whole: Option<usize>,
) -> Result<()> {
    let attaches = action.is_word("ATTACH");
    action.advance(2);
    let name = action.name("the name of a table")?;
    action.skip_to_end();
    match draft.table_number(&name.value) {
        Some(part) if attaches && Some(part) != whole => {
            let part = draft.remove_table(part);
            keep(draft, part);
        }
        None if !attaches => {
            let key = draft.key(&name.value);
            if let Some(part) = draft.partitions.remove(&key) {
                draft.left_out.remove(&key);
                draft.add_table(part);
            }
        }
        None => {
            if let Outcome::Missing(problem) = table::missing(draft, &name)? {
                return Err(problem);
            }
        }
        Some(_) => {}
    }
    Ok(())
}

/// Leaves a partition out, until it is detached.
pub(in crate::parse) fn keep(draft: &mut Draft, part: TableDraft) {
    draft.leave_out(&part.name);
    let key = draft.key(&part.name);
    draft.partitions.insert(key, part);
}
