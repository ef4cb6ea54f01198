//! Running queries on a connection.

use std::ops::ControlFlow;

use super::{
    delete::{Delete, delete},
    fill::Changes,
    finder::equal,
    insert::{Complete, Insert, Insertable},
    select::{Query, ReadRow, Select, Tables, select},
    update::{Update, update},
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
    model::{IntoKey, Key, Keyed, Model},
    row::Row,
    sql::{self, Node, Rendered},
    value::{Value, ValueRef},
};

impl Connection {
    /// Starts a query for all rows of a model, or of a tuple of models.
    pub fn query<M: Tables>(&self) -> Select<M::Scope, M::Output, &Connection> {
        select::<M>().on(self)
    }

    /// The row with this primary key, or `None`.
    ///
    /// # Errors
    /// When the database refuses, or a value does not fit its field.
    pub fn get<M: Keyed>(&self, key: impl IntoKey<M::Key>) -> Result<Option<M>> {
        let mut query: Query<M> = select::<M>();
        query.tree.filter = key_conditions::<M>(key.into_key().values());
        query.on(self).first()
    }

    /// Inserts a row, and gives it as the database keeps it: with its key and its defaults.
    ///
    /// # Errors
    /// A constraint that says no is an [integrity](Error::is_integrity) error.
    pub fn insert<M: Model, S, C, W>(&self, new: impl Insertable<M, S, C>) -> Result<M>
    where
        Insert: Complete<M, S, C, W>,
    {
        let rendered = sql::insert(&new.into_row().tree, self.dialect())?;
        let rows = fetch(self, &rendered, true, <M as Tables>::read)?;
        exactly_one(rows)
    }

    /// Starts an UPDATE of a model's table.
    pub fn update<M: Model>(&self) -> Update<M, &Connection> {
        update::<M>().on(self)
    }

    /// Starts a DELETE from a model's table.
    pub fn delete<M: Model>(&self) -> Delete<M, &Connection> {
        delete::<M>().on(self)
    }
}

impl<S, O> Select<S, O> {
    /// The query, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Select<S, O, &Connection> {
        self.attached(connection)
    }
}

impl<S, O> Select<S, O, &Connection> {
    /// All rows.
    ///
    /// # Errors
    /// When the database refuses, or a value does not fit its type.
    pub fn all(&self) -> Result<Vec<O>> {
        fetch(
            self.on,
            &sql::select(&self.tree, None, self.on.dialect()),
            false,
            self.read,
        )
    }

    /// The first row, or `None`. Without an order, that is any row.
    ///
    /// # Errors
    /// As [`all`](Select::all).
    pub fn first(&self) -> Result<Option<O>> {
        Ok(self.at_most(1)?.pop())
    }

    /// The only row.
    ///
    /// # Errors
    /// [`NoResult`](ErrorKind::NoResult) where there is none, [`MultipleResults`](ErrorKind::MultipleResults) where there are
    /// several; else as [`all`](Select::all).
    pub fn one(&self) -> Result<O> {
        exactly_one(self.at_most(2)?)
    }

    /// The only row, or `None`.
    ///
    /// # Errors
    /// [`MultipleResults`](ErrorKind::MultipleResults) where there are several; else as [`all`](Select::all).
    pub fn one_or_none(&self) -> Result<Option<O>> {
        let rows = self.at_most(2)?;
        if rows.is_empty() {
            Ok(None)
        } else {
            exactly_one(rows).map(Some)
        }
    }

    /// The number of rows.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn count(&self) -> Result<u64> {
        let rendered = sql::select_count(&self.tree, self.on.dialect());
        exactly_one(fetch(self.on, &rendered, false, |row, _| row.get(0))?)
    }

    /// Whether there is a row.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn exists(&self) -> Result<bool> {
        let rendered = sql::exists(&self.tree, self.on.dialect());
        exactly_one(fetch(self.on, &rendered, false, |row, _| row.get(0))?)
    }

    fn at_most(&self, rows: u64) -> Result<Vec<O>> {
        let rendered = sql::select(&self.tree, Some(rows), self.on.dialect());
        fetch(self.on, &rendered, false, self.read)
    }
}

impl<M: Model> Update<M> {
    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Update<M, &Connection> {
        self.attached(connection)
    }
}

impl<M: Model> Update<M, &Connection> {
    /// Runs it, and gives the number of rows that the filter found. With nothing to set that is 0, and nothing is sent.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) with neither a filter nor [`all_rows`](Update::all_rows);
    /// [integrity](Error::is_integrity) where a constraint says no.
    pub fn execute(&self) -> Result<u64> {
        if self.tree.set.is_empty() {
            return Ok(0);
        }
        require_filter(&self.tree.filter, self.all_rows, "UPDATE", M::TABLE.name)?;
        let mut tree = self.tree.clone();
        M::on_update(&mut Changes::new(&mut tree.set));
        let rendered = sql::update(&tree, self.on.dialect());
        self.on
            .execute_sql(&rendered.sql, &borrowed(&rendered.parameters))
    }
}

impl<M: Model> Delete<M> {
    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Delete<M, &Connection> {
        self.attached(connection)
    }
}

impl<M: Model> Delete<M, &Connection> {
    /// Runs it, and gives the number of rows that it deleted.
    ///
    /// # Errors
    /// [`InvalidRequest`](ErrorKind::InvalidRequest) with neither a filter nor [`all_rows`](Delete::all_rows);
    /// [integrity](Error::is_integrity) where other rows still refer to one of these.
    pub fn execute(&self) -> Result<u64> {
        require_filter(&self.tree.filter, self.all_rows, "DELETE", M::TABLE.name)?;
        let rendered = sql::delete(&self.tree, self.on.dialect());
        self.on
            .execute_sql(&rendered.sql, &borrowed(&rendered.parameters))
    }
}

fn fetch<O>(
    on: &Connection,
    rendered: &Rendered,
    writes: bool,
    read: ReadRow<O>,
) -> Result<Vec<O>> {
    let mut rows = Vec::new();
    on.query_sql(
        &rendered.sql,
        &borrowed(&rendered.parameters),
        writes,
        &mut |row: &Row<'_>| {
            rows.push(read(row, &mut 0)?);
            Ok(ControlFlow::Continue(()))
        },
    )?;
    Ok(rows)
}

fn borrowed(parameters: &[Value]) -> Vec<ValueRef<'_>> {
    parameters.iter().map(Value::as_ref).collect()
}

fn exactly_one<O>(mut rows: Vec<O>) -> Result<O> {
    match (rows.pop(), rows.is_empty()) {
        (Some(row), true) => Ok(row),
        (Some(_), false) => Err(Error::new(
            ErrorKind::MultipleResults,
            "one row was required, and there are several",
        )),
        (None, _) => Err(Error::new(
            ErrorKind::NoResult,
            "one row was required, and there is none",
        )),
    }
}

fn key_conditions<M: Keyed>(values: Vec<Value>) -> Vec<Node> {
    let key = M::TABLE.primary_key.iter().zip(values);
    key.map(|(column, value)| equal::<M>(*column, Node::Parameter(value)))
        .collect()
}

fn require_filter(filter: &[Node], all_rows: bool, statement: &str, table: &str) -> Result<()> {
    if filter.is_empty() && !all_rows {
        let message = format!(
            "{statement} of table `{table}` has no filter: say `.all_rows()` to mean every row"
        );
        return Err(Error::new(ErrorKind::InvalidRequest, message));
    }
    Ok(())
}
