//! SELECT: a type that filters, order and limits do not change.

use std::{marker::PhantomData, sync::Arc};

use super::{
    derived::{Joinable, NOT_FILLED},
    expr::{Base, Expression, Truth},
    group_keys::GroupKeys,
    grouping::{FitsHaving, Grouping, NotGrouped, RowLevel, Ungrouped},
    lock::Lock,
    operand::IntoExpr,
    order::OrderOf,
    relationship::{JoinStep, Route},
    scope::{Correlated, Fresh, FromTable, Groups, InnerJoin, LeftJoin, NoTable},
    selection::{Selectable, whole_row},
    uses::Reads,
};
use crate::{
    error::Result,
    model::Source,
    row::Row,
    sql::{self, Node},
};

/// A query over the tables `S` (spelled as in [`LeftJoin<Post, FromTable<User>>`](super::LeftJoin)) whose rows become `O`,
/// grouped as `G` says. `X` is the connection it will run on, if that is known yet.
///
/// [`Query`] is its everyday name.
pub struct Select<S, O, G = Ungrouped, X = ()> {
    pub(super) tree: sql::Select,
    pub(super) read: ReadRow<O>,
    pub(super) on: X,
    types: PhantomData<(S, G)>,
}

/// Makes a value from a row, beginning at a column, and moves that behind what it read.
pub(crate) type ReadRow<O> = fn(&Row<'_>, &mut usize) -> Result<O>;

/// The everyday name of a query over one model, or over a tuple of models: `Query<User>`, `Query<(User, Post)>`; and of one that
/// selects something else: `Query<User, String>`.
pub type Query<M, O = <M as Tables>::Output> = Select<<M as Tables>::Scope, O>;

/// A query for all rows of a model, or for all combinations of the rows of several: `select::<(User, Post)>()`.
pub fn select<M: Tables>() -> Query<M> {
    let mut tree = sql::Select::default();
    M::start(&mut tree);
    Select::new(tree, M::read)
}

/// A query that reads no table and gives one row: `select_row((func::value::<i64>(1), func::now()))`. Good for the first row of a
/// [recursive](super::Derived::recursive) table.
pub fn select_row<R, I, C: Selectable<NoTable, Ungrouped, R, I>>(columns: C) -> Select<NoTable, R> {
    let mut tree = sql::Select::default();
    columns.into_columns(&mut tree.columns);
    Select::new(tree, C::read)
}

impl<S, O, G, X: Clone> Clone for Select<S, O, G, X> {
    fn clone(&self) -> Self {
        Select {
            tree: self.tree.clone(),
            read: self.read,
            on: self.on.clone(),
            types: PhantomData,
        }
    }
}

impl<S, O, G> Select<S, O, G> {
    pub(super) fn new(tree: sql::Select, read: ReadRow<O>) -> Self {
        Select {
            tree,
            read,
            on: (),
            types: PhantomData,
        }
    }
}

impl<S, O, G, X> Select<S, O, G, X> {
    /// Keeps the rows for which the condition holds; several filters must all hold.
    pub fn filter<I>(mut self, condition: impl Condition<S, I>) -> Self {
        self.tree.filter.push(condition.into_condition());
        self
    }

    /// Keeps the rows in which a column or expression has this value: `filter_by(User::name, "ed")`.
    pub fn filter_by<C, V, I>(mut self, column: C, value: V) -> Self
    where
        C: Expression<Uses: RowLevel>,
        V: IntoExpr<Base<C>>,
        V::With<C::Uses>: Reads<S, I>,
    {
        let (column, value) = (column.into_node(), value.into_expr_node());
        self.tree.filter.push(Node::equal(column, value));
        self
    }

    /// Keeps the groups for which the condition holds; several must all hold.
    pub fn having<I>(mut self, condition: impl Having<S, G, I>) -> Self {
        self.tree.having.push(condition.into_having());
        self
    }

    /// Orders the rows; further calls decide among rows that are equal so far.
    pub fn order_by<I>(mut self, keys: impl OrderOf<S, G, I>) -> Self {
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

    /// Locks the rows that it reads until the transaction ends: `lock(Lock::for_update().skip_locked())`. SQLite locks no rows,
    /// and says [`Unsupported`](crate::ErrorKind::Unsupported).
    pub fn lock(mut self, lock: Lock) -> Self {
        self.tree.lock = Some(lock.into_tree());
        self
    }

    /// Lets a subquery refer to the row of `M` that the query around it stands on.
    pub fn correlate<M: Source>(self) -> Select<Correlated<M, S>, O, G, X> {
        self.retyped()
    }

    /// Joins a table along a relationship; rows without a partner are left out. A many-to-many relationship joins the table in
    /// between as well.
    pub fn join<J, L, I, JoinedTwiceUseAnAlias>(
        self,
        relationship: impl Route<S, J, L, I>,
    ) -> Select<J, O, G, X>
    where
        J: Fresh<JoinedTwiceUseAnAlias>,
    {
        self.joined(relationship.into_steps(), sql::Join::Inner)
    }

    /// Joins a table along a relationship; where there is no partner, what is selected from that table is `None`.
    pub fn left_join<J, L, I, JoinedTwiceUseAnAlias>(
        self,
        relationship: impl Route<S, J, L, I>,
    ) -> Select<L, O, G, X>
    where
        L: Fresh<JoinedTwiceUseAnAlias>,
    {
        self.joined(relationship.into_steps(), sql::Join::Left)
    }

    /// Joins a table, an alias, or a derived table on any condition: `join_on(Post::entity(), Post::user_id.eq(User::id))`.
    pub fn join_on<T: Joinable, I, JoinedTwiceUseAnAlias>(
        mut self,
        table: T,
        on: impl Condition<InnerJoin<T::Source, S>, I>,
    ) -> Select<InnerJoin<T::Source, S>, O, G, X>
    where
        InnerJoin<T::Source, S>: Fresh<JoinedTwiceUseAnAlias>,
    {
        self.add(table, sql::Join::Inner(on.into_condition()));
        self.retyped()
    }

    /// Joins a table on any condition; where there is no partner, what is selected from it is `None`.
    pub fn left_join_on<T: Joinable, I, JoinedTwiceUseAnAlias>(
        mut self,
        table: T,
        on: impl Condition<LeftJoin<T::Source, S>, I>,
    ) -> Select<LeftJoin<T::Source, S>, O, G, X>
    where
        LeftJoin<T::Source, S>: Fresh<JoinedTwiceUseAnAlias>,
    {
        self.add(table, sql::Join::Left(on.into_condition()));
        self.retyped()
    }

    /// Joins every row of a table to every row: `cross_join(Post::entity())`.
    pub fn cross_join<T: Joinable, JoinedTwiceUseAnAlias>(
        mut self,
        table: T,
    ) -> Select<InnerJoin<T::Source, S>, O, G, X>
    where
        InnerJoin<T::Source, S>: Fresh<JoinedTwiceUseAnAlias>,
    {
        self.add(table, sql::Join::Cross);
        self.retyped()
    }

    /// Gives these columns, expressions or whole rows instead of what was given so far.
    // Where a table, or a key of the groups, is there twice, the compiler cannot infer a parameter, and says its name.
    pub fn select<R, FoundTwice, C: Selectable<S, G, R, FoundTwice>>(
        mut self,
        columns: C,
    ) -> Select<S, R, G::AfterSelect, X>
    where
        G: Grouping,
    {
        self.tree.columns.clear();
        columns.into_columns(&mut self.tree.columns);
        Select {
            tree: self.tree,
            read: C::read,
            on: self.on,
            types: PhantomData,
        }
    }

    fn add<T: Joinable>(&mut self, table: T, join: sql::Join) {
        if !table.is_known() {
            self.tree.refused = Some(NOT_FILLED);
        }
        let (with, derived) = table.into_origin();
        self.tree.name(with);
        self.tree.from.push(sql::From {
            join,
            table: T::Source::TABLE,
            alias: T::Source::ALIAS,
            derived,
        });
    }

    fn joined<S2>(
        mut self,
        steps: Vec<JoinStep>,
        join: fn(Node) -> sql::Join,
    ) -> Select<S2, O, G, X> {
        let tables = steps.into_iter();
        self.tree.from.extend(tables.map(|step| step.joined(join)));
        self.retyped()
    }

    pub(super) fn retyped<S2, G2>(self) -> Select<S2, O, G2, X> {
        Select {
            tree: self.tree,
            read: self.read,
            on: self.on,
            types: PhantomData,
        }
    }

    pub(super) fn attached<Y>(self, on: Y) -> Select<S, O, G, Y> {
        Select {
            tree: self.tree,
            read: self.read,
            on,
            types: PhantomData,
        }
    }
}

impl<S, O, G, X> Select<S, O, G, X> {
    /// Makes groups of the rows that have equal values of the keys. What is selected of a group comes behind it, and so do
    /// conditions on groups and the order.
    pub fn group_by<L, I>(mut self, keys: impl GroupKeys<S, L, I>) -> Select<S, O, S::By<L>, X>
    where
        S: Groups,
        G: NotGrouped,
    {
        if !self.tree.order.is_empty() {
            self.tree.refused = Some(
                "`order_by` stands before `group_by`: call it after that, where it can be checked",
            );
        }
        keys.into_keys(&mut self.tree.group);
        self.retyped()
    }
}

impl sql::Select {
    /// Adds common table expressions, each once.
    pub(super) fn name(&mut self, with: impl IntoIterator<Item = Arc<sql::With>>) {
        for named in with {
            if !self.with.iter().any(|known| Arc::ptr_eq(known, &named)) {
                self.with.push(named);
            }
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
    E::Uses: RowLevel,
    E::Uses: Reads<S, I>,
{
    fn into_condition(self) -> Node {
        self.into_node()
    }
}

/// HAVING: a condition on the groups of a query. `Which` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL condition",
    label = "expected an expression such as `func::count(User::id).gt(3)`"
)]
pub trait Having<S, G, Which> {
    #[doc(hidden)]
    fn into_having(self) -> Node;
}

impl<S, G, I, J, E> Having<S, G, (I, J)> for E
where
    E: Expression,
    E::Type: Truth,
    E::Uses: Reads<S, I>,
    E::Uses: FitsHaving<G, J>,
{
    fn into_having(self) -> Node {
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
        // Most queries read one table.
        tree.from.reserve_exact(1);
        tree.columns.reserve_exact(1);
        tree.from.push(sql::From {
            join: sql::Join::Listed,
            table: M::TABLE,
            alias: M::ALIAS,
            derived: None,
        });
        tree.columns.push(whole_row::<M>());
        if M::DERIVED {
            tree.refused = Some(NOT_FILLED);
        }
    }

    #[inline]
    fn read(row: &Row<'_>, at: &mut usize) -> Result<M::Row> {
        let start = *at;
        *at += M::TABLE.columns.len();
        M::decode(row, start)
    }
}

/// The scope of tables beside each other, the last one outermost.
macro_rules! beside {
    ($scope:ty;) => { $scope };
    ($scope:ty; $next:ident $($rest:ident)*) => { beside!(InnerJoin<$next, $scope>; $($rest)*) };
}

macro_rules! several_tables {
    ($(($first:ident $($rest:ident)+))+) => { $(
        impl<$first: Source, $($rest: Source),+> Tables for ($first, $($rest),+) {
            type Scope = beside!(FromTable<$first>; $($rest)+);
            type Output = ($first::Row, $($rest::Row),+);

            fn start(tree: &mut sql::Select) {
                <$first as Tables>::start(tree);
                $(<$rest as Tables>::start(tree);)+
            }

            fn read(row: &Row<'_>, at: &mut usize) -> Result<Self::Output> {
                Ok((<$first as Tables>::read(row, at)?, $(<$rest as Tables>::read(row, at)?),+))
            }
        }
    )+ };
}

several_tables! {
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
    (A B C D E F G H I J K L M)
    (A B C D E F G H I J K L M N)
    (A B C D E F G H I J K L M N O)
    (A B C D E F G H I J K L M N O P)
}
