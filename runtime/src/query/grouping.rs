//! Which expressions may stand where: aggregates in WHERE, columns beside aggregates, what is not grouped.

use std::marker::PhantomData;

use super::{
    column::{Column, WholeRow},
    scope::{Here, There},
    uses::{Aggregate, Call, Logic, NeverNull, NoColumns, Outer, Windowed},
};

/// The rows are not grouped.
pub struct Ungrouped;
/// The rows are grouped by the keys in the list `L`.
pub struct GroupBy<L>(PhantomData<L>);
/// The rows are grouped, and it has not been said yet what is selected of each group.
pub struct Unselected<G>(PhantomData<G>);

/// The rows are those that a statement changes: what it gives back of each.
pub struct Returned;

/// No further key.
pub struct NoMore;
/// The key `K`, and those in `L`.
pub struct GroupKey<K, L>(PhantomData<(K, L)>);

/// Does an expression stand for single rows?
#[diagnostic::on_unimplemented(
    message = "aggregates and window functions are not allowed in WHERE, ON, SET, GROUP BY and RETURNING",
    label = "contains an aggregate or a window function",
    note = "conditions on aggregates go into `.having(...)`, those on window functions around a derived table"
)]
pub trait RowLevel {}

/// Can an aggregate be made of it?
#[diagnostic::on_unimplemented(
    message = "an aggregate cannot contain another aggregate",
    label = "contains an aggregate or a window function",
    note = "aggregate in a derived table first, then aggregate its rows"
)]
pub trait AggregateArgument {}

#[diagnostic::do_not_recommend]
impl<U: RowLevel> AggregateArgument for U {}

/// Can rows that are not grouped be ordered by it?
#[diagnostic::on_unimplemented(
    message = "ordering by an aggregate needs groups",
    label = "contains an aggregate",
    note = "call `.group_by(...)` before `.order_by(...)`"
)]
pub trait OrdersRows {}

macro_rules! at_row_level {
    ($($Trait:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl $Trait for NoColumns {}
        #[diagnostic::do_not_recommend]
        impl<M> $Trait for Outer<M> {}
        #[diagnostic::do_not_recommend]
        impl<M> $Trait for WholeRow<M> {}
        #[diagnostic::do_not_recommend]
        impl<M, T, const N: usize, A> $Trait for Column<M, T, N, A> {}
        #[diagnostic::do_not_recommend]
        impl<A: $Trait, B: $Trait> $Trait for (A, B) {}
        #[diagnostic::do_not_recommend]
        impl<A: $Trait, B: $Trait> $Trait for Logic<A, B> {}
        #[diagnostic::do_not_recommend]
        impl<F, U: $Trait> $Trait for Call<F, U> {}
        #[diagnostic::do_not_recommend]
        impl<U: $Trait> $Trait for NeverNull<U> {}
    )* };
}

at_row_level! { RowLevel OrdersRows }

#[diagnostic::do_not_recommend]
impl<U> OrdersRows for Windowed<U> {}

/// May it stand in SELECT or HAVING under the grouping `G`? `Which` is inferred.
pub trait FitsGroup<G, Which> {}

impl<U: OneKind> FitsGroup<Ungrouped, ()> for U {}
impl<U: RowLevel> FitsGroup<Returned, ()> for U {}
impl<L, U: GroupedBy<L, I>, I> FitsGroup<GroupBy<L>, I> for U {}
impl<L, U: GroupedBy<L, I>, I> FitsGroup<Unselected<GroupBy<L>>, I> for U {}

/// May it stand in HAVING under the grouping `G`? `Which` is inferred.
pub trait FitsHaving<G, Which> {}

impl<U: OverAll> FitsHaving<Ungrouped, ()> for U {}
impl<L, U: GroupedBy<L, I>, I> FitsHaving<GroupBy<L>, I> for U {}
impl<L, U: GroupedBy<L, I>, I> FitsHaving<Unselected<GroupBy<L>>, I> for U {}

/// May it stand in ORDER BY under the grouping `G`? `Which` is inferred.
pub trait FitsOrder<G, Which> {}

impl<U: OrdersRows> FitsOrder<Ungrouped, ()> for U {}
impl<L, U: GroupedBy<L, I>, I> FitsOrder<GroupBy<L>, I> for U {}
impl<L, U: GroupedBy<L, I>, I> FitsOrder<Unselected<GroupBy<L>>, I> for U {}

/// Is it the same for all rows of a group with the keys `L`?
pub trait GroupedBy<L, Which> {}

#[diagnostic::do_not_recommend]
impl<L> GroupedBy<L, ()> for NoColumns {}
#[diagnostic::do_not_recommend]
impl<L, M> GroupedBy<L, ()> for Outer<M> {}
#[diagnostic::do_not_recommend]
impl<L, U> GroupedBy<L, ()> for Aggregate<U> {}
impl<L, U: GroupedBy<L, I>, I> GroupedBy<L, I> for Windowed<U> {}
impl<L, A: GroupedBy<L, I>, B: GroupedBy<L, J>, I, J> GroupedBy<L, (I, J)> for (A, B) {}
impl<L, M, T, const N: usize, A, I> GroupedBy<L, I> for Column<M, T, N, A> where Self: Member<L, I> {}
impl<L, M, I> GroupedBy<L, I> for WholeRow<M> where Self: Member<L, I> {}
impl<L, F, U, I> GroupedBy<L, I> for Call<F, U> where Self: WholeOrParts<L, I> {}
impl<L, A, B, I> GroupedBy<L, I> for Logic<A, B> where Self: WholeOrParts<L, I> {}
impl<L, U, I> GroupedBy<L, I> for NeverNull<U> where Self: WholeOrParts<L, I> {}

/// Something that is made of parts.
pub trait Composed {
    /// The parts.
    type Parts;
}

impl<F, U> Composed for Call<F, U> {
    type Parts = U;
}
impl<A, B> Composed for Logic<A, B> {
    type Parts = (A, B);
}
impl<U> Composed for NeverNull<U> {
    type Parts = U;
}

/// It is a key as it is.
pub struct AsWhole<I>(PhantomData<I>);
/// Its parts are keys.
pub struct InParts<I>(PhantomData<I>);
/// It is a column of a row that is a key.
pub struct ByRow;

/// Is it a key, or are its parts?
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither aggregated nor in GROUP BY",
    label = "not in GROUP BY",
    note = "add it to `.group_by(...)`, or make an aggregate of it, such as `func::max(...)`"
)]
pub trait WholeOrParts<L, Which> {}

#[diagnostic::do_not_recommend]
impl<L, X: Member<L, I>, I> WholeOrParts<L, AsWhole<I>> for X {}
#[diagnostic::do_not_recommend]
impl<L, X: Composed<Parts: GroupedBy<L, I>>, I> WholeOrParts<L, InParts<I>> for X {}

/// Is it one of the keys `L`?
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither aggregated nor in GROUP BY",
    label = "not in GROUP BY",
    note = "add it to `.group_by(...)`, or make an aggregate of it, such as `func::max(...)`"
)]
pub trait Member<L, Which> {}

#[diagnostic::do_not_recommend]
impl<K, L> Member<GroupKey<K, L>, Here> for K {}
// A row that is a key determines its columns.
#[diagnostic::do_not_recommend]
impl<M, C: ColumnOf<M>, L> Member<GroupKey<WholeRow<M>, L>, ByRow> for C {}
#[diagnostic::do_not_recommend]
impl<X: Member<L, I>, K, L, I> Member<GroupKey<K, L>, There<I>> for X {}

/// A column of `M`, whichever.
pub trait ColumnOf<M> {}

impl<M, T, const N: usize, A> ColumnOf<M> for Column<M, T, N, A> {}

/// Of each row.
pub struct OfRows;
/// Of all rows together.
pub struct OfAll;
/// Of no row.
pub struct OfNone;

/// Whether an expression is of each row or of all rows together.
pub trait Kind {
    /// Which of both.
    type Kind;
}

macro_rules! kinds {
    ($([$($generics:tt)*] $ty:ty => $kind:ty;)*) => { $(
        impl<$($generics)*> Kind for $ty {
            type Kind = $kind;
        }
    )* };
}

kinds! {
    [] NoColumns => OfNone;
    [M] Outer<M> => OfNone;
    [M, T, const N: usize, A] Column<M, T, N, A> => OfRows;
    [M] WholeRow<M> => OfRows;
    [U] Aggregate<U> => OfAll;
    [F, U: Kind] Call<F, U> => U::Kind;
    [U: Kind] NeverNull<U> => U::Kind;
}

// A window function is of each row; over aggregates, of the only one there is.
impl<U: Kind<Kind: InWindow>> Kind for Windowed<U> {
    type Kind = <U::Kind as InWindow>::Kind;
}

/// What a window function is of something of this kind.
pub trait InWindow {
    /// Its kind.
    type Kind;
}

impl InWindow for OfNone {
    type Kind = OfRows;
}
impl InWindow for OfRows {
    type Kind = OfRows;
}
impl InWindow for OfAll {
    type Kind = OfAll;
}

#[diagnostic::do_not_recommend]
impl<A: Kind<Kind: Beside<B::Kind>>, B: Kind> Kind for (A, B) {
    type Kind = <A::Kind as Beside<B::Kind>>::Kind;
}
#[diagnostic::do_not_recommend]
impl<A: Kind<Kind: Beside<B::Kind>>, B: Kind> Kind for Logic<A, B> {
    type Kind = <A::Kind as Beside<B::Kind>>::Kind;
}

/// What two kinds are together, where they can be.
pub trait Beside<B> {
    /// The kind of both.
    type Kind;
}

macro_rules! together {
    ($([$($generics:tt)*] $a:ty, $b:ty => $kind:ty;)*) => { $(
        impl<$($generics)*> Beside<$b> for $a {
            type Kind = $kind;
        }
    )* };
}

together! {
    [B] OfNone, B => B;
    [] OfRows, OfNone => OfRows;
    [] OfRows, OfRows => OfRows;
    [] OfAll, OfNone => OfAll;
    [] OfAll, OfAll => OfAll;
}

/// Is everything of each row, or everything of all rows together?
#[diagnostic::on_unimplemented(
    message = "a plain column stands beside an aggregate without GROUP BY",
    label = "mixes single rows and an aggregate over all rows",
    note = "call `.group_by(...)` with the plain columns before `.select(...)`"
)]
pub trait OneKind {}

#[diagnostic::do_not_recommend]
impl<U: Kind> OneKind for U {}

/// Is it of all rows together, which are one group where there is no GROUP BY?
#[diagnostic::on_unimplemented(
    message = "HAVING without GROUP BY is about all rows together",
    label = "uses a column of single rows",
    note = "call `.group_by(...)` before it; conditions on single rows go into `.filter(...)`"
)]
pub trait OverAll {}

#[diagnostic::do_not_recommend]
impl<U: Kind<Kind: Beside<OfAll>>> OverAll for U where OfAll: Beside<U::Kind> {}

/// Has it been said what is selected?
#[diagnostic::on_unimplemented(
    message = "nothing is selected of the groups of this query",
    label = "its rows are grouped",
    note = "call `.select(...)` after `.group_by(...)`"
)]
pub trait Selected {}

#[diagnostic::do_not_recommend]
impl Selected for Ungrouped {}
#[diagnostic::do_not_recommend]
impl<L> Selected for GroupBy<L> {}

/// Can it be said how the rows are grouped?
#[diagnostic::on_unimplemented(
    message = "this query is grouped already",
    label = "its rows are grouped",
    note = "give all keys at once, as a tuple: `.group_by((User::age, User::name))`"
)]
pub trait NotGrouped {}

#[diagnostic::do_not_recommend]
impl NotGrouped for Ungrouped {}

/// What a grouping becomes when something is selected.
pub trait Grouping {
    /// The grouping of a query that can run.
    type AfterSelect;
}

impl Grouping for Ungrouped {
    type AfterSelect = Ungrouped;
}
impl<L> Grouping for GroupBy<L> {
    type AfterSelect = GroupBy<L>;
}
impl<L> Grouping for Unselected<GroupBy<L>> {
    type AfterSelect = GroupBy<L>;
}
