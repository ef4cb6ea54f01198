//! A row to insert, in the making: what the generated builders stand on.
//!
//! A builder's type lists the required columns that have a value: `With<required::name, With<required::age, Nothing>>`. The
//! generated code says in turn which columns are required, as a list `Needs<required::name, End>`, and [`Complete`] walks along it.

use std::marker::PhantomData;

use super::{
    fill::Changes,
    scope::{Here, There},
    update::Assign,
    uses::NoColumns,
};
use crate::{
    model::{Keyed, Model},
    session::Linked,
    sql::{Assigned, Node, Unknown},
    value::Scalar,
};

/// A row of `M` in the making, in which the required columns `S` have a value. A generated builder wraps it.
pub struct NewRow<M, S = ()> {
    pub(super) values: Vec<Assigned>,
    types: PhantomData<(M, S)>,
}

/// No required column has a value yet.
pub struct Nothing;
/// The required column `C` has a value, and so have those in `S`.
pub struct With<C, S>(PhantomData<(C, S)>);

/// The column `C` is required, and so are those in `L`. Generated code declares a type for each required column.
pub struct Needs<C, L>(PhantomData<(C, L)>);
/// The same of a column of a foreign key: in a session, an object can give it.
pub struct NeedsLink<C, L>(PhantomData<(C, L)>);
/// No further column is required.
pub struct End;

/// Of the required columns in `L`, those that no object can give.
pub struct Own<L>(PhantomData<L>);

impl<M: Model> NewRow<M, Nothing> {
    /// For generated code: a row without values.
    #[doc(hidden)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        NewRow {
            values: Vec::new(),
            types: PhantomData,
        }
    }
}

impl<M: Model, S> NewRow<M, S> {
    /// For generated code: gives a column a value; a second value replaces the first.
    #[doc(hidden)]
    pub fn with<T>(mut self, column: usize, value: impl IntoValue<T>) -> Self {
        self.set(column, value.into_value_node());
        self
    }

    /// For generated code: gives a required column a value.
    #[doc(hidden)]
    pub fn with_required<C, T>(
        self,
        column: usize,
        value: impl IntoValue<T>,
    ) -> NewRow<M, With<C, S>> {
        NewRow {
            values: self.with(column, value).values,
            types: PhantomData,
        }
    }

    /// For generated code: gives the columns of a foreign key the values of an object's, which may not be known yet.
    #[doc(hidden)]
    pub fn link<P: Keyed>(mut self, foreign_key: usize, to: &impl Linked<P>) -> Self {
        let key = &M::TABLE.foreign_keys[foreign_key];
        for (&column, &there) in key.columns.iter().zip(key.references) {
            let value = match to.column(there) {
                Some(value) => Node::Parameter(value),
                None => Node::Unknown(Unknown {
                    object: to.object(),
                    column: there,
                }),
            };
            self.set(column, value);
        }
        self
    }

    /// For generated code: the same for a foreign key of which columns are required.
    #[doc(hidden)]
    pub fn link_required<P: Keyed, S2>(
        self,
        foreign_key: usize,
        to: &impl Linked<P>,
    ) -> NewRow<M, S2> {
        NewRow {
            values: self.link(foreign_key, to).values,
            types: PhantomData,
        }
    }

    fn set(&mut self, column: usize, value: Node) {
        let values = &mut self.values;
        match values.iter_mut().find(|assigned| assigned.column == column) {
            Some(assigned) => assigned.value = value,
            None => values.push(Assigned { column, value }),
        }
    }

    /// For generated code: the row, whose required columns all have a value, with those that the client makes.
    #[doc(hidden)]
    pub fn complete(self) -> NewRow<M> {
        NewRow::of(self.values)
    }
}

impl<M: Model> NewRow<M> {
    /// A row of these values, and of those that the client makes where they have none.
    pub(crate) fn of(values: Vec<Assigned>) -> Self {
        let mut row = NewRow {
            values,
            types: PhantomData,
        };
        M::complete(&mut row);
        row
    }

    /// The values, in the order of their columns.
    pub(crate) fn into_values(self) -> Vec<Assigned> {
        let mut values = self.values;
        values.sort_by_key(|assigned| assigned.column);
        values
    }

    /// For generated code: gives a column without a value one that the client makes.
    #[doc(hidden)]
    pub fn fill<T: Scalar>(&mut self, column: usize, make: impl FnOnce() -> T) {
        Changes::new(&mut self.values).fill(column, make);
    }

    /// For generated code: the same from text.
    #[doc(hidden)]
    pub fn fill_text<T: Scalar>(&mut self, column: usize, text: &'static str) {
        Changes::new(&mut self.values).fill_text::<T>(column, text);
    }
}

/// What an insert takes for a column of type `T`: a value, but nothing that reads columns.
#[diagnostic::on_unimplemented(
    message = "a column of type `{T}` cannot be set to `{Self}`",
    label = "expected a value of type `{T}`"
)]
pub trait IntoValue<T> {
    #[doc(hidden)]
    fn into_value_node(self) -> Node;
}

#[diagnostic::do_not_recommend]
impl<T, V: Assign<T, Uses = NoColumns>> IntoValue<T> for V {
    fn into_value_node(self) -> Node {
        self.into_assigned()
    }
}

/// A generated builder: what [`insert`](crate::Connection::insert) takes. It makes a row of `M`, the required columns `S` have
/// a value, and `L` lists those that need one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row to insert",
    label = "expected a builder such as `User::insert()`"
)]
pub trait Insertable<M, S, L> {
    #[doc(hidden)]
    fn into_row(self) -> NewRow<M>;
}

/// Do all columns of the list `L` have a value in `S`? `Which` says where they were found, and is inferred.
///
/// `Self` means nothing, so that the implementations are for a bare parameter and stay out of messages.
pub trait Complete<M, S, L, Which> {}

impl<X, M, S> Complete<M, S, End, ()> for X {}
// The name of the parameter is what the compiler says it cannot infer when a column has two values.
impl<X, M, S, C, L, ColumnSetTwice, J> Complete<M, S, Needs<C, L>, (ColumnSetTwice, J)> for X
where
    S: Has<M, C, ColumnSetTwice>,
    X: Complete<M, S, L, J>,
{
}

impl<X, M, S, C, L, ColumnSetTwice, J> Complete<M, S, NeedsLink<C, L>, (ColumnSetTwice, J)> for X
where
    S: Has<M, C, ColumnSetTwice>,
    X: Complete<M, S, L, J>,
{
}

impl<X, M, S> Complete<M, S, Own<End>, ()> for X {}

impl<X, M, S, C, L, ColumnSetTwice, J> Complete<M, S, Own<Needs<C, L>>, (ColumnSetTwice, J)> for X
where
    S: Has<M, C, ColumnSetTwice>,
    X: Complete<M, S, Own<L>, J>,
{
}

impl<X, M, S, C, L, J> Complete<M, S, Own<NeedsLink<C, L>>, J> for X where
    X: Complete<M, S, Own<L>, J>
{
}

/// Stands where [`Complete`] needs a `Self`.
pub struct Insertion;

/// Has the required column `C` its value in `Self`?
#[diagnostic::on_unimplemented(
    message = "an insert into `{M}` needs a value for `{C}`",
    label = "`{C}` is missing here",
    note = "the column can neither be NULL, nor has it a default: call the builder's method of that name"
)]
pub trait Has<M, C, Which> {}

#[diagnostic::do_not_recommend]
impl<M, C, S> Has<M, C, Here> for With<C, S> {}
#[diagnostic::do_not_recommend]
impl<M, C, B, S: Has<M, C, I>, I> Has<M, C, There<I>> for With<B, S> {}
