//! Implicit joins: a column at the end of relationships, `Person::hobby.path(Hobby::caption)`.

use std::marker::PhantomData;

use super::{
    column::{Column, WholeRow},
    expr::Expr,
    relationship::{One, Optional, Relationship},
    scope::{NotNull, Nullable, Nullness},
    uses::{Call, Via},
};
use crate::{
    model::Source,
    sql::{self, Node},
    value::SqlType,
};

/// Leads a relationship to at most one row?
#[diagnostic::on_unimplemented(
    message = "a path cannot go through a relationship to many rows",
    label = "leads to many rows",
    note = "use `.any(condition)` for a condition on them, or join it"
)]
pub trait ToOne {
    /// Whether there may be none.
    type Null: Nullness;
}

macro_rules! to_one {
    ($($ty:ty: $null:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl ToOne for $ty {
            type Null = $null;
        }
    )* };
}

to_one! { One: NotNull Optional: Nullable NotNull: NotNull Nullable: Nullable }

// From a table to itself too: what a path joins has names of its own.
#[diagnostic::do_not_recommend]
impl<N: ToOne> ToOne for super::relationship::ToItself<N> {
    type Null = N::Null;
}

/// Several relationships, one behind the other, from a row of `A` to one of `B`; `N` says whether there may be none.
pub struct Path<A, B, N> {
    steps: Vec<sql::Step>,
    types: PhantomData<(A, B, N)>,
}

impl<A, B, N> Clone for Path<A, B, N> {
    fn clone(&self) -> Self {
        Path {
            steps: self.steps.clone(),
            types: PhantomData,
        }
    }
}

/// What a path from `A` to the column `C` uses.
pub type AtEnd<A, C> = Call<Via<C>, WholeRow<A>>;

impl<A: Source, B: Source, N> Relationship<A, B, N> {
    /// A column of the row that the relationship leads to. The query joins the table by itself, once however often it is asked.
    ///
    /// ```ignore
    /// select::<Person>().filter(Person::hobby.path(Hobby::caption).eq("chess"))
    /// ```
    pub fn path<C: ColumnAtEnd<B, N>>(self, _column: C) -> Expr<C::Type, AtEnd<A, C>> {
        Expr::new(at_end::<A, C, B, N>(vec![self.as_step()]))
    }

    /// The same, from there along another relationship: `Person::hobby.then(Hobby::owner).path(User::age)`.
    pub fn then<C: Source, N2: Onward<N>>(
        self,
        next: Relationship<B, C, N2>,
    ) -> Path<A, C, N2::Null> {
        Path {
            steps: vec![self.as_step(), next.as_step()],
            types: PhantomData,
        }
    }

    fn as_step(self) -> sql::Step {
        sql::Step {
            from: A::TABLE,
            to: B::TABLE,
            on: self.on,
        }
    }
}

impl<A: Source, B: Source, N> Path<A, B, N> {
    /// A column of the row at the end.
    pub fn path<C: ColumnAtEnd<B, N>>(self, _column: C) -> Expr<C::Type, AtEnd<A, C>> {
        Expr::new(at_end::<A, C, B, N>(self.steps))
    }

    /// The same, along one more relationship.
    pub fn then<C: Source, N2: Onward<N>>(
        mut self,
        next: Relationship<B, C, N2>,
    ) -> Path<A, C, N2::Null> {
        self.steps.push(next.as_step());
        Path {
            steps: self.steps,
            types: PhantomData,
        }
    }
}

fn at_end<A: Source, C: ColumnAtEnd<B, N>, B: Source, N>(steps: Vec<sql::Step>) -> Node {
    Node::Path(Box::new(sql::Path {
        start: A::ALIAS,
        steps,
        column: &B::TABLE.columns[C::POSITION],
    }))
}

/// A relationship behind a path of the kind `N`.
pub trait Onward<N> {
    /// Whether there may be no row at its end.
    type Null: Nullness;
}

impl<N: ToOne, N2: ToOne> Onward<N> for N2 {
    type Null = <N::Null as Nullness>::Or<N2::Null>;
}

/// A column of the table `B` that a path of the kind `N` leads to.
pub trait ColumnAtEnd<B, N> {
    /// Its Rust type there: an `Option` where there may be no row.
    type Type: SqlType;

    #[doc(hidden)]
    const POSITION: usize;
}

impl<B, N: ToOne, M: Source, T: SqlType, const I: usize, A> ColumnAtEnd<B, N> for Column<M, T, I, A>
where
    M: LedTo<B>,
{
    type Type = <N::Null as Nullness>::Apply<T>;
    const POSITION: usize = I;
}

/// Is it the table that the path leads to?
#[diagnostic::on_unimplemented(
    message = "this relationship leads to `{B}`, not to `{Self}`",
    label = "a column of `{Self}` at the end of a path to `{B}`"
)]
pub trait LedTo<B> {}

#[diagnostic::do_not_recommend]
impl<M> LedTo<M> for M {}
