//! Where statements on a session begin.

use super::super::{
    delete::{Delete, delete},
    grouping::Ungrouped,
    new_row::{Complete, Insertable, Insertion},
    scope::FromTable,
    select::{Select, Tables, select},
    update::{Update, update},
};
use crate::{
    error::Result,
    model::{Keyed, Model},
    session::{Session, Synchronize},
    sql::Node,
};

impl Session {
    /// Starts a query for all entities of a model, or of a tuple of models. The session is flushed before it runs, where autoflush
    /// is on.
    pub fn query<M: Tables>(&self) -> Select<M::Scope, M::Output, Ungrouped, &Session> {
        select::<M>().attached(self)
    }

    /// Starts a query for the entities for which a condition holds.
    pub(crate) fn query_where<M: Tables>(
        &self,
        condition: Node,
    ) -> Select<M::Scope, M::Output, Ungrouped, &Session> {
        let mut query = self.query::<M>();
        query.tree.filter.push(condition);
        query
    }

    /// Starts an UPDATE of many rows. The entities that the session knows follow it: see [`Synchronize`].
    pub fn update<M: Keyed>(&self) -> Update<M, FromTable<M>, &Session> {
        update::<M>().attached(self)
    }

    /// Starts a DELETE of many rows. The entities that the session knows follow it: see [`Synchronize`].
    pub fn delete_from<M: Keyed>(&self) -> Delete<M, FromTable<M>, &Session> {
        delete::<M>().attached(self)
    }

    /// Inserts any number of rows without objects, and gives their number: [`Connection::insert_all`](crate::Connection::insert_all)
    /// within the session's transaction. The session is flushed before, where autoflush is on. A query finds the rows.
    ///
    /// # Errors
    /// As on a connection, and those of the flush before.
    pub fn insert_all<M: Model, S, C, W, R: Insertable<M, S, C>>(
        &self,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<u64>
    where
        Insertion: Complete<M, S, C, W>,
    {
        self.with_connection(|connection| connection.insert_all(rows))
    }
}

impl<M: Keyed, S> Update<M, S, &Session> {
    /// Runs it, and gives the number of rows that the filter found; the session's entities follow.
    ///
    /// # Errors
    /// As [`execute`](Update::execute) on a connection, and those of the flush before.
    pub fn execute(&self) -> Result<u64> {
        self.synchronized(Synchronize::Automatic)
    }

    /// The same, saying how the session's entities follow.
    ///
    /// # Errors
    /// As [`execute`](Update::execute); [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where the condition was to be evaluated
    /// in memory and cannot be.
    pub fn synchronized(&self, how: Synchronize) -> Result<u64> {
        match self.complete()? {
            Some(tree) => self.on.inner().update_all(&tree, how),
            None => Ok(0),
        }
    }
}

impl<M: Keyed, S> Delete<M, S, &Session> {
    /// Runs it, and gives the number of rows that it deleted; the session's entities follow.
    ///
    /// # Errors
    /// As [`execute`](Delete::execute) on a connection, and those of the flush before.
    pub fn execute(&self) -> Result<u64> {
        self.synchronized(Synchronize::Automatic)
    }

    /// The same, saying how the session's entities follow.
    ///
    /// # Errors
    /// As [`execute`](Delete::execute); [`InvalidRequest`](crate::ErrorKind::InvalidRequest) where the condition was to be evaluated
    /// in memory and cannot be.
    pub fn synchronized(&self, how: Synchronize) -> Result<u64> {
        self.require_filter()?;
        self.on.inner().delete_all(&self.tree, how)
    }
}
