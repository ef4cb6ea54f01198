//! What PostgreSQL cannot express.

use crate::{Column, Dialect, ForeignKey, Index, MatchType};

use super::super::{DdlError, index::special_kind};

/// The bytes of a name that are kept.
pub(super) const LONGEST_NAME: usize = 63;

/// What is longer would be cut off, and then not be found again.
pub(super) fn admit_name(name: &str) -> Result<(), DdlError> {
    match name.len() > LONGEST_NAME {
        true => Err(DdlError::new(format!(
            "a name is longer than the {LONGEST_NAME} bytes that PostgreSQL keeps of it"
        ))),
        false => Ok(()),
    }
}

pub(super) fn admit_column(column: &Column) -> Result<(), DdlError> {
    match column.on_update {
        Some(_) => Err(DdlError::new("PostgreSQL has no ON UPDATE for columns")),
        None => Ok(()),
    }
}

pub(super) fn admit_foreign_key(key: &ForeignKey) -> Result<(), DdlError> {
    match key.match_type {
        Some(MatchType::Partial) => Err(DdlError::new("PostgreSQL has no MATCH PARTIAL")),
        _ => Ok(()),
    }
}

pub(super) fn admit_index(from: Dialect, index: &Index) -> Result<(), DdlError> {
    match special_kind(index) {
        Some(kind) if from != Dialect::Postgres => Err(DdlError::new(format!(
            "PostgreSQL has no indexes of the kind `{kind}`"
        ))),
        _ => Ok(()),
    }
}

/// Collations that compare bytes are all its `C`. None of its usual ones takes no notice of case.
pub(super) fn collation(from: Dialect, name: &str) -> Result<Option<&str>, DdlError> {
    let bare = name.strip_prefix("pg_catalog.").unwrap_or(name);
    let small = name.to_ascii_lowercase();
    match small.as_str() {
        _ if from == Dialect::Postgres => Ok(Some(bare)),
        // An empty name is refused where it is quoted.
        "" => Ok(Some(name)),
        "binary" => Ok(Some("C")),
        other if other.ends_with("_bin") => Ok(Some("C")),
        _ => Err(DdlError::new(format!(
            "PostgreSQL has no collation like `{name}`"
        ))),
    }
}
