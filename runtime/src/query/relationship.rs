//! Relationships between models, as far as queries go: what `join` takes.

use std::marker::PhantomData;

use super::scope::{In, Uses};
use crate::{
    model::Source,
    sql::{Binary, Node},
};

/// From each row of `A` to rows of `B`; `N` says how many.
///
/// Generated code declares one constant for each side of a foreign key: `Person::hobby`, `Hobby::persons`.
pub struct Relationship<A, B, N> {
    /// Pairs of columns that are equal, as positions in the tables of `A` and `B`.
    on: &'static [(usize, usize)],
    types: PhantomData<(A, B, N)>,
}

/// Exactly one row.
pub struct One;
/// One row or none.
pub struct Optional;
/// Any number of rows.
pub struct Many;
/// A relationship of a table to itself, which leads to `N`.
pub struct ToItself<N>(PhantomData<N>);

/// How many rows a relationship leads to.
pub trait Cardinality {
    /// The number, without [`ToItself`].
    type Number;
}

impl Cardinality for One {
    type Number = One;
}
impl Cardinality for Optional {
    type Number = Optional;
}
impl Cardinality for Many {
    type Number = Many;
}
impl<N> Cardinality for ToItself<N> {
    type Number = N;
}

/// Can a relationship of this kind be joined without an alias?
#[diagnostic::on_unimplemented(
    message = "joining `{B}` to itself needs an alias",
    label = "a relationship from a table to itself",
    note = "`aludel::alias!(other = {B});` and then `.join({B}::….to(other))`"
)]
pub trait Joins<B> {}

#[diagnostic::do_not_recommend]
impl<B> Joins<B> for One {}
#[diagnostic::do_not_recommend]
impl<B> Joins<B> for Optional {}
#[diagnostic::do_not_recommend]
impl<B> Joins<B> for Many {}

impl<A, B, N> Clone for Relationship<A, B, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, B, N> Copy for Relationship<A, B, N> {}

impl<A, B, N> Relationship<A, B, N> {
    /// For generated code: pairs of columns that are equal, as positions in both tables.
    #[doc(hidden)]
    pub const fn new(on: &'static [(usize, usize)]) -> Self {
        Relationship {
            on,
            types: PhantomData,
        }
    }
}

impl<A: Source, B: Source, N: Cardinality> Relationship<A, B, N> {
    /// The same relationship, ending at an alias of `B`.
    pub fn to<X: Source<Row = B::Row>>(self, _alias: X) -> Relationship<A, X, N::Number> {
        Relationship::new(self.on)
    }

    /// The same relationship, starting at an alias of `A`.
    pub fn of<X: Source<Row = A::Row>>(self, _alias: X) -> Relationship<X, B, N::Number> {
        Relationship::new(self.on)
    }
}

/// A way from one table to another.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relationship",
    label = "expected a relationship such as `Person::hobby`"
)]
pub trait Route {
    /// Where it starts.
    type From: Source;
    /// Where it ends.
    type To: Source;
    /// How many rows it leads to.
    type Kind;

    #[doc(hidden)]
    fn into_condition(self) -> Node;
}

#[diagnostic::do_not_recommend]
impl<A: Source, B: Source, N> Route for Relationship<A, B, N> {
    type From = A;
    type To = B;
    type Kind = N;

    fn into_condition(self) -> Node {
        let column = |alias, table: &'static crate::model::TableInfo, index: usize| {
            Box::new(Node::Column {
                table: alias,
                name: table.columns[index].name,
            })
        };
        let equal = |&(left, right): &(usize, usize)| Node::Binary {
            left: column(A::ALIAS, A::TABLE, left),
            operator: Binary::Equal,
            right: column(B::ALIAS, B::TABLE, right),
        };
        self.on
            .iter()
            .map(equal)
            .reduce(|left, right| Node::Binary {
                left: Box::new(left),
                operator: Binary::And,
                right: Box::new(right),
            })
            .expect("a foreign key has at least one column")
    }
}

/// A way that a query over the tables `S` can take: what `join` takes. `Which` is inferred.
pub trait RouteFrom<S, Which> {
    /// Where it ends.
    type To: Source;

    #[doc(hidden)]
    fn into_join_condition(self) -> Node;
}

impl<S, I, R> RouteFrom<S, I> for R
where
    R: Route,
    R::Kind: Joins<R::To>,
    Uses<R::From>: In<R::From, S, I>,
{
    type To = R::To;

    fn into_join_condition(self) -> Node {
        self.into_condition()
    }
}
