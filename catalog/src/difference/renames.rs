//! What was renamed, which no comparison can know.

use std::fmt;

use crate::{Catalog, Name};

/// Tables and columns that have another name now.
///
/// ```
/// use aludel_catalog::{Name, difference::Renames};
///
/// let renames = Renames::default()
///     .table(Name::new("users"), Name::new("person"))
///     .column(Name::new("person"), "mail", "email");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renames {
    tables: Vec<(Name, Name)>,
    columns: Vec<(Name, String, String)>,
}

impl Renames {
    /// The table `from` is called `to` now.
    #[must_use]
    pub fn table(mut self, from: Name, to: Name) -> Self {
        self.tables.push((from, to));
        self
    }

    /// The column `from` is called `to` now. `table` is the name that its table has now.
    #[must_use]
    pub fn column(mut self, table: Name, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.columns.push((table, from.into(), to.into()));
        self
    }

    /// The name that a table of the old catalog has in the new one.
    pub(crate) fn of_table<'n>(&'n self, from: &'n Name) -> &'n Name {
        let mut tables = self.tables.iter();
        tables
            .find(|(old, _)| old == from)
            .map_or(from, |(_, new)| new)
    }

    /// The name that a column has in the new catalog, of a table that is called `table` there.
    pub(crate) fn of_column<'n>(&'n self, table: &Name, from: &'n str) -> &'n str {
        let mut columns = self.columns.iter();
        columns
            .find(|(of, old, _)| of == table && old == from)
            .map_or(from, |(_, _, new)| new)
    }

    /// Whether a table of the new catalog was called otherwise in the old one.
    pub(super) fn is_new_table(&self, to: &Name) -> bool {
        self.tables.iter().any(|(_, new)| new == to)
    }

    /// Whether a column of the new catalog was called otherwise in the old one.
    pub(super) fn is_new_column(&self, table: &Name, to: &str) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|(of, _, new)| of == table && new == to)
    }

    /// Fails when something is not there, or is named twice.
    pub(super) fn admit(&self, from: &Catalog, to: &Catalog) -> Result<(), RenameError> {
        for (position, (old, new)) in self.tables.iter().enumerate() {
            let others = &self.tables[..position];
            if others.iter().any(|(o, n)| o == old || n == new) {
                return refused(format!("the table `{old}` or `{new}` is renamed twice"));
            }
            if from.table(old).is_none() {
                return refused(format!("there was no table `{old}` to rename to `{new}`"));
            }
            if to.table(new).is_none() {
                return refused(format!("there is no table `{new}` that was `{old}`"));
            }
        }
        for (position, (table, old, new)) in self.columns.iter().enumerate() {
            let others = &self.columns[..position];
            if others
                .iter()
                .any(|(t, o, n)| t == table && (o == old || n == new))
            {
                return refused(format!(
                    "the column `{old}` or `{new}` of `{table}` is renamed twice"
                ));
            }
            self.admit_column(from, to, (table, old, new))?;
        }
        Ok(())
    }

    fn admit_column(
        &self,
        from: &Catalog,
        to: &Catalog,
        (table, old, new): (&Name, &str, &str),
    ) -> Result<(), RenameError> {
        let Some(now) = to.table(table) else {
            return refused(format!(
                "there is no table `{table}` whose column `{old}` could be renamed"
            ));
        };
        let mut tables = from.tables.iter();
        let before = tables.find(|before| self.of_table(&before.name) == table);
        if before.is_none_or(|before| before.column(old).is_none()) {
            return refused(format!(
                "the table `{table}` had no column `{old}` to rename to `{new}`"
            ));
        }
        match now.column(new) {
            Some(_) => Ok(()),
            None => refused(format!(
                "the table `{table}` has no column `{new}` that was `{old}`"
            )),
        }
    }
}

/// Something that is said to be renamed is not there, or is named twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameError(String);

fn refused(reason: String) -> Result<(), RenameError> {
    Err(RenameError(reason))
}

impl fmt::Display for RenameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RenameError {}
