//! Queries over tables that were read from the database: the same trees, of which the compiler knows less.
//!
//! All columns of such tables have one mark in the place of their table, and a scope that takes that mark. Which of the tables
//! a query really reads, and what may stand beside an aggregate, the database says.

mod change;

pub use change::{TableDelete, TableInsert, TableUpdate};

use super::{
    expr::Expr,
    grouping::{
        FitsGroup, FitsHaving, FitsOrder, Grouping, Kind, NotGrouped, OfRows, OrdersRows, RowLevel,
        Selected,
    },
    scope::{Correlated, Groups, Outside},
    select::{Condition, Select},
    selection::Selectable,
    uses::{NoColumns, Reads},
};
use crate::{
    error::Result,
    session::{Loading, Managed},
    sql::{self, Node},
    table::Table,
    text::RawRow,
    value::SqlType,
};

/// Uses a column of a [`Table`] that was read from the database.
pub struct OfTable;
/// The query reads tables that were read from the database.
pub struct FromTables;
/// It is not known how the rows are grouped.
pub struct AnyGroup;

/// Can a query over these tables read a [`Table`], of whose columns the compiler knows nothing?
#[diagnostic::on_unimplemented(
    message = "a column of a `Table` is not in this query",
    label = "a column without a model is used here",
    note = "the query reads `{Self}`; one over tables without models begins with `table.select()`"
)]
pub trait ReadsTables {}

#[diagnostic::do_not_recommend]
impl ReadsTables for FromTables {}
#[diagnostic::do_not_recommend]
impl<M, S: ReadsTables> ReadsTables for Correlated<M, S> {}

impl<S: ReadsTables> Reads<S, ()> for OfTable {}

impl Outside for FromTables {
    type Uses = NoColumns;
}

impl Groups for FromTables {
    type By<L> = AnyGroup;
}

#[diagnostic::do_not_recommend]
impl RowLevel for OfTable {}
#[diagnostic::do_not_recommend]
impl OrdersRows for OfTable {}

impl Kind for OfTable {
    type Kind = OfRows;
}

impl<U> FitsGroup<AnyGroup, ()> for U {}
impl<U> FitsHaving<AnyGroup, ()> for U {}
impl<U> FitsOrder<AnyGroup, ()> for U {}

#[diagnostic::do_not_recommend]
impl Selected for AnyGroup {}

#[diagnostic::do_not_recommend]
impl NotGrouped for AnyGroup {}

impl Grouping for AnyGroup {
    type AfterSelect = AnyGroup;
}

/// Sessions know nothing of such a row.
impl Managed for RawRow {
    type Output = Self;

    fn manage(self, _: &mut Loading<'_>) -> Self {
        self
    }
}

impl Table {
    /// The column of this name, as an expression of the type `T`: `Option<…>` where it can be NULL, also through a left join.
    ///
    /// Nobody compares `T` with what the column was declared as. One that does not fit is an error of the kind
    /// [`Data`](crate::ErrorKind::Data) when a row is read; a condition means what the database makes of such a value.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where there is no such column; the message names those there are.
    pub fn column<T: SqlType>(&self, name: &str) -> Result<Expr<T, OfTable>> {
        Ok(Expr::new(self.node(name)?))
    }

    /// A query for all its rows, with all columns.
    pub fn select(&self) -> Select<FromTables, RawRow, AnyGroup> {
        self.selecting(vec![Node::WholeRow {
            alias: self.alias,
            table: self.info,
        }])
    }

    /// A query for all its rows, with the columns of these names.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where there is no such column.
    pub fn select_only(&self, names: &[&str]) -> Result<Select<FromTables, RawRow, AnyGroup>> {
        let columns = names.iter().map(|name| self.node(name));
        Ok(self.selecting(columns.collect::<Result<_>>()?))
    }

    fn selecting(&self, columns: Vec<Node>) -> Select<FromTables, RawRow, AnyGroup> {
        let tree = sql::Select {
            columns,
            from: vec![self.joined(sql::Join::Listed)],
            ..sql::Select::default()
        };
        Select::new(tree, RawRow::read_all)
    }

    fn node(&self, name: &str) -> Result<Node> {
        let (_, column) = self.known(name)?;
        Ok(Node::Column {
            table: self.alias,
            column,
        })
    }

    fn joined(&self, join: sql::Join) -> sql::From {
        sql::From {
            join,
            table: self.info,
            alias: self.alias,
            derived: None,
        }
    }
}

impl<O, G, X> Select<FromTables, O, G, X> {
    /// Joins a table on a condition; rows without a partner are left out. What is selected stays as it is.
    pub fn join_table<I>(mut self, table: &Table, on: impl Condition<FromTables, I>) -> Self {
        let join = sql::Join::Inner(on.into_condition());
        self.tree.from.push(table.joined(join));
        self
    }

    /// Joins a table on a condition; where there is no partner, its columns are NULL.
    pub fn left_join_table<I>(mut self, table: &Table, on: impl Condition<FromTables, I>) -> Self {
        let join = sql::Join::Left(on.into_condition());
        self.tree.from.push(table.joined(join));
        self
    }

    /// Joins every row of a table to every row.
    pub fn cross_join_table(mut self, table: &Table) -> Self {
        self.tree.from.push(table.joined(sql::Join::Cross));
        self
    }
}

impl<G, X> Select<FromTables, RawRow, G, X> {
    /// Gives more with each row: a column, an expression, a label, or a tuple of these.
    pub fn and_select<R, I>(mut self, columns: impl Selectable<FromTables, G, R, I>) -> Self {
        columns.into_columns(&mut self.tree.columns);
        self
    }
}
