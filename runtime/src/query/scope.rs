//! Which tables a query reads, as a type that is spelled like SQL: `LeftJoin<Post, FromTable<User>>`.
//!
//! The type is never made into a value. Its only work is to be asked by the compiler: is this table here, and can an outer
//! join have made its columns NULL?

use std::marker::PhantomData;

use super::{
    grouping::{GroupBy, Unselected},
    uses::{NoColumns, Outer},
};
use crate::{error::Result, model::Source, row::Row, value::SqlType};

/// The query reads no table.
pub struct NoTable;
/// The query reads `M`.
pub struct FromTable<M>(PhantomData<M>);
/// The query reads `S`, and `M` joined to it.
pub struct InnerJoin<M, S>(PhantomData<(M, S)>);
/// The query reads `S`, and `M` where there is a row that fits.
pub struct LeftJoin<M, S>(PhantomData<(M, S)>);
/// The query reads `S`, and refers to the row of `M` that the query around it stands on.
pub struct Correlated<M, S>(PhantomData<(M, S)>);

/// Is the table `M` among those that `S` reads? `Which` says where it was found, and is inferred.
///
/// `Self` only carries what was written. All implementations are for a bare parameter, so that the compiler has nothing to
/// list as help beside this message.
#[diagnostic::on_unimplemented(
    message = "table `{M}` is not in this query",
    label = "a column of `{M}` is used here",
    note = "the query reads `{S}`: join `{M}` first, or say `.correlate::<{M}>()` in a subquery"
)]
pub trait In<M, S, Which> {}

/// Carries the question whether `M` is in a query.
pub struct Uses<M>(PhantomData<M>);

/// Found at the outermost place.
pub struct Here;
/// Found at the outermost place, where a left join put it.
pub struct HereOrNull;
/// Found further in, at `I`.
pub struct There<I>(PhantomData<I>);
/// Found at `I`, and not NULL whatever a join did: `IS NULL` itself is never NULL.
pub struct Never<I>(PhantomData<I>);

#[diagnostic::do_not_recommend]
impl<X, M: Source> In<M, FromTable<M>, Here> for X {}
#[diagnostic::do_not_recommend]
impl<X, M: Source, S> In<M, InnerJoin<M, S>, Here> for X {}
#[diagnostic::do_not_recommend]
impl<X: In<M, S, I>, M: Source, B, S, I> In<M, InnerJoin<B, S>, There<I>> for X {}
#[diagnostic::do_not_recommend]
impl<X, M: Source, S> In<M, LeftJoin<M, S>, HereOrNull> for X {}
#[diagnostic::do_not_recommend]
impl<X: In<M, S, I>, M: Source, B, S, I> In<M, LeftJoin<B, S>, There<I>> for X {}
#[diagnostic::do_not_recommend]
impl<X, M: Source, S> In<M, Correlated<M, S>, HereOrNull> for X {}
#[diagnostic::do_not_recommend]
impl<X: In<M, S, I>, M: Source, B, S, I> In<M, Correlated<B, S>, There<I>> for X {}

/// The tables outside that a subquery refers to.
#[doc(hidden)]
pub trait Outside {
    /// As columns that an expression uses.
    type Uses;
}

impl Outside for NoTable {
    type Uses = NoColumns;
}
impl<M> Outside for FromTable<M> {
    type Uses = NoColumns;
}
impl<M, S: Outside> Outside for InnerJoin<M, S> {
    type Uses = S::Uses;
}
impl<M, S: Outside> Outside for LeftJoin<M, S> {
    type Uses = S::Uses;
}
impl<M, S: Outside> Outside for Correlated<M, S> {
    type Uses = (Outer<M>, S::Uses);
}

/// How the rows of a query over these tables are grouped. It hangs on the tables and not on the grouping so far: that may be one
/// which takes no keys, and the compiler is to say that in our words.
pub trait Groups {
    /// The grouping by the keys `L`.
    type By<L>;
}

impl Groups for NoTable {
    type By<L> = Unselected<GroupBy<L>>;
}
impl<M> Groups for FromTable<M> {
    type By<L> = Unselected<GroupBy<L>>;
}
impl<M, S> Groups for InnerJoin<M, S> {
    type By<L> = Unselected<GroupBy<L>>;
}
impl<M, S> Groups for LeftJoin<M, S> {
    type By<L> = Unselected<GroupBy<L>>;
}
impl<M, S: Groups> Groups for Correlated<M, S> {
    type By<L> = S::By<L>;
}

/// Does a query with these tables outside refer to none of them?
#[diagnostic::on_unimplemented(
    message = "this query refers to a table outside of it, and cannot run alone",
    label = "refers to a table outside: `{Self}`",
    note = "use it within a query that reads that table: in `exists(...)`, `scalar(...)` or `.in_(...)`"
)]
pub trait Standalone {}

#[diagnostic::do_not_recommend]
impl Standalone for NoColumns {}
#[diagnostic::do_not_recommend]
impl<A: Standalone, B: Standalone> Standalone for (A, B) {}

/// A table is joined once. When it is there already both implementations fit, and the compiler cannot choose: its message
/// names the parameter that it could not infer, which is why that is called `JoinedTwiceUseAnAlias`.
pub trait NotYetJoined<S, Which> {}

/// It is not there.
pub struct Absent;
/// It is there, at `I`.
pub struct Present<I>(PhantomData<I>);

impl<M, S> NotYetJoined<S, Absent> for M {}
impl<M, S, I> NotYetJoined<S, Present<I>> for M where Uses<M>: In<M, S, I> {}

/// Is the table that was joined last there only once? See [`NotYetJoined`].
pub trait Fresh<Which> {}

impl<M, S, JoinedTwiceUseAnAlias> Fresh<JoinedTwiceUseAnAlias> for InnerJoin<M, S> where
    M: NotYetJoined<S, JoinedTwiceUseAnAlias>
{
}
impl<M, S, JoinedTwiceUseAnAlias> Fresh<JoinedTwiceUseAnAlias> for LeftJoin<M, S> where
    M: NotYetJoined<S, JoinedTwiceUseAnAlias>
{
}

/// A place, or a pair of places, and whether what stands there can be NULL through an outer join.
pub trait Place {
    /// Whether it can.
    type Null: Nullness;
}

impl Place for () {
    type Null = NotNull;
}
impl Place for Here {
    type Null = NotNull;
}
impl Place for HereOrNull {
    type Null = Nullable;
}
impl<I: Place> Place for There<I> {
    type Null = I::Null;
}
impl<I> Place for Never<I> {
    type Null = NotNull;
}
impl<I: Place, J: Place> Place for (I, J) {
    type Null = <I::Null as Nullness>::Or<J::Null>;
}

/// What an outer join does to the type of a value.
pub trait Nullness {
    /// To a column's type.
    type Apply<T: SqlType>: SqlType;
    /// To a row's type.
    type OnRow<R>;
    /// Together with another.
    type Or<B: Nullness>: Nullness;

    /// Reads a whole row of `M`.
    ///
    /// # Errors
    /// As [`Source::decode`].
    fn read<M: Source>(row: &Row<'_>, at: usize) -> Result<Self::OnRow<M::Row>>;
}

/// Nothing: the table is always there.
pub struct NotNull;
/// It becomes an `Option`.
pub struct Nullable;

impl Nullness for NotNull {
    type Apply<T: SqlType> = T;
    type OnRow<R> = R;
    type Or<B: Nullness> = B;

    #[inline]
    fn read<M: Source>(row: &Row<'_>, at: usize) -> Result<M::Row> {
        M::decode(row, at)
    }
}

impl Nullness for Nullable {
    type Apply<T: SqlType> = Option<T::Base>;
    type OnRow<R> = Option<R>;
    type Or<B: Nullness> = Nullable;

    /// There is no row where the primary key is NULL; without a key, where all columns are.
    fn read<M: Source>(row: &Row<'_>, at: usize) -> Result<Option<M::Row>> {
        let absent = match M::TABLE.primary_key {
            [] => row.all_null((0..M::TABLE.columns.len()).map(|column| at + column)),
            key => row.all_null(key.iter().map(|column| at + column)),
        };
        if absent {
            Ok(None)
        } else {
            M::decode(row, at).map(Some)
        }
    }
}
