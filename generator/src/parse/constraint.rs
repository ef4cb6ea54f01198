//! Keys and checks, declared with a column, in a table, or by ALTER TABLE.

mod add;
mod clauses;
mod read;
mod references;

use aludel_catalog::{Check, Deferrable, ForeignKey, Index, PrimaryKey, Unique};

pub(super) use self::{
    add::{add, find_column, unknown_column},
    clauses::{
        read_deferrable, read_nulls_not_distinct, skip_conflict_clause, skip_index_parameters,
    },
    read::{read_check, read_columns, read_table_constraint, starts_constraint},
    references::read_references,
};
use super::Placed;
use crate::diagnostic::Span;

/// A constraint or an index. The columns that it names are looked up when it is added to its table.
#[derive(Debug, Clone)]
pub(super) enum Constraint {
    PrimaryKey {
        key: PrimaryKey,
        columns: Vec<Placed<String>>,
        /// Where SQLite's AUTOINCREMENT stands.
        autoincrement: Option<Span>,
        span: Span,
    },
    Unique {
        unique: Unique,
        columns: Vec<Placed<String>>,
        span: Span,
    },
    Check {
        check: Check,
        /// Whether tables that inherit have it, too.
        is_handed_down: bool,
        span: Span,
    },
    /// A key that takes the place of an index (PostgreSQL).
    UsingIndex {
        name: Option<String>,
        primary: bool,
        index: Placed<String>,
        deferrable: Option<Deferrable>,
        span: Span,
    },
    NotNull {
        column: Placed<String>,
    },
    ForeignKey {
        key: ForeignKey,
        columns: Vec<Placed<String>>,
        table: Span,
        references: Vec<Placed<String>>,
        span: Span,
    },
    Index {
        index: Index,
        /// The places of its parts, then of the columns that it includes.
        parts: Vec<Span>,
        span: Span,
    },
}

impl Constraint {
    /// Says when it is checked. Not every constraint can be told.
    pub(super) fn defer(&mut self, deferrable: Deferrable) -> bool {
        match self {
            Constraint::Unique { unique, .. } => unique.deferrable = Some(deferrable),
            Constraint::ForeignKey { key, .. } => {
                let before = key.deferrable.get_or_insert(deferrable);
                before.deferrable |= deferrable.deferrable;
                before.initially_deferred |= deferrable.initially_deferred;
            }
            _ => return false,
        }
        true
    }
}
