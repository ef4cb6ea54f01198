//! UPDATE.

use std::{borrow::Cow, marker::PhantomData};

use super::{
    column::{Column, ReadWrite},
    derived::{Joinable, joined},
    expr::{Expr, Expression},
    grouping::{Returned, RowLevel},
    mistaken::Mistaken,
    relationship::Route,
    returning::Returning,
    scope::{Fresh, FromTable, InnerJoin},
    select::Condition,
    selection::Selectable,
    uses::{NoColumns, Reads},
};
use crate::{
    model::{BaseTable, Model, Source},
    sql::{self, Assigned, Node},
    value::{Scalar, SqlType, Value},
};

/// An UPDATE of the table of `M`, which may read the tables `S`. `X` is the connection it will run on, if that is known yet.
pub struct Update<M, S = FromTable<M>, X = ()> {
    pub(super) tree: sql::Update,
    pub(super) all_rows: bool,
    pub(super) on: X,
    types: PhantomData<(M, S)>,
}

/// An UPDATE of the table of `M`, which sets nothing yet.
pub fn update<M: BaseTable>() -> Update<M> {
    let tree = sql::Update {
        table: M::TABLE,
        set: Vec::new(),
        joined: Vec::new(),
        filter: Vec::new(),
        returning: Vec::new(),
        refused: None,
    };
    Update {
        tree,
        all_rows: false,
        on: (),
        types: PhantomData,
    }
}

impl<M, S, X: Clone> Clone for Update<M, S, X> {
    fn clone(&self) -> Self {
        Update {
            tree: self.tree.clone(),
            all_rows: self.all_rows,
            on: self.on.clone(),
            types: PhantomData,
        }
    }
}

impl<M: Model, S, X> Update<M, S, X> {
    /// Sets columns: `User::age.set(User::age + 1)`, or a tuple of these.
    pub fn set<I>(mut self, assignments: impl Assignments<M, S, I>) -> Self {
        assignments.collect(&mut self.tree.set);
        self
    }

    /// Changes only the rows for which the condition holds; several filters must all hold.
    pub fn filter<I>(mut self, condition: impl Condition<S, I>) -> Self {
        self.tree.filter.push(condition.into_condition());
        self
    }

    /// Changes all rows: without a filter, this has to be said.
    pub fn all_rows(mut self) -> Self {
        self.all_rows = true;
        self
    }

    /// Reads another table along a relationship: only rows with a partner are changed, and its columns can be used. Where a row
    /// has several partners, one of them is taken, whichever.
    pub fn join<J, L, I, JoinedTwiceUseAnAlias>(
        mut self,
        relationship: impl Route<S, J, L, I>,
    ) -> Update<M, J, X>
    where
        J: Fresh<JoinedTwiceUseAnAlias>,
    {
        let tables = relationship.into_steps().into_iter();
        let joined = tables.map(|step| step.joined(sql::Join::Inner));
        self.tree.joined.extend(joined);
        self.retyped()
    }

    /// Reads another table on any condition, as [`join`](Update::join): `join_on(Post::entity(), …)`, or an alias, or a derived table.
    pub fn join_on<T: Joinable, I, JoinedTwiceUseAnAlias>(
        mut self,
        table: T,
        on: impl Condition<InnerJoin<T::Source, S>, I>,
    ) -> Update<M, InnerJoin<T::Source, S>, X>
    where
        InnerJoin<T::Source, S>: Fresh<JoinedTwiceUseAnAlias>,
    {
        match joined(table, on.into_condition()) {
            Ok(joined) => self.tree.joined.push(joined),
            Err(refused) => self.tree.refused = Some(refused),
        }
        self.retyped()
    }

    /// Gives something back of each row that it changes: `returning(User::entity())`. Only the columns of the table itself can
    /// be given. MySQL and MariaDB cannot, and say [`Unsupported`](crate::ErrorKind::Unsupported).
    pub fn returning<R, I, C: Selectable<FromTable<M>, Returned, R, I>>(
        mut self,
        columns: C,
    ) -> Returning<Self, R> {
        columns.into_columns(&mut self.tree.returning);
        Returning::new(self, C::read)
    }

    fn retyped<S2>(self) -> Update<M, S2, X> {
        Update {
            tree: self.tree,
            all_rows: self.all_rows,
            on: self.on,
            types: PhantomData,
        }
    }

    pub(super) fn attached<Y>(self, on: Y) -> Update<M, S, Y> {
        Update {
            tree: self.tree,
            all_rows: self.all_rows,
            on,
            types: PhantomData,
        }
    }
}

/// A column of `M` and what it is set to, which uses the columns `U`.
pub struct Assignment<M, U, A = ReadWrite> {
    assigned: Assigned,
    types: PhantomData<(M, U, A)>,
}

impl<M: Source, T: SqlType, const I: usize, A: 'static> Column<M, T, I, A> {
    /// Sets the column to a value or an expression, in an [`update`].
    pub fn set<V: Assign<T>>(self, value: V) -> Assignment<M, V::Uses, A> {
        Assignment {
            assigned: Assigned {
                column: I,
                value: value.into_assigned(),
            },
            types: PhantomData,
        }
    }
}

/// What a column of type `T` can be set to: a value, a column, or an expression.
#[diagnostic::on_unimplemented(
    message = "a column of type `{T}` cannot be set to `{Self}`",
    label = "expected `{T}` or an expression of that type"
)]
pub trait Assign<T> {
    /// The columns it uses.
    type Uses;

    #[doc(hidden)]
    fn into_assigned(self) -> Node;
}

// As with `IntoExpr`, one blanket between this and the real implementations keeps them out of messages.
#[diagnostic::do_not_recommend]
impl<T, V: AssignOperand<T>> Assign<T> for V {
    type Uses = V::Uses;

    fn into_assigned(self) -> Node {
        self.into_node_to_assign()
    }
}

/// Implemented for values, columns and expressions.
#[diagnostic::on_unimplemented(
    message = "a column of type `{T}` cannot be set to `{Self}`",
    label = "expected `{T}` or an expression of that type"
)]
pub trait AssignOperand<T> {
    /// See [`Assign::Uses`].
    type Uses;

    #[doc(hidden)]
    fn into_node_to_assign(self) -> Node;
}

macro_rules! assigned_values {
    ($([$($generics:tt)*] $column:ty, $ty:ty, $value:ident => $convert:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> AssignOperand<$column> for $ty {
            type Uses = NoColumns;

            fn into_node_to_assign(self) -> Node {
                let $value = self;
                Node::Parameter($convert)
            }
        }
    )* };
}

assigned_values! {
    [T: Scalar] T, T, value => value.to_value();
    [T: Scalar] T, &T, value => value.to_value();
    [T: Scalar] Option<T>, T, value => value.to_value();
    [T: Scalar] Option<T>, &T, value => value.to_value();
    [T: Scalar] Option<T>, Option<T>, value => value.encode();
    [T: Scalar] Option<T>, &Option<T>, value => value.encode();
    [] String, &str, value => Value::Text(Cow::Owned(value.to_owned()));
    [] Option<String>, &str, value => Value::Text(Cow::Owned(value.to_owned()));
}

/// Does an expression of this type fit a column of type `T`?
#[diagnostic::on_unimplemented(
    message = "an expression of type `{Self}` cannot be assigned to a column of type `{T}`",
    label = "expected an expression of type `{T}`",
    note = "a column that cannot be NULL takes no expression that can be: `func::coalesce(expression, value)` replaces NULL"
)]
pub trait FitsInto<T> {}

#[diagnostic::do_not_recommend]
impl<T: Scalar> FitsInto<T> for T {}
#[diagnostic::do_not_recommend]
impl<T: Scalar> FitsInto<Option<T>> for T {}
#[diagnostic::do_not_recommend]
impl<T: Scalar> FitsInto<Option<T>> for Option<T> {}

impl<T, M: Source, X: SqlType + FitsInto<T>, const I: usize, A: 'static> AssignOperand<T>
    for Column<M, X, I, A>
{
    type Uses = Self;

    fn into_node_to_assign(self) -> Node {
        self.into_node()
    }
}

impl<T, X: SqlType + FitsInto<T>, U> AssignOperand<T> for Expr<X, U> {
    type Uses = U;

    fn into_node_to_assign(self) -> Node {
        self.node
    }
}

/// Can columns of this kind be set?
#[diagnostic::on_unimplemented(
    message = "the database computes this column by itself, it cannot be set",
    label = "sets a generated column"
)]
pub trait Settable {}

#[diagnostic::do_not_recommend]
impl Settable for ReadWrite {}

/// What `update::<M>().set(…)` takes: an assignment, or a tuple or a `Vec` of them, whose values read the tables `S`. `Which` is inferred.
#[diagnostic::on_unimplemented(
    message = "an UPDATE of table `{M}` cannot set this",
    label = "expected assignments to columns of `{M}`, such as `{M}::….set(…)`"
)]
pub trait Assignments<M, S, Which> {
    #[doc(hidden)]
    fn collect(self, into: &mut Vec<Assigned>);
}

impl<M, S, I, E: AssignmentsTo<M, S, I>> Assignments<M, S, I> for E {
    fn collect(self, into: &mut Vec<Assigned>) {
        self.collect_assigned(into);
    }
}

/// Implemented for assignments, tuples and lists of them.
pub trait AssignmentsTo<M, S, Which> {
    #[doc(hidden)]
    fn collect_assigned(self, into: &mut Vec<Assigned>);
}

impl<M, S, N: Source, U, I, A> AssignmentsTo<M, S, I> for Assignment<N, U, A>
where
    Target<N>: Is<M, N>,
    A: Settable,
    U: RowLevel + Reads<S, I>,
{
    fn collect_assigned(self, into: &mut Vec<Assigned>) {
        into.push(self.assigned);
    }
}

// Any number of assignments that are of one type.
#[diagnostic::do_not_recommend]
impl<M, S, I, E: AssignmentsTo<M, S, I>> AssignmentsTo<M, S, I> for Vec<E> {
    fn collect_assigned(self, into: &mut Vec<Assigned>) {
        self.into_iter()
            .for_each(|assignment| assignment.collect_assigned(into));
    }
}

// Never fits: it is there for its message, instead of a list of the tuples.
impl<M, S, T, U> AssignmentsTo<M, S, ()> for Expr<T, U>
where
    Mistaken<Self>: IsAssignment,
{
    fn collect_assigned(self, _into: &mut Vec<Assigned>) {}
}

/// Is it an assignment? Never implemented.
#[diagnostic::on_unimplemented(
    message = "an expression sets nothing",
    label = "expected an assignment",
    note = "write `column.set(value)`; `.eq(...)` compares"
)]
pub trait IsAssignment {}

/// Carries the question which table is set.
pub struct Target<M>(PhantomData<M>);

/// Is the table the one that the UPDATE is for?
#[diagnostic::on_unimplemented(
    message = "an UPDATE of table `{M}` cannot set a column of `{N}`",
    label = "expected assignments to columns of `{M}`"
)]
pub trait Is<M, N> {}

#[diagnostic::do_not_recommend]
impl<X, M> Is<M, M> for X {}

macro_rules! assignment_tuples {
    ($(($($assignment:ident $which:ident),+))+) => { $(
        impl<M, S, $($assignment, $which),+> AssignmentsTo<M, S, ($($which,)+)> for ($($assignment,)+)
        where
            $($assignment: AssignmentsTo<M, S, $which>),+
        {
            #[allow(non_snake_case)]
            fn collect_assigned(self, into: &mut Vec<Assigned>) {
                let ($($assignment,)+) = self;
                $($assignment.collect_assigned(into);)+
            }
        }
    )+ };
}

assignment_tuples! {
    (A IA)
    (A IA, B IB)
    (A IA, B IB, C IC)
    (A IA, B IB, C IC, D ID)
    (A IA, B IB, C IC, D ID, E IE)
    (A IA, B IB, C IC, D ID, E IE, F IF)
    (A IA, B IB, C IC, D ID, E IE, F IF, G IG)
    (A IA, B IB, C IC, D ID, E IE, F IF, G IG, H IH)
}
