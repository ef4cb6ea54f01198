//! SQLite's differences.

use super::{Capabilities, Dialect, standard_operator};
use crate::sql::Binary;

/// The dialect of SQLite.
pub(crate) struct Sqlite;

const CAPABILITIES: Capabilities = Capabilities {
    returning: true,
    bound_limit: false,
    max_parameters: 32_766,
};

impl Dialect for Sqlite {
    fn name(&self) -> aludel_catalog::Dialect {
        aludel_catalog::Dialect::Sqlite
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn begin(&self, writes: bool) -> &'static str {
        if writes { "BEGIN IMMEDIATE" } else { "BEGIN" }
    }

    fn operator(&self, operator: Binary) -> &'static str {
        match operator {
            Binary::NullSafeEqual => "IS",
            other => standard_operator(other),
        }
    }

    fn no_limit(&self) -> Option<&'static str> {
        Some("LIMIT -1")
    }

    fn table_names(&self) -> &'static str {
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
    }

    fn ignores_case(&self) -> bool {
        true
    }

    fn defer_foreign_keys(&self) -> Option<&'static str> {
        Some("PRAGMA defer_foreign_keys = ON")
    }
}
