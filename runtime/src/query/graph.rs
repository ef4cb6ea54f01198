//! Rows together with those that relationships lead to, as plain values: `select::<User>().with(User::posts)`.
//!
//! Each relationship takes one more query for all rows together, or one for some hundred keys, whatever their number.

mod key;
mod load;

use super::{
    grouping::Ungrouped,
    relationship::{Many, One, Optional, Relationship, Through, ToItself},
    run::{Runnable, exactly_one, one_or_none},
    select::Select,
};
use crate::{
    connection::Connection,
    error::{Error, ErrorKind, Result},
    model::{Source, TableInfo},
    row::Row,
};
use key::Key;
/// A query whose rows come together with what relationships lead to.
pub struct Graph<S, M, W, G = Ungrouped, X = ()> {
    query: Select<S, M, G, X>,
    branches: W,
}

impl<S, M: Source<Row = M>, G, X> Select<S, M, G, X> {
    /// Gives each row together with what a relationship leads to: `Vec<(User, Vec<Post>)>` for `.with(User::posts)`,
    /// `Vec<(Post, User)>` for `.with(Post::user)`. Several are given as a tuple, and make longer tuples; what comes behind a
    /// relationship by [`Relationship::with`].
    ///
    /// ```ignore
    /// let users: Vec<(User, Vec<(Post, Vec<Tag>)>, Option<Address>)> =
    ///     conn.query::<User>().with((User::posts.with(Post::tags), User::address)).all()?;
    /// ```
    pub fn with<W: Branches<M>>(self, branches: W) -> Graph<S, M, W, G, X> {
        Graph {
            query: self,
            branches,
        }
    }
}

impl<S, M, W: Clone, G, X: Clone> Clone for Graph<S, M, W, G, X> {
    fn clone(&self) -> Self {
        Graph {
            query: self.query.clone(),
            branches: self.branches.clone(),
        }
    }
}

impl<S, M, W, G> Graph<S, M, W, G> {
    /// The query, ready to run on a connection.
    pub fn on(self, connection: &Connection) -> Graph<S, M, W, G, &Connection> {
        Graph {
            query: self.query.on(connection),
            branches: self.branches,
        }
    }
}

impl<'c, S, M: Source<Row = M>, W: Branches<M>, G> Graph<S, M, W, G, &'c Connection>
where
    Select<S, M, G, &'c Connection>: Runnable,
{
    /// All rows.
    ///
    /// # Errors
    /// When the database refuses, or a value does not fit its field; [`NoResult`](ErrorKind::NoResult) when a row that has to
    /// be there for another is not.
    pub fn all(&self) -> Result<Vec<W::Row>> {
        self.read(None)
    }

    /// The first row, or `None`. Without an order, that is any row.
    ///
    /// # Errors
    /// As [`all`](Graph::all).
    pub fn first(&self) -> Result<Option<W::Row>> {
        Ok(self.read(Some(1))?.pop())
    }

    /// The only row.
    ///
    /// # Errors
    /// [`NoResult`](ErrorKind::NoResult) where there is none, [`MultipleResults`](ErrorKind::MultipleResults) where there are
    /// several; else as [`all`](Graph::all).
    pub fn one(&self) -> Result<W::Row> {
        exactly_one(self.read(Some(2))?)
    }

    /// The only row, or `None`.
    ///
    /// # Errors
    /// [`MultipleResults`](ErrorKind::MultipleResults) where there are several; else as [`all`](Graph::all).
    pub fn one_or_none(&self) -> Result<Option<W::Row>> {
        one_or_none(self.read(Some(2))?)
    }

    fn read(&self, at_most: Option<u64>) -> Result<Vec<W::Row>> {
        let (mut rows, mut links) = (Vec::new(), Vec::new());
        self.query.each(at_most, &mut |row| {
            links.push(self.branches.links(row, 0)?);
            rows.push(M::decode(row, 0)?);
            Ok(())
        })?;
        let values = self.branches.load(self.query.on, links)?;
        Ok(rows.into_iter().zip(values).map(W::join).collect())
    }
}

/// What [`with`](Select::with) takes for rows of `A`: a relationship, one [with others behind it](Relationship::with), or a tuple.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not lead on from `{A}`",
    label = "expected a relationship of `{A}`, or a tuple of them"
)]
pub trait Branches<A: Source> {
    /// What of a row of `A` leads to the others.
    type Links;
    /// What is loaded for a row.
    type Value;
    /// A row of `A` together with that.
    type Row: Clone;

    /// Reads what leads on from a row whose columns begin at `at`.
    #[doc(hidden)]
    fn links(&self, row: &Row<'_>, at: usize) -> Result<Self::Links>;

    /// Loads what the links lead to: a value for each, in their order.
    #[doc(hidden)]
    fn load(&self, connection: &Connection, links: Vec<Self::Links>) -> Result<Vec<Self::Value>>;

    /// Puts a value beside its row.
    #[doc(hidden)]
    fn join(pair: (A::Row, Self::Value)) -> Self::Row;
}

/// Nothing is loaded with the rows.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

impl<A: Source<Row: Clone>> Branches<A> for Alone {
    type Links = ();
    type Value = ();
    type Row = A::Row;

    fn links(&self, _row: &Row<'_>, _at: usize) -> Result<()> {
        Ok(())
    }

    fn load(&self, _connection: &Connection, links: Vec<()>) -> Result<Vec<()>> {
        Ok(links)
    }

    fn join((row, ()): (A::Row, ())) -> A::Row {
        row
    }
}

/// A relationship from `A` to `B`, with what is loaded behind it.
pub struct Branch<A, B, N, W> {
    relationship: Relationship<A, B, N>,
    behind: W,
}

impl<A, B, N, W> Branch<A, B, N, W> {
    pub(super) fn into_parts(self) -> (Relationship<A, B, N>, W) {
        (self.relationship, self.behind)
    }
}

impl<A, B, N, W: Clone> Clone for Branch<A, B, N, W> {
    fn clone(&self) -> Self {
        Branch {
            relationship: self.relationship,
            behind: self.behind.clone(),
        }
    }
}

impl<A: Source, B: Source, N> Relationship<A, B, N> {
    /// The relationship, and what is loaded behind it: see [`Select::with`].
    pub fn with<W: Branches<B>>(self, behind: W) -> Branch<A, B, N, W> {
        Branch {
            relationship: self,
            behind,
        }
    }
}

impl<A, B, N> Branches<A> for Relationship<A, B, N>
where
    A: Source<Row: Clone>,
    B: Source<Row: Clone>,
    N: Collects,
{
    type Links = Option<Key>;
    type Value = N::Of<B::Row>;
    type Row = (A::Row, N::Of<B::Row>);

    fn links(&self, row: &Row<'_>, at: usize) -> Result<Option<Key>> {
        load::link(self.on, row, at)
    }

    fn load(&self, connection: &Connection, links: Vec<Option<Key>>) -> Result<Vec<Self::Value>> {
        load::partners(connection, *self, &Alone, links)
    }

    fn join(pair: (A::Row, Self::Value)) -> Self::Row {
        pair
    }
}

impl<A, B, N, W> Branches<A> for Branch<A, B, N, W>
where
    A: Source<Row: Clone>,
    B: Source,
    N: Collects,
    W: Branches<B>,
{
    type Links = Option<Key>;
    type Value = N::Of<W::Row>;
    type Row = (A::Row, N::Of<W::Row>);

    fn links(&self, row: &Row<'_>, at: usize) -> Result<Option<Key>> {
        load::link(self.relationship.on, row, at)
    }

    fn load(&self, connection: &Connection, links: Vec<Option<Key>>) -> Result<Vec<Self::Value>> {
        load::partners(connection, self.relationship, &self.behind, links)
    }

    fn join(pair: (A::Row, Self::Value)) -> Self::Row {
        pair
    }
}

macro_rules! branch_tuples {
    ($(($($branch:ident $value:ident $index:tt),+))+) => { $(
        #[allow(non_snake_case)]
        impl<A: Source<Row: Clone>, $($branch: Branches<A, Value: Clone>),+> Branches<A>
            for ($($branch,)+)
        {
            type Links = ($($branch::Links,)+);
            type Value = ($($branch::Value,)+);
            type Row = (A::Row, $($branch::Value),+);

            fn links(&self, row: &Row<'_>, at: usize) -> Result<Self::Links> {
                Ok(($(self.$index.links(row, at)?,)+))
            }

            fn load(
                &self,
                connection: &Connection,
                links: Vec<Self::Links>,
            ) -> Result<Vec<Self::Value>> {
                $(let mut $branch = Vec::with_capacity(links.len());)+
                for link in links {
                    $($branch.push(link.$index);)+
                }
                $(let mut $value = self.$index.load(connection, $branch)?.into_iter();)+
                Ok(std::iter::from_fn(|| Some(($($value.next()?,)+))).collect())
            }

            fn join((row, ($($value,)+)): (A::Row, Self::Value)) -> Self::Row {
                (row, $($value),+)
            }
        }
    )+ };
}

branch_tuples! {
    (B1 v1 0)
    (B1 v1 0, B2 v2 1)
    (B1 v1 0, B2 v2 1, B3 v3 2)
    (B1 v1 0, B2 v2 1, B3 v3 2, B4 v4 3)
    (B1 v1 0, B2 v2 1, B3 v3 2, B4 v4 3, B5 v5 4)
    (B1 v1 0, B2 v2 1, B3 v3 2, B4 v4 3, B5 v5 4, B6 v6 5)
}

/// What the rows at the end of a relationship of this kind are collected in.
pub trait Collects {
    /// The collection of `R`s.
    type Of<R: Clone>: Clone;

    /// The table in between, where there is one.
    #[doc(hidden)]
    const BETWEEN: Option<(&'static str, &'static TableInfo)> = None;

    /// The collection of these.
    #[doc(hidden)]
    fn collect<R: Clone>(rows: Vec<R>) -> Result<Self::Of<R>>;
}

impl Collects for One {
    type Of<R: Clone> = R;

    fn collect<R: Clone>(rows: Vec<R>) -> Result<R> {
        rows.into_iter().next().ok_or_else(gone)
    }
}

impl Collects for Optional {
    type Of<R: Clone> = Option<R>;

    fn collect<R: Clone>(rows: Vec<R>) -> Result<Option<R>> {
        Ok(rows.into_iter().next())
    }
}

impl Collects for Many {
    type Of<R: Clone> = Vec<R>;

    fn collect<R: Clone>(rows: Vec<R>) -> Result<Vec<R>> {
        Ok(rows)
    }
}

impl<J: Source> Collects for Through<J> {
    type Of<R: Clone> = Vec<R>;
    const BETWEEN: Option<(&'static str, &'static TableInfo)> = Some((J::ALIAS, J::TABLE));

    fn collect<R: Clone>(rows: Vec<R>) -> Result<Vec<R>> {
        Ok(rows)
    }
}

impl<N: Collects> Collects for ToItself<N> {
    type Of<R: Clone> = N::Of<R>;
    const BETWEEN: Option<(&'static str, &'static TableInfo)> = N::BETWEEN;

    fn collect<R: Clone>(rows: Vec<R>) -> Result<N::Of<R>> {
        N::collect(rows)
    }
}

#[cold]
fn gone() -> Error {
    let message = "a row that another one refers to is not there";
    Error::new(ErrorKind::NoResult, message)
}
