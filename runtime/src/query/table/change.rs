//! Rows of such tables, written.

use super::FromTables;
use crate::{
    connection::Connection,
    error::Result,
    query::{
        expr::Expression, grouping::RowLevel, run::require_filter, select::Condition, uses::Reads,
    },
    sql::{self, Assigned, InsertSource, Node, Statement},
    table::Table,
    text::IntoParameter,
};

/// An INSERT of one row into a [`Table`]. `X` is the connection it will run on, if that is known yet.
///
/// ```
/// # use aludel::{Engine, prelude::*, text};
/// # let conn = Engine::new("sqlite://")?.connect()?;
/// # conn.execute(text("create table person (id integer primary key, name text, age integer)"))?;
/// let person = conn.table("person")?;
/// person.insert().value("name", "ed").value("age", None::<i64>).on(&conn).execute()?;
/// # Ok::<(), aludel::Error>(())
/// ```
#[derive(Clone)]
pub struct TableInsert<X = ()> {
    table: Table,
    values: Values,
    on: X,
}

/// An UPDATE of a [`Table`]. `X` is the connection it will run on, if that is known yet.
#[derive(Clone)]
pub struct TableUpdate<X = ()> {
    table: Table,
    values: Values,
    which: Which,
    on: X,
}

/// A DELETE from a [`Table`]. `X` is the connection it will run on, if that is known yet.
#[derive(Clone)]
pub struct TableDelete<X = ()> {
    table: Table,
    which: Which,
    on: X,
}

impl Table {
    /// An INSERT of one row, which sets nothing yet.
    pub fn insert(&self) -> TableInsert {
        TableInsert {
            table: self.clone(),
            values: Values::default(),
            on: (),
        }
    }

    /// An UPDATE, which sets nothing yet.
    pub fn update(&self) -> TableUpdate {
        TableUpdate {
            table: self.clone(),
            values: Values::default(),
            which: Which::default(),
            on: (),
        }
    }

    /// A DELETE, without a filter yet.
    pub fn delete(&self) -> TableDelete {
        TableDelete {
            table: self.clone(),
            which: Which::default(),
            on: (),
        }
    }
}

impl<X> TableInsert<X> {
    /// Sets a column to a value; or to NULL, by `None`. Columns that are not set are left to the database. A column that there is
    /// not is an error when it runs.
    pub fn value(mut self, column: &str, value: impl IntoParameter) -> Self {
        self.values.bind(&self.table, column, value);
        self
    }

    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> TableInsert<&Connection> {
        TableInsert {
            table: self.table,
            values: self.values,
            on: connection,
        }
    }
}

impl TableInsert<&Connection> {
    /// Inserts the row, and gives the number of rows that were inserted.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where a column was set that there is not;
    /// [integrity](crate::Error::is_integrity) where a constraint says no.
    pub fn execute(&self) -> Result<u64> {
        self.on.insert_rows(&sql::Insert {
            table: self.table.info,
            source: InsertSource::Rows(vec![self.values.complete(&self.table)?]),
            conflict: None,
            returning: Vec::new(),
            numbered: false,
        })
    }
}

impl<X> TableUpdate<X> {
    /// Sets a column to a value; or to NULL, by `None`. A column that there is not is an error when it runs.
    pub fn value(mut self, column: &str, value: impl IntoParameter) -> Self {
        self.values.bind(&self.table, column, value);
        self
    }

    /// Sets a column to what an expression gives: `.set("age", age + 1)`.
    pub fn set<I>(
        mut self,
        column: &str,
        to: impl Expression<Uses: RowLevel + Reads<FromTables, I>>,
    ) -> Self {
        self.values.add(&self.table, column, to.into_node());
        self
    }

    /// Changes only the rows for which the condition holds; several filters must all hold.
    pub fn filter<I>(mut self, condition: impl Condition<FromTables, I>) -> Self {
        self.which.filter.push(condition.into_condition());
        self
    }

    /// Changes all rows: without a filter, this has to be said.
    pub fn all_rows(mut self) -> Self {
        self.which.all_rows = true;
        self
    }

    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> TableUpdate<&Connection> {
        TableUpdate {
            table: self.table,
            values: self.values,
            which: self.which,
            on: connection,
        }
    }
}

impl TableUpdate<&Connection> {
    /// Runs it, and gives the number of rows that the filter found. With nothing to set that is 0, and nothing is sent.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where a column was set that there is not, or with neither a filter nor
    /// [`all_rows`](TableUpdate::all_rows); [integrity](crate::Error::is_integrity) where a constraint says no.
    pub fn execute(&self) -> Result<u64> {
        let set = self.values.complete(&self.table)?;
        if set.is_empty() {
            return Ok(0);
        }
        self.which.require("UPDATE", &self.table)?;
        self.on.change(Statement::Update(&sql::Update {
            table: self.table.info,
            set,
            joined: Vec::new(),
            filter: self.which.filter.clone(),
            returning: Vec::new(),
            refused: None,
        }))
    }
}

impl<X> TableDelete<X> {
    /// Deletes only the rows for which the condition holds; several filters must all hold.
    pub fn filter<I>(mut self, condition: impl Condition<FromTables, I>) -> Self {
        self.which.filter.push(condition.into_condition());
        self
    }

    /// Deletes all rows: without a filter, this has to be said.
    pub fn all_rows(mut self) -> Self {
        self.which.all_rows = true;
        self
    }

    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> TableDelete<&Connection> {
        TableDelete {
            table: self.table,
            which: self.which,
            on: connection,
        }
    }
}

impl TableDelete<&Connection> {
    /// Runs it, and gives the number of rows that it deleted.
    ///
    /// # Errors
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) with neither a filter nor [`all_rows`](TableDelete::all_rows);
    /// [integrity](crate::Error::is_integrity) where other rows still refer to one of these.
    pub fn execute(&self) -> Result<u64> {
        self.which.require("DELETE", &self.table)?;
        self.on.change(Statement::Delete(&sql::Delete {
            table: self.table.info,
            joined: Vec::new(),
            filter: self.which.filter.clone(),
            returning: Vec::new(),
            refused: None,
        }))
    }
}

/// Columns and what they are set to.
#[derive(Clone, Default)]
struct Values {
    set: Vec<Assigned>,
    /// The name of a column that there is not.
    unknown: Option<String>,
}

impl Values {
    fn bind(&mut self, table: &Table, column: &str, value: impl IntoParameter) {
        self.add(table, column, Node::Parameter(value.into_parameter()));
    }

    fn add(&mut self, table: &Table, column: &str, value: Node) {
        match table.known(column) {
            Ok((column, _)) => self.set.push(Assigned { column, value }),
            Err(_) => self.unknown = Some(column.to_owned()),
        }
    }

    /// What is set, each column once.
    fn complete(&self, table: &Table) -> Result<Vec<Assigned>> {
        if let Some(unknown) = &self.unknown {
            table.known(unknown)?;
        }
        let mut set = self.set.clone();
        Assigned::keep_last(&mut set);
        Ok(set)
    }
}

/// Which rows are changed.
#[derive(Clone, Default)]
struct Which {
    filter: Vec<Node>,
    all_rows: bool,
}

impl Which {
    fn require(&self, statement: &str, table: &Table) -> Result<()> {
        require_filter(&self.filter, self.all_rows, statement, table.name())
    }
}
