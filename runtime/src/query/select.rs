//! SELECT: a type that filters, order and limits do not change.

use std::marker::PhantomData;

use super::{
    expr::{Expression, Reads, Truth},
    order::OrderOf,
    relationship::{Route, Step},
    scope::{Fresh, FromTable, InnerJoin},
    selection::{Selectable, whole_row},
};
use crate::{
    error::Result,
    model::Source,
    row::Row,
    sql::{self, Node},
};

/// A query over the tables `S` (spelled as in [`LeftJoin<Post, FromTable<User>>`](super::LeftJoin)) whose rows become `O`. `X` is the
/// connection it will run on, if that is known yet.
pub struct Select<S, O, X = ()> {
    pub(super) tree: sql::Select,
    pub(super) read: ReadRow<O>,
    pub(super) on: X,
    scope: PhantomData<S>,
}

/// Makes a value from a row, beginning at a column, and moves that behind what it read.
pub(super) type ReadRow<O> = fn(&Row<'_>, &mut usize) -> Result<O>;

/// The everyday name of a query over one model, or over a tuple of models: `Query<User>`, `Query<(User, Post)>`.
pub type Query<M> = Select<<M as Tables>::Scope, <M as Tables>::Output>;

/// A query for all rows of a model, or for all combinations of the rows of several: `select::<(User, Post)>()`.
pub fn select<M: Tables>() -> Query<M> {
    let mut tree = sql::Select::default();
    M::start(&mut tree);
    Select {
        tree,
        read: M::read,
        on: (),
        scope: PhantomData,
    }
}

impl<S, O, X: Clone> Clone for Select<S, O, X> {
    fn clone(&self) -> Self {
        Select {
            tree: self.tree.clone(),
            read: self.read,
            on: self.on.clone(),
            scope: PhantomData,
        }
    }
}

impl<S, O, X> Select<S, O, X> {
    /// Keeps the rows for which the condition holds; several filters must all hold.
    pub fn filter<I>(mut self, condition: impl Condition<S, I>) -> Self {
        self.tree.filter.push(condition.into_condition());
        self
    }

    /// Orders the rows; further calls decide among rows that are equal so far.
    pub fn order_by<I>(mut self, keys: impl OrderOf<S, I>) -> Self {
        keys.into_orders(&mut self.tree.order);
        self
    }

    /// Gives at most `rows` rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.tree.limit = Some(rows);
        self
    }

    /// Passes over the first `rows` rows.
    pub fn offset(mut self, rows: u64) -> Self {
        self.tree.offset = Some(rows);
        self
    }

    /// Gives equal rows once.
    pub fn distinct(mut self) -> Self {
        self.tree.distinct = true;
        self
    }

    /// Joins a table along a relationship; rows without a partner are left out. A many-to-many relationship joins the table in
    /// between as well.
    pub fn join<J, L, I, JoinedTwiceUseAnAlias>(
        self,
        relationship: impl Route<S, J, L, I>,
    ) -> Select<J, O, X>
    where
        J: Fresh<JoinedTwiceUseAnAlias>,
    {
        self.joined(relationship.into_steps(), sql::Join::Inner)
    }

    /// Joins a table along a relationship; where there is no partner, what is selected from that table is `None`.
    pub fn left_join<J, L, I, JoinedTwiceUseAnAlias>(
        self,
        relationship: impl Route<S, J, L, I>,
    ) -> Select<L, O, X>
    where
        L: Fresh<JoinedTwiceUseAnAlias>,
    {
        self.joined(relationship.into_steps(), sql::Join::Left)
    }

    /// Gives these columns, expressions or whole rows instead of what was given so far.
    pub fn select<R, I, C: Selectable<S, R, I>>(mut self, columns: C) -> Select<S, R, X> {
        self.tree.columns.clear();
        columns.into_columns(&mut self.tree.columns);
        Select {
            tree: self.tree,
            read: C::read,
            on: self.on,
            scope: PhantomData,
        }
    }

    fn joined<S2>(mut self, steps: Vec<Step>, join: fn(Node) -> sql::Join) -> Select<S2, O, X> {
        let from = steps.into_iter().map(|step| sql::From {
            join: join(step.on),
            table: step.table,
            alias: step.alias,
        });
        self.tree.from.extend(from);
        Select {
            tree: self.tree,
            read: self.read,
            on: self.on,
            scope: PhantomData,
        }
    }

    pub(super) fn attached<Y>(self, on: Y) -> Select<S, O, Y> {
        Select {
            tree: self.tree,
            read: self.read,
            on,
            scope: PhantomData,
        }
    }
}

/// WHERE: a condition on the rows of a query over the tables `S`. `Which` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL condition",
    label = "expected an expression such as `User::id.eq(3)`"
)]
pub trait Condition<S, Which> {
    #[doc(hidden)]
    fn into_condition(self) -> Node;
}

impl<S, I, E> Condition<S, I> for E
where
    E: Expression,
    E::Type: Truth,
    E::Uses: Reads<S, I>,
{
    fn into_condition(self) -> Node {
        self.into_node()
    }
}

/// What a query can begin with: a model, an alias, or a tuple of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "expected a model, or a tuple of models"
)]
pub trait Tables {
    /// The tables, as a scope.
    type Scope;
    /// What a row becomes.
    type Output;

    #[doc(hidden)]
    fn start(tree: &mut sql::Select);

    #[doc(hidden)]
    fn read(row: &Row<'_>, at: &mut usize) -> Result<Self::Output>;
}

impl<M: Source> Tables for M {
    type Scope = FromTable<M>;
    type Output = M::Row;

    fn start(tree: &mut sql::Select) {
        tree.from.push(sql::From {
            join: sql::Join::Cross,
            table: M::TABLE,
            alias: M::ALIAS,
        });
        tree.columns.push(whole_row::<M>());
    }

    #[inline]
    fn read(row: &Row<'_>, at: &mut usize) -> Result<M::Row> {
        let start = *at;
        *at += M::TABLE.columns.len();
        M::decode(row, start)
    }
}

macro_rules! several_tables {
    ($(($($model:ident)+) $scope:ty;)+) => { $(
        impl<$($model: Source),+> Tables for ($($model,)+) {
            type Scope = $scope;
            type Output = ($($model::Row,)+);

            fn start(tree: &mut sql::Select) {
                $(<$model as Tables>::start(tree);)+
            }

            fn read(row: &Row<'_>, at: &mut usize) -> Result<Self::Output> {
                Ok(($(<$model as Tables>::read(row, at)?,)+))
            }
        }
    )+ };
}

several_tables! {
    (A B) InnerJoin<B, FromTable<A>>;
    (A B C) InnerJoin<C, InnerJoin<B, FromTable<A>>>;
    (A B C D) InnerJoin<D, InnerJoin<C, InnerJoin<B, FromTable<A>>>>;
    (A B C D E) InnerJoin<E, InnerJoin<D, InnerJoin<C, InnerJoin<B, FromTable<A>>>>>;
    (A B C D E F) InnerJoin<F, InnerJoin<E, InnerJoin<D, InnerJoin<C, InnerJoin<B, FromTable<A>>>>>>;
}
