//! DELETE.

use std::marker::PhantomData;

use super::{
    derived::{Joinable, joined},
    grouping::Returned,
    relationship::Route,
    returning::Returning,
    scope::{Fresh, FromTable, InnerJoin},
    select::Condition,
    selection::Selectable,
};
use crate::{
    model::{BaseTable, Model},
    sql,
};

/// A DELETE from the table of `M`, which may read the tables `S`. `X` is the connection it will run on, if that is known yet.
pub struct Delete<M, S = FromTable<M>, X = ()> {
    pub(super) tree: sql::Delete,
    pub(super) all_rows: bool,
    pub(super) on: X,
    types: PhantomData<(M, S)>,
}

/// A DELETE from the table of `M`.
pub fn delete<M: BaseTable>() -> Delete<M> {
    let tree = sql::Delete {
        table: M::TABLE,
        joined: Vec::new(),
        filter: Vec::new(),
        returning: Vec::new(),
        refused: None,
    };
    Delete {
        tree,
        all_rows: false,
        on: (),
        types: PhantomData,
    }
}

impl<M, S, X: Clone> Clone for Delete<M, S, X> {
    fn clone(&self) -> Self {
        Delete {
            tree: self.tree.clone(),
            all_rows: self.all_rows,
            on: self.on.clone(),
            types: PhantomData,
        }
    }
}

impl<M: Model, S, X> Delete<M, S, X> {
    /// Deletes only the rows for which the condition holds; several filters must all hold.
    pub fn filter<I>(mut self, condition: impl Condition<S, I>) -> Self {
        self.tree.filter.push(condition.into_condition());
        self
    }

    /// Deletes all rows: without a filter, this has to be said.
    pub fn all_rows(mut self) -> Self {
        self.all_rows = true;
        self
    }

    /// Reads another table along a relationship: only rows with a partner are deleted, and filters can use its columns. SQLite
    /// cannot, and says [`Unsupported`](crate::ErrorKind::Unsupported): there, filter by a subquery.
    pub fn join<J, L, I, JoinedTwiceUseAnAlias>(
        mut self,
        relationship: impl Route<S, J, L, I>,
    ) -> Delete<M, J, X>
    where
        J: Fresh<JoinedTwiceUseAnAlias>,
    {
        let tables = relationship.into_steps().into_iter();
        let joined = tables.map(|step| step.joined(sql::Join::Inner));
        self.tree.joined.extend(joined);
        self.retyped()
    }

    /// Reads another table on any condition, as [`join`](Delete::join): `join_on(Post::entity(), …)`.
    pub fn join_on<T: Joinable, I, JoinedTwiceUseAnAlias>(
        mut self,
        table: T,
        on: impl Condition<InnerJoin<T::Source, S>, I>,
    ) -> Delete<M, InnerJoin<T::Source, S>, X>
    where
        InnerJoin<T::Source, S>: Fresh<JoinedTwiceUseAnAlias>,
    {
        match joined(table, on.into_condition()) {
            Ok(joined) => self.tree.joined.push(joined),
            Err(refused) => self.tree.refused = Some(refused),
        }
        self.retyped()
    }

    /// Gives something back of each row that it deletes: `returning(User::entity())`. MySQL cannot, and says
    /// [`Unsupported`](crate::ErrorKind::Unsupported).
    pub fn returning<R, I, C: Selectable<FromTable<M>, Returned, R, I>>(
        mut self,
        columns: C,
    ) -> Returning<Self, R> {
        columns.into_columns(&mut self.tree.returning);
        Returning::new(self, C::read)
    }

    fn retyped<S2>(self) -> Delete<M, S2, X> {
        Delete {
            tree: self.tree,
            all_rows: self.all_rows,
            on: self.on,
            types: PhantomData,
        }
    }

    pub(super) fn attached<Y>(self, on: Y) -> Delete<M, S, Y> {
        Delete {
            tree: self.tree,
            all_rows: self.all_rows,
            on,
            types: PhantomData,
        }
    }
}
