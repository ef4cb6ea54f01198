//! Running statements on a connection.

mod by_key;
mod change;
#[cfg(feature = "_frames")]
mod frame;
mod inserted;
mod read;
mod session;

use super::{
    delete::{Delete, delete},
    finder::equal,
    grouping::Ungrouped,
    insert::{Insert, insert_all},
    new_row::{Complete, Insertable, Insertion},
    scope::FromTable,
    select::{ReadRow, Select, Tables, select},
    selection::whole_row,
    update::{Update, update},
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
    model::{BaseTable, IntoKey, Key, Keyed, Model},
    sql::{self, InsertSource, Node, QueryRef, Statement},
    value::Value,
};

impl Connection {
    /// Starts a query for all rows of a model, or of a tuple of models.
    pub fn query<M: Tables>(&self) -> Select<M::Scope, M::Output, Ungrouped, &Connection> {
        select::<M>().on(self)
    }

    /// The row with this primary key, or `None`.
    ///
    /// # Errors
    /// When the database refuses, or a value does not fit its field.
    pub fn get<M: Keyed>(&self, key: impl IntoKey<M::Key>) -> Result<Option<M>> {
        self.find_by_key(&key.into_key())
    }

    /// The row with this primary key, or `None`.
    pub(crate) fn find_by_key<M: Keyed>(&self, key: &M::Key) -> Result<Option<M>> {
        let find = || {
            let mut tree: sql::Select = select::<M>().tree;
            tree.filter = key_conditions::<M>();
            tree
        };
        key.with_values(|key| self.find(M::TABLE, key, find, <M as Tables>::read))
    }

    /// Inserts a row, and gives it as the database keeps it: with its key and its defaults. MySQL needs a second statement for
    /// that.
    ///
    /// # Errors
    /// A constraint that says no is an [integrity](Error::is_integrity) error. On MySQL,
    /// [`Unsupported`](ErrorKind::Unsupported) for a table without a primary key, or one whose key neither the row nor a counter
    /// gives: there is [`insert`](super::insert) for these, which gives nothing back.
    pub fn insert<M: Model, S, C, W>(&self, new: impl Insertable<M, S, C>) -> Result<M>
    where
        Insertion: Complete<M, S, C, W>,
    {
        let tree = sql::Insert {
            table: M::TABLE,
            source: InsertSource::Rows(vec![new.into_row().values]),
            conflict: None,
            returning: vec![whole_row::<M>()],
            numbered: false,
        };
        if !self.dialect().capabilities().insert_returning {
            return inserted::read_back(self, tree);
        }
        exactly_one(self.fetch(Statement::Insert(&tree), <M as Tables>::read)?)
    }

    /// Inserts any number of rows, and gives their number: [`insert_all`](super::insert_all), run.
    ///
    /// # Errors
    /// As [`insert`](Connection::insert).
    pub fn insert_all<M: Model, S, C, W, R: Insertable<M, S, C>>(
        &self,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<u64>
    where
        Insertion: Complete<M, S, C, W>,
    {
        insert_all(rows).on(self).execute()
    }

    /// Starts an UPDATE of a model's table.
    pub fn update<M: BaseTable>(&self) -> Update<M, FromTable<M>, &Connection> {
        update::<M>().on(self)
    }

    /// Starts a DELETE from a model's table.
    pub fn delete<M: BaseTable>(&self) -> Delete<M, FromTable<M>, &Connection> {
        delete::<M>().on(self)
    }
}

impl<M: Model> Insert<M> {
    /// The statement, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Insert<M, &Connection> {
        self.attached(connection)
    }
}

pub use by_key::{UpdateOfKey, UpdatesByKey};
pub(in crate::query) use change::require_filter;
pub use change::{GivesBack, RunsAndGivesBack};
pub use read::{Chunks, Gives, Lent, OnConnection, Plain, Runnable};

/// The conditions that the key is some values, which are put in their place when it runs.
fn key_conditions<M: Keyed>() -> Vec<Node> {
    let key = M::TABLE.primary_key.iter();
    key.map(|column| equal::<M>(*column, Node::Parameter(Value::Null)))
        .collect()
}

pub(crate) fn exactly_one<O>(mut rows: Vec<O>) -> Result<O> {
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

pub(crate) fn one_or_none<O>(rows: Vec<O>) -> Result<Option<O>> {
    if rows.is_empty() {
        Ok(None)
    } else {
        exactly_one(rows).map(Some)
    }
}

/// A query that is about to be read.
#[doc(hidden)]
pub struct Reading<'q, O> {
    query: QueryRef<'q>,
    read: ReadRow<O>,
    on: &'q Connection,
}
