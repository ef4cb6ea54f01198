//! Statements as trees.

use super::Node;
use crate::model::TableInfo;

/// A SELECT.
#[derive(Debug, Clone, Default)]
pub struct Select {
    /// What it gives.
    pub(crate) columns: Vec<Node>,
    /// The tables it reads; the first has no join.
    pub(crate) from: Vec<From>,
    /// Conditions, all of which hold.
    pub(crate) filter: Vec<Node>,
    /// What the rows are ordered by.
    pub(crate) order: Vec<Order>,
    /// Whether equal rows are given once.
    pub(crate) distinct: bool,
    /// The greatest number of rows.
    pub(crate) limit: Option<u64>,
    /// How many rows are passed over.
    pub(crate) offset: Option<u64>,
}

/// A table that is read.
#[derive(Debug, Clone)]
pub(crate) struct From {
    /// How it is joined to those before it.
    pub(crate) join: Join,
    /// The table.
    pub(crate) table: &'static TableInfo,
    /// What the query calls it.
    pub(crate) alias: &'static str,
}

/// How a table is joined.
#[derive(Debug, Clone)]
pub(crate) enum Join {
    /// Every row with every row.
    Cross,
    /// The rows that fit.
    Inner(Node),
    /// The rows that fit, or NULLs.
    Left(Node),
}

/// What rows are ordered by.
#[derive(Debug, Clone)]
pub struct Order {
    pub(crate) by: Node,
    pub(crate) descending: bool,
}

/// An INSERT of one row, which gives the row back.
#[derive(Debug, Clone)]
pub(crate) struct Insert {
    /// The table.
    pub(crate) table: &'static TableInfo,
    /// The columns that have a value; the others are left to the database.
    pub(crate) values: Vec<Assigned>,
}

/// A column and the value that it gets.
#[derive(Debug, Clone)]
pub struct Assigned {
    /// The column, as its position in the table.
    pub(crate) column: usize,
    /// The value.
    pub(crate) value: Node,
}

/// An UPDATE.
#[derive(Debug, Clone)]
pub(crate) struct Update {
    /// The table.
    pub(crate) table: &'static TableInfo,
    /// What changes.
    pub(crate) set: Vec<Assigned>,
    /// Conditions, all of which hold.
    pub(crate) filter: Vec<Node>,
}

/// A DELETE.
#[derive(Debug, Clone)]
pub(crate) struct Delete {
    /// The table.
    pub(crate) table: &'static TableInfo,
    /// Conditions, all of which hold.
    pub(crate) filter: Vec<Node>,
}
