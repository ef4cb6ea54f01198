//! Statements that change rows, as trees.

use super::{
    Node,
    query::{From, Query},
};
use crate::model::TableInfo;

/// An INSERT.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Insert {
    /// The table.
    pub(crate) table: &'static TableInfo,
    /// What is inserted.
    pub(crate) source: InsertSource,
    /// What is done where a unique key is there already.
    pub(crate) conflict: Option<Conflict>,
    /// What it gives back of each row.
    pub(crate) returning: Vec<Node>,
    /// Whether its rows give numbers that the database would count up.
    pub(crate) numbered: bool,
}

/// Where the rows of an INSERT come from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum InsertSource {
    /// Rows of values; all of them set the same columns in the same order, and the columns that they do not set are left to
    /// the database.
    Rows(Vec<Vec<Assigned>>),
    /// The rows of a query, into columns given as positions in the table.
    Query(Vec<usize>, Box<Query>),
}

/// What an INSERT does where a unique key is there already.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Conflict {
    /// The columns of the key, as positions in the table.
    pub(crate) key: &'static [usize],
    /// What is set in the row that is there; nothing to leave it and go on.
    pub(crate) set: Vec<Assigned>,
    /// Conditions on the row that is there, without which it stays as it is.
    pub(crate) filter: Vec<Node>,
}

/// A column and the value that it gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Assigned {
    /// The column, as its position in the table.
    pub(crate) column: usize,
    /// The value.
    pub(crate) value: Node,
}

impl Assigned {
    /// Keeps the last value of each column: not every database takes a column twice.
    pub(crate) fn keep_last(all: &mut Vec<Assigned>) {
        let mut position = 0;
        let columns: Vec<usize> = all.iter().map(|assigned| assigned.column).collect();
        all.retain(|assigned| {
            position += 1;
            !columns[position..].contains(&assigned.column)
        });
    }
}

/// An UPDATE.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Update {
    /// The table.
    pub(crate) table: &'static TableInfo,
    /// What changes.
    pub(crate) set: Vec<Assigned>,
    /// Further tables that are read, each joined to those before; left joins are not among them.
    pub(crate) joined: Vec<From>,
    /// Conditions, all of which hold.
    pub(crate) filter: Vec<Node>,
    /// What it gives back of each row.
    pub(crate) returning: Vec<Node>,
    /// What was asked in a way that no statement can be made of: the message of the error that running it gives.
    pub(crate) refused: Option<&'static str>,
}

/// A DELETE.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Delete {
    /// The table.
    pub(crate) table: &'static TableInfo,
    /// Further tables that are read, each joined to those before; left joins are not among them.
    pub(crate) joined: Vec<From>,
    /// Conditions, all of which hold.
    pub(crate) filter: Vec<Node>,
    /// What it gives back of each row.
    pub(crate) returning: Vec<Node>,
    /// What was asked in a way that no statement can be made of: the message of the error that running it gives.
    pub(crate) refused: Option<&'static str>,
}
