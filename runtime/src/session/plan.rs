//! What a flush does, in which order: rows in, steps out, without a database.
//!
//! Tables come in the order of their foreign keys; within a table updates come before inserts, and after all of them come the
//! deletes, in the reverse order. Rows of tables that lead to themselves, or to each other, are put in order one by one, and
//! where a unique value has to be freed before it is taken, whatever that concerns is done later. A circle is opened at a
//! foreign key that can be NULL meanwhile.
//!
//! A foreign key that an update does not change is not looked at: where the row behind it is replaced by another under the same
//! key, or changes its key, that is for the database to allow, as it is for rows that are not written.

mod circles;
mod edges;
mod graph;
mod keys;
mod message;
mod order;
mod tables;
#[cfg(test)]
mod tests;
mod unique;

use crate::{
    error::Result,
    model::{Filled, TableInfo},
    value::Value,
};
use circles::Opened;
use edges::Edges;
use tables::Tables;

/// What is done to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Insert,
    Update,
    Delete,
}

/// What the plan has to know of the rows that are to be written; they are numbered from 0, in the order in which they came to
/// the session.
pub(crate) trait Facts {
    /// How many there are.
    fn len(&self) -> usize;

    /// The table of the row.
    fn table(&self, unit: usize) -> &'static TableInfo;

    /// What is done to it.
    fn action(&self, unit: usize) -> Action;

    /// The value of a column as the database has it: of an update or a delete. `None` for an insert.
    fn before(&self, unit: usize, column: usize) -> Option<Value>;

    /// The value of a column as it is going to be. `None` where that is not known (the database fills it in, an expression), and
    /// for a delete.
    fn after(&self, unit: usize, column: usize) -> Option<Value>;

    /// Whether an update changes a column, as far as is known.
    fn changes(&self, unit: usize, column: usize) -> bool {
        let after = self.after(unit, column);
        after.is_none() || after != self.before(unit, column)
    }

    /// The insert whose row a foreign key (its position in `table.foreign_keys`) is going to lead to, where an object says so.
    fn leads_to(&self, unit: usize, foreign_key: usize) -> Option<usize>;
}

/// One thing that is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The row is inserted, updated or deleted; without those foreign keys of it that are postponed.
    Write(usize),
    /// A postponed foreign key of an insert or update gets its value.
    Connect { unit: usize, foreign_key: usize },
    /// A foreign key of a row that is deleted, or written, later becomes NULL.
    Disconnect { unit: usize, foreign_key: usize },
}

/// The steps, in their order.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) steps: Vec<Step>,
    /// In order.
    postponed: Vec<(usize, usize)>,
}

impl Plan {
    /// Whether no foreign key is postponed.
    pub(crate) fn is_plain(&self) -> bool {
        self.postponed.is_empty()
    }

    /// Whether the foreign key gets its value by a step of its own, so that the row is written without the
    /// [columns](opening_columns) that open it.
    pub(crate) fn postpones(&self, unit: usize, foreign_key: usize) -> bool {
        !self.postponed.is_empty() && self.postponed.binary_search(&(unit, foreign_key)).is_ok()
    }
}

/// The columns of a foreign key that are NULL while it is open. One is enough for the database not to look for a row.
pub(crate) fn opening_columns(
    table: &'static TableInfo,
    foreign_key: usize,
) -> impl Iterator<Item = usize> {
    let columns = table.foreign_keys[foreign_key].columns.iter().copied();
    columns.filter(|&column| {
        let info = &table.columns[column];
        info.nullable && info.filled != Filled::Computed && !table.primary_key.contains(&column)
    })
}

/// The order in which these rows are written.
///
/// # Errors
///
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), naming tables and columns, where rows lead to each other in a circle that no
/// nullable foreign key opens, or where they exchange unique values.
pub(crate) fn plan(facts: &dyn Facts) -> Result<Plan> {
    let tables = Tables::of(facts);
    let edges = Edges::find(facts, &tables);
    if edges.is_empty() {
        return Ok(Plan {
            steps: tables.steps(),
            postponed: Vec::new(),
        });
    }
    let Opened { edges, keys } = circles::open(facts, &tables, edges)?;
    Ok(order::arrange(facts, &tables, &edges, &keys))
}
