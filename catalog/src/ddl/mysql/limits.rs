//! What MySQL cannot express.

use crate::{
    Action, Dialect, ForeignKey, Identity, Index, IndexKey, IndexPart, MatchType, NullsOrder,
    SortOrder, Table, Type, Unique, View,
};

use super::super::{DdlError, dialect::ColumnScope, index::special_kind};

/// MySQL's name for comparing texts by their bytes. Both MySQL and MariaDB have it; blanks at the end do not count.
pub(super) const BINARY_COLLATION: &str = "utf8mb4_bin";

/// The characters that a name can have.
pub(super) const LONGEST_NAME: usize = 64;

pub(super) fn admit_name(name: &str) -> Result<(), DdlError> {
    refuse(
        name.chars().count() > LONGEST_NAME,
        "a name is longer than the 64 characters that MySQL keeps of it",
    )?;
    refuse(
        name.chars().any(|character| character > '\u{ffff}'),
        "a name has characters beyond U+FFFF, which MySQL does not know in names",
    )?;
    refuse(
        name.ends_with(' '),
        "a name ends with a blank, which MySQL does not know in names",
    )
}

pub(super) fn admit_table(table: &Table) -> Result<(), DdlError> {
    refuse(
        table.columns.is_empty(),
        "MySQL has no tables without columns",
    )?;
    if let Some(comment) = &table.comment {
        admit_comment(comment, 2048)?;
    }
    let counted = |column: &&crate::Column| column.identity.is_some();
    refuse(
        table.columns.iter().filter(counted).count() > 1,
        "MySQL counts up only one column of a table",
    )
}

pub(super) fn admit_column(scope: ColumnScope<'_>) -> Result<(), DdlError> {
    match &scope.column.comment {
        Some(comment) => admit_comment(comment, 1024),
        None => Ok(()),
    }
}

pub(in super::super) fn admit_comment(comment: &str, longest: usize) -> Result<(), DdlError> {
    match comment.chars().count() > longest {
        true => Err(DdlError::new(format!(
            "its comment is longer than the {longest} characters that MySQL admits"
        ))),
        false => Ok(()),
    }
}

/// MySQL counts in steps of 1 and without an end.
pub(super) fn admit_identity(scope: ColumnScope<'_>, identity: &Identity) -> Result<(), DdlError> {
    refuse(
        !matches!(scope.ty.kind, Type::Integer { .. }),
        "MySQL counts up only integers",
    )?;
    let whole_range = [i16::MAX.into(), i32::MAX.into(), i64::MAX];
    let is_plain = identity.sequence.as_ref().is_none_or(|sequence| {
        sequence.increment.unwrap_or(1) == 1
            && sequence.start.or(sequence.min).unwrap_or(1) >= 1
            && sequence.max.is_none_or(|max| whole_range.contains(&max))
            && !sequence.cycle
    });
    refuse(
        !is_plain,
        "MySQL counts upwards in steps of 1 and without an end",
    )
}

/// `C` and those that compare bytes are `utf8mb4_bin`, and so is SQLite's RTRIM, since it ignores blanks at the end. SQLite's
/// NOCASE comes out as `utf8mb4_general_ci`, which knows the case of all letters and ignores accents as well.
pub(super) fn collation(from: Dialect, name: &str) -> Result<Option<&str>, DdlError> {
    let bare = name.strip_prefix("pg_catalog.").unwrap_or(name);
    let small = bare.to_ascii_lowercase();
    match small.as_str() {
        _ if from == Dialect::Mysql => Ok(Some(name)),
        // An empty name is refused where it is quoted.
        "" => Ok(Some(name)),
        "binary" | "c" | "posix" | "ucs_basic" | "rtrim" => Ok(Some(BINARY_COLLATION)),
        "nocase" => Ok(Some("utf8mb4_general_ci")),
        "default" => Ok(None),
        other if other.starts_with("utf8mb4_") => Ok(Some(name)),
        _ => Err(DdlError::new(format!(
            "MySQL has no collation like `{name}`"
        ))),
    }
}

pub(super) fn admit_unique(unique: &Unique) -> Result<(), DdlError> {
    refuse(unique.nulls_not_distinct, "MySQL has no NULLS NOT DISTINCT")?;
    let deferrable = unique.deferrable.is_some_and(|it| it.deferrable);
    refuse(
        deferrable,
        "MySQL cannot put off the check of a unique constraint",
    )
}

pub(super) fn admit_foreign_key(key: &ForeignKey) -> Result<(), DdlError> {
    let deferrable = key.deferrable.is_some_and(|it| it.deferrable);
    refuse(
        deferrable,
        "MySQL cannot put off the check of a foreign key",
    )?;
    let sets_default = [key.on_delete, key.on_update].contains(&Some(Action::SetDefault));
    refuse(sets_default, "MySQL has no SET DEFAULT for foreign keys")?;
    // Where there is one column, all ways to compare are the same.
    refuse(
        key.columns.len() > 1
            && matches!(key.match_type, Some(MatchType::Full | MatchType::Partial)),
        "MySQL has no MATCH FULL and no MATCH PARTIAL",
    )
}

pub(super) fn admit_index(from: Dialect, index: &Index) -> Result<(), DdlError> {
    refuse(index.condition.is_some(), "MySQL has no partial indexes")?;
    refuse(!index.include.is_empty(), "MySQL has no INCLUDE")?;
    let method = index.method.as_deref().unwrap_or("btree");
    let is_usual = ["btree", "hash"]
        .iter()
        .any(|usual| method.eq_ignore_ascii_case(usual));
    if is_usual || (from == Dialect::Mysql && special_kind(index).is_some()) {
        return Ok(());
    }
    match from {
        Dialect::Mysql => Ok(()),
        _ => Err(DdlError::new(format!(
            "MySQL has no indexes of the kind `{method}`"
        ))),
    }
}

pub(super) fn admit_index_part(part: &IndexPart) -> Result<(), DdlError> {
    refuse(
        matches!(part.key, IndexKey::Expression(_)),
        "MariaDB has no indexes over expressions",
    )?;
    refuse(
        part.collation.is_some(),
        "MySQL's indexes have the collations of their columns",
    )?;
    if let Some(class) = &part.operator_class {
        return Err(DdlError::new(format!(
            "MySQL has no operator class `{class}`"
        )));
    }
    // MySQL puts NULLs before all values.
    let nulls = match part.order {
        None | Some(SortOrder::Ascending) => NullsOrder::First,
        Some(SortOrder::Descending) => NullsOrder::Last,
    };
    refuse(
        part.nulls.is_some_and(|wanted| wanted != nulls),
        "MySQL's indexes have NULLs before all values",
    )
}

pub(super) fn admit_view(view: &View) -> Result<(), DdlError> {
    refuse(view.materialized, "MySQL has no materialized views")
}

fn refuse(condition: bool, reason: &str) -> Result<(), DdlError> {
    if condition {
        Err(DdlError::new(reason))
    } else {
        Ok(())
    }
}
