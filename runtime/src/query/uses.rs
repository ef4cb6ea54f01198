//! What expressions use, as types: which columns, and in which way. Never made into values.
//!
//! Checks walk over these types: are the columns in the query ([`Reads`]), may an aggregate stand here, is everything grouped
//! ([`grouping`](super::grouping))?

use std::marker::PhantomData;

use super::{
    column::{Column, WholeRow},
    scope::{In, Never, Uses},
};
use crate::model::Source;

/// Uses no column.
pub struct NoColumns;
/// Uses the table `M` of the query around.
pub struct Outer<M>(PhantomData<M>);
/// A function `F` of `U`.
pub struct Call<F, U>(PhantomData<(F, U)>);
/// Two conditions.
pub struct Logic<A, B>(PhantomData<(A, B)>);
/// Uses `U`, and is not NULL even if that is.
pub struct NeverNull<U>(PhantomData<U>);
/// An aggregate of `U`.
pub struct Aggregate<U>(PhantomData<U>);
/// A window function of `U`.
pub struct Windowed<U>(PhantomData<U>);

/// The function that an operator of arithmetic is, whichever.
pub struct Arithmetic;
/// The function that a comparison is.
pub struct Comparison;
/// The function that a conversion to `T` is.
pub struct CastTo<T>(PhantomData<T>);
/// The function that is a path along relationships to a column `C`.
pub struct Via<C>(PhantomData<C>);

/// Are all columns that an expression uses among those that `S` reads? `Which` says where they were found, and is inferred.
pub trait Reads<S, Which> {}

#[diagnostic::do_not_recommend]
impl<S> Reads<S, ()> for NoColumns {}
// Where the table is there twice, the compiler says that it cannot infer this parameter: hence its name.
impl<S, M: Source, T, const N: usize, A, TableIsThereTwice> Reads<S, TableIsThereTwice>
    for Column<M, T, N, A>
where
    Uses<M>: In<M, S, TableIsThereTwice>,
{
}
impl<S, M: Source, TableIsThereTwice> Reads<S, TableIsThereTwice> for WholeRow<M> where
    Uses<M>: In<M, S, TableIsThereTwice>
{
}
impl<S, M: Source, I> Reads<S, Never<I>> for Outer<M> where Uses<M>: In<M, S, I> {}
impl<S, F, U: Reads<S, I>, I> Reads<S, I> for Call<F, U> {}
impl<S, A: Reads<S, I>, B: Reads<S, J>, I, J> Reads<S, (I, J)> for Logic<A, B> {}
impl<S, U: Reads<S, I>, I> Reads<S, Never<I>> for NeverNull<U> {}
impl<S, U: Reads<S, I>, I> Reads<S, Never<I>> for Aggregate<U> {}
impl<S, U: Reads<S, I>, I> Reads<S, Never<I>> for Windowed<U> {}
impl<S, A: Reads<S, I>, B: Reads<S, J>, I, J> Reads<S, (I, J)> for (A, B) {}

/// A list of types as nested pairs.
macro_rules! pairs {
    ($first:ty) => { $first };
    ($first:ty, $($rest:ty),+) => { ($first, $crate::query::uses::pairs!($($rest),+)) };
}
pub(super) use pairs;
