//! Keys and constraints.

use serde::{Deserialize, Serialize};

use crate::Name;

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryKey {
    /// The constraint's name, where given.
    pub name: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<String>,
}

/// A unique constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unique {
    /// The constraint's name, where given.
    pub name: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<String>,
    /// Whether two NULLs count as equal (PostgreSQL's `NULLS NOT DISTINCT`).
    pub nulls_not_distinct: bool,
    /// When it is checked, where said.
    pub deferrable: Option<Deferrable>,
}

/// A condition that every row meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The constraint's name, where given.
    pub name: Option<String>,
    /// The condition, as written.
    pub expression: String,
}

/// A foreign key: the values of `columns` are found in `references` of `table`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The constraint's name, where given.
    pub name: Option<String>,
    /// The columns that hold the key.
    pub columns: Vec<String>,
    /// The table that it leads to.
    pub table: Name,
    /// The columns it leads to: as many as `columns`. A declaration that names none means the primary key, and whoever
    /// fills the catalog writes that key here.
    pub references: Vec<String>,
    /// What happens to this row when the other is deleted, where said.
    pub on_delete: Option<Action>,
    /// What happens to this row when the other's key changes, where said.
    pub on_update: Option<Action>,
    /// How a composite key with NULLs is compared, where said.
    pub match_type: Option<MatchType>,
    /// When it is checked, where said.
    pub deferrable: Option<Deferrable>,
}

/// What a foreign key does when the row it leads to changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// An error, at the latest when the transaction ends.
    NoAction,
    /// An error at once.
    Restrict,
    /// The same change here.
    Cascade,
    /// The key becomes NULL.
    SetNull,
    /// The key takes its default.
    SetDefault,
}

impl Action {
    /// As SQL writes it: `SET NULL`.
    pub const fn sql(self) -> &'static str {
        match self {
            Action::NoAction => "NO ACTION",
            Action::Restrict => "RESTRICT",
            Action::Cascade => "CASCADE",
            Action::SetNull => "SET NULL",
            Action::SetDefault => "SET DEFAULT",
        }
    }
}

/// How a composite foreign key with NULLs is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchType {
    /// One NULL is enough to fit.
    Simple,
    /// All columns are NULL, or none.
    Full,
    /// What is not NULL has to fit.
    Partial,
}

/// When a constraint is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferrable {
    /// Whether a transaction may put the check off to its end.
    pub deferrable: bool,
    /// Whether it is put off unless a transaction says otherwise.
    pub initially_deferred: bool,
}
