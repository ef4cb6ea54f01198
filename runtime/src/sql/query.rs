//! What gives rows, as trees.

use std::sync::Arc;

use super::Node;
use crate::model::TableInfo;

/// Something that gives rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// One SELECT.
    Select(Select),
    /// Several, of which one set of rows is made.
    Compound(Compound),
}

/// A query that lies somewhere else.
#[derive(Debug, Clone, Copy)]
pub(crate) enum QueryRef<'t> {
    /// One SELECT.
    Select(&'t Select),
    /// Several.
    Compound(&'t Compound),
}

impl<'t> std::convert::From<&'t Query> for QueryRef<'t> {
    fn from(query: &'t Query) -> Self {
        match query {
            Query::Select(select) => QueryRef::Select(select),
            Query::Compound(compound) => QueryRef::Compound(compound),
        }
    }
}

/// A SELECT.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Select {
    /// The common table expressions that it, or a query within it, names.
    pub(crate) with: Vec<Arc<With>>,
    /// What it gives.
    pub(crate) columns: Vec<Node>,
    /// The tables it reads; the first has no join.
    pub(crate) from: Vec<From>,
    /// Conditions on rows, all of which hold.
    pub(crate) filter: Vec<Node>,
    /// What rows are grouped by.
    pub(crate) group: Vec<Node>,
    /// Conditions on groups, all of which hold.
    pub(crate) having: Vec<Node>,
    /// What the rows are ordered by.
    pub(crate) order: Vec<Order>,
    /// Whether equal rows are given once.
    pub(crate) distinct: bool,
    /// The greatest number of rows.
    pub(crate) limit: Option<u64>,
    /// How many rows are passed over.
    pub(crate) offset: Option<u64>,
    /// How the rows are locked.
    pub(crate) lock: Option<Lock>,
    /// What was asked in a way that no statement can be made of: the message of the error that running it gives.
    pub(crate) refused: Option<&'static str>,
}

/// The rows of several queries.
#[derive(Debug, Clone, PartialEq)]
pub struct Compound {
    /// The common table expressions of all.
    pub(crate) with: Vec<Arc<With>>,
    /// The first query.
    pub(crate) first: Box<Query>,
    /// The others, each with what is done with what was there so far.
    pub(crate) rest: Vec<(SetOperator, Query)>,
    /// What the rows are ordered by: columns of the result.
    pub(crate) order: Vec<Position>,
    /// The greatest number of rows.
    pub(crate) limit: Option<u64>,
    /// How many rows are passed over.
    pub(crate) offset: Option<u64>,
}

/// A column of a result, by its position, to order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// Counted from 1.
    pub(crate) number: usize,
    pub(crate) descending: bool,
    pub(crate) nulls: Option<Nulls>,
}

/// What is made of two sets of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SetOperator {
    /// The rows of either, each once.
    Union,
    /// The rows of either.
    UnionAll,
    /// The rows of both, each once.
    Intersect,
    /// The rows of the first that are not in the second, each once.
    Except,
}

/// A common table expression.
#[derive(Debug, Clone, PartialEq)]
pub struct With {
    /// Its name and columns.
    pub(crate) table: &'static TableInfo,
    /// Its rows.
    pub(crate) query: Query,
    /// The query that gives further rows from those before, until there are none; and whether equal rows are kept.
    pub(crate) step: Option<(Query, SetOperator)>,
}

/// A table that is read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct From {
    /// How it is joined to those before it.
    pub(crate) join: Join,
    /// The table; for a derived one, its name and columns.
    pub(crate) table: &'static TableInfo,
    /// What the query calls it.
    pub(crate) alias: &'static str,
    /// The query that it stands for, where it is derived here.
    pub(crate) derived: Option<Arc<Query>>,
}

/// How a table is joined.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Join {
    /// Listed beside the others: every row with every row, unless conditions say otherwise.
    Listed,
    /// Every row with every row, which was asked for.
    Cross,
    /// The rows that fit.
    Inner(Node),
    /// The rows that fit, or NULLs.
    Left(Node),
}

/// What rows are ordered by.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub(crate) by: Node,
    pub(crate) descending: bool,
    /// Where NULLs stand; where it is not said, the database decides.
    pub(crate) nulls: Option<Nulls>,
}

/// Where NULLs stand in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nulls {
    /// Before all others.
    First,
    /// Behind all others.
    Last,
}

/// A lock on the rows that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lock {
    /// Whether others may still read them with a lock like this one.
    pub(crate) shared: bool,
    /// What to do about rows that others have locked.
    pub(crate) wait: Wait,
}

/// What to do about rows that others have locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Wait.
    Block,
    /// Fail.
    Fail,
    /// Leave them out.
    Skip,
}

/// The rows that a window function sees.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Window {
    /// Those with equal values of these.
    pub(crate) partition: Vec<Node>,
    /// Their order.
    pub(crate) order: Vec<Order>,
    /// How far before and behind the current one.
    pub(crate) frame: Option<Frame>,
}

/// The rows of a window that an aggregate sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Whether bounds count rows; otherwise all that are equal in order belong together.
    pub(crate) rows: bool,
    pub(crate) start: Bound,
    pub(crate) end: Bound,
}

/// Where a frame begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At the first row.
    UnboundedPreceding,
    /// So many rows before.
    Preceding(u32),
    /// At this row.
    CurrentRow,
    /// So many rows behind.
    Following(u32),
    /// At the last row.
    UnboundedFollowing,
}
