//! The facts about tables that queries and sessions need at run time.

use std::fmt;

use super::relation::RelationInfo;
use crate::session::Instances;

/// The facts about a table that queries and sessions need at run time. Everything else that the schema says is in the
/// [`Catalog`](crate::Catalog).
#[derive(Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// The namespace, where the schema names one.
    pub schema: Option<&'static str>,
    /// The name in the database.
    pub name: &'static str,
    /// The columns, in the order of the struct's fields.
    pub columns: &'static [ColumnInfo],
    /// The columns of the primary key, as positions in `columns`; empty where the table has none.
    pub primary_key: &'static [usize],
    /// The columns of each other unique key, as positions in `columns`.
    pub unique_keys: &'static [&'static [usize]],
    /// Its foreign keys to tables that are models.
    pub foreign_keys: &'static [ForeignKeyInfo],
    /// Its relationships, as sessions see them, in the order of the model's constants.
    pub relations: &'static [RelationInfo],
    /// How sessions make objects of its rows; `None` where it has no primary key.
    pub instances: Option<Instances>,
}

/// A foreign key: columns whose values are those of a row of another table, or of the same.
pub struct ForeignKeyInfo {
    /// The columns that hold it, as positions.
    pub columns: &'static [usize],
    /// The table that it leads to.
    pub table: &'static TableInfo,
    /// The columns that it leads to, as positions in that table.
    pub references: &'static [usize],
    /// Whether it is checked when the transaction ends, and not at each statement.
    pub deferred: bool,
    /// What the database does to the row when the other one is deleted.
    pub on_delete: OnDelete,
}

/// What a database does to a row when the one that a foreign key leads to is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// It refuses.
    Refuse,
    /// It deletes the row.
    Cascade,
    /// The foreign key becomes NULL, or its default.
    Unset,
}

// A table may lead to itself, so that neither comparing nor showing what it leads to would end.
impl PartialEq for ForeignKeyInfo {
    fn eq(&self, other: &Self) -> bool {
        self.columns == other.columns
            && std::ptr::eq(self.table, other.table)
            && self.references == other.references
            && self.deferred == other.deferred
            && self.on_delete == other.on_delete
    }
}

impl Eq for ForeignKeyInfo {}

impl fmt::Debug for ForeignKeyInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForeignKeyInfo")
            .field("columns", &self.columns)
            .field("table", &self.table.name)
            .field("references", &self.references)
            .field("deferred", &self.deferred)
            .field("on_delete", &self.on_delete)
            .finish()
    }
}

/// The facts about a column that queries and sessions need at run time.
#[derive(Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    /// The name in the database.
    pub name: &'static str,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// What the database does about its value by itself.
    pub filled: Filled,
    /// Whether it counts the changes of its row, so that a change to a row that somebody else has changed since is noticed.
    pub version: bool,
    /// Whether its values are kept out of logs, errors and `Debug`.
    pub sensitive: bool,
    /// The expression that is read in its place, where it is no column of the table. `{table}` stands for what the query calls
    /// the table.
    pub expression: Option<&'static str>,
}

/// What the database does about a column's value by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// Nothing: a column that an insert leaves out is NULL.
    Never,
    /// A column that an insert leaves out gets a default.
    Default,
    /// A column that an insert leaves out gets the next number.
    Counted,
    /// A default, and another value whenever the row changes.
    OnChange,
    /// It is computed from others.
    Computed,
}

/// A column with nothing to it.
const PLAIN: ColumnInfo = ColumnInfo {
    name: "",
    nullable: false,
    filled: Filled::Never,
    version: false,
    sensitive: false,
    expression: None,
};

impl ColumnInfo {
    /// For generated code: a column that cannot be NULL.
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Self {
        ColumnInfo { name, ..PLAIN }
    }

    /// For generated code: a column that can be NULL.
    #[doc(hidden)]
    pub const fn nullable(name: &'static str) -> Self {
        ColumnInfo {
            nullable: true,
            ..ColumnInfo::new(name)
        }
    }

    /// For generated code: a column that the database counts up.
    #[doc(hidden)]
    pub const fn counted(name: &'static str) -> Self {
        ColumnInfo {
            filled: Filled::Counted,
            ..ColumnInfo::new(name)
        }
    }

    /// For generated code: a column with a default.
    #[doc(hidden)]
    pub const fn defaulted(name: &'static str) -> Self {
        ColumnInfo {
            filled: Filled::Default,
            ..ColumnInfo::new(name)
        }
    }

    /// For generated code: the same, which can be NULL.
    #[doc(hidden)]
    pub const fn nullable_defaulted(name: &'static str) -> Self {
        ColumnInfo {
            filled: Filled::Default,
            ..ColumnInfo::nullable(name)
        }
    }

    /// For generated code: a column that the database also sets whenever the row changes.
    #[doc(hidden)]
    pub const fn on_change(name: &'static str) -> Self {
        ColumnInfo {
            filled: Filled::OnChange,
            ..ColumnInfo::new(name)
        }
    }

    /// For generated code: the same, which can be NULL.
    #[doc(hidden)]
    pub const fn nullable_on_change(name: &'static str) -> Self {
        ColumnInfo {
            filled: Filled::OnChange,
            ..ColumnInfo::nullable(name)
        }
    }

    /// For generated code: a column that the database computes.
    #[doc(hidden)]
    pub const fn computed(name: &'static str) -> Self {
        ColumnInfo {
            filled: Filled::Computed,
            ..ColumnInfo::new(name)
        }
    }

    /// For generated code: the same, which can be NULL.
    #[doc(hidden)]
    pub const fn nullable_computed(name: &'static str) -> Self {
        ColumnInfo {
            filled: Filled::Computed,
            ..ColumnInfo::nullable(name)
        }
    }

    /// For generated code: a column that counts the changes of its row.
    #[doc(hidden)]
    pub const fn version(name: &'static str) -> Self {
        ColumnInfo {
            version: true,
            ..ColumnInfo::new(name)
        }
    }

    /// For generated code: the same column, whose values are kept out of logs, errors and `Debug`.
    #[doc(hidden)]
    #[must_use]
    pub const fn sensitive(self) -> Self {
        ColumnInfo {
            sensitive: true,
            ..self
        }
    }

    /// For generated code: an expression that is read with each row.
    #[doc(hidden)]
    pub const fn property(name: &'static str, nullable: bool, expression: &'static str) -> Self {
        ColumnInfo {
            nullable,
            filled: Filled::Computed,
            expression: Some(expression),
            ..ColumnInfo::new(name)
        }
    }
}
