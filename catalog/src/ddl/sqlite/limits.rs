//! What SQLite cannot express. A clause that would change what the database accepts or how it behaves is an error.

use crate::{Column, Index, IndexPart, NullsOrder, Sequence, SortOrder, Table, Unique, View};

use super::super::DdlError;

pub(super) fn admit_table(table: &Table) -> Result<(), DdlError> {
    refuse(
        table.columns.is_empty(),
        "SQLite has no tables without columns",
    )
}

pub(super) fn admit_column(column: &Column) -> Result<(), DdlError> {
    refuse(
        column.on_update.is_some(),
        "SQLite has no ON UPDATE for columns",
    )
}

/// SQLite counts the numbers of rows, from 1 in steps of 1.
pub(super) fn admit_sequence(sequence: &Sequence) -> Result<(), DdlError> {
    let whole_range = [i16::MAX.into(), i32::MAX.into(), i64::MAX];
    let plain = sequence.start.or(sequence.min).unwrap_or(1) == 1
        && sequence.increment.unwrap_or(1) == 1
        && sequence.max.is_none_or(|max| whole_range.contains(&max))
        && !sequence.cycle;
    refuse(
        !plain,
        "SQLite counts from 1 in steps of 1 and without an end",
    )
}

pub(super) fn not_counted() -> DdlError {
    DdlError::new(
        "SQLite counts up only an integer that alone is the primary key of a table with row numbers",
    )
}

/// SQLite has no collations for languages. `C` and those that compare bytes are its `BINARY`; those that take no notice of
/// case come out as its `NOCASE`, which knows the case of ASCII letters only.
pub(super) fn collation(name: &str) -> Result<&str, DdlError> {
    let small = name.to_ascii_lowercase();
    match small.as_str() {
        "nocase" | "rtrim" => Ok(name),
        "binary" | "c" | "posix" | "ucs_basic" => Ok("BINARY"),
        other if other.ends_with("_bin") => Ok("BINARY"),
        other if other.ends_with("_ci") => Ok("NOCASE"),
        _ => Err(DdlError::new(format!("SQLite has no collation `{name}`"))),
    }
}

pub(super) fn admit_unique(unique: &Unique) -> Result<(), DdlError> {
    refuse(
        unique.nulls_not_distinct,
        "SQLite has no NULLS NOT DISTINCT",
    )?;
    refuse(
        unique
            .deferrable
            .is_some_and(|deferrable| deferrable.deferrable),
        "SQLite cannot put off the check of a unique constraint",
    )
}

pub(super) fn admit_index(index: &Index) -> Result<(), DdlError> {
    refuse(!index.include.is_empty(), "SQLite has no INCLUDE")?;
    match &index.method {
        Some(method) if !method.eq_ignore_ascii_case("btree") => Err(DdlError::new(format!(
            "SQLite has no indexes of the kind `{method}`"
        ))),
        _ => Ok(()),
    }
}

/// An index over whole values finds what one over their beginnings finds; only uniqueness would mean something else.
pub(super) fn admit_index_part(index: &Index, part: &IndexPart) -> Result<(), DdlError> {
    refuse(
        index.unique && part.length.is_some(),
        "SQLite cannot tell beginnings of values apart",
    )?;
    if let Some(class) = &part.operator_class {
        return Err(DdlError::new(format!(
            "SQLite has no operator class `{class}`"
        )));
    }
    // SQLite puts NULLs before all values.
    let nulls = match part.order {
        None | Some(SortOrder::Ascending) => NullsOrder::First,
        Some(SortOrder::Descending) => NullsOrder::Last,
    };
    refuse(
        part.nulls.is_some_and(|wanted| wanted != nulls),
        "SQLite's indexes have NULLs before all values",
    )
}

pub(super) fn admit_view(view: &View) -> Result<(), DdlError> {
    refuse(view.materialized, "SQLite has no materialized views")
}

fn refuse(condition: bool, reason: &str) -> Result<(), DdlError> {
    if condition {
        Err(DdlError::new(reason))
    } else {
        Ok(())
    }
}
