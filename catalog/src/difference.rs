//! What differs between two catalogs: what has to change in a database so that the one becomes the other.
//!
//! Catalogs are compared by what they mean and not by how they are spelled, so that a catalog that was read from a file equals
//! the one that is read back from its database. What neither says is not compared: constraints without names are told by what
//! they demand, and which file declares a table never matters.
//!
//! ```
//! use aludel_catalog::{Catalog, Column, ColumnType, Dialect, Name, Table, Type};
//! use aludel_catalog::difference::{Difference, Renames};
//!
//! let mut before = Catalog::new(Dialect::Sqlite);
//! before.tables.push(Table::new(Name::new("hobby")));
//! let mut after = before.clone();
//! after.tables[0].columns.push(Column::new("caption", ColumnType::new(Type::text(), "TEXT")));
//!
//! let difference = Difference::between(&before, &after, &Renames::default())?;
//! assert_eq!(difference.changes[0].to_string(), "add column `caption` to `hobby`: TEXT, not null");
//! # Ok::<(), aludel_catalog::difference::RenameError>(())
//! ```

mod change;
mod columns;
pub(crate) mod compare;
mod defaults;
mod describe;
mod keys;
mod objects;
mod options;
mod pairs;
mod renames;
mod risk;
mod tables;
mod types;

use crate::Catalog;

pub use change::{Aspect, Change};
pub use renames::{RenameError, Renames};

use compare::Compared;

/// What differs between two catalogs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The changes: what is made before what is altered, and what is dropped last. They say what differs, and not in which
    /// order a database takes it; that is [`ddl::alter`](crate::ddl::alter)'s work.
    pub changes: Vec<Change>,
}

impl Difference {
    /// What has to change in `from` so that it becomes `to`. Tables and columns are told by their names, but for those that
    /// `renames` lists: that a column was renamed, and not dropped while another one was added, cannot be known.
    ///
    /// Both catalogs speak the same dialect, else all that is said in words of one differs.
    ///
    /// # Errors
    /// When `renames` names a table or a column that is not there, or one twice.
    pub fn between(
        from: &Catalog,
        to: &Catalog,
        renames: &Renames,
    ) -> Result<Difference, RenameError> {
        let compared = Compared::of(from, to, renames)?;
        Ok(Difference {
            changes: change::all(&compared),
        })
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}
