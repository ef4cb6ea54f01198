//! Relationships between models, as far as queries go: what `join` takes.

use std::marker::PhantomData;

use super::scope::{In, InnerJoin, LeftJoin, Uses};
use crate::{
    model::{RelationInfo, Source, TableInfo},
    sql::{self, Node},
};

/// From each row of `A` to rows of `B`; `N` says how many.
///
/// Generated code declares one constant for each side of a foreign key: `Person::hobby`, `Hobby::persons`.
pub struct Relationship<A, B, N> {
    /// Pairs of columns that are equal, as positions in the table of `A` and in the next one.
    pub(super) on: &'static [(usize, usize)],
    /// The same from the table in between to that of `B`, where there is one.
    pub(super) onward: &'static [(usize, usize)],
    /// A condition on the rows of `B`, in which `{table}` stands for what the query calls that.
    pub(super) filter: Option<&'static str>,
    /// Its position among the relations of the table of `A`.
    position: usize,
    types: PhantomData<(A, B, N)>,
}

/// Exactly one row.
pub struct One;
/// One row or none.
pub struct Optional;
/// Any number of rows.
pub struct Many;
/// Any number of rows, through the table of `J`, whose rows are pairs.
pub struct Through<J>(PhantomData<J>);
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
impl<J> Cardinality for Through<J> {
    type Number = Through<J>;
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
    /// For generated code: pairs of columns that are equal, as positions in both tables; and its position among the relations of
    /// the table.
    #[doc(hidden)]
    pub const fn new(on: &'static [(usize, usize)], position: usize) -> Self {
        Relationship {
            on,
            onward: &[],
            filter: None,
            position,
            types: PhantomData,
        }
    }

    /// For generated code: the same with a condition on the rows of `B`.
    #[doc(hidden)]
    pub const fn filtered(self, filter: &'static str) -> Self {
        Relationship {
            filter: Some(filter),
            ..self
        }
    }

    /// What sessions know of it.
    pub(crate) fn info(self) -> &'static RelationInfo
    where
        A: Source,
    {
        &A::TABLE.relations[self.position]
    }

    const fn retyped<A2, B2, N2>(self) -> Relationship<A2, B2, N2> {
        Relationship {
            on: self.on,
            onward: self.onward,
            filter: self.filter,
            position: self.position,
            types: PhantomData,
        }
    }
}

impl<A, B, J> Relationship<A, B, Through<J>> {
    /// For generated code: pairs of columns that are equal, to the table in between and onward from it.
    #[doc(hidden)]
    pub const fn through(
        on: &'static [(usize, usize)],
        onward: &'static [(usize, usize)],
        position: usize,
    ) -> Self {
        Relationship {
            on,
            onward,
            filter: None,
            position,
            types: PhantomData,
        }
    }
}

impl<A, B, J> Relationship<A, B, ToItself<Through<J>>> {
    /// For generated code: as the other, from a table to itself.
    #[doc(hidden)]
    pub const fn through_to_itself(
        on: &'static [(usize, usize)],
        onward: &'static [(usize, usize)],
        position: usize,
    ) -> Self {
        Relationship {
            on,
            onward,
            filter: None,
            position,
            types: PhantomData,
        }
    }
}

impl<A: Source, B: Source, N: Cardinality> Relationship<A, B, N> {
    /// The same relationship, ending at an alias of `B`.
    pub fn to<X: Source<Row: RowOf<B::Row>>>(self, _alias: X) -> Relationship<A, X, N::Number> {
        self.retyped()
    }

    /// The same relationship, starting at an alias of `A`.
    pub fn of<X: Source<Row: RowOf<A::Row>>>(self, _alias: X) -> Relationship<X, B, N::Number> {
        self.retyped()
    }
}

/// Is an alias with rows `Self` one of the table with rows `R`?
#[diagnostic::on_unimplemented(
    message = "an alias of `{Self}` stands where one of `{R}` is expected",
    label = "an alias of `{Self}`"
)]
pub trait RowOf<R> {}

#[diagnostic::do_not_recommend]
impl<R> RowOf<R> for R {}

/// A way that a query over the tables `S` can take: what `join` takes. `Inner` and `Left` are the tables it reads afterwards,
/// `Which` says where the way begins; all are inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relationship",
    label = "expected a relationship such as `Person::hobby`"
)]
pub trait Route<S, Inner, Left, Which> {
    /// The tables along the way, each with the condition that joins it.
    #[doc(hidden)]
    fn into_steps(self) -> Vec<JoinStep>;
}

// One blanket between this and the real implementations keeps their list out of messages.
impl<S, J, L, I, R: RouteAlong<S, J, L, I>> Route<S, J, L, I> for R {
    fn into_steps(self) -> Vec<JoinStep> {
        self.into_steps_along()
    }
}

/// Implemented for relationships: straight ones, and those through a table in between.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a relationship",
    label = "expected a relationship such as `Person::hobby`"
)]
pub trait RouteAlong<S, Inner, Left, Which> {
    #[doc(hidden)]
    fn into_steps_along(self) -> Vec<JoinStep>;
}

/// A table that is joined.
#[doc(hidden)]
pub struct JoinStep {
    pub(super) table: &'static TableInfo,
    pub(super) alias: &'static str,
    pub(super) on: Node,
}

impl JoinStep {
    pub(super) fn joined(self, join: fn(Node) -> sql::Join) -> sql::From {
        sql::From {
            join: join(self.on),
            table: self.table,
            alias: self.alias,
            derived: None,
        }
    }
}

impl<S, I, A: Source, B: Source, N> RouteAlong<S, InnerJoin<B, S>, LeftJoin<B, S>, I>
    for Relationship<A, B, N>
where
    N: Joins<B>,
    Uses<A>: In<A, S, I>,
{
    fn into_steps_along(self) -> Vec<JoinStep> {
        vec![step::<B>(named::<A>(), self.on, self.filter)]
    }
}

impl<S, I, A: Source, B: Source, J: Source>
    RouteAlong<S, InnerJoin<B, InnerJoin<J, S>>, LeftJoin<B, LeftJoin<J, S>>, I>
    for Relationship<A, B, Through<J>>
where
    Uses<A>: In<A, S, I>,
{
    fn into_steps_along(self) -> Vec<JoinStep> {
        vec![
            step::<J>(named::<A>(), self.on, None),
            step::<B>(named::<J>(), self.onward, self.filter),
        ]
    }
}

/// What a query calls a table, and the table.
pub(super) type Named = (&'static str, &'static TableInfo);

pub(super) fn named<M: Source>() -> Named {
    (M::ALIAS, M::TABLE)
}

/// The table of `B`, joined to another.
pub(super) fn step<B: Source>(
    from: Named,
    on: &[(usize, usize)],
    filter: Option<&'static str>,
) -> JoinStep {
    JoinStep {
        table: B::TABLE,
        alias: B::ALIAS,
        on: linked(from, named::<B>(), on, filter),
    }
}

/// The condition that pairs of columns are equal, and what else the schema asks of the rows that are led to.
pub(super) fn linked(
    from: Named,
    to: Named,
    on: &[(usize, usize)],
    filter: Option<&'static str>,
) -> Node {
    let column = |(alias, table): Named, index: usize| Node::Column {
        table: alias,
        column: &table.columns[index],
    };
    let equal =
        |&(left, right): &(usize, usize)| Node::equal(column(from, left), column(to, right));
    let filter = filter.map(|text| Node::Condition { table: to.0, text });
    on.iter()
        .map(equal)
        .chain(filter)
        .reduce(Node::both)
        .expect("a foreign key has at least one column")
}
